//! The protocol's own schedule as a worked example, and what holds for any readings.

use proptest::prelude::*;
use salus_wire::view::Standing;
use salus_wire::{Component, Decimal, DeviceId, Quality};

use super::*;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// 2026-11-02, a Monday, 00:00 UTC.
const MONDAY: i64 = 20_759 * DAY;
const UTC: WallTime = WallTime::fixed(0);

fn flagged(at: i64, systolic: i64, diastolic: i64, quality: u16) -> Reading {
    let c = |quantity, n| Component { quantity, value: Decimal::whole(n) };
    Reading {
        at,
        arrived: at,
        device: DeviceId([1; 16]),
        category: Category::BloodPressure,
        components: vec![
            c(Quantity::Systolic, systolic),
            c(Quantity::Diastolic, diastolic),
            c(Quantity::PulseRate, 64),
        ],
        quality: Quality(quality),
        device_time: None,
        user: None,
    }
}

fn pressure(at: i64, systolic: i64, diastolic: i64) -> Pressure {
    Pressure::of(&flagged(at, systolic, diastolic, 0)).unwrap()
}

/// Two in the morning and two in the evening, a minute apart.
fn day_of(day: i64, morning: (i64, i64), evening: (i64, i64)) -> Vec<Pressure> {
    let at = |hour: i64, minute: i64| MONDAY + day * DAY + hour * HOUR + minute * MINUTE;
    vec![
        pressure(at(7, 0), morning.0 + 1, morning.1 + 1),
        pressure(at(7, 1), morning.0 - 1, morning.1 - 1),
        pressure(at(21, 0), evening.0 + 2, evening.1),
        pressure(at(21, 1), evening.0 - 2, evening.1),
    ]
}

/// The schedule of Stergiou and others (2021): seven days, duplicate readings morning and evening. By hand: after the first
/// day, which is higher, come six days of 131/81 in the morning and 125/77 in the evening; (12 * 131 + 12 * 125) / 24 = 128,
/// (12 * 81 + 12 * 77) / 24 = 79.
fn schedule() -> Vec<Pressure> {
    let mut all = day_of(0, (160, 99), (150, 95));
    (1..7).for_each(|day| all.extend(day_of(day, (131, 81), (125, 77))));
    all
}

fn enough(readings: &[Pressure], until: i64) -> HomePressureView {
    match home(readings, &UTC, until) {
        Outcome::Enough(view) => view,
        Outcome::NotEnough(short) => panic!("{short:?}"),
    }
}

#[test]
fn the_schedule_of_the_guideline_gives_its_mean() {
    let view = enough(&schedule(), MONDAY + 7 * DAY);
    assert_eq!((view.readings, view.days), (24, 6));
    assert_eq!(view.mean, PressureView { systolic: 128, diastolic: 79 });
    let part = |systolic, diastolic| {
        Some(PressurePartView { readings: 12, mean: PressureView { systolic, diastolic } })
    };
    assert_eq!((view.morning, view.evening), (part(131, 81), part(125, 77)));
    assert_eq!((view.high, view.pulse, view.irregular), (false, Some(64), 0));
    assert_eq!(view.left_out, PressureLeftOutView { first_day: 4, ..PressureLeftOutView::default() });
    // From four in the morning of the first day to four in the morning after the last.
    assert_eq!((view.from, view.to), (MONDAY + 4 * HOUR, MONDAY + 7 * DAY + 4 * HOUR));
}

/// The guideline's threshold: 135/85, in either value.
#[test]
fn it_is_high_from_135_or_85_on() {
    for (pressure, high) in [((134, 84), false), ((135, 84), true), ((134, 85), true), ((135, 85), true)] {
        let all: Vec<_> = (0..7).flat_map(|day| day_of(day, pressure, pressure)).collect();
        assert_eq!(enough(&all, MONDAY + 7 * DAY).high, high, "{pressure:?}");
    }
    // 134.5 is shown as 134, and is as it is shown; 134.6 is shown as 135.
    let near = |up: usize| {
        let mut all: Vec<_> = (0..7).flat_map(|day| day_of(day, (134, 80), (134, 80))).collect();
        all.iter_mut().skip(4).take(up).for_each(|r| r.systolic += 1_000);
        enough(&all, MONDAY + 7 * DAY)
    };
    assert_eq!((near(12).mean.systolic, near(12).high), (134, false));
    assert_eq!((near(13).mean.systolic, near(13).high), (135, true));
}

#[test]
fn twelve_readings_after_the_first_day_are_enough_and_eleven_are_not() {
    let mut all = schedule();
    all.truncate(16);
    assert_eq!((enough(&all, MONDAY + 7 * DAY).readings, enough(&all, MONDAY + 7 * DAY).days), (12, 3));
    all.pop();
    let lacks = vec![LackView { what: Lack::PressureReadings, have: 11, need: 12 }];
    let Outcome::NotEnough(short) = home(&all, &UTC, MONDAY + 7 * DAY) else { panic!("eleven") };
    assert_eq!(short.lacks, lacks);
    let Outcome::NotEnough(short) = home(&[], &UTC, MONDAY + 7 * DAY) else { panic!("none") };
    assert_eq!(short.lacks[0], LackView { what: Lack::PressureReadings, have: 0, need: 12 });
    assert_eq!(short.lacks[1], LackView { what: Lack::PressureDays, have: 0, need: 3 });
    assert_eq!(short.to, MONDAY + 7 * DAY + 4 * HOUR);
}

/// Stergiou and others (2018), table 3: not less than four days and not fewer than twelve readings, without those of the first day.
#[test]
fn four_days_of_the_schedule_are_enough_and_three_are_not() {
    let lack = |what, have, need| LackView { what, have, need };
    let all = schedule();
    for (days, lacks) in [
        (1, vec![lack(Lack::PressureReadings, 0, 12), lack(Lack::PressureDays, 0, 3)]),
        (3, vec![lack(Lack::PressureReadings, 8, 12), lack(Lack::PressureDays, 2, 3)]),
    ] {
        let Outcome::NotEnough(short) = home(&all[..4 * days], &UTC, MONDAY + 7 * DAY) else {
            panic!("{days}")
        };
        assert_eq!(short.lacks, lacks);
    }
    let four = enough(&all[..16], MONDAY + 7 * DAY);
    assert_eq!((four.readings, four.days, four.left_out.first_day), (12, 3, 4));
    // By hand: 6 * 131 + 6 * 125 over 12, and 6 * 81 + 6 * 77 over 12.
    assert_eq!(four.mean, PressureView { systolic: 128, diastolic: 79 });
    // Two readings a day for a week: after the first day there are twelve, on six days.
    let mornings: Vec<_> = all.chunks(4).flat_map(|day| day[..2].to_vec()).collect();
    let view = enough(&mornings, MONDAY + 7 * DAY);
    assert_eq!((view.readings, view.days, view.evening), (12, 6, None));
    let Outcome::NotEnough(short) = home(&mornings[..13], &UTC, MONDAY + 7 * DAY) else { panic!("eleven") };
    assert_eq!(short.lacks, [lack(Lack::PressureReadings, 11, 12)]);
}

#[test]
fn an_irregular_pulse_is_kept_and_a_doubted_reading_is_not() {
    let mut all = schedule();
    let at = |i: usize| MONDAY + 2 * DAY + i64::try_from(i).unwrap() * MINUTE + 7 * HOUR;
    all[8] = Pressure::of(&flagged(at(0), 132, 82, Quality::IRREGULAR_PULSE)).unwrap();
    for (i, flag) in [Quality::CUFF_LOOSE, Quality::MOVEMENT, Quality::BAD_POSITION, Quality::QUESTIONABLE]
        .into_iter()
        .enumerate()
    {
        all.push(Pressure::of(&flagged(at(i) - 10 * MINUTE, 200, 120, flag)).unwrap());
    }
    // The lower value is the higher one: no body gives that.
    all.push(pressure(at(9), 80, 120));
    let view = enough(&all, MONDAY + 7 * DAY);
    assert_eq!(view.mean, PressureView { systolic: 128, diastolic: 79 });
    assert_eq!((view.irregular, view.left_out.doubted, view.readings), (1, 5, 24));
    assert_eq!(Pressure::of(&flagged(0, 120, 80, Quality::NO_CONTACT)), None);
    assert_eq!(Pressure::of(&flagged(0, 1_200, 80, 0)), None);
    assert_eq!(Pressure::of(&flagged(0, -120, 80, 0)), None);
}

#[test]
fn a_third_reading_and_one_at_noon_change_nothing() {
    let mut all = schedule();
    all.push(pressure(MONDAY + 3 * DAY + 7 * HOUR + 5 * MINUTE, 90, 60));
    all.push(pressure(MONDAY + 3 * DAY + 13 * HOUR, 90, 60));
    let view = enough(&all, MONDAY + 7 * DAY);
    assert_eq!(view.mean, PressureView { systolic: 128, diastolic: 79 });
    assert_eq!((view.left_out.beyond_two, view.left_out.other_times), (1, 1));
}

#[test]
fn an_evening_reaches_past_midnight() {
    // Half past one in the night after Sunday: the evening of Sunday, the seventh day.
    let late = MONDAY + 7 * DAY + HOUR + HOUR / 2;
    let mut all = schedule();
    all.truncate(26);
    all.push(pressure(late, 125, 77));
    all.push(pressure(late + MINUTE, 125, 77));
    let view = enough(&all, MONDAY + 8 * DAY);
    assert_eq!((view.readings, view.days, view.evening.map(|e| e.readings)), (24, 6, Some(12)));
    assert_eq!(view.from, MONDAY + 4 * HOUR);
}

#[test]
fn the_newest_week_is_looked_for_in_28_days_and_no_further() {
    let all = schedule();
    assert_eq!(enough(&all, MONDAY + 33 * DAY).from, MONDAY + 4 * HOUR);
    let Outcome::NotEnough(short) = home(&all, &UTC, MONDAY + 36 * DAY) else { panic!("old") };
    assert_eq!(short.lacks[0].have, 0);
    // What comes after the end of the time that is asked about does not count.
    assert!(home(&all, &UTC, MONDAY + DAY).enough().is_none());
}

/// The European Union sets its clocks back on 25 October 2026: seven in the morning is six of UTC from then on.
#[test]
fn mornings_are_those_of_the_wall_clock_also_when_it_is_set_back() {
    let back = 1_792_890_000_000;
    let berlin = |at: UnixMillis| if at < back { 120 } else { 60 };
    let clock = WallTime::observed(back - 60 * DAY, back + 60 * DAY, berlin);
    let monday = 20_745;
    let mut all = Vec::new();
    for day in monday..monday + 7 {
        // 11:50 and 11:51 are still morning, 16:00 and 16:01 evening already; an hour off they were neither.
        let midnight = clock.start(day, 0);
        let noon = clock.start(day + 1, 0) - 12 * HOUR;
        let times = [noon - 10 * MINUTE, noon - 9 * MINUTE, noon + 4 * HOUR, noon + 4 * HOUR + MINUTE];
        assert!(times.iter().all(|at| *at > midnight));
        all.extend(times.map(|at| pressure(at, 120, 80)));
    }
    let Outcome::Enough(view) = home(&all, &clock, clock.start(monday + 7, 0)) else { panic!("a week") };
    assert_eq!((view.readings, view.left_out.other_times), (24, 0));
    assert_eq!(view.to - view.from, 7 * DAY + HOUR);
    // By a clock of another place the evenings are afternoons.
    let Outcome::Enough(off) = home(&all, &UTC, view.to) else { panic!("mornings alone") };
    assert_eq!((off.evening, off.readings, off.left_out.other_times), (None, 12, 14));
}

#[test]
fn a_week_is_held_against_the_28_days_before_it_and_not_against_itself() {
    let mut all = schedule();
    assert!(enough(&all, MONDAY + 7 * DAY).usual.enough().is_none());
    for (day, pressure) in (-9i64..-2).zip([118, 120, 122, 124, 126, 128, 130]) {
        all.extend(day_of(day, (pressure, 79), (pressure, 79)));
    }
    let view = enough(&all, MONDAY + 7 * DAY);
    let usual = *view.usual.enough().unwrap();
    assert_eq!((usual.systolic.low, usual.systolic.median, usual.systolic.high), (121, 124, 127));
    assert_eq!((usual.systolic.standing, usual.systolic.days), (Standing::Above, 7));
    assert_eq!(usual.diastolic.standing, Standing::Within);
    assert_eq!((usual.systolic.from, usual.systolic.to), (view.from - 28 * DAY, view.from));
}

/// 16 kPa are 120.0 mmHg and 10.5 kPa 78.8 as the devices' conversion gives them; means are of the stored values.
#[test]
fn converted_values_are_averaged_at_their_precision() {
    let value = |quantity, mantissa| Component { quantity, value: Decimal { mantissa, exponent: -1 } };
    let converted = |r: &Pressure| {
        let components = vec![value(Quantity::Systolic, 1_200), value(Quantity::Diastolic, 788)];
        Pressure::of(&Reading { components, ..flagged(r.at, 0, 0, 0) }).unwrap()
    };
    let all: Vec<_> = schedule().iter().map(converted).collect();
    let view = enough(&all, MONDAY + 7 * DAY);
    assert_eq!((view.mean, view.pulse), (PressureView { systolic: 120, diastolic: 79 }, None));
}

fn any_readings() -> impl Strategy<Value = Vec<Pressure>> {
    let one = (0i64..10 * 24 * 60, 60i64..260, 30i64..150, prop_oneof![4 => Just(0u16), 1 => any::<u16>()]);
    proptest::collection::vec(one, 0..120).prop_map(|all| {
        let of = |(minute, s, d, quality)| Pressure::of(&flagged(MONDAY + minute * MINUTE, s, d, quality));
        all.into_iter().filter_map(of).collect()
    })
}

proptest! {
    #[test]
    fn the_order_of_readings_does_not_matter(
        (all, shuffled) in any_readings().prop_flat_map(|v| (Just(v.clone()), Just(v).prop_shuffle())),
        minutes in -720i32..=840,
    ) {
        let clock = WallTime::fixed(minutes);
        prop_assert_eq!(home(&all, &clock, MONDAY + 11 * DAY), home(&shuffled, &clock, MONDAY + 11 * DAY));
    }

    #[test]
    fn figures_stay_in_their_bounds(all in any_readings(), minutes in -720i32..=840) {
        match home(&all, &WallTime::fixed(minutes), MONDAY + 11 * DAY) {
            Outcome::Enough(view) => {
                let (low, high) = (60, 260);
                prop_assert!((low..=high).contains(&view.mean.systolic) && view.mean.diastolic < view.mean.systolic + 1);
                prop_assert!((LEAST_READINGS..=24).contains(&view.readings) && (3..=6).contains(&view.days));
                let parts = [view.morning, view.evening].into_iter().flatten().map(|p| p.readings).sum::<u32>();
                prop_assert_eq!(parts, view.readings);
                prop_assert_eq!(view.high, view.mean.systolic >= 135 || view.mean.diastolic >= 85);
                let left = view.left_out;
                let out = left.doubted + left.first_day + left.other_times + left.beyond_two;
                prop_assert!(usize::try_from(view.readings + out).unwrap() <= all.len());
                prop_assert!(view.irregular <= view.readings && view.from < view.to);
            }
            Outcome::NotEnough(short) => {
                prop_assert!(!short.lacks.is_empty() && short.lacks.iter().all(|l| l.have < l.need));
            }
        }
    }

    #[test]
    fn nothing_panics(at: i64, until: i64, values: [(i64, i8); 3], minutes in -1440i32..=1440) {
        let [s, d, p] = values.map(|(mantissa, exponent)| Decimal { mantissa, exponent });
        let of = |quantity, value| Component { quantity, value };
        let components = vec![of(Quantity::Systolic, s), of(Quantity::Diastolic, d), of(Quantity::PulseRate, p)];
        let all: Vec<_> = Pressure::of(&Reading { components, ..flagged(at, 0, 0, 0) }).into_iter().collect();
        let _ = home(&all, &WallTime::fixed(minutes), until);
    }
}
