//! A day's heart rate variability against the person's own days before: figures, never a finding.

use salus_wire::UnixMillis;
use salus_wire::view::{BeatKind, Outcome, Standing, VariabilityTrendView};
use yew::prelude::*;

use super::Whose;
use super::lacks::lack_list;
use crate::format::{DAY, day_start};
use crate::state::Shared;
use crate::t;

/// Sentence, then how it was measured.
pub(super) fn variability(shared: &Shared, view: &VariabilityTrendView, whose: Whose) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let kind = match view.kind {
        BeatKind::Heart => {
            t!(w, "clinical-beats-heart", minutes = view.window_minutes, least = view.least_valid)
        }
        BeatKind::Pulse => {
            t!(w, "clinical-beats-pulse", minutes = view.window_minutes, least = view.least_valid)
        }
    };
    let whole_day = match &view.whole_day {
        Outcome::Enough(day) => {
            t!(w, "clinical-sdnn", value = day.sdnn, date = clock.date(day.start), percent = day.rejected)
        }
        Outcome::NotEnough(short) => t!(w, "clinical-no-sdnn", there = lack_list(w, short)),
    };
    let no_usual = match &view.usual {
        Outcome::Enough(_) => None,
        Outcome::NotEnough(short) => Some(t!(w, "clinical-no-usual", there = lack_list(w, short))),
    };
    html! {
        <>
            <h3>{ sentence(shared, view, whose) }</h3>
            <p class="quiet">
                { kind }{ " " }{ t!(w, "clinical-beats-windows", n = view.day.windows, percent = view.day.rejected) }
                if !view.device.is_empty() { { " " }{ t!(w, "clinical-beats-device", device = view.device.clone()) } }
                if view.other_devices > 0 { { " " }{ t!(w, "clinical-beats-others", n = view.other_devices) } }
                if let Some(no_usual) = no_usual { { " " }{ no_usual } }
            </p>
            <p class="quiet">{ whole_day }</p>
        </>
    }
}

fn sentence(shared: &Shared, view: &VariabilityTrendView, whose: Whose) -> String {
    let w = &shared.words;
    let (when, value) = (day(shared, view.day.start), view.day.rmssd);
    let Outcome::Enough(usual) = &view.usual else {
        return t!(w, "clinical-beats-alone", when = when, value = value);
    };
    if whose == Whose::Patient {
        return t!(
            w,
            "clinical-beats-own-days",
            when = when,
            value = value,
            median = usual.median,
            low = usual.low,
            high = usual.high,
            days = usual.days
        );
    }
    match usual.standing {
        Standing::Within => t!(w, "clinical-beats-usual", when = when, value = value),
        Standing::Above => {
            t!(w, "clinical-beats-above", when = when, value = value, low = usual.low, high = usual.high)
        }
        Standing::Below => {
            t!(w, "clinical-beats-below", when = when, value = value, low = usual.low, high = usual.high)
        }
    }
}

/// "today", "yesterday" or "on 3 November".
fn day(shared: &Shared, start: UnixMillis) -> String {
    let (w, clock) = (&shared.words, shared.clock());
    // Days of other lengths begin an hour off: the middle of the day is in the day.
    match day_start(clock.now, clock.offset) - day_start(start + DAY / 2, clock.offset) {
        0 => t!(w, "clinical-today"),
        DAY => t!(w, "clinical-yesterday"),
        _ => t!(w, "clinical-on-date", date = clock.date(start + DAY / 2)),
    }
}
