//! A week of blood pressure at home.

use salus_wire::view::{
    HomePressureView, Outcome, PressureMean, PressureSaid, PressureView, Standing, UsualView,
};
use salus_wire::{Category, Quantity};
use yew::prelude::*;

use super::lacks::lack_list;
use super::{Whose, dates, when};
use crate::state::Shared;
use crate::t;
use crate::words::{FluentArgs, Words};

/// Sentence, then what stands behind it.
pub(super) fn pressure(shared: &Shared, view: &HomePressureView, whose: Whose) -> Html {
    let w = &shared.words;
    let span = dates(shared, Category::BloodPressure, view.from, view.to);
    let sentence = match whose {
        Whose::Own => own_sentence(w, view, &when(shared, view.from, view.to)),
        Whose::Patient => words(w, view.first_said(), &span),
    };
    let then: Vec<String> = view.then_said().into_iter().map(|said| words(w, said, &span)).collect();
    html! {
        <>
            <h3>{ sentence }</h3>
            if whose == Whose::Own { <p>{ threshold(w, view) }</p> }
            if whose == Whose::Own { <p class="quiet">{ parts(w, view.figures()) }</p> }
            <p class="quiet">{ then.join(" ") }</p>
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
        PressureSaid::NoUsual(short) => t!(w, "clinical-no-usual", there = lack_list(w, short)),
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

fn threshold(w: &Words, view: &HomePressureView) -> String {
    let limit = amount(w, view.threshold);
    if view.high {
        t!(w, "clinical-pressure-high", limit = limit)
    } else {
        t!(w, "clinical-pressure-not-high", limit = limit)
    }
}

fn parts(w: &Words, figures: PressureMean) -> String {
    t!(
        w,
        "clinical-pressure-parts",
        n = figures.readings,
        days = figures.days,
        morning = part(w, figures.morning),
        evening = part(w, figures.evening)
    )
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
