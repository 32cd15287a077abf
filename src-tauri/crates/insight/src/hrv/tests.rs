//! Worked examples, and what holds for any intervals.

use super::filter::{Filter, Interval, NEAR};
use super::tally::{Stretch, Window};
use super::*;
use proptest::prelude::*;
use salus_wire::view::SpreadView;
use salus_wire::{Category, Component, Decimal, Quality};

/// A strap's packet: its intervals in milliseconds ended at `at`.
fn packet(at: i64, device: u8, quantity: Quantity, millis: &[i64], quality: u16) -> Reading {
    Reading {
        at,
        arrived: at,
        device: DeviceId([device; 16]),
        category: Category::HeartRate,
        components: millis.iter().map(|m| Component { quantity, value: Decimal::whole(*m) }).collect(),
        quality: Quality(quality),
        device_time: None,
        user: None,
    }
}

/// One packet per interval, one after the other.
fn packets(device: u8, quantity: Quantity, millis: impl IntoIterator<Item = i64>) -> Vec<Reading> {
    let end = |at: &mut i64, m: i64| {
        *at += m;
        Some(packet(*at, device, quantity, &[m], 0))
    };
    millis.into_iter().scan(0, end).collect()
}

fn strap(millis: impl IntoIterator<Item = i64>) -> Vec<Reading> {
    packets(1, Quantity::RrInterval, millis)
}

fn view<'a>(readings: impl IntoIterator<Item = &'a Reading>) -> Option<VariabilityView> {
    let mut variability = Variability::new(0);
    readings.into_iter().for_each(|r| variability.push(r));
    variability.finish()
}

fn one(value: &str) -> Option<SpreadView> {
    Some(SpreadView { count: 1, min: value.into(), mean: value.into(), max: value.into() })
}

/// 360 intervals that alternate: 297 s of a window.
fn alternating() -> Vec<i64> {
    [800, 850].into_iter().cycle().take(360).collect()
}

/// By hand: every difference is 50 ms, so the root of their mean square is 50 ms.
#[test]
fn alternating_intervals_have_their_difference_as_rmssd() {
    let view = view(&strap(alternating())).unwrap();
    assert_eq!((view.kind, view.received, view.used, view.rejected), (BeatKind::Heart, 360, 360, 0));
    assert_eq!((view.rmssd, view.sdnn, view.short_windows), (one("50"), None, 0));
    assert_eq!((view.window_minutes, view.least_valid), (5, 80));
}

/// By hand: 800, 810, 790 and 800 ms have mean 800 and squared deviations 0 + 100 + 100 + 0; over n - 1 = 3 that is 66.67,
/// and its root 8.165 ms.
#[test]
fn the_standard_deviation_is_that_of_a_sample() {
    let mut stretch = Stretch::default();
    [800_000, 810_000, 790_000, 800_000].into_iter().for_each(|micros| stretch.push(micros));
    assert_eq!(stretch.deviation(), 8_165);
    assert_eq!(Stretch::default().deviation(), 0);
}

/// Worked examples. First that of another implementation: Legrand and Allen (2022), Systole, J Open Source Softw 7: 3832, documentation
/// of `rmssd`, 63.77042156569664 ms. Then by hand: differences of 20, -40, 60 and -30 ms, the root of 6500 / 4, 40.311 ms.
#[test]
fn the_rmssd_is_that_of_other_implementations() {
    let rmssd = |millis: &[u64]| {
        let mut window = Window::default();
        millis.iter().for_each(|m| window.push(Some(m * 1000)));
        window.differences()
    };
    assert_eq!(rmssd(&[800, 850, 810, 720]), 63_770);
    assert_eq!(rmssd(&[810, 830, 790, 850, 820]), 40_311);
    assert_eq!((rmssd(&[800]), rmssd(&[])), (0, 0));
}

/// A beat that was not seen gives an interval of double length; one too early gives a short one and a pause.
#[test]
fn a_missed_and_an_ectopic_beat_are_left_out_and_bridged_by_nothing() {
    for artefact in [&[1650][..], &[500, 1150], &[400, 425], &[2100], &[290]] {
        let mut millis = alternating();
        millis.splice(100..100, artefact.iter().copied());
        let view = view(&strap(millis)).unwrap();
        assert_eq!(view.received - view.used, u32::try_from(artefact.len()).unwrap(), "{artefact:?}");
        assert_eq!((view.rmssd, view.rejected), (one("50"), 1), "{artefact:?}");
    }
}

#[test]
fn a_reading_without_contact_or_in_movement_is_left_out() {
    for flag in [Quality::NO_CONTACT, Quality::MOVEMENT, Quality::QUESTIONABLE] {
        let mut readings = strap(alternating());
        readings[100].quality = Quality(flag);
        // A packet without an interval cuts, and rejects nothing.
        readings[200].quality = Quality(flag);
        readings[200].components.clear();
        let view = view(&readings).unwrap();
        assert_eq!((view.received, view.used, view.rmssd), (359, 358, one("50")));
    }
}

#[test]
fn a_window_with_too_few_has_no_value() {
    // Four minutes to the millisecond, and one interval less.
    for (n, rmssd) in [(299, None), (300, one("0"))] {
        let view = view(&strap(std::iter::repeat_n(800, n))).unwrap();
        assert_eq!((view.short_windows, view.rmssd), (u32::from(n == 299), rmssd));
    }
    // 289 intervals are 238 s, 79 %; 296 are 244 s.
    for (n, rmssd) in [(289, None), (296, one("50"))] {
        let view = view(&strap(alternating().into_iter().take(n))).unwrap();
        assert_eq!((view.short_windows, view.rmssd), (u32::from(n == 289), rmssd));
    }
    // Time enough, and after every fourth or third interval an artefact: 80 % and 75 % are left.
    for (every, rejected, rmssd) in [(4, 20, one("50")), (3, 25, None)] {
        let millis = alternating().chunks(every).flat_map(|run| [run, &[10]].concat()).collect::<Vec<_>>();
        let view = view(&strap(millis)).unwrap();
        assert_eq!((view.rejected, view.rmssd), (rejected, rmssd));
    }
}

/// A step from 800 to 900 ms: its one difference would make the RMSSD 100 / sqrt(338) = 5 ms.
#[test]
fn no_difference_is_taken_across_an_artefact_or_lost_contact() {
    let step = |between: &[i64]| [&[800; 180][..], between, &[900; 159]].concat();
    let rmssd = |readings: &[Reading]| view(readings).unwrap().rmssd;
    assert_eq!(rmssd(&strap(step(&[]))), one("5"));
    for artefact in [&[1650][..], &[400, 1300], &[2100]] {
        assert_eq!(rmssd(&strap(step(artefact))), one("0"), "{artefact:?}");
    }
    let mut lost = strap(step(&[]));
    lost.insert(180, packet(180 * 800 + 1, 1, Quantity::HeartRate, &[70], Quality::NO_CONTACT));
    assert_eq!(rmssd(&lost), one("0"));
}

#[test]
fn silence_cuts_a_run() {
    // Without the silence's cut, the pair 800, 900 across it would count.
    let mut readings = strap(std::iter::repeat_n(800, 180));
    let later = strap(std::iter::repeat_n(900, 160));
    readings.extend(later.into_iter().map(|mut r| {
        r.at += 180 * 800 + 4_000;
        r
    }));
    readings.retain(|r| r.at < WINDOW);
    let view = view(&readings).unwrap();
    assert_eq!((view.rmssd, view.rejected), (one("0"), 0));
}

/// Windows are those of the clock: five minutes that lie across two of them fill neither, and ten hold a whole one.
#[test]
fn five_minutes_across_two_windows_are_none_and_ten_always_hold_one() {
    let from = |start: i64, length: i64| {
        let n = usize::try_from(length / 825).unwrap();
        let mut readings = strap([800, 850].into_iter().cycle().take(n));
        readings.iter_mut().for_each(|r| r.at += start);
        view(&readings).unwrap()
    };
    let across = from(WINDOW / 2, WINDOW);
    assert_eq!((across.rmssd, across.short_windows), (None, 2));
    for start in (0..WINDOW).step_by(10_000) {
        let ten = from(start, 2 * WINDOW).rmssd.unwrap();
        assert!(ten.count >= 1 && ten.mean == "50", "{start}");
    }
}

/// Task Force (1996): at least 18 hours of 24. 81,000 intervals of 800 ms are 18 hours to the millisecond.
#[test]
fn eighteen_hours_are_enough_and_one_beat_less_is_not() {
    for (n, sdnn) in [(80_999, None), (81_000, one("0"))] {
        assert_eq!(view(&strap(std::iter::repeat_n(800, n))).unwrap().sdnn, sdnn, "{n}");
    }
}

#[test]
fn a_day_needs_18_hours() {
    for (hours, sdnn) in [(17, None), (19, one("25"))] {
        let n = hours * 3_600_000 / 825;
        let view = view(&strap([800, 850].into_iter().cycle().take(n))).unwrap();
        assert_eq!(view.sdnn, sdnn, "{hours}");
        assert_eq!(view.rmssd.map(|s| s.mean), Some("50".into()));
    }
}

#[test]
fn pulse_intervals_are_never_mixed_with_heartbeats() {
    let pulse = packets(1, Quantity::PulseInterval, std::iter::repeat_n(700, 400));
    let alone = view(&pulse).unwrap();
    assert_eq!((alone.kind, alone.received), (BeatKind::Pulse, 400));
    let heart = strap(alternating());
    let mut both = [pulse, heart.clone()].concat();
    both.sort_by_key(|r| r.at);
    assert_eq!(view(&both), view(&heart));
}

#[test]
fn no_interval_is_no_view_and_a_crowd_of_devices_is_bounded() {
    assert_eq!(view(&[packet(0, 1, Quantity::HeartRate, &[60], 0)]), None);
    let crowd: Vec<_> = (0..40).map(|d| packet(i64::from(d), d, Quantity::RrInterval, &[800], 0)).collect();
    let mut variability = Variability::new(0);
    crowd.iter().for_each(|r| variability.push(r));
    assert_eq!(variability.live.len(), MOST_DEVICES);
    let view = variability.finish().unwrap();
    assert_eq!((view.received, view.used, view.rejected), (40, 0, 100));
}

/// Mostly regular, sometimes anything.
fn millis() -> impl Strategy<Value = Vec<i64>> {
    proptest::collection::vec(prop_oneof![8 => 700i64..900, 1 => 0i64..3000], 0..600)
}

fn judge(millis: &[i64]) -> Vec<bool> {
    let mut used = Vec::new();
    let mut filter = Filter::new();
    for m in millis {
        filter.push(Interval::new(0, m * 1000, false), &mut |j| used.push(j.used));
    }
    filter.end(&mut |j| used.push(j.used));
    used
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_artefact_reaches_its_neighbours_only(millis in millis(), at in 0usize..600, artefact in 0i64..3000) {
        let at = at.min(millis.len());
        let before = judge(&millis);
        let mut more = millis.clone();
        more.insert(at, artefact);
        let mut after = judge(&more);
        prop_assert_eq!(after.len(), more.len());
        after.remove(at);
        let far = |i: usize| i + NEAR < at || i >= at + NEAR;
        for i in (0..millis.len()).filter(|i| far(*i)) {
            prop_assert_eq!(before[i], after[i], "{} of {}, artefact at {}", i, millis.len(), at);
        }
    }

    #[test]
    fn the_figures_stay_in_their_bounds(millis in millis(), at in proptest::collection::vec(-4_000i64..4_000, 0..600)) {
        let mut readings = strap(millis.clone());
        readings.iter_mut().zip(&at).for_each(|(r, by)| r.at += by);
        let Some(view) = view(&readings) else {
            prop_assert!(millis.is_empty());
            return Ok(());
        };
        prop_assert_eq!(usize::try_from(view.received).unwrap(), millis.len());
        prop_assert!(view.used <= view.received && view.rejected <= 100);
        prop_assert_eq!(view.rejected == 0, view.used == view.received);
        prop_assert_eq!(view.rejected == 100, view.used == 0);
        for spread in view.rmssd.iter().chain(&view.sdnn) {
            let [min, mean, max] = [&spread.min, &spread.mean, &spread.max].map(|t| t.parse::<i64>().unwrap());
            // No difference of two used intervals is above 2000 - 300 ms.
            prop_assert!(0 <= min && min <= mean && mean <= max && max <= 1700);
        }
    }

    #[test]
    fn the_order_of_a_days_intervals_does_not_matter(
        (millis, shuffled) in proptest::collection::vec(300_000u64..2_000_000, 0..50)
            .prop_flat_map(|v| (Just(v.clone()), Just(v).prop_shuffle()))
    ) {
        let deviation = |all: &[u64]| {
            let mut stretch = Stretch::default();
            all.iter().for_each(|m| stretch.push(*m));
            stretch.deviation()
        };
        prop_assert_eq!(deviation(&millis), deviation(&shuffled));
    }

    #[test]
    fn a_second_strap_changes_nothing_of_the_first(a in millis(), b in millis()) {
        let (first, second) = (strap(a), packets(2, Quantity::RrInterval, b));
        let mut both = [first.clone(), second.clone()].concat();
        both.sort_by_key(|r| r.at);
        let sum = |f: fn(&VariabilityView) -> u32| [view(&first), view(&second)].iter().flatten().map(f).sum::<u32>();
        let count = |v: &VariabilityView| v.rmssd.as_ref().map_or(0, |s| s.count);
        let together = view(&both);
        prop_assert_eq!(together.as_ref().map_or(0, |v| v.used), sum(|v| v.used));
        prop_assert_eq!(together.as_ref().map_or(0, count), sum(|v| v.rmssd.as_ref().map_or(0, |s| s.count)));
        prop_assert_eq!(together.map_or(0, |v| v.short_windows), sum(|v| v.short_windows));
    }

    #[test]
    fn never_panics(
        readings in proptest::collection::vec(
            (any::<i64>(), 0u8..20, any::<bool>(), proptest::collection::vec((any::<i64>(), any::<i8>()), 0..5), any::<u16>()),
            0..60,
        ),
        from in any::<i64>(),
    ) {
        let mut variability = Variability::new(from);
        for (at, device, pulse, values, quality) in readings {
            let quantity = if pulse { Quantity::PulseInterval } else { Quantity::RrInterval };
            let mut reading = packet(at, device, quantity, &[], quality);
            let component = |(mantissa, exponent)| Component { quantity, value: Decimal { mantissa, exponent } };
            reading.components = values.into_iter().map(component).collect();
            variability.push(&reading);
        }
        let _ = variability.finish();
    }
}
