//! The words of a permission, the same on both sides.

use salus_wire::view::{ClinicianView, PermissionState};
use salus_wire::{Category, UnixMillis};
use yew::prelude::*;

use super::{Icon, icon};
use crate::state::Shared;
use crate::t;

/// Where a permission stands: a shape and a word, not a colour alone.
pub fn state_tag(shared: &Shared, state: PermissionState) -> Html {
    let w = &shared.words;
    let (class, picture, word) = match state {
        PermissionState::Pending => ("tag", Icon::Clock, t!(w, "state-pending")),
        PermissionState::NotYet => ("tag", Icon::Clock, t!(w, "state-not-yet")),
        PermissionState::Active => ("tag on", Icon::Check, t!(w, "state-active")),
        PermissionState::Ended => ("tag off", Icon::Lock, t!(w, "state-ended")),
        PermissionState::Stopped => ("tag off", Icon::Stop, t!(w, "state-stopped")),
    };
    html! { <span {class}>{ icon(picture) }<span>{ word }</span></span> }
}

/// Who confirms a clinician, after the organisation where one is named; of those on duty, that they are nobody by name.
pub fn standing(shared: &Shared, who: &ClinicianView) -> Html {
    if who.on_duty {
        let said = t!(shared.words, "on-duty-standing", member = who.attested_by.clone());
        return html! { <p class="standing">{ said }</p> };
    }
    let confirmed = t!(shared.words, "clinician-attested", member = who.attested_by.clone());
    let named = who.organisation.chars().any(char::is_alphanumeric);
    html! {
        <p class="standing">
            if named { <bdi>{ &who.organisation }</bdi>{ " · " } }
            { confirmed }
        </p>
    }
}

/// What is covered, and from when until when it can be opened.
pub fn terms(
    shared: &Shared,
    categories: &[Category],
    data: (UnixMillis, UnixMillis),
    access: (UnixMillis, UnixMillis),
    state: PermissionState,
) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let until = match state {
        PermissionState::Ended => t!(w, "terms-ended"),
        PermissionState::Stopped => t!(w, "terms-was-until"),
        PermissionState::Pending | PermissionState::NotYet | PermissionState::Active => t!(w, "terms-until"),
    };
    html! {
        <dl class="terms">
            <dt>{ t!(w, "terms-what") }</dt><dd>{ w.categories_first(categories) }</dd>
            <dt>{ t!(w, "terms-readings-of") }</dt><dd>{ clock.span(data.0, data.1) }</dd>
            <dt>{ t!(w, "terms-from") }</dt><dd>{ clock.moment(access.0) }</dd>
            <dt>{ until }</dt><dd>{ clock.moment(access.1) }</dd>
        </dl>
    }
}
