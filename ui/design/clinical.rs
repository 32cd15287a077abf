//! What published conventions make of readings: with figures, with high ones, and with too little for any.

use std::rc::Rc;

use salus_ui::part::{Whose, clinical_summary, first_look, foreseen_glance};
use salus_ui::state::{Shared, use_shared};
use salus_wire::view::{
    BandView, BeatKind, ClinicalSummary, ClinicalView, DayVariabilityView, FirstMinuteView, GlimpseView,
    GlucoseProfileView, Goal, GoalSet, GoalView, GoalsView, HomePressureView, Lack, LackView, NewsView,
    Outcome, Permille, PressureLeftOutView, PressurePartView, PressureView, PressureWindowsView, RangeRule,
    RangeView, RangesView, ShortView, Standing, UsualPressureView, UsualView, VariabilityTrendView,
    VitalView, WallClock, WholeDayView,
};
use salus_wire::{Category, Quantity};
use yew::prelude::*;

use crate::sample::{DAY, MIDNIGHT, NOW};

/// Each with the heading that says which state it is.
#[component]
pub(crate) fn Conventions() -> Html {
    use ClinicalSummary::{Glucose, Pressure, Variability};
    let shared = use_shared();
    let too_few = short(&[(Lack::PressureReadings, 8, 12), (Lack::PressureDays, 2, 3)]);
    let states = [
        ("A week at home", Whose::Own, Pressure(Outcome::Enough(pressure(false)))),
        ("A high one, as a clinician reads it", Whose::Patient, Pressure(Outcome::Enough(pressure(true)))),
        ("Too few pressures", Whose::Own, Pressure(Outcome::NotEnough(too_few))),
        ("A glucose sensor", Whose::Own, Glucose(Outcome::Enough(glucose()))),
        (
            "A sensor that was off",
            Whose::Patient,
            Glucose(Outcome::NotEnough(short(&[(Lack::SensorActive, 41, 70)]))),
        ),
        ("A strap, the whole day", Whose::Own, Variability(Outcome::Enough(beats(true)))),
        ("A strap, a part of it", Whose::Patient, Variability(Outcome::Enough(beats(false)))),
        (
            "Too few beats",
            Whose::Patient,
            Variability(Outcome::NotEnough(short(&[(Lack::BeatWindows, 0, 1)]))),
        ),
    ];
    html! {
        <section id="conventions">
            <h2>{ "By published conventions" }</h2>
            { for states.into_iter().map(|(state, whose, summary)| {
                let category = match summary {
                    Pressure(_) => Category::BloodPressure,
                    Glucose(_) => Category::Glucose,
                    Variability(_) => Category::HeartRate,
                };
                let view = Rc::new(ClinicalView { category, clock: WallClock::Own, summary, damaged: 0 });
                html! { <div><p class="overline">{ state }</p>{ clinical_summary(&shared, &view, whose) }</div> }
            }) }
        </section>
    }
}

/// What an opening comes to in a line: out of range, and as usual.
pub(crate) fn glimpse() -> GlimpseView {
    let range = |category, quantity, rule, standing, value: &str, range: &str| RangeView {
        category,
        quantity,
        rule,
        standing,
        value: value.into(),
        range: range.into(),
    };
    let ranges = vec![
        range(
            Category::BloodPressure,
            Quantity::Systolic,
            RangeRule::HomePressure,
            Standing::Above,
            "141/88",
            "135/85",
        ),
        range(
            Category::HeartRate,
            Quantity::HeartRate,
            RangeRule::OwnUsual,
            Standing::Within,
            "64",
            "61\u{2013}70",
        ),
    ];
    GlimpseView { opened: NOW, last: Some(MIDNIGHT), days: 9, of_days: 14, ranges }
}

/// A reader's first minute, as the patient sees it before: one convention with enough, one without.
pub(crate) fn foreseen(shared: &Shared) -> Html {
    let of = |category, summary| ClinicalView { category, clock: WallClock::Reader, summary, damaged: 0 };
    let few = short(&[(Lack::BeatWindows, 0, 1)]);
    let clinical = vec![
        of(Category::BloodPressure, ClinicalSummary::Pressure(Outcome::Enough(pressure(true)))),
        of(Category::HeartRate, ClinicalSummary::Variability(Outcome::NotEnough(few))),
    ];
    let vital =
        |quantity, value: &str| VitalView { quantity, value: value.into(), at: MIDNIGHT, in_set: true };
    let vitals = vec![vital(Quantity::Systolic, "141"), vital(Quantity::PulseRate, "64")];
    let lacks = [(Lack::Respiration, 0, 1), (Lack::Alertness, 0, 1)];
    let news = NewsView { vitals, score: Outcome::NotEnough(short(&lacks)) };
    let view = FirstMinuteView { glimpse: glimpse(), clinical, news: Some(news) };
    let categories = [Category::BloodPressure, Category::HeartRate];
    html! { <>{ first_look(shared, &view.glimpse) }{ foreseen_glance(shared, &view, &categories, "Dr Ines Clarke", None) }</> }
}

fn short(lacks: &[(Lack, u32, u32)]) -> ShortView {
    let lack = |(what, have, need): &(Lack, u32, u32)| LackView { what: *what, have: *have, need: *need };
    ShortView { from: MIDNIGHT - 13 * DAY, to: MIDNIGHT + DAY, lacks: lacks.iter().map(lack).collect() }
}

const fn usual([low, median, high]: [u32; 3], standing: Standing) -> UsualView {
    UsualView { low, median, high, standing, days: 21, from: MIDNIGHT - 34 * DAY, to: MIDNIGHT - 6 * DAY }
}

fn pressure(high: bool) -> HomePressureView {
    let by = if high { 12 } else { 0 };
    let of =
        |systolic: u16, diastolic: u16| PressureView { systolic: systolic + by, diastolic: diastolic + by };
    let part = |mean| Some(PressurePartView { readings: 12, mean });
    let standing = if high { Standing::Above } else { Standing::Within };
    HomePressureView {
        from: MIDNIGHT - 6 * DAY,
        to: MIDNIGHT + DAY,
        days: 6,
        readings: 24,
        mean: of(128, 79),
        morning: part(of(131, 81)),
        evening: part(of(125, 77)),
        pulse: Some(66),
        threshold: PressureView { systolic: 135, diastolic: 85 },
        high,
        irregular: u32::from(high),
        left_out: PressureLeftOutView { first_day: 4, ..PressureLeftOutView::default() },
        windows: PressureWindowsView {
            morning_from: 240,
            morning_to: 720,
            evening_from: 960,
            evening_to: 1_680,
        },
        usual: Outcome::Enough(UsualPressureView {
            systolic: usual([124, 128, 131], standing),
            diastolic: usual([76, 79, 82], standing),
        }),
    }
}

/// Two half hours of the night are empty.
fn glucose() -> GlucoseProfileView {
    let band = |half_hour: u16| {
        let rise = half_hour % 12 * 4;
        let [p5, p25, p50, p75, p95] = [62, 92, 118, 152, 214].map(|p| p + rise);
        BandView { minute: half_hour * 30, values: 84, p5, p25, p50, p75, p95 }
    };
    let goal =
        |goal, bound, share, met| GoalView { goal, bound: Permille(bound), share: Permille(share), met };
    let adult = vec![
        goal(Goal::InRange, 700, 714, true),
        goal(Goal::BelowRange, 40, 41, false),
        goal(Goal::VeryHigh, 50, 38, true),
        goal(Goal::Variation, 360, 341, true),
    ];
    let older = vec![goal(Goal::InRange, 500, 714, true), goal(Goal::BelowRange, 10, 41, false)];
    GlucoseProfileView {
        from: MIDNIGHT - 14 * DAY,
        to: MIDNIGHT,
        values: 3_864,
        left_out: 12,
        step_minutes: 5,
        active: Permille(958),
        mean: "142".into(),
        mean_molar: "7.9".into(),
        gmi: "6.7".into(),
        gmi_molar: "50".into(),
        variation: Permille(341),
        ranges: RangesView {
            very_low: Permille(6),
            low: Permille(35),
            in_range: Permille(714),
            high: Permille(207),
            very_high: Permille(38),
        },
        goals: vec![
            GoalsView { set: GoalSet::Adult, goals: adult },
            GoalsView { set: GoalSet::Older, goals: older },
        ],
        bands: (0..48).filter(|half_hour| !(6..8).contains(half_hour)).map(band).collect(),
        band_days: 7,
    }
}

fn beats(whole: bool) -> VariabilityTrendView {
    let whole_day = if whole {
        Outcome::Enough(WholeDayView { start: MIDNIGHT - DAY, sdnn: 142, rejected: 2 })
    } else {
        Outcome::NotEnough(short(&[(Lack::BeatHours, 9, 18), (Lack::NightHours, 0, 5)]))
    };
    VariabilityTrendView {
        kind: BeatKind::Heart,
        device: "Example Strap".into(),
        other_devices: u16::from(whole),
        window_minutes: 5,
        least_valid: 80,
        day: DayVariabilityView { start: MIDNIGHT, rmssd: 38, windows: 41, rejected: 3 },
        usual: Outcome::Enough(usual([31, 36, 44], Standing::Within)),
        whole_day,
        days: Vec::new(),
    }
}
