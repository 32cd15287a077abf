//! A power, a change and a permission of a family, in sentences.

use salus_wire::view::{FamilyChange, GivenState, HelperRole, HelperView, PowerState, WaitingView};
use yew::prelude::*;

use super::clinicians::titled;
use crate::part::{Icon, icon};
use crate::state::Shared;
use crate::t;

/// What a helper may do, in a sentence.
pub(super) fn power(shared: &Shared, helper: &HelperView) -> String {
    let (w, limits) = (&shared.words, &helper.limits);
    let days = u32::from(limits.longest_days);
    match limits.role {
        HelperRole::Approver => t!(w, "family-may-approve"),
        HelperRole::Steward if limits.categories.is_empty() => t!(w, "family-may-act", n = days),
        HelperRole::Steward => {
            t!(w, "family-may-permit", what = w.categories(&limits.categories), n = days)
        }
    }
}

/// Whom a steward may let see it, where that is not any confirmed clinician.
pub(super) fn whom(shared: &Shared, helper: &HelperView) -> Option<String> {
    let (w, limits) = (&shared.words, &helper.limits);
    let names: Vec<String> = limits.clinicians.iter().map(titled).collect();
    limits.only_named.then(|| {
        if names.is_empty() {
            t!(w, "family-only-some")
        } else {
            t!(w, "family-only", names = names.join(", "))
        }
    })
}

/// Where a power stands: a shape and a word.
pub(super) fn power_tag(shared: &Shared, state: PowerState) -> Html {
    let w = &shared.words;
    let (class, picture, word) = match state {
        PowerState::InForce => ("tag on", Icon::Check, t!(w, "power-in-force")),
        PowerState::NotYet => ("tag", Icon::Clock, t!(w, "power-not-yet")),
        PowerState::AwaitsClinicians => ("tag", Icon::Clock, t!(w, "power-awaits-clinicians")),
        PowerState::AwaitsReview => ("tag", Icon::Clock, t!(w, "power-awaits-review")),
        PowerState::Lapsed => ("tag off", Icon::Lock, t!(w, "power-lapsed")),
        PowerState::HandedOver => ("tag off", Icon::Lock, t!(w, "power-handed-over")),
    };
    html! { <span {class}>{ icon(picture) }<span>{ word }</span></span> }
}

/// Where a helper's permission stands: a shape and a word.
pub(super) fn given_tag(shared: &Shared, state: GivenState) -> Html {
    let w = &shared.words;
    let (class, picture, word) = match state {
        GivenState::AwaitsOthers => ("tag", Icon::Clock, t!(w, "given-awaits-others")),
        GivenState::AwaitsTime => ("tag", Icon::Clock, t!(w, "given-awaits-time")),
        GivenState::NotYet => ("tag", Icon::Clock, t!(w, "state-not-yet")),
        GivenState::Active => ("tag on", Icon::Check, t!(w, "state-active")),
        GivenState::Rests => ("tag", Icon::Lock, t!(w, "given-rests")),
        GivenState::Objected => ("tag off", Icon::Stop, t!(w, "given-objected")),
        GivenState::Stopped => ("tag off", Icon::Stop, t!(w, "state-stopped")),
        GivenState::Ended => ("tag off", Icon::Lock, t!(w, "state-ended")),
    };
    html! { <span {class}>{ icon(picture) }<span>{ word }</span></span> }
}

/// A change that waits, and until when anybody can object.
pub(super) fn waiting(shared: &Shared, waiting: &WaitingView) -> String {
    let w = &shared.words;
    let about = waiting.about.clone().unwrap_or_else(|| t!(w, "family-somebody"));
    let what = match waiting.what {
        FamilyChange::Added => t!(w, "change-added", name = about),
        FamilyChange::Raised => t!(w, "change-raised", name = about),
        FamilyChange::Lowered => t!(w, "change-lowered", name = about),
        FamilyChange::Removed => t!(w, "change-removed", name = about),
        FamilyChange::Reviewed => t!(w, "change-reviewed", name = about),
        FamilyChange::Rules => t!(w, "change-rules"),
        FamilyChange::Guardians => t!(w, "change-guardians"),
        FamilyChange::NewKey => match waiting.by.clone().filter(|name| !name.is_empty()) {
            Some(by) => t!(w, "change-new-key-by", name = by),
            None => t!(w, "change-new-key"),
        },
        FamilyChange::HandedOver => t!(w, "change-handed-over"),
    };
    let when = match waiting.effective {
        Some(at) => t!(w, "change-from", when = shared.clock().moment(at)),
        None => t!(w, "change-needs", n = u32::from(waiting.needs.saturating_sub(waiting.agreed))),
    };
    format!("{what} {when}")
}
