//! Worked by hand, and properties.

use proptest::prelude::*;
use salus_wire::Level;
use salus_wire::view::TREND_DAYS;

use super::*;

const DAY: i64 = 86_400_000;
const HOUR: i64 = 3_600_000;

fn whole(n: i64) -> Decimal {
    Decimal::whole(n)
}

/// Day `n` of `DAYS`, with values an hour apart.
fn day(n: usize, values: &[(Quantity, i64)]) -> Day {
    let from = i64::try_from(n).unwrap() * DAY;
    let row = |(i, (quantity, value)): (usize, &(Quantity, i64))| {
        Summary::of(Level::Hour, *quantity, from + i64::try_from(i).unwrap() * HOUR, whole(*value))
    };
    Day { from, to: from + DAY, rows: values.iter().enumerate().map(row).collect() }
}

/// Systolic 121 to 148 in the 28 days before the week, the same in the week but for today.
fn pressures(today: &[(Quantity, i64)]) -> Vec<Day> {
    let one = |n: usize| {
        let systolic = 121 + i64::try_from(n % 28).unwrap();
        day(n, &[(Quantity::Systolic, systolic), (Quantity::Diastolic, systolic - 50)])
    };
    (0..DAYS - 1).map(one).chain([day(DAYS - 1, today)]).collect()
}

#[test]
fn a_week_and_four_before_it_are_looked_at() {
    assert_eq!(i64::try_from(DAYS - WEEK), Ok(TREND_DAYS));
}

fn now() -> i64 {
    i64::try_from(DAYS).unwrap() * DAY - DAY / 2
}

/// By hand: of 1, 2, 3, 4 the quartiles are 1.75, 2.5 and 3.25, which are 2, 2 and 3 to the precision of the values.
#[test]
fn quartiles_lie_between_values_and_claim_no_more_precision() {
    let of = |values: &[Decimal]| quartiles(values).map(|q| q.map(|d| d.to_string()));
    assert_eq!(of(&[1, 2, 3, 4].map(whole)), Some(["2", "2", "3"].map(String::from)));
    let tenths = [10, 20, 30, 40].map(|m| Decimal { mantissa: m * 10, exponent: -2 });
    assert_eq!(of(&tenths), Some(["1.75", "2.50", "3.25"].map(String::from)));
    assert_eq!(of(&[]), None);
    assert_eq!(of(&[Decimal { mantissa: 1, exponent: 100 }, Decimal { mantissa: 1, exponent: -100 }]), None);
}

#[test]
fn a_day_is_lower_usual_higher_or_apart() {
    use Quantity::{Diastolic, Systolic};
    for (today, compared) in [
        ([(Systolic, 134), (Diastolic, 84)], Compared::Usual),
        ([(Systolic, 150), (Diastolic, 84)], Compared::Higher),
        ([(Systolic, 134), (Diastolic, 60)], Compared::Lower),
        ([(Systolic, 150), (Diastolic, 60)], Compared::Apart),
        ([(Systolic, 150), (Diastolic, 99)], Compared::Higher),
    ] {
        let view = trend(Category::BloodPressure, &pressures(&today), now());
        assert_eq!((view.span, view.compared), (TrendSpan::Today, Some(compared)), "{today:?}");
        assert_eq!(view.lines[0].value.as_deref(), Some(today[0].1.to_string().as_str()));
        // 121 to 148 over the 28 days, in another order: quartiles 127.75, 134.5 and 141.25.
        let usual = view.lines[0].usual.clone().unwrap();
        assert_eq!((usual.low.as_str(), usual.median.as_str(), usual.high.as_str()), ("128", "134", "141"));
        assert_eq!(view.lines[0].days, 28);
    }
}

#[test]
fn without_a_value_today_the_week_is_compared_and_with_too_few_days_nothing_is() {
    let view = trend(Category::BloodPressure, &pressures(&[]), now());
    assert_eq!((view.span, view.lines[0].count, view.lines[0].days), (TrendSpan::Week, 6, 28));
    let mut few = pressures(&[(Quantity::Systolic, 134), (Quantity::Diastolic, 84)]);
    few.iter_mut().take(DAYS - 7).for_each(|day| day.rows.clear());
    let view = trend(Category::BloodPressure, &few, now());
    assert_eq!((view.compared, view.lines[0].usual.clone(), view.lines[0].days), (None, None, 6));
    assert_eq!(view.lines[0].value.as_deref(), Some("134"));
    let nothing = trend(Category::HeartRate, &[], 0);
    assert_eq!((nothing.lines.len(), nothing.week.len(), nothing.compared), (0, 0, None));
}

#[test]
fn steps_are_added_up_by_day() {
    let days: Vec<Day> =
        (0..DAYS).map(|n| day(n, &[(Quantity::Steps, 1000), (Quantity::Steps, 2000)])).collect();
    let view = trend(Category::Activity, &days, now());
    let line = &view.lines[0];
    assert_eq!((line.value.as_deref(), line.count, view.compared), (Some("3000"), 2, Some(Compared::Usual)));
    assert_eq!(line.usual.as_ref().map(|u| u.median.as_str()), Some("3000"));
}

#[test]
fn coverage_is_told_by_day_and_today_counts_up_to_now() {
    let days = pressures(&[(Quantity::Systolic, 134), (Quantity::Systolic, 136), (Quantity::Diastolic, 84)]);
    let view = trend(Category::BloodPressure, &days, now());
    assert_eq!(view.week.len(), 7);
    let today = view.week[0];
    assert_eq!((today.start, today.count, today.minutes, today.of), (now() - DAY / 2, 2, 2, 721));
    assert_eq!((view.week[1].count, view.week[1].of), (1, 1440));
}

/// A day of a glucose sensor, as hours: in each of `hours` a value every `step` minutes.
fn sensor(n: usize, step: i64, hours: core::ops::Range<i64>) -> Day {
    let (from, value) = (i64::try_from(n).unwrap() * DAY, whole(120));
    let hour = |h: i64| {
        let at = |i: i64| from + h * HOUR + i * step * 60_000;
        let first = Summary::of(Level::Hour, Quantity::InterstitialGlucose, at(0), value);
        (1..60 / step).fold(first, |mut row, i| {
            row.push(at(i), value);
            row
        })
    };
    Day { from, to: from + DAY, rows: hours.map(hour).collect() }
}

/// By hand: 288 values of a sensor that sends every five minutes are the whole day, 144 half of it; so are 96 and 48 of one that sends
/// every quarter of an hour, to which the person changed two days ago. Today it is noon, and 48 values are all that were due.
#[test]
fn a_glucose_sensor_s_day_is_what_it_was_to_send() {
    let mut days: Vec<Day> = (0..DAYS).map(|n| sensor(n, 5, 0..24)).collect();
    days[DAYS - 5] = sensor(DAYS - 5, 5, 0..12);
    days[DAYS - 4] = sensor(DAYS - 4, 5, 0..0);
    days[DAYS - 3] = sensor(DAYS - 3, 15, 6..18);
    days[DAYS - 2] = sensor(DAYS - 2, 15, 0..24);
    days[DAYS - 1] = sensor(DAYS - 1, 15, 0..12);
    let week = trend(Category::Glucose, &days, now()).week;
    let said: Vec<_> = week.iter().map(|day| (day.count, day.minutes, day.of)).collect();
    let (whole, half) = ((288, 1440, 1440), (144, 720, 1440));
    assert_eq!(said, [(48, 721, 721), (96, 1440, 1440), (48, 720, 1440), (0, 0, 1440), half, whole, whole]);
}

#[test]
fn a_sensor_s_glucose_goes_before_finger_pricks_and_a_room_has_no_trend() {
    let values = [
        (Quantity::CapillaryGlucose, 104),
        (Quantity::InterstitialGlucose, 99),
        (Quantity::InterstitialGlucose, 101),
    ];
    let days: Vec<Day> = (0..DAYS).map(|n| day(n, &values)).collect();
    let view = trend(Category::Glucose, &days, now());
    assert_eq!(view.lines[0].quantity, Quantity::InterstitialGlucose);
    let days = [day(0, &[(Quantity::AirTemperature, 21)])];
    assert_eq!(trend(Category::Surroundings, &days, DAY).lines, []);
}

proptest! {
    #[test]
    fn quartiles_are_in_order_and_within(values in proptest::collection::vec((-100_000i64..100_000, -3i8..2), 1..60)) {
        let values: Vec<Decimal> = values.into_iter().map(|(mantissa, exponent)| Decimal { mantissa, exponent }).collect();
        let [low, median, high] = quartiles(&values).unwrap();
        prop_assert!(order(low, median) != Ordering::Greater && order(median, high) != Ordering::Greater);
        let unit = values.iter().map(|v| 10f64.powi(v.exponent.into())).fold(0.0, f64::max);
        let least = values.iter().map(|v| v.to_f64()).fold(f64::INFINITY, f64::min);
        prop_assert!(low.to_f64() >= least - unit / 2.0 - 1e-9);
    }

    #[test]
    fn nothing_panics(values in proptest::collection::vec((any::<i64>(), any::<i8>()), 0..40), now: i64, from: i64) {
        let rows: Vec<Summary> = values
            .iter()
            .map(|(mantissa, exponent)| {
                let value = Decimal { mantissa: *mantissa, exponent: *exponent };
                Summary::of(Level::Minute, Quantity::HeartRate, 0, value)
            })
            .collect();
        let days: Vec<Day> = rows.iter().map(|row| Day { from, to: from.saturating_add(DAY), rows: vec![*row] }).collect();
        let _ = trend(Category::HeartRate, &days, now);
        let _ = quartiles(&values.iter().map(|(m, e)| Decimal { mantissa: *m, exponent: *e }).collect::<Vec<_>>());
    }
}
