//! The first minute with an opened record: how new it is, how complete, and what is out of range by which rule. The same figures as in
//! the list of patients, before any chart.

use salus_wire::GrantId;
use salus_wire::command::ListPatients;
use yew::prelude::*;

use crate::screen::patients::{coverage, ranges};
use crate::state::{use_ask, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct FirstLookProps {
    /// The permission.
    pub(super) id: GrantId,
}

/// Nothing where no line is kept: in an emergency, on duty, and once the permission is over.
#[component]
pub(super) fn FirstLook(props: &FirstLookProps) -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let listed = use_ask(Some(ListPatients {}), shared.beats.permissions);
    let known = listed.answer.iter().flat_map(|all| all.iter()).find(|p| p.shared.id == props.id);
    let Some(glimpse) = known.and_then(|p| p.glimpse.as_ref()) else { return Html::default() };
    html! {
        <dl class="terms" id="first-look">
            if let Some(last) = glimpse.last {
                <dt>{ t!(w, "patients-last") }</dt>
                <dd>{ clock.moment(last) }</dd>
            }
            <dt>{ t!(w, "patients-coverage") }</dt>
            <dd>{ coverage(w, glimpse) }</dd>
            <dt>{ t!(w, "patients-range") }</dt>
            <dd>{ ranges(w, glimpse) }</dd>
        </dl>
    }
}
