//! What is missing for a convention, in words.

use fluent_bundle::FluentArgs;
use salus_wire::measure::spoken::name_key;
use salus_wire::view::{LackView, ShortView};

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
    let mut args = FluentArgs::new();
    args.set("have", lack.have);
    args.set("need", lack.need);
    w.text(&name_key("lack", lack.what), Some(&args))
}

#[cfg(test)]
mod tests {
    use salus_wire::view::{Lack, ReportLanguage};

    use super::*;
    use crate::words::plain;

    #[test]
    fn everything_that_may_be_missing_is_a_sentence_in_both_languages() {
        for language in [ReportLanguage::English, ReportLanguage::Arabic] {
            let w = Words::of(language);
            for &what in Lack::ALL {
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
