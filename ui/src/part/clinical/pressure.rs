//! A week of blood pressure at home.

use salus_wire::view::{
    HomePressureView, Outcome, PressurePartView, PressureView, Standing, UsualPressureView, UsualView,
};
use salus_wire::{Category, Quantity};
use yew::prelude::*;

use super::lacks::lack_list;
use super::{Whose, dates, when};
use crate::state::Shared;
use crate::t;
use crate::words::Words;

/// Sentence, then what stands behind it.
pub(super) fn pressure(shared: &Shared, view: &HomePressureView, whose: Whose) -> Html {
    let w = &shared.words;
    let sentence = match whose {
        Whose::Own => own_sentence(w, view, &when(shared, view.from, view.to)),
        Whose::Patient => clinician_sentence(w, view),
    };
    let out = &view.left_out;
    let left_out = out.doubted + out.other_times + out.first_day + out.beyond_two;
    html! {
        <>
            <h3>{ sentence }</h3>
            if whose == Whose::Own { <p>{ threshold(w, view) }</p> }
            if whose == Whose::Own { <p class="quiet">{ parts(w, view) }</p> }
            <p class="quiet">
                { t!(w, "clinical-pressure-rule", span = dates(shared, Category::BloodPressure, view.from, view.to)) }
                { " " }{ usual(w, &view.usual) }
                if let Some(pulse) = view.pulse { { " " }{ t!(w, "clinical-pressure-pulse", value = w.amount(&pulse.to_string(), Quantity::PulseRate)) } }
                if view.irregular > 0 { { " " }{ t!(w, "clinical-pressure-irregular", n = view.irregular) } }
                if left_out > 0 { { " " }{ t!(w, "clinical-pressure-left-out", first = out.first_day, beyond = out.beyond_two, other = out.other_times, doubted = out.doubted) } }
            </p>
        </>
    }
}

/// "Your blood pressure was usual for you this week: 128/79 mmHg."
fn own_sentence(w: &Words, view: &HomePressureView, when: &str) -> String {
    let (when, mean) = (when.to_owned(), amount(w, view.mean));
    let Outcome::Enough(usual) = &view.usual else {
        return t!(w, "clinical-pressure-own", when = when, mean = mean);
    };
    match (usual.systolic.standing, usual.diastolic.standing) {
        (Standing::Within, Standing::Within) => t!(w, "clinical-pressure-usual", when = when, mean = mean),
        (Standing::Above | Standing::Within, Standing::Above | Standing::Within) => {
            t!(w, "clinical-pressure-above", when = when, mean = mean)
        }
        (Standing::Below | Standing::Within, Standing::Below | Standing::Within) => {
            t!(w, "clinical-pressure-below", when = when, mean = mean)
        }
        (Standing::Above, Standing::Below) | (Standing::Below, Standing::Above) => {
            t!(w, "clinical-pressure-mixed", when = when, mean = mean)
        }
    }
}

/// "Mean of 24 readings on 6 days, 128/79 mmHg; morning 131/81 mmHg, evening 125/77 mmHg; below 135/85 mmHg."
fn clinician_sentence(w: &Words, view: &HomePressureView) -> String {
    let (morning, evening) = (part(w, view.morning.as_ref()), part(w, view.evening.as_ref()));
    let (mean, limit) = (amount(w, view.mean), amount(w, view.threshold));
    let (n, days) = (view.readings, view.days);
    if view.high {
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
    }
}

fn threshold(w: &Words, view: &HomePressureView) -> String {
    let limit = amount(w, view.threshold);
    if view.high {
        t!(w, "clinical-pressure-high", limit = limit)
    } else {
        t!(w, "clinical-pressure-not-high", limit = limit)
    }
}

fn parts(w: &Words, view: &HomePressureView) -> String {
    let (morning, evening) = (part(w, view.morning.as_ref()), part(w, view.evening.as_ref()));
    t!(
        w,
        "clinical-pressure-parts",
        n = view.readings,
        days = view.days,
        morning = morning,
        evening = evening
    )
}

fn usual(w: &Words, usual: &Outcome<UsualPressureView>) -> String {
    match usual {
        Outcome::Enough(UsualPressureView { systolic, diastolic }) => t!(
            w,
            "clinical-pressure-own-days",
            days = systolic.days,
            systolic = range(w, systolic, Quantity::Systolic),
            diastolic = range(w, diastolic, Quantity::Diastolic)
        ),
        Outcome::NotEnough(short) => t!(w, "clinical-no-usual", there = lack_list(w, short)),
    }
}

/// "121–127 mmHg".
fn range(w: &Words, usual: &UsualView, quantity: Quantity) -> String {
    w.amount(&format!("{}\u{2013}{}", usual.low, usual.high), quantity)
}

/// "128/79 mmHg", in its own direction inside any sentence.
fn amount(w: &Words, pressure: PressureView) -> String {
    w.amount(&format!("{}/{}", pressure.systolic, pressure.diastolic), Quantity::Systolic)
}

/// An en dash stands for no reading.
fn part(w: &Words, part: Option<&PressurePartView>) -> String {
    part.map_or_else(|| "\u{2013}".into(), |part| amount(w, part.mean))
}
