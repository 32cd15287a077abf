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

#[cfg(test)]
mod tests {
    use salus_wire::view::ReportLanguage;

    use super::*;
    use crate::words::plain;

    const ALL: [Lack; 14] = [
        Lack::PressureReadings,
        Lack::PressureDays,
        Lack::SensorActive,
        Lack::BeatWindows,
        Lack::BeatHours,
        Lack::NightHours,
        Lack::EarlierDays,
        Lack::Respiration,
        Lack::Saturation,
        Lack::Systolic,
        Lack::Pulse,
        Lack::Temperature,
        Lack::Alertness,
        Lack::Breathing,
    ];

    #[test]
    fn everything_that_may_be_missing_is_a_sentence_in_both_languages() {
        for language in [ReportLanguage::English, ReportLanguage::Arabic] {
            let w = Words::of(language);
            for what in ALL {
                let said = plain(&lack(&w, &LackView { what, have: 3, need: 5 }));
                assert!(!said.is_empty() && !said.starts_with("lack-"), "{said}");
            }
        }
        let w = Words::of(ReportLanguage::English);
        let short =
            |what, have, need| ShortView { from: 0, to: 1, lacks: vec![LackView { what, have, need }] };
        let span = || "these days".to_owned();
        for (said, words) in [
            (
                pressure(&w, &short(Lack::PressureReadings, 11, 12), span()),
                "Not enough readings for the average of a week at home (these days): there are 11 of 12 morning and evening \
                 readings after the first day.",
            ),
            (
                glucose(&w, &short(Lack::SensorActive, 69, 70), span()),
                "Not enough readings for a glucose profile (these days): there are sensor values for 69 % of the time, of 70 % \
                 that are needed.",
            ),
            (
                beats(&w, &short(Lack::BeatWindows, 0, 1), span()),
                "Not enough heartbeats to compare days (these days): there are no five minutes by the clock (such as 8:00 to 8:05) \
                 with enough heartbeats today or yesterday; ten minutes in a row always hold them.",
            ),
        ] {
            assert_eq!((plain(&said.sentence).as_str(), said.more.len()), (words, 0));
        }
    }
}
