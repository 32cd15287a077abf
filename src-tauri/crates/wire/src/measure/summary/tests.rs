//! Summaries, and sums of them.

use super::*;

fn decimal(mantissa: i64, exponent: i8) -> Decimal {
    Decimal { mantissa, exponent }
}

fn summed(level: Level, values: &[(i64, Decimal)]) -> Vec<Summary> {
    let one = |(at, value): &(i64, Decimal)| Summary::of(Level::Minute, Quantity::HeartRate, *at, *value);
    let mut minutes: Vec<Summary> = Vec::new();
    for value in values {
        match minutes.last_mut().filter(|m| m.start == Level::Minute.floor(value.0)) {
            Some(minute) => minute.push(value.0, value.1),
            None => minutes.push(one(value)),
        }
    }
    roll_up(level, &minutes)
}

#[test]
fn an_hour_is_the_exact_sum_of_its_minutes() {
    let values: Vec<_> = (0..7200).map(|s| (s * 1000, decimal(60 + s % 7, 0))).collect();
    let hours = summed(Level::Hour, &values);
    assert_eq!(hours.len(), 2);
    let sum: i64 = values[..3600].iter().map(|v| v.1.mantissa).sum();
    assert_eq!(hours[0].sum, Some(Sum { mantissa: sum.into(), exponent: 0 }));
    assert_eq!((hours[0].count, hours[0].seconds, hours[0].minutes), (3600, 3600, 60));
    assert_eq!((hours[1].start, hours[1].first, hours[1].last), (3_600_000, 3_600_000, 7_199_000));
    assert_eq!(hours[0].mean(), Some(decimal(63, 0)));
}

#[test]
fn precision_is_kept_and_a_mean_claims_no_more_than_the_least_precise_value() {
    let day = summed(Level::Day, &[(0, decimal(366, -1)), (5, decimal(37, 0)), (9, decimal(3700, -2))]);
    let [day] = day[..] else { panic!("{day:?}") };
    assert_eq!((day.min, day.max), (decimal(366, -1), decimal(3700, -2)));
    assert_eq!(day.mean(), Some(decimal(37, 0)));
    assert_eq!((day.seconds, day.minutes, day.count), (1, 1, 3));
    let halves = summed(Level::Day, &[(0, decimal(-60, 0)), (5, decimal(-61, 0))]);
    assert_eq!(halves[0].mean(), Some(decimal(-61, 0)));
}

#[test]
fn absurd_exponents_have_no_sum_and_do_not_panic() {
    let absurd = [(0, decimal(i64::MAX, 127)), (1, decimal(i64::MIN, -128)), (2, decimal(1, 0))];
    let day = summed(Level::Day, &absurd);
    assert_eq!((day[0].count, day[0].sum, day[0].mean()), (3, None, None));
}

#[test]
fn intervals_begin_where_utc_says() {
    assert_eq!(Level::Day.floor(86_400_001), 86_400_000);
    assert_eq!(Level::Day.floor(-1), -86_400_000);
    assert_eq!((Level::Hour.ceil(1), Level::Hour.ceil(3_600_000)), (3_600_000, 3_600_000));
}
