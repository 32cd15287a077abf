//! The first minute with an opened record: how new it is, how complete, and what is out of range by which rule. The same figures as in
//! the list of patients, before any chart.

use salus_wire::GrantId;
use salus_wire::command::ListPatients;
use yew::prelude::*;

use crate::part::first_look;
use crate::state::{use_ask, use_shared};

#[derive(Properties, PartialEq)]
pub(super) struct FirstLookProps {
    /// The permission.
    pub(super) id: GrantId,
}

/// Nothing where no line is kept: in an emergency, on duty, and once the permission is over.
#[component]
pub(super) fn FirstLook(props: &FirstLookProps) -> Html {
    let shared = use_shared();
    let listed = use_ask(Some(ListPatients {}), shared.beats.permissions);
    let known = listed.answer.iter().flat_map(|all| all.iter()).find(|p| p.shared.id == props.id);
    let Some(glimpse) = known.and_then(|p| p.glimpse.as_ref()) else { return Html::default() };
    html! { <div id="first-look">{ first_look(&shared, glimpse) }</div> }
}
