//! Days worked by hand.

use salus_wire::Decimal;

use super::*;

const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const GLUCOSE: Quantity = Quantity::InterstitialGlucose;

fn whole(quantity: Quantity) -> Coverage {
    Coverage::new(quantity, 0, DAY, i64::MAX)
}

/// Values at these instants, of one device.
fn percent(quantity: Quantity, ats: impl IntoIterator<Item = i64>) -> u8 {
    let mut coverage = whole(quantity);
    ats.into_iter().for_each(|at| coverage.push(DeviceId([1; 16]), at));
    coverage.percent()
}

/// The same from summaries of hours.
fn summed(ats: impl IntoIterator<Item = i64>) -> u8 {
    let mut rows: Vec<Summary> = Vec::new();
    for at in ats {
        let value = Decimal::whole(120);
        match rows.last_mut().filter(|row| row.start == Level::Hour.floor(at)) {
            Some(row) => row.push(at, value),
            None => rows.push(Summary::of(Level::Hour, GLUCOSE, at, value)),
        }
    }
    let mut coverage = whole(GLUCOSE);
    rows.iter().for_each(|row| coverage.add(row));
    coverage.percent()
}

/// `n` values, `minutes` apart.
fn every(minutes: i64, n: i64) -> Vec<i64> {
    (0..n).map(|i| i * minutes * MINUTE + 7_000).collect()
}

#[test]
fn minutes_count_once_and_the_future_does_not_count() {
    let of = |ats: &[i64], to, now| {
        let mut c = Coverage::new(Quantity::HeartRate, 0, to, now);
        ats.iter().for_each(|at| c.push(DeviceId([1; 16]), *at));
        c.percent()
    };
    let half: Vec<_> = (0..30 * 60).map(|s| s * 1000).collect();
    assert_eq!(of(&half, 3_600_000, i64::MAX), 50);
    assert_eq!(of(&half, 86_400_000, 1_800_000), 100);
    assert_eq!(of(&[], 3_600_000, i64::MAX), 0);
    assert_eq!(of(&[5], 86_400_000, i64::MAX), 1);
    assert_eq!(of(&[5], 100, 0), 0);
}

#[test]
fn two_values_a_minute_are_not_twice_the_day() {
    let twice = |n: i64| (0..n).map(|i| i * MINUTE / 2);
    for quantity in [Quantity::HeartRate, GLUCOSE] {
        assert_eq!([2880, 1440].map(|n| percent(quantity, twice(n))), [100, 50], "{quantity:?}");
    }
}

/// Of 288 values of a sensor that sends every five minutes, of 96 of one that sends every quarter of an hour, and of 1440 of one that
/// sends every minute none is missing.
#[test]
fn a_sensor_s_day_is_what_it_was_to_send() {
    for (minutes, all) in [(5, 288), (15, 96), (1, 1440)] {
        for (n, expected) in [(all, 100), (all / 2, 50), (all / 4, 25)] {
            assert_eq!(percent(GLUCOSE, every(minutes, n)), expected, "{n} every {minutes} minutes");
            assert_eq!(summed(every(minutes, n)), expected, "{n} every {minutes} minutes, summed up");
        }
    }
    assert_eq!(percent(GLUCOSE, every(5, 1)), 1, "one value, whose step nobody knows");
    // By the minutes that hold one, as all else is.
    assert_eq!(percent(Quantity::HeartRate, every(5, 288)), 20);
}

#[test]
fn values_that_are_lost_here_and_there_are_missing() {
    let third: Vec<i64> =
        every(5, 288).into_iter().enumerate().filter(|(i, _)| i % 3 != 2).map(|(_, at)| at).collect();
    assert_eq!(third.len(), 192);
    assert_eq!((percent(GLUCOSE, third.clone()), summed(third)), (66, 66));
    // Half an hour on, half an hour off.
    let halves: Vec<i64> = every(5, 288).into_iter().filter(|at| at % HOUR < HOUR / 2).collect();
    assert_eq!((percent(GLUCOSE, halves.clone()), summed(halves)), (50, 50));
}

#[test]
fn a_second_receiver_hides_no_gap() {
    for minutes in [1, 2] {
        let mut coverage = whole(GLUCOSE);
        for at in every(5, 144) {
            coverage.push(DeviceId([1; 16]), at);
            coverage.push(DeviceId([2; 16]), at + minutes * MINUTE);
        }
        assert_eq!(coverage.percent(), 50);
    }
}

#[test]
fn up_to_now_what_was_due_is_all() {
    // 12:08: the last value of 145 came at 12:04, and the next is due at 12:09.
    let now = 12 * HOUR + 8 * MINUTE;
    let mut coverage = Coverage::new(GLUCOSE, 0, DAY, now);
    (0..145).for_each(|i| coverage.push(DeviceId([1; 16]), (4 + 5 * i) * MINUTE));
    assert_eq!((coverage.of(), coverage.minutes(), coverage.percent()), (728, 728, 100));
}

#[test]
fn where_one_value_tells_no_step_the_usual_one_counts() {
    let mut coverage = Coverage::new(GLUCOSE, 0, DAY, HOUR);
    coverage.push(DeviceId([1; 16]), MINUTE);
    assert_eq!(coverage.clone().sent_every(Some(5)).percent(), 8, "one of twelve");
    assert_eq!(coverage.percent(), 25, "one of four");
}
