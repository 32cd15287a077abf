//! A week of blood pressure at home.

use salus_wire::Quantity;
use salus_wire::view::{HomePressureView, Outcome, PressurePartView, PressureView, UsualPressureView};

use super::Said;
use super::lacks::list;
use crate::words::{Words, t};

pub(super) fn said(w: &Words, view: &HomePressureView, span: String) -> Said {
    let (morning, evening) = (part(view.morning.as_ref()), part(view.evening.as_ref()));
    let mean = w.amount(&format!("{}/{}", view.mean.systolic, view.mean.diastolic), Quantity::Systolic);
    let (n, days, limit) = (view.readings, view.days, pair(view.threshold));
    let sentence = if view.high {
        t!(
            w,
            "clinical-pressure-mean-high",
            n = n,
            days = days,
            mean = mean,
            morning = morning,
            evening = evening,
            limit = limit
        )
    } else {
        t!(
            w,
            "clinical-pressure-mean-below",
            n = n,
            days = days,
            mean = mean,
            morning = morning,
            evening = evening,
            limit = limit
        )
    };
    let mut more = vec![t!(w, "clinical-pressure-rule", span = span), usual(w, &view.usual)];
    if let Some(pulse) = view.pulse {
        more.push(t!(
            w,
            "clinical-pressure-pulse",
            value = w.amount(&pulse.to_string(), Quantity::PulseRate)
        ));
    }
    if view.irregular > 0 {
        more.push(t!(w, "clinical-pressure-irregular", n = view.irregular));
    }
    let out = &view.left_out;
    if [out.first_day, out.beyond_two, out.other_times, out.doubted].iter().any(|n| *n > 0) {
        more.push(t!(
            w,
            "clinical-pressure-left-out",
            first = out.first_day,
            beyond = out.beyond_two,
            other = out.other_times,
            doubted = out.doubted
        ));
    }
    Said { sentence, more }
}

fn usual(w: &Words, usual: &Outcome<UsualPressureView>) -> String {
    match usual {
        Outcome::Enough(UsualPressureView { systolic, diastolic }) => t!(
            w,
            "clinical-pressure-own-days",
            days = systolic.days,
            systolic = range(systolic.low, systolic.high),
            diastolic = range(diastolic.low, diastolic.high)
        ),
        Outcome::NotEnough(short) => t!(w, "clinical-no-usual", there = list(w, short)),
    }
}

/// Two numbers in their own direction: "121–127".
fn range(low: u32, high: u32) -> String {
    format!("\u{2068}{low}\u{2013}{high}\u{2069}")
}

/// "128/79", in its own direction inside any sentence.
pub(super) fn pair(pressure: PressureView) -> String {
    format!("\u{2068}{}/{}\u{2069}", pressure.systolic, pressure.diastolic)
}

/// An en dash stands for no reading.
fn part(part: Option<&PressurePartView>) -> String {
    part.map_or_else(|| "\u{2013}".into(), |part| pair(part.mean))
}
