use super::*;
use crate::measure::clock::DeviceClock;
use proptest::prelude::*;
use salus_wire::DeviceId;

const NOW: i64 = 1_779_352_245_000;

fn wheel(revolutions: u32, ticks: u16) -> Wheel {
    Wheel { revolutions, ticks }
}

fn text(value: Option<Decimal>) -> Option<String> {
    value.map(|v| v.to_string())
}

#[test]
fn the_first_packet_gives_nothing_and_the_second_the_difference() {
    let mut counters = Counters::cycling(USUAL_CIRCUMFERENCE_MM);
    assert_eq!(counters.speed(wheel(100, 0), NOW), None);
    assert_eq!(text(counters.speed(wheel(105, 1024), NOW + 1000)), Some("10.525".into()));
    assert_eq!(counters.cadence(Crank { revolutions: 7, ticks: 5 }, NOW), None);
    let next = Crank { revolutions: 10, ticks: 5 + 2048 };
    assert_eq!(text(counters.cadence(next, NOW + 2000)), Some("90.0".into()));
}

#[test]
fn every_counter_wraps() {
    let mut counters = Counters::cycling(2000);
    counters.speed(wheel(u32::MAX - 1, 65_024), NOW);
    // From 4294967294 to 3 are five turns, from 65024 to 512 are 1024 ticks.
    assert_eq!(text(counters.speed(wheel(3, 512), NOW + 1000)), Some("10.000".into()));
    counters.cadence(Crank { revolutions: 65_535, ticks: 65_535 }, NOW);
    let next = Crank { revolutions: 1, ticks: 1023 };
    assert_eq!(text(counters.cadence(next, NOW + 1000)), Some("120.0".into()));
}

#[test]
fn a_wheel_of_a_power_meter_ticks_twice_as_fast() {
    let mut counters = Counters::power(2000);
    counters.speed(wheel(0, 0), NOW);
    assert_eq!(text(counters.speed(wheel(5, 2048), NOW + 1000)), Some("10.000".into()));
}

#[test]
fn nothing_while_the_event_stands_still() {
    let mut counters = Counters::cycling(2000);
    counters.speed(wheel(5, 100), NOW);
    for second in 1..10 {
        assert_eq!(counters.speed(wheel(5, 100), NOW + second * 1000), None);
    }
    assert_eq!(text(counters.speed(wheel(6, 100 + 10 * 1024), NOW + 10_000)), Some("0.200".into()));
}

#[test]
fn a_time_that_may_have_wrapped_is_not_a_difference() {
    for (gap, known) in [(32_000, true), (32_001, false), (64_100, false), (-1, false)] {
        let mut counters = Counters::cycling(2000);
        counters.speed(wheel(5, 0), NOW);
        assert_eq!(counters.speed(wheel(6, 1024), NOW + gap).is_some(), known, "{gap}");
        // Packets that repeat the event meanwhile do not make it younger.
        let mut counters = Counters::cycling(2000);
        counters.speed(wheel(5, 0), NOW);
        counters.speed(wheel(5, 0), NOW + gap);
        assert_eq!(counters.speed(wheel(6, 1024), NOW + gap).is_some(), known, "{gap}");
    }
}

#[test]
fn a_wheel_rolled_back_counts_anew() {
    let mut counters = Counters::cycling(2000);
    counters.speed(wheel(5, 0), NOW);
    assert_eq!(counters.speed(wheel(4, 1024), NOW + 1000), None);
    assert_eq!(text(counters.speed(wheel(5, 2048), NOW + 2000)), Some("2.000".into()));
}

#[test]
fn two_packets_are_one_reading_and_one_refusal() {
    let source = Source { device: DeviceId([7; 16]), link_encrypted: None, clock: DeviceClock::Unknown };
    let mut counters = Counters::cycling(2000);
    let mut take = |wheel, crank, after: i64| {
        let arrived = Moment { at: NOW + after, utc_offset_minutes: 0 };
        reading(&Cycling { wheel, crank }, &mut counters, &source, arrived)
    };
    let crank = |revolutions, ticks| Some(Crank { revolutions, ticks });
    assert_eq!(take(Some(wheel(0, 0)), crank(0, 0), 0), Err(Reason::NoValue));
    let r = take(Some(wheel(3, 1024)), crank(0, 0), 1000).unwrap();
    assert_eq!((r.category, r.components.len()), (Category::Activity, 1));
    let r = take(Some(wheel(6, 2048)), crank(3, 2048), 2000).unwrap();
    assert_eq!(text(r.value(Quantity::Speed)), Some("6.000".into()));
    assert_eq!(text(r.value(Quantity::Cadence)), Some("90.0".into()));
    assert_eq!(take(None, None, 3000), Err(Reason::NoValue));
    assert_eq!(take(Some(wheel(1000, 3072)), None, 3000), Err(Reason::Impossible));
}

proptest! {
    #[test]
    fn the_start_of_the_counters_does_not_matter(
        start in any::<u32>(), ticks in any::<u16>(), turns in 0u32..1000, passed in 1u16..32_768,
    ) {
        let mut counters = Counters::cycling(2105);
        counters.speed(wheel(start, ticks), NOW);
        let got = counters.speed(wheel(start.wrapping_add(turns), ticks.wrapping_add(passed)), NOW + 1000);
        prop_assert_eq!(got, unit::wheel_speed(turns, 2105, passed, TICKS));
    }
}
