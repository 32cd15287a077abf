//! A week of blood pressure at home.

use fluent_bundle::FluentArgs;
use salus_wire::Quantity;
use salus_wire::measure::spoken::isolated;
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
            systolic = range(&usual.systolic),
            diastolic = range(&usual.diastolic)
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

fn mean(w: &Words, key: &str, figures: PressureMean) -> String {
    let mut args = FluentArgs::new();
    args.set("n", figures.readings);
    args.set("days", figures.days);
    args.set("mean", w.amount(&figures.mean.to_string(), Quantity::Systolic));
    args.set("morning", part(figures.morning));
    args.set("evening", part(figures.evening));
    args.set("limit", isolated(figures.limit));
    w.text(key, Some(&args))
}

/// "121–127", the middle half.
fn range(usual: &UsualView) -> String {
    isolated(format_args!("{}\u{2013}{}", usual.low, usual.high))
}

/// An en dash stands for no reading.
fn part(part: Option<PressureView>) -> String {
    part.map_or_else(|| "\u{2013}".into(), isolated)
}
