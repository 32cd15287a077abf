//! Sums, glances and comparisons against figures that were worked out by hand.

use proptest::prelude::*;
use salus_wire::view::{RangeRule, RangeView, TrendSpan, TrendView};
use salus_wire::{Category, Component, DeviceId, Level, Quality, Quantity, Reading, Summary};

use super::*;
use crate::clinical::WallTime;
use crate::trend::{Day, trend};

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;
const WIDTH: u16 = 400;
const ID: GrantId = GrantId([1; 32]);

fn reading(category: Category, at: UnixMillis, values: &[(Quantity, Decimal)]) -> Reading {
    let of = |(quantity, value): &(Quantity, Decimal)| Component { quantity: *quantity, value: *value };
    Reading {
        at,
        arrived: at,
        device: DeviceId([1; 16]),
        category,
        components: values.iter().map(of).collect(),
        quality: Quality(0),
        device_time: None,
        user: None,
    }
}

fn pressure(at: UnixMillis, systolic: i64, diastolic: i64) -> Reading {
    let values = [
        (Quantity::PulseRate, Decimal::whole(60)),
        (Quantity::Diastolic, Decimal::whole(diastolic)),
        (Quantity::Systolic, Decimal::whole(systolic)),
    ];
    reading(Category::BloodPressure, at, &values)
}

fn pressures(of: &[(UnixMillis, i64, i64)]) -> Sums {
    let readings: Vec<Reading> = of.iter().map(|(at, high, low)| pressure(*at, *high, *low)).collect();
    Sums::of_readings(Category::BloodPressure, &readings, 0, i64::MAX)
}

fn days(from: i64, to: i64) -> Period {
    Period { from: from * DAY, to: to * DAY }
}

#[test]
fn two_times_side_by_side_say_the_difference_of_what_is_shown() {
    let sums = pressures(&[
        (DAY, 134, 84),
        (DAY + MINUTE, 135, 84),
        (2 * DAY, 136, 84),
        (8 * DAY, 128, 84),
        (9 * DAY, 129, 83),
    ]);
    let view = compare(ID, &sums, days(0, 7), days(7, 14), WIDTH, i64::MAX);
    let [high, low] = &view.lines[..] else { panic!("{:?}", view.lines) };
    assert_eq!((high.quantity, low.quantity), (Quantity::Systolic, Quantity::Diastolic));
    let mean = |side: &Option<SummaryView>| side.as_ref().map(|s| (s.count, s.mean.clone()));
    // 405/3, and 257/2 with its half away from zero.
    assert_eq!((mean(&high.first), mean(&high.second)), (Some((3, "135".into())), Some((2, "129".into()))));
    assert_eq!((high.difference.as_deref(), high.standing), (Some("6"), Some(Standing::Below)));
    assert_eq!((low.difference.as_deref(), low.standing), (Some("0"), Some(Standing::Within)));
    assert_eq!(
        (view.first.chart.low, view.first.chart.high),
        (view.second.chart.low, view.second.chart.high)
    );
    assert_eq!(view.first.chart.value_ticks, view.second.chart.value_ticks);
    assert!(view.first.chart.low <= 83.0 && view.first.chart.high >= 136.0);
    assert_eq!((view.first.chart.from, view.second.chart.to), (0, 14 * DAY));
}

#[test]
fn a_time_without_values_has_figures_on_the_other_side_only() {
    let sums = pressures(&[(8 * DAY, 128, 80)]);
    let view = compare(ID, &sums, days(0, 7), days(7, 14), WIDTH, i64::MAX);
    assert_eq!(view.lines.len(), 2);
    assert!(view.lines.iter().all(|l| l.first.is_none() && l.second.is_some() && l.difference.is_none()));
    assert!(compare(ID, &sums, days(20, 21), days(22, 23), WIDTH, i64::MAX).lines.is_empty());
    let all = compare(ID, &sums, days(8, 9), days(8, 9), WIDTH, i64::MAX);
    assert_eq!(all.lines[0].standing, Some(Standing::Within));
}

#[test]
fn what_lies_outside_or_does_not_count_is_left_out() {
    let mut loose = pressure(DAY, 200, 100);
    loose.quality = Quality(Quality::NO_CONTACT);
    let readings = [loose, pressure(2 * DAY, 120, 80), pressure(5 * DAY, 200, 100)];
    let sums = Sums::of_readings(Category::BloodPressure, &readings, 0, 5 * DAY);
    assert_eq!(sums.rows().len(), 2);
    assert_eq!(newest(&[sums]), Some(2 * DAY));
    let voltage = reading(Category::Electrocardiogram, 0, &[(Quantity::EcgVoltage, Decimal::whole(7))]);
    assert!(Sums::of_readings(Category::Electrocardiogram, &[voltage], 0, 1).rows().is_empty());
}

#[test]
fn many_readings_go_on_by_the_hour_with_the_same_sums() {
    let beat = |i: i64| {
        reading(Category::HeartRate, i * MINUTE, &[(Quantity::HeartRate, Decimal::whole(60 + i % 3))])
    };
    let n = 130_000;
    let readings: Vec<Reading> = (0..n).map(beat).collect();
    let sums = Sums::of_readings(Category::HeartRate, &readings, 0, i64::MAX);
    assert!(sums.rows().len() < 3_000, "{}", sums.rows().len());
    let rows = sums.rows();
    assert_eq!(rows.iter().map(|r| r.count).sum::<u64>(), u64::try_from(n).unwrap());
    assert_eq!(rows.iter().map(|r| u64::from(r.minutes)).sum::<u64>(), u64::try_from(n).unwrap());
    assert!(rows.windows(2).all(|pair| pair[0].start < pair[1].start));
    let whole = compare(ID, &sums, days(0, 91), days(91, 92), WIDTH, i64::MAX);
    assert_eq!(whole.lines[0].first.as_ref().map(|s| (s.count, s.mean.as_str())), Some((130_000, "61")));
}

#[test]
fn daily_summaries_are_compared_by_the_day_in_which_their_middle_lies() {
    let day = |n: i64, value: i64| {
        let row = Summary::of(Level::Day, Quantity::HeartRate, n * DAY, Decimal::whole(value));
        Summary { first: n * DAY, last: (n + 1) * DAY - 1, ..row }
    };
    let rows = [day(1, 60), day(2, 62), day(3, 70)];
    let sums = Sums::of_days(Category::HeartRate, &rows, 0, 10 * DAY);
    // A local day that begins two hours before that of UTC.
    let local = |from: i64, to: i64| Period { from: from * DAY - 7_200_000, to: to * DAY - 7_200_000 };
    let view = compare(ID, &sums, local(1, 3), local(3, 4), WIDTH, i64::MAX);
    assert_eq!(view.lines[0].first.as_ref().map(|s| s.count), Some(2));
    assert_eq!(
        (view.lines[0].difference.as_deref(), view.lines[0].standing),
        (Some("9"), Some(Standing::Above))
    );
    assert_eq!(newest(std::slice::from_ref(&sums)), Some(4 * DAY));
    assert_eq!(days_with(&[sums], &WallTime::fixed(0), 0, 5 * DAY), (3, 5));
}

#[test]
fn days_with_readings_are_those_of_the_wall_clock() {
    // 23:30 and 00:30 of one day by a clock an hour ahead of UTC.
    let sums = pressures(&[(DAY - 90 * MINUTE, 120, 80), (DAY - 30 * MINUTE, 121, 80)]);
    let count = |minutes| days_with(std::slice::from_ref(&sums), &WallTime::fixed(minutes), 0, 3 * DAY);
    assert_eq!((count(0), count(60)), ((1, 3), (2, 4)));
    assert_eq!(days_with(&[], &WallTime::fixed(0), 5, 5), (0, 1));
}

fn temperatures(days: i64, newest: i64) -> Sums {
    let warm = |(day, tenths): (i64, i64)| {
        let value = Decimal { mantissa: tenths, exponent: -1 };
        reading(Category::BodyTemperature, day * DAY, &[(Quantity::BodyTemperature, value)])
    };
    let earlier = (0..days).map(|day| (day, 365 + day % 3));
    let readings: Vec<Reading> = earlier.chain([(days, newest)]).map(warm).collect();
    Sums::of_readings(Category::BodyTemperature, &readings, 0, i64::MAX)
}

#[test]
fn the_newest_day_is_held_against_the_persons_own_quartiles() {
    let clock = WallTime::fixed(0);
    let standing = |newest| against_usual(&temperatures(9, newest), &clock).map(|r| (r.standing, r.value));
    assert_eq!(standing(381), Some((Standing::Above, "38.1".into())));
    assert_eq!(standing(366), Some((Standing::Within, "36.6".into())));
    assert_eq!(standing(351), Some((Standing::Below, "35.1".into())));
    let range = against_usual(&temperatures(9, 381), &clock).unwrap();
    // Of three each of 36.5, 36.6 and 36.7 the quartiles are the outer ones.
    assert_eq!(
        range,
        RangeView {
            category: Category::BodyTemperature,
            quantity: Quantity::BodyTemperature,
            rule: RangeRule::OwnUsual,
            standing: Standing::Above,
            value: "38.1".into(),
            range: "36.5\u{2013}36.7".into(),
        }
    );
    assert_eq!(against_usual(&temperatures(6, 381), &clock), None, "six days say nothing of what is usual");
    assert_eq!(against_usual(&temperatures(0, 381), &clock), None);
}

#[test]
fn steps_have_no_usual_mean() {
    let walk = |day: i64| reading(Category::Activity, day * DAY, &[(Quantity::Steps, Decimal::whole(900))]);
    let readings: Vec<Reading> = (0..20).map(walk).collect();
    let sums = Sums::of_readings(Category::Activity, &readings, 0, i64::MAX);
    assert_eq!(against_usual(&sums, &WallTime::fixed(0)), None);
}

#[test]
fn what_is_usual_is_what_the_person_s_own_screen_says_of_the_same_days() {
    // Two a day on 35 days, 121 to 148 and 10 more; the last is today.
    let all: Vec<(UnixMillis, i64, i64)> = (0..35_i64)
        .flat_map(|day| [(day, 7, 0), (day, 20, 10)])
        .map(|(day, hour, more)| (day * DAY + hour * 60 * MINUTE, 121 + day % 28 + more, 80))
        .collect();
    let clock = WallTime::fixed(0);
    let now = 34 * DAY + 21 * 60 * MINUTE;
    let own: Vec<Day> = (0..35_i64)
        .map(|day| {
            let of = |(at, high, low): &(UnixMillis, i64, i64)| {
                let values = [(Quantity::Systolic, *high), (Quantity::Diastolic, *low)];
                values.map(|(quantity, n)| Summary::of(Level::Hour, quantity, *at, Decimal::whole(n)))
            };
            let rows = all.iter().filter(|(at, ..)| at / DAY == day).flat_map(of).collect();
            Day { from: day * DAY, to: (day + 1) * DAY, rows }
        })
        .collect();
    let view = before(&pressures(&all), &clock, now + 1);
    let expected = trend(Category::BloodPressure, &own, now);
    assert_eq!(
        (&view.lines, view.span, view.compared),
        (&expected.lines, TrendSpan::Today, expected.compared)
    );
    assert_eq!((view.lines[0].days, view.week[0].start), (28, 34 * DAY));
    // By hand: the means of the 28 days before are 126 to 153, with quartiles 132.75, 139.5 and 146.25.
    let usual = view.lines[0].usual.clone().unwrap();
    assert_eq!((usual.low.as_str(), usual.median.as_str(), usual.high.as_str()), ("133", "140", "146"));
}

#[test]
fn too_few_days_before_say_nothing_of_what_is_usual() {
    let clock = WallTime::fixed(0);
    let of = |earlier: i64| before(&temperatures(earlier, 366), &clock, earlier * DAY + 1);
    let said = |view: &TrendView| (view.span, view.lines[0].days, view.lines[0].usual.is_some());
    assert_eq!(said(&of(6)), (TrendSpan::Today, 6, false));
    assert_eq!(said(&of(7)), (TrendSpan::Today, 7, true));
    // As of a day without a reading the last week is compared, and is not among the days before.
    let week = before(&temperatures(9, 366), &clock, 11 * DAY);
    assert_eq!((said(&week), week.week[6].start), ((TrendSpan::Week, 4, false), 4 * DAY));
    // What is older than that, or newer, is not looked at.
    for until in [0, 60 * DAY, i64::MIN, i64::MAX] {
        assert!(before(&temperatures(9, 366), &clock, until).lines.len() <= 1, "{until}");
    }
    assert_eq!(before(&temperatures(9, 366), &clock, 60 * DAY).lines, []);
}

proptest! {
    #[test]
    fn no_value_and_no_span_panics(
        values in proptest::collection::vec((0i64..40 * DAY, any::<i64>(), any::<i8>()), 0..60),
        from in any::<i64>(),
        to in any::<i64>(),
    ) {
        let mut readings: Vec<Reading> = values
            .iter()
            .map(|(at, mantissa, exponent)| {
                let value = Decimal { mantissa: *mantissa, exponent: *exponent };
                reading(Category::BodyWeight, *at, &[(Quantity::BodyWeight, value)])
            })
            .collect();
        readings.sort_by_key(|r| r.at);
        let sums = Sums::of_readings(Category::BodyWeight, &readings, from, to);
        let _ = against_usual(&sums, &WallTime::fixed(330));
        let _ = before(&sums, &WallTime::fixed(330), to);
        let inside = readings.iter().filter(|r| (from..to).contains(&r.at)).count();
        let counted: u64 = sums.rows().iter().map(|r| r.count).sum();
        prop_assert_eq!(counted, u64::try_from(inside).unwrap());
        let period = Period { from: 0, to: 40 * DAY };
        let view = compare(ID, &sums, period, period, WIDTH, i64::MAX);
        prop_assert!(view.lines.iter().all(|l| l.standing.is_none_or(|s| s == Standing::Within)));
    }
}
