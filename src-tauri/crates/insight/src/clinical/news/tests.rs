//! The chart, cell by cell, and what holds for any set.

use proptest::prelude::*;
use salus_wire::{Category, Component, DeviceId, Quality};

use super::*;

const MINUTE: i64 = 60_000;
const NOON: i64 = 1_795_000_000_000;

fn reading(at: i64, quantity: Quantity, value: Decimal) -> Reading {
    Reading {
        at,
        arrived: at,
        device: DeviceId([1; 16]),
        category: Category::HeartRate,
        components: vec![Component { quantity, value }],
        quality: Quality(0),
        device_time: None,
        user: None,
    }
}

fn vitals(values: [(Quantity, &str); 5]) -> Vitals {
    let mut vitals = Vitals::default();
    for (i, (quantity, value)) in (0..).zip(values) {
        vitals.take(&reading(NOON - i * 5 * MINUTE, quantity, value.parse().unwrap()));
    }
    vitals
}

/// Nobody would worry: every one of them scores 0.
fn well() -> [(Quantity, &'static str); 5] {
    [
        (Quantity::RespiratoryRate, "16"),
        (Quantity::OxygenSaturation, "97"),
        (Quantity::Systolic, "120"),
        (Quantity::PulseRate, "70"),
        (Quantity::BodyTemperature, "37.0"),
    ]
}

const ALERT: NewsTyped =
    NewsTyped { alertness: Alertness::Alert, breathing: Breathing::Air, scale: SaturationScale::One };

fn score(vitals: &Vitals, typed: NewsTyped) -> NewsScoreView {
    match vitals.news(Some(typed), NOON).score {
        Outcome::Enough(score) => score,
        Outcome::NotEnough(short) => panic!("{short:?}"),
    }
}

fn total(quantity: Quantity, value: &str, typed: NewsTyped) -> u8 {
    let values = well().map(|(q, v)| (q, if q == quantity { value } else { v }));
    score(&vitals(values), typed).total
}

/// Royal College of Physicians (2017), chart 1: both edges of every cell.
#[test]
fn every_cell_of_the_chart() {
    let table: &[(Quantity, &[(&str, u8)])] = &[
        (
            Quantity::RespiratoryRate,
            &[("4", 3), ("8", 3), ("9", 1), ("11", 1), ("12", 0), ("20", 0), ("21", 2), ("24", 2), ("25", 3)],
        ),
        (
            Quantity::OxygenSaturation,
            &[("80", 3), ("91", 3), ("92", 2), ("93", 2), ("94", 1), ("95", 1), ("96", 0), ("100", 0)],
        ),
        (
            Quantity::Systolic,
            &[
                ("60", 3),
                ("90", 3),
                ("91", 2),
                ("100", 2),
                ("101", 1),
                ("110", 1),
                ("111", 0),
                ("219", 0),
                ("220", 3),
            ],
        ),
        (
            Quantity::PulseRate,
            &[
                ("30", 3),
                ("40", 3),
                ("41", 1),
                ("50", 1),
                ("51", 0),
                ("90", 0),
                ("91", 1),
                ("110", 1),
                ("111", 2),
                ("130", 2),
                ("131", 3),
            ],
        ),
        (
            Quantity::BodyTemperature,
            &[
                ("34.0", 3),
                ("35.0", 3),
                ("35.1", 1),
                ("36.0", 1),
                ("36.1", 0),
                ("38.0", 0),
                ("38.1", 1),
                ("39.0", 1),
                ("39.1", 2),
            ],
        ),
    ];
    for (quantity, cells) in table {
        for (value, points) in *cells {
            assert_eq!(total(*quantity, value, ALERT), *points, "{quantity:?} {value}");
        }
    }
}

/// From, to, points: a cell of the chart.
type Cells = &'static [(i64, i64, u8)];

fn hold(cells: Cells, points: impl Fn(i64) -> u8) {
    for (low, high, expected) in cells {
        (*low..=*high).for_each(|value| assert_eq!(points(value), *expected, "{value}"));
    }
}

/// The same chart as ranges, value by value: no gap, no overlap.
#[test]
fn every_value_of_the_chart_has_its_points() {
    hold(&[(0, 8, 3), (9, 11, 1), (12, 20, 0), (21, 24, 2), (25, 80, 3)], respiration_points);
    hold(&[(0, 90, 3), (91, 100, 2), (101, 110, 1), (111, 219, 0), (220, 300, 3)], systolic_points);
    hold(&[(0, 40, 3), (41, 50, 1), (51, 90, 0), (91, 110, 1), (111, 130, 2), (131, 250, 3)], pulse_points);
    // Tenths of a degree.
    hold(&[(300, 350, 3), (351, 360, 1), (361, 380, 0), (381, 390, 1), (391, 430, 2)], temperature_points);
    let two = NewsTyped { scale: SaturationScale::Two, ..ALERT };
    let oxygen = NewsTyped { breathing: Breathing::Oxygen, ..two };
    hold(&[(0, 91, 3), (92, 93, 2), (94, 95, 1), (96, 100, 0)], |v| saturation_points(v, &ALERT));
    hold(&[(0, 83, 3), (84, 85, 2), (86, 87, 1), (88, 100, 0)], |v| saturation_points(v, &two));
    let too_much =
        &[(0, 83, 3), (84, 85, 2), (86, 87, 1), (88, 92, 0), (93, 94, 1), (95, 96, 2), (97, 100, 3)];
    hold(too_much, |v| saturation_points(v, &oxygen));
}

/// Chart 1: seven parameters, the highest of each together 20.
#[test]
fn the_worst_of_everything_is_twenty() {
    let worst = vitals([
        (Quantity::RespiratoryRate, "25"),
        (Quantity::OxygenSaturation, "83"),
        (Quantity::Systolic, "90"),
        (Quantity::PulseRate, "131"),
        (Quantity::BodyTemperature, "35.0"),
    ]);
    for scale in [SaturationScale::One, SaturationScale::Two] {
        let typed = NewsTyped { alertness: Alertness::Unresponsive, breathing: Breathing::Oxygen, scale };
        let found = score(&worst, typed);
        assert_eq!((found.total, found.risk), (20, NewsRisk::High));
    }
}

#[test]
fn scale_2_and_oxygen_and_alertness() {
    let two = NewsTyped { scale: SaturationScale::Two, ..ALERT };
    let on_oxygen = NewsTyped { breathing: Breathing::Oxygen, ..two };
    for (value, air, oxygen) in [
        ("83", 3, 3),
        ("84", 2, 2),
        ("85", 2, 2),
        ("86", 1, 1),
        ("87", 1, 1),
        ("88", 0, 0),
        ("92", 0, 0),
        ("93", 0, 1),
        ("94", 0, 1),
        ("95", 0, 2),
        ("96", 0, 2),
        ("97", 0, 3),
        ("100", 0, 3),
    ] {
        assert_eq!(total(Quantity::OxygenSaturation, value, two), air, "{value} on air");
        // Oxygen itself is 2 points.
        assert_eq!(total(Quantity::OxygenSaturation, value, on_oxygen), oxygen + 2, "{value} on oxygen");
    }
    for alertness in [Alertness::Confusion, Alertness::Voice, Alertness::Pain, Alertness::Unresponsive] {
        let found = score(&vitals(well()), NewsTyped { alertness, ..ALERT });
        assert_eq!((found.total, found.risk), (3, NewsRisk::LowMedium));
    }
    assert_eq!(score(&vitals(well()), NewsTyped { breathing: Breathing::Oxygen, ..ALERT }).total, 2);
}

/// Chart 2. By hand: 22 breaths 2, 93 % 2, air 0, 95 systolic 2, 115 beats 2, confused 3, 38.5 degrees 1: 12.
#[test]
fn a_worked_example_and_the_triggers() {
    let ill = vitals([
        (Quantity::RespiratoryRate, "22"),
        (Quantity::OxygenSaturation, "93"),
        (Quantity::Systolic, "95"),
        (Quantity::PulseRate, "115"),
        (Quantity::BodyTemperature, "38.5"),
    ]);
    let found = score(&ill, NewsTyped { alertness: Alertness::Confusion, ..ALERT });
    assert_eq!(found.points.iter().map(|p| p.points).collect::<Vec<_>>(), [2, 2, 0, 2, 2, 3, 1]);
    assert_eq!((found.total, found.risk), (12, NewsRisk::High));
    assert_eq!((found.from, found.to), (NOON - 20 * MINUTE, NOON));
    assert_eq!(score(&vitals(well()), ALERT).risk, NewsRisk::Low);
    let of = |total, red| risk(total, red);
    assert_eq!(
        [
            of(0, false),
            of(4, false),
            of(3, true),
            of(4, true),
            of(5, false),
            of(6, true),
            of(7, false),
            of(20, true)
        ],
        [
            NewsRisk::Low,
            NewsRisk::Low,
            NewsRisk::LowMedium,
            NewsRisk::LowMedium,
            NewsRisk::Medium,
            NewsRisk::Medium,
            NewsRisk::High,
            NewsRisk::High
        ]
    );
}

#[test]
fn nothing_is_scored_in_part() {
    let Outcome::NotEnough(short) = vitals(well()).news(None, NOON).score else { panic!("not typed") };
    let lacks = |short: &ShortView| short.lacks.iter().map(|l| l.what).collect::<Vec<_>>();
    assert_eq!(lacks(&short), [Lack::Alertness, Lack::Breathing]);
    for (i, (_, what, _)) in SIGNS.into_iter().enumerate() {
        let mut some = vitals(well());
        some.0[i] = None;
        let view = some.news(Some(ALERT), NOON);
        let Outcome::NotEnough(short) = &view.score else { panic!("{what:?}") };
        assert_eq!((lacks(short), view.vitals.len()), (vec![what], 4));
    }
    let view = Vitals::default().news(Some(ALERT), NOON);
    assert!(view.vitals.is_empty());
    let Outcome::NotEnough(short) = view.score else { panic!("nothing") };
    assert_eq!(short.lacks.len(), 5);
}

#[test]
fn a_set_is_of_one_hour_and_of_the_last_twelve() {
    let mut old = vitals(well());
    old.0[4] = old.0[4].map(|v| Vital { at: NOON - SET - 1, ..v });
    let view = old.news(Some(ALERT), NOON);
    let Outcome::NotEnough(short) = &view.score else { panic!("an hour ago") };
    assert_eq!(short.lacks, [LackView { what: Lack::Temperature, have: 0, need: 1 }]);
    // It is shown with its time, and said not to belong to the others.
    assert_eq!(view.vitals.iter().map(|v| v.in_set).collect::<Vec<_>>(), [true, true, true, true, false]);
    let all = vitals(well());
    assert!(all.news(Some(ALERT), NOON + AGE).score.enough().is_some());
    assert!(all.news(Some(ALERT), NOON + AGE + 1).score.enough().is_none());
    // What is ahead of the clock is not part of a set.
    assert!(all.news(Some(ALERT), NOON - 30 * MINUTE).score.enough().is_none());
}

#[test]
fn values_are_rounded_as_the_chart_has_them() {
    // 94.5 is 94 and 95.5 is 96; 36.05 is 36.0.
    assert_eq!(total(Quantity::OxygenSaturation, "95.5", ALERT), 0);
    assert_eq!(total(Quantity::OxygenSaturation, "94.5", ALERT), 1);
    assert_eq!(total(Quantity::BodyTemperature, "36.05", ALERT), 1);
    let view = vitals(well()).news(None, NOON);
    let texts: Vec<_> = view.vitals.iter().map(|v| v.value.as_str()).collect();
    assert_eq!(texts, ["16", "97", "120", "70", "37.0"]);
}

#[test]
fn a_heart_rate_is_a_pulse_and_what_a_device_doubts_is_none() {
    let mut values = vitals(well());
    values.take(&reading(NOON + 1, Quantity::HeartRate, Decimal::whole(95)));
    let doubted = Quality(Quality::MOVEMENT);
    values.take(&Reading { quality: doubted, ..reading(NOON + 2, Quantity::PulseRate, Decimal::whole(20)) });
    values.take(&reading(NOON + 3, Quantity::PulseRate, Decimal::whole(-20)));
    assert_eq!(values.0[3], Some(Vital { at: NOON + 1, thousandths: 95_000 }));
}

proptest! {
    #[test]
    fn order_does_not_matter_and_the_score_is_the_sum(
        (all, shuffled) in proptest::collection::vec((0usize..5, 0i64..90, 1i64..300), 0..40)
            .prop_flat_map(|v| (Just(v.clone()), Just(v).prop_shuffle())),
        oxygen: bool,
        two: bool,
    ) {
        let of = |all: &[(usize, i64, i64)]| {
            let mut vitals = Vitals::default();
            for (sign, minute, value) in all {
                vitals.take(&reading(NOON - minute * MINUTE, SIGNS[*sign].2, Decimal::whole(*value)));
            }
            vitals
        };
        let typed = NewsTyped {
            breathing: if oxygen { Breathing::Oxygen } else { Breathing::Air },
            scale: if two { SaturationScale::Two } else { SaturationScale::One },
            ..ALERT
        };
        let view = of(&all).news(Some(typed), NOON);
        prop_assert_eq!(&view, &of(&shuffled).news(Some(typed), NOON));
        match view.score {
            Outcome::Enough(score) => {
                prop_assert_eq!(score.points.len(), 7);
                prop_assert_eq!(score.points.iter().map(|p| p.points).sum::<u8>(), score.total);
                prop_assert!(score.total <= 20 && score.to - score.from <= SET);
            }
            Outcome::NotEnough(short) => prop_assert!(!short.lacks.is_empty()),
        }
    }

    #[test]
    fn nothing_panics(at: i64, now: i64, mantissa: i64, exponent: i8) {
        let mut vitals = Vitals::default();
        for (_, _, quantity) in SIGNS {
            vitals.take(&reading(at, quantity, Decimal { mantissa, exponent }));
        }
        let _ = vitals.news(Some(ALERT), now);
    }
}
