//! What is missing for a convention, in words.

use salus_wire::view::{Lack, LackView, ShortView};

use super::Said;
use crate::words::{Words, t};

pub(super) fn pressure(w: &Words, short: &ShortView, span: String) -> Said {
    only(t!(w, "clinical-short-pressure", span = span, there = list(w, short)))
}

pub(super) fn glucose(w: &Words, short: &ShortView, span: String) -> Said {
    only(t!(w, "clinical-short-glucose", span = span, there = list(w, short)))
}

pub(super) fn beats(w: &Words, short: &ShortView, span: String) -> Said {
    only(t!(w, "clinical-short-variability", span = span, there = list(w, short)))
}

fn only(sentence: String) -> Said {
    Said { sentence, more: Vec::new() }
}

/// Everything that is missing, in one list.
pub(super) fn list(w: &Words, short: &ShortView) -> String {
    w.list(&short.lacks.iter().map(|l| lack(w, l)).collect::<Vec<_>>())
}

fn lack(w: &Words, lack: &LackView) -> String {
    let LackView { what, have, need } = *lack;
    match what {
        Lack::PressureReadings => t!(w, "lack-pressure-readings", have = have, need = need),
        Lack::PressureDays => t!(w, "lack-pressure-days", have = have, need = need),
        Lack::SensorActive => t!(w, "lack-sensor-active", have = have, need = need),
        Lack::BeatWindows => t!(w, "lack-beat-windows"),
        Lack::BeatHours => t!(w, "lack-beat-hours", have = have, need = need),
        Lack::EarlierDays => t!(w, "lack-earlier-days", have = have, need = need),
        Lack::Respiration => t!(w, "lack-respiration"),
        Lack::Saturation => t!(w, "lack-saturation"),
        Lack::Systolic => t!(w, "lack-systolic"),
        Lack::Pulse => t!(w, "lack-pulse"),
        Lack::Temperature => t!(w, "lack-temperature"),
        Lack::Alertness => t!(w, "lack-alertness"),
        Lack::Breathing => t!(w, "lack-breathing"),
    }
}
