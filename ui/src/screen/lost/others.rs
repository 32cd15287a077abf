//! The step for the other records on this computer: each has its own keys, and steps of its own.

use salus_wire::view::{LostView, ProfileView, Role};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::part::NAMELESS;
use crate::route::Route;
use crate::state::Shared;
use crate::t;

/// Nothing where there is one record only.
pub(super) fn others(shared: &Shared, view: &LostView) -> Html {
    let w = &shared.words;
    if view.others.is_empty() {
        return Html::default();
    }
    html! {
        <li>
            <h3>{ t!(w, "lost-step-others") }</h3>
            <p>{ t!(w, "lost-others", n = view.others.len()) }</p>
            <ul class="points">{ for view.others.iter().map(|other| html! { <li>{ whose(shared, other) }</li> }) }</ul>
            <p><Link<Route> to={Route::Settings} classes="button">{ t!(w, "lost-to-others") }</Link<Route>></p>
        </li>
    }
}

fn whose(shared: &Shared, other: &ProfileView) -> String {
    let w = &shared.words;
    match other.role {
        _ if other.name == NAMELESS => t!(w, "lost-other-nameless"),
        Role::Patient => t!(w, "lost-other-patient", name = other.name.clone()),
        Role::Clinician => t!(w, "lost-other-clinician", name = other.name.clone()),
        Role::Family => t!(w, "lost-other-family", name = other.name.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_named_as_far_as_the_lock_screen_knows_it() {
        let shared = Shared::default();
        let said = |name: &str, role| {
            let other = ProfileView { name: name.into(), role };
            whose(&shared, &other).replace(['\u{2068}', '\u{2069}'], "")
        };
        assert_eq!(said("Josef", Role::Patient), "Josef: a health record");
        assert_eq!(said("Dr Ana", Role::Clinician), "Dr Ana: a clinician's record");
        assert_eq!(said("Leila", Role::Family), "Leila: for helping relatives");
        assert!(!said(NAMELESS, Role::Patient).contains(NAMELESS));
    }
}
