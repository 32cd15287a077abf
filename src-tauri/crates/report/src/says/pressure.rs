//! A week of blood pressure at home.

use fluent_bundle::FluentArgs;
use salus_wire::Quantity;
use salus_wire::view::{HomePressureView, PressureMean, PressureSaid, PressureView, UsualView};

use super::Said;
use super::lacks::list;
use crate::words::{Words, t};

pub(super) fn said(w: &Words, view: &HomePressureView, span: &str) -> Said {
    let more = view.then_said().into_iter().map(|said| words(w, said, span)).collect();
    Said { sentence: words(w, view.first_said(), span), more }
}

fn words(w: &Words, said: PressureSaid<'_>, span: &str) -> String {
    match said {
        PressureSaid::MeanHigh(figures) => mean(w, "clinical-pressure-mean-high", figures),
        PressureSaid::MeanBelow(figures) => mean(w, "clinical-pressure-mean-below", figures),
        PressureSaid::Rule => t!(w, "clinical-pressure-rule", span = span.to_owned()),
        PressureSaid::OwnDays(usual) => t!(
            w,
            "clinical-pressure-own-days",
            days = usual.systolic.days,
            systolic = range(w, &usual.systolic, Quantity::Systolic),
            diastolic = range(w, &usual.diastolic, Quantity::Diastolic)
        ),
        PressureSaid::NoUsual(short) => t!(w, "clinical-no-usual", there = list(w, short)),
        PressureSaid::Pulse(pulse) => {
            t!(w, "clinical-pressure-pulse", value = w.amount(&pulse.to_string(), Quantity::PulseRate))
        }
        PressureSaid::Irregular(n) => t!(w, "clinical-pressure-irregular", n = n),
        PressureSaid::LeftOut(out) => t!(
            w,
            "clinical-pressure-left-out",
            first = out.first_day,
            beyond = out.beyond_two,
            other = out.other_times,
            doubted = out.doubted
        ),
    }
}

/// "Mean of 24 readings on 6 days, 128/79 mmHg; morning 131/81 mmHg, evening 125/77 mmHg; below 135/85 mmHg."
fn mean(w: &Words, key: &str, figures: PressureMean) -> String {
    let mut args = FluentArgs::new();
    args.set("n", figures.readings);
    args.set("days", figures.days);
    args.set("mean", amount(w, figures.mean));
    args.set("morning", part(w, figures.morning));
    args.set("evening", part(w, figures.evening));
    args.set("limit", amount(w, figures.limit));
    w.text(key, Some(&args))
}

/// "121–127 mmHg", the middle half.
fn range(w: &Words, usual: &UsualView, quantity: Quantity) -> String {
    w.amount(&format!("{}\u{2013}{}", usual.low, usual.high), quantity)
}

/// "128/79 mmHg", in its own direction inside any sentence.
fn amount(w: &Words, pressure: PressureView) -> String {
    w.amount(&pressure.to_string(), Quantity::Systolic)
}

/// An en dash stands for no reading.
fn part(w: &Words, part: Option<PressureView>) -> String {
    part.map_or_else(|| "\u{2013}".into(), |mean| amount(w, mean))
}

#[cfg(test)]
mod tests {
    use salus_wire::view::{
        Lack, LackView, Outcome, PressureLeftOutView, PressurePartView, PressureWindowsView, ReportLanguage,
        ShortView,
    };

    use super::*;
    use crate::words::plain;

    fn week() -> HomePressureView {
        let part = |systolic, diastolic| {
            Some(PressurePartView { readings: 12, mean: PressureView { systolic, diastolic } })
        };
        let lacks = vec![LackView { what: Lack::EarlierDays, have: 0, need: 7 }];
        HomePressureView {
            from: 0,
            to: 1,
            days: 6,
            readings: 24,
            mean: PressureView { systolic: 128, diastolic: 79 },
            morning: part(131, 81),
            evening: part(125, 77),
            pulse: Some(64),
            threshold: PressureView { systolic: 135, diastolic: 85 },
            high: false,
            irregular: 2,
            left_out: PressureLeftOutView { first_day: 4, ..PressureLeftOutView::default() },
            windows: PressureWindowsView {
                morning_from: 240,
                morning_to: 720,
                evening_from: 960,
                evening_to: 1_680,
            },
            usual: Outcome::NotEnough(ShortView { from: 0, to: 1, lacks }),
        }
    }

    /// 6-desktop.md: the first day dropped, morning and evening apart, an irregular pulse kept; each with its unit.
    #[test]
    fn a_week_is_said_with_its_units_its_parts_and_what_was_left_out() {
        let all = said(&Words::of(ReportLanguage::English), &week(), "from 1 to 7 November 2026");
        assert_eq!(
            plain(&all.sentence).replace('\u{a0}', " "),
            "Mean of 24 readings on 6 days, 128/79 mmHg; morning 131/81 mmHg, evening 125/77 mmHg; below 135/85 mmHg."
        );
        let more = plain(&all.more.join(" ")).replace('\u{a0}', " ");
        for words in [
            "the first day is left out",
            "With 2 of these readings the device saw an irregular pulse; they count all the same.",
            "Left out: 4 of the first day, 0 beyond the first two of a morning or evening,",
            "What is usual cannot be said yet: there are 0 of 7 earlier days with readings.",
        ] {
            assert!(more.contains(words), "{words:?} in {more}");
        }
        let ar = said(&Words::of(ReportLanguage::Arabic), &week(), "");
        let sentence = plain(&ar.sentence);
        assert!(["128/79", "131/81", "125/77", "135/85"].iter().all(|s| sentence.contains(s)), "{sentence}");
    }
}
