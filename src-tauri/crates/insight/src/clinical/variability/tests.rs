//! Days of intervals made by hand, and what holds for any.

use proptest::prelude::*;
use salus_wire::view::Standing;
use salus_wire::{Component, Decimal, Quality};

use super::*;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// 2026-11-02 00:00 UTC.
const MONDAY: i64 = 20_759 * DAY;

fn packet(at: i64, device: u8, quantity: Quantity, millis: i64) -> Reading {
    Reading {
        at,
        arrived: at,
        device: DeviceId([device; 16]),
        category: Category::HeartRate,
        components: vec![Component { quantity, value: Decimal::whole(millis) }],
        quality: Quality(0),
        device_time: None,
        user: None,
    }
}

/// Five minutes from `from` on whose intervals alternate by `step` milliseconds: their RMSSD is `step`, because every difference
/// is (Task Force 1996: the root of the mean of the squared differences of successive intervals).
fn window(from: i64, device: u8, quantity: Quantity, step: i64) -> Vec<Reading> {
    let mut at = from;
    let lengths = [800, 800 + step].into_iter().cycle();
    let packets = lengths.map(|millis| {
        at += millis;
        packet(at, device, quantity, millis)
    });
    packets.take_while(|r| r.at < from + 5 * MINUTE).collect()
}

fn days(readings: &[Reading], clock: WallTime) -> BeatDays {
    let mut days = BeatDays::new(clock);
    readings.iter().for_each(|r| {
        days.push(r);
    });
    days
}

fn view(readings: &[Reading], until: i64) -> VariabilityTrendView {
    match days(readings, WallTime::fixed(0)).trend(until, |device| format!("{:?}", device.0.first())) {
        Outcome::Enough(view) => view,
        Outcome::NotEnough(short) => panic!("{short:?}"),
    }
}

fn mornings(count: i64, step: impl Fn(i64) -> i64) -> Vec<Reading> {
    (0..count)
        .flat_map(|day| window(MONDAY + day * DAY + 7 * HOUR, 1, Quantity::RrInterval, step(day)))
        .collect()
}

#[test]
fn a_day_is_held_against_the_28_before_it_and_not_against_itself() {
    // 30 days of 20 to 49 ms; the last is 49, and the 28 before it are 21 to 48: quartiles 27.75, 34.5 and 41.25.
    let all = mornings(30, |day| 20 + day);
    let found = view(&all, MONDAY + 30 * DAY);
    assert_eq!((found.day.rmssd, found.day.windows, found.day.rejected), (49, 1, 0));
    assert_eq!(found.day.start, MONDAY + 29 * DAY);
    let usual = *found.usual.enough().unwrap();
    assert_eq!((usual.low, usual.median, usual.high, usual.days), (28, 34, 41, 28));
    assert_eq!((usual.standing, usual.to), (Standing::Above, MONDAY + 29 * DAY));
    assert_eq!((found.days.len(), found.days[0].rmssd), (29, 21));
    assert_eq!((found.window_minutes, found.least_valid, found.kind), (5, 80, BeatKind::Heart));
}

#[test]
fn yesterday_stands_for_a_day_that_has_not_begun_and_older_ones_do_not() {
    let all = mornings(10, |_| 40);
    let found = view(&all, MONDAY + 10 * DAY + 5 * HOUR);
    assert_eq!((found.day.start, found.days.len()), (MONDAY + 9 * DAY, 10));
    let later = days(&all, WallTime::fixed(0)).trend(MONDAY + 11 * DAY + 5 * HOUR, |_| String::new());
    let Outcome::NotEnough(short) = later else { panic!("the day before yesterday") };
    assert_eq!(short.lacks, [LackView { what: Lack::BeatWindows, have: 0, need: 1 }]);
    assert_eq!((short.from, short.to), (MONDAY + 10 * DAY, MONDAY + 12 * DAY));
}

#[test]
fn few_days_and_few_hours_say_so() {
    let found = view(&mornings(7, |_| 40), MONDAY + 7 * DAY);
    let Outcome::NotEnough(short) = &found.usual else { panic!("six days before") };
    assert_eq!(short.lacks, [LackView { what: Lack::EarlierDays, have: 6, need: 7 }]);
    let Outcome::NotEnough(short) = &found.whole_day else { panic!("five minutes of a day") };
    let lack = |what, have, need| LackView { what, have, need };
    assert_eq!(short.lacks, [lack(Lack::BeatHours, 0, 18), lack(Lack::NightHours, 0, 5)]);
}

/// Windows of five minutes, one after the other; each holds 299.45 s of intervals.
fn windows(from: i64, count: i64) -> Vec<Reading> {
    (0..count).flat_map(|i| window(from + i * 5 * MINUTE, 1, Quantity::RrInterval, 50)).collect()
}

/// Task Force (1996): at least 18 hours that can be analysed, with the whole night. 216 windows are 17.97 hours of intervals, 217 are
/// 18.05; of the six hours after midnight 60 windows are 4.99 hours, 61 are 5.07.
#[test]
fn a_day_of_less_than_18_hours_or_without_the_night_has_no_sdnn() {
    let whole = |from: i64, count: i64| match view(&windows(MONDAY + from, count), MONDAY + DAY).whole_day {
        Outcome::Enough(found) => Ok(found.sdnn),
        Outcome::NotEnough(short) => {
            Err(short.lacks.iter().map(|l| (l.what, l.have, l.need)).collect::<Vec<_>>())
        }
    };
    assert_eq!(whole(0, 216), Err(vec![(Lack::BeatHours, 17, 18)]));
    assert_eq!(whole(0, 217), Ok(25));
    assert_eq!(whole(HOUR, 228), Err(vec![(Lack::NightHours, 4, 5)]));
    assert_eq!(whole(HOUR - 5 * MINUTE, 228), Ok(25));
    assert_eq!(whole(7 * HOUR, 200), Err(vec![(Lack::BeatHours, 16, 18), (Lack::NightHours, 0, 5)]));
}

/// The fullest day says what is missing: its hours and its night belong together.
#[test]
fn what_a_whole_day_lacks_is_of_one_day() {
    let mut all = windows(MONDAY, 72);
    all.extend(windows(MONDAY + DAY + 8 * HOUR, 96));
    let Outcome::NotEnough(short) = view(&all, MONDAY + 2 * DAY).whole_day else { panic!("eight hours") };
    let lack = |what, have, need| LackView { what, have, need };
    assert_eq!(short.lacks, [lack(Lack::BeatHours, 7, 18), lack(Lack::NightHours, 0, 5)]);
}

/// By hand: intervals that alternate between 800 and 850 ms deviate by 25 ms from their mean (Task Force 1996: SDNN).
#[test]
fn a_whole_day_has_an_sdnn() {
    let all: Vec<_> =
        (0..20 * 12).flat_map(|i| window(MONDAY + i * 5 * MINUTE, 1, Quantity::RrInterval, 50)).collect();
    let found = view(&all, MONDAY + DAY);
    assert_eq!(found.whole_day, Outcome::Enough(WholeDayView { start: MONDAY, sdnn: 25, rejected: 0 }));
    assert_eq!(found.day.rmssd, 50);
}

#[test]
fn one_device_is_shown_and_others_are_counted() {
    let mut all = mornings(9, |_| 40);
    // A ring with pulse waves on every day, and another strap on one: neither is mixed in.
    for day in 0..9 {
        all.extend(window(MONDAY + day * DAY + 8 * HOUR, 2, Quantity::PulseInterval, 90));
    }
    all.extend(window(MONDAY + 8 * DAY + 9 * HOUR, 3, Quantity::RrInterval, 70));
    all.sort_by_key(|r| r.at);
    let found = view(&all, MONDAY + 9 * DAY);
    assert_eq!((found.device.as_str(), found.other_devices, found.day.rmssd), ("Some(1)", 2, 40));
    // Where there are no heartbeats, pulse waves are shown, and said to be those.
    all.retain(|r| r.device == DeviceId([2; 16]));
    let found = view(&all, MONDAY + 9 * DAY);
    assert_eq!((found.kind, found.day.rmssd, found.other_devices), (BeatKind::Pulse, 90, 0));
}

#[test]
fn days_are_those_of_the_wall_clock() {
    // Half past eleven at night by the clock of Berlin belongs to the day before the one of UTC + 2.
    let all = window(MONDAY + 22 * HOUR + 30 * MINUTE, 1, Quantity::RrInterval, 40);
    for (minutes, start) in [(60, MONDAY - HOUR), (120, MONDAY + DAY - 2 * HOUR)] {
        let found = days(&all, WallTime::fixed(minutes)).trend(MONDAY + DAY, |_| String::new());
        assert_eq!(found.enough().unwrap().day.start, start);
    }
}

#[test]
fn a_crowd_of_devices_and_of_days_is_bounded() {
    let all: Vec<_> = (0..200).map(|d| packet(MONDAY + i64::from(d), d, Quantity::RrInterval, 800)).collect();
    let found = days(&all, WallTime::fixed(0));
    assert_eq!(found.live.len(), MOST_DEVICES);
    let mut found = BeatDays::new(WallTime::fixed(0));
    for day in 0..5_000 {
        found.push(&packet(day * DAY, 1, Quantity::RrInterval, 800));
    }
    assert_eq!(found.done.len(), MOST_DAYS);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn chunks_do_not_matter_and_figures_stay_in_bounds(steps in proptest::collection::vec(0i64..150, 1..12), minutes in -720i32..=840) {
        let all: Vec<_> = steps
            .iter()
            .zip(0..)
            .flat_map(|(step, day)| window(MONDAY + day * DAY + 12 * HOUR, 1, Quantity::RrInterval, *step))
            .collect();
        let until = MONDAY + i64::try_from(steps.len()).unwrap() * DAY + 4 * HOUR;
        let found = days(&all, WallTime::fixed(minutes)).trend(until, |_| String::new());
        if let Some(view) = found.enough() {
            prop_assert!(view.days.len() <= 29 && view.day.rmssd <= 1_700 && view.day.rejected <= 100);
            prop_assert!(view.days.windows(2).all(|w| w[0].start < w[1].start));
            prop_assert_eq!(view.days.last(), Some(&view.day));
        }
    }

    #[test]
    fn nothing_panics(
        all in proptest::collection::vec((any::<i64>(), 0u8..40, any::<bool>(), any::<i64>()), 0..60),
        until: i64,
        minutes in -1440i32..=1440,
    ) {
        let quantity = |pulse| if pulse { Quantity::PulseInterval } else { Quantity::RrInterval };
        let all: Vec<_> = all.into_iter().map(|(at, d, pulse, ms)| packet(at, d, quantity(pulse), ms)).collect();
        let _ = days(&all, WallTime::fixed(minutes)).trend(until, |_| String::new());
    }
}
