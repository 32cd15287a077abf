//! What is missing for a convention, in words.

use salus_wire::Category;
use salus_wire::view::{ClinicalSummary, Lack, LackView, Outcome, ShortView};

use super::dates;
use crate::state::Shared;
use crate::t;
use crate::words::Words;

/// Whether the patient's own screen says it: a sensor or a strap that is not worn is not missing.
pub(super) fn worth_saying(summary: &ClinicalSummary) -> bool {
    match summary {
        ClinicalSummary::Pressure(_) => true,
        ClinicalSummary::Glucose(Outcome::NotEnough(short)) => short.lacks.iter().any(|l| l.have > 0),
        ClinicalSummary::Variability(Outcome::NotEnough(_)) => false,
        ClinicalSummary::Glucose(Outcome::Enough(_)) | ClinicalSummary::Variability(Outcome::Enough(_)) => {
            true
        }
    }
}

/// "Not enough readings for …: there are 8 of 12 readings."
pub(super) fn short_sentence(shared: &Shared, category: Category, short: &ShortView) -> String {
    let w = &shared.words;
    let span = dates(shared, category, short.from, short.to);
    let there = lack_list(w, short);
    match category {
        Category::BloodPressure => t!(w, "clinical-short-pressure", span = span, there = there),
        Category::Glucose => t!(w, "clinical-short-glucose", span = span, there = there),
        _ => t!(w, "clinical-short-variability", span = span, there = there),
    }
}

/// Everything that is missing, in one list.
pub(super) fn lack_list(w: &Words, short: &ShortView) -> String {
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
        Lack::NightHours => t!(w, "lack-night-hours", have = have, need = need),
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
