//! What a clinician asks for, in words. What they wrote themselves stands apart: it is a stranger's.

use salus_wire::view::{AskedView, Purpose};
use yew::prelude::*;

use crate::format::DAY;
use crate::state::Shared;
use crate::t;
use crate::words::Words;

/// A purpose where a line begins with it.
#[must_use]
pub fn purpose_name(w: &Words, purpose: Purpose) -> String {
    match purpose {
        Purpose::Treatment => t!(w, "purpose-treatment"),
        Purpose::FollowUp => t!(w, "purpose-follow-up"),
        Purpose::MedicationReview => t!(w, "purpose-medication"),
        Purpose::SecondOpinion => t!(w, "purpose-second-opinion"),
    }
}

fn purpose_inline(w: &Words, purpose: Purpose) -> String {
    match purpose {
        Purpose::Treatment => t!(w, "purpose-treatment-inline"),
        Purpose::FollowUp => t!(w, "purpose-follow-up-inline"),
        Purpose::MedicationReview => t!(w, "purpose-medication-inline"),
        Purpose::SecondOpinion => t!(w, "purpose-second-opinion-inline"),
    }
}

/// Of which days the readings are, inside a sentence: "of the last 30 days and of the next 14 days".
#[must_use]
pub fn asked_days(w: &Words, back: u16, ahead: u16) -> String {
    match (back, ahead) {
        (back, 0) => t!(w, "asked-back", n = back),
        (0, ahead) => t!(w, "asked-ahead", n = ahead),
        (back, ahead) => {
            let (back, ahead) = (t!(w, "asked-back", n = back), t!(w, "asked-ahead", n = ahead));
            t!(w, "asked-both", back = back, ahead = ahead)
        }
    }
}

/// All of it in one sentence, without their own words.
#[must_use]
pub fn asked_sentence(shared: &Shared, name: &str, asked: &AskedView) -> String {
    let w = &shared.words;
    let length = shared.clock().length(i64::from(asked.lasts_days) * DAY);
    t!(
        w,
        "asked-sentence",
        name = name.to_owned(),
        what = w.categories(&asked.categories),
        days = asked_days(w, asked.days_back, asked.days_ahead),
        length = length,
        purpose = purpose_inline(w, asked.purpose)
    )
}

/// What they wrote themselves, in quotation marks and in its own direction.
pub fn own_words(asked: &AskedView) -> Html {
    if asked.words.is_empty() {
        return Html::default();
    }
    html! { <q class="quoted"><bdi>{ &asked.words }</bdi></q> }
}

/// The purpose of a permission, where one was given.
pub fn purpose_line(shared: &Shared, asks: Option<&AskedView>) -> Html {
    let Some(asked) = asks else { return Html::default() };
    let w = &shared.words;
    html! {
        <p class="quiet" data-purpose={asked.purpose.code().to_string()}>
            { t!(w, "asked-purpose", purpose = purpose_name(w, asked.purpose)) }{ " " }{ own_words(asked) }
        </p>
    }
}
