//! A day's heart rate variability against the person's own days before.

use salus_insight::clinical::Date;
use salus_wire::view::{BeatKind, Outcome, VariabilityTrendView};

use super::Said;
use super::lacks::list;
use crate::words::{Words, t};

pub(super) fn said(w: &Words, view: &VariabilityTrendView, on: Date) -> Said {
    let when = t!(w, "clinical-on-date", date = w.date(on));
    let value = view.day.rmssd;
    let (sentence, no_usual) = match &view.usual {
        Outcome::Enough(usual) => {
            let sentence = t!(
                w,
                "clinical-beats-own-days",
                when = when,
                value = value,
                median = usual.median,
                low = usual.low,
                high = usual.high,
                days = usual.days
            );
            (sentence, None)
        }
        Outcome::NotEnough(short) => {
            let why = t!(w, "clinical-no-usual", there = list(w, short));
            (t!(w, "clinical-beats-alone", when = when, value = value), Some(why))
        }
    };
    let kind = match view.kind {
        BeatKind::Heart => {
            t!(w, "clinical-beats-heart", minutes = view.window_minutes, least = view.least_valid)
        }
        BeatKind::Pulse => {
            t!(w, "clinical-beats-pulse", minutes = view.window_minutes, least = view.least_valid)
        }
    };
    let mut more =
        vec![kind, t!(w, "clinical-beats-windows", n = view.day.windows, percent = view.day.rejected)];
    if !view.device.is_empty() {
        more.push(t!(w, "clinical-beats-device", device = view.device.clone()));
    }
    if view.other_devices > 0 {
        more.push(t!(w, "clinical-beats-others", n = view.other_devices));
    }
    more.extend(no_usual);
    Said { sentence, more }
}
