//! That the member that confirmed a clinician does so no longer, while a permission of theirs can still open something.

use salus_wire::command::ListPermissions;
use salus_wire::view::{PermissionView, Role, Unconfirmed};
use yew::prelude::*;
use yew_router::prelude::*;

use super::{Icon, icon};
use crate::route::Route;
use crate::state::{use_ask, use_shared};
use crate::t;
use crate::words::Words;

/// What is said of a permission whose clinician nobody confirms any more; nothing of any other.
#[must_use]
pub fn unconfirmed_words(w: &Words, p: &PermissionView) -> Option<String> {
    let (member, name) = (p.clinician.attested_by.clone(), p.clinician.name.clone());
    Some(match p.unconfirmed? {
        Unconfirmed::Withdrawn => t!(w, "unconfirmed-withdrawn", member = member, name = name),
        Unconfirmed::Suspended => t!(w, "unconfirmed-suspended", member = member, name = name),
        Unconfirmed::RanOut => t!(w, "unconfirmed-ran-out", member = member, name = name),
    })
}

/// Properties of [`UnconfirmedNote`].
#[derive(Properties, PartialEq)]
pub struct UnconfirmedNoteProps {
    /// Whose record is open.
    pub role: Role,
}

/// Said on every screen of a patient while such a permission is open: for each clinician once.
#[component]
pub fn UnconfirmedNote(props: &UnconfirmedNoteProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let patient = props.role == Role::Patient;
    let listed = use_ask(patient.then_some(ListPermissions {}), shared.beats.permissions);
    let all = listed.answer.as_ref().map(|a| a.to_vec()).unwrap_or_default();
    let mut said: Vec<String> = all.iter().filter_map(|p| unconfirmed_words(w, p)).collect();
    said.sort();
    said.dedup();
    if said.is_empty() {
        return Html::default();
    }
    html! {
        <section class="notice" role="alert" id="unconfirmed-note">
            { icon(Icon::Warning) }
            <div>
                { for said.into_iter().map(|said| html! { <p class="strong">{ said }</p> }) }
                <p>{ t!(w, "unconfirmed-goes-on") }</p>
                <div class="row"><Link<Route> to={Route::Permissions} classes="button">{ t!(w, "unconfirmed-open") }</Link<Route>></div>
            </div>
        </section>
    }
}
