//! What an Elapsed Time is worth.
//!
//! | time | our verdict |
//! |---|---|
//! | from the timeline of the clock that was read, time of day or counter | as in [`clock`](super::clock) |
//! | from another timeline, but set by network, satellite, radio, atomic clock or cellular network | kept as it is |
//! | from another timeline that nobody can place | arrival, `NO_DEVICE_TIME` |
//!
//! Local times without an offset are read in the zone where the gateway is.

use salus_wire::measure::DeviceTime;
use salus_wire::{Quality, UnixMillis};

use super::clock::{DeviceClock, Verdict};
use crate::Moment;
use crate::gatt::date_time::civil;
use crate::gatt::elapsed_time::{ElapsedTime, Timeline};

/// 2000-01-01T00:00:00Z.
const EPOCH: UnixMillis = 946_684_800_000;

/// A quarter of an hour.
const QUARTER: i64 = 15 * 60 * 1000;

/// Compares a clock that was just read with ours. A counter is compared as if it had started in 1970: only the
/// difference counts.
#[must_use]
pub const fn compare(now: &ElapsedTime, ours: Moment) -> DeviceClock {
    DeviceClock::Behind(ours.at.saturating_sub(unix(now, ours)))
}

/// Judges one time stamp.
#[must_use]
pub fn verdict(clock: DeviceClock, time: Option<&ElapsedTime>, arrived: Moment) -> Verdict {
    let unplaced = Verdict { at: arrived.at, flags: Quality::NO_DEVICE_TIME };
    let Some(time) = time else { return unplaced };
    let counter = time.timeline == Timeline::Counter;
    match (time.current, clock) {
        (true, DeviceClock::Unknown) if counter => unplaced,
        (true, _) => clock.judge(unix(time, arrived), arrived),
        (false, _) if !counter && time.sync.is_external() => {
            DeviceClock::Unknown.judge(unix(time, arrived), arrived)
        }
        (false, _) => unplaced,
    }
}

/// The time of day where the device is, to the second; `None` for a counter, and after the year 9999.
#[must_use]
pub fn wall(time: &ElapsedTime, here: Moment) -> Option<DeviceTime> {
    let since_2000 = match time.timeline {
        Timeline::Counter => return None,
        Timeline::Local => time.millis(),
        Timeline::Utc => time.millis() + offset(time, here),
    };
    civil(EPOCH + since_2000)
}

const fn unix(time: &ElapsedTime, here: Moment) -> UnixMillis {
    match time.timeline {
        Timeline::Counter => time.millis(),
        Timeline::Utc => EPOCH + time.millis(),
        Timeline::Local => EPOCH + time.millis() - offset(time, here),
    }
}

const fn offset(time: &ElapsedTime, here: Moment) -> i64 {
    match time.offset_quarters {
        Some(quarters) => quarters as i64 * QUARTER,
        None => here.utc_offset_minutes as i64 * 60_000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gatt::date_time::wall_millis;
    use crate::gatt::elapsed_time::{Resolution, Sync};
    use proptest::prelude::*;

    /// 2026-05-21T10:30:45 in a zone two hours east of UTC.
    const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 };

    fn time(timeline: Timeline, unix: i64) -> ElapsedTime {
        ElapsedTime {
            timeline,
            resolution: Resolution::Milli,
            value: u64::try_from(unix).unwrap(),
            sync: Sync::Unknown,
            offset_quarters: None,
            current: true,
        }
    }

    #[test]
    fn utc_local_and_a_counter_are_compared_alike() {
        let utc = time(Timeline::Utc, NOW.at - EPOCH);
        let local = time(Timeline::Local, NOW.at - EPOCH + 7_200_000);
        let elsewhere =
            ElapsedTime { offset_quarters: Some(4), ..time(Timeline::Local, NOW.at - EPOCH + 3_600_000) };
        for t in [utc, local, elsewhere] {
            assert_eq!(compare(&t, NOW), DeviceClock::Behind(0), "{t:?}");
            assert_eq!(verdict(DeviceClock::Unknown, Some(&t), NOW), Verdict { at: NOW.at, flags: 0 });
        }
        let clock = compare(&time(Timeline::Counter, 500_000), NOW);
        let before = verdict(clock, Some(&time(Timeline::Counter, 440_000)), NOW);
        assert_eq!(before, Verdict { at: NOW.at - 60_000, flags: Quality::CLOCK_CORRECTED });
    }

    #[test]
    fn another_timeline_counts_only_when_something_exact_set_it() {
        let arrival = Verdict { at: NOW.at, flags: Quality::NO_DEVICE_TIME };
        let old = ElapsedTime { current: false, ..time(Timeline::Utc, NOW.at - EPOCH - 7_200_000) };
        let behind = DeviceClock::Behind(86_400_000);
        assert_eq!(verdict(behind, Some(&old), NOW), arrival);
        let exact = ElapsedTime { sync: Sync::Network, ..old };
        let kept = Verdict { at: NOW.at - 7_200_000, flags: Quality::BACKFILLED };
        assert_eq!(verdict(behind, Some(&exact), NOW), kept);
        let counter = ElapsedTime { timeline: Timeline::Counter, ..exact };
        assert_eq!(verdict(behind, Some(&counter), NOW), arrival);
        assert_eq!(verdict(DeviceClock::Unknown, Some(&time(Timeline::Counter, 5)), NOW), arrival);
        assert_eq!(verdict(behind, None, NOW), arrival);
    }

    #[test]
    fn the_wall_time_is_the_device_s_own() {
        let here = wall(&time(Timeline::Utc, NOW.at - EPOCH), NOW).unwrap();
        assert_eq!((here.year, here.month, here.day), (2026, 5, 21));
        assert_eq!((here.hour, here.minute, here.second), (10, 30, 45));
        assert_eq!(wall(&time(Timeline::Counter, 1), NOW), None);
        assert_eq!(wall(&time(Timeline::Local, 253_402_300_800_000 - EPOCH), NOW), None);
    }

    proptest! {
        #[test]
        fn the_wall_time_is_inverse_to_its_milliseconds(seconds in 0i64..252_455_616_000) {
            let t = wall(&time(Timeline::Local, seconds * 1000), NOW).unwrap();
            prop_assert_eq!(wall_millis(t), Some(EPOCH + seconds * 1000));
        }

        #[test]
        fn any_time_has_a_verdict(value in 0u64..1 << 48, flags in any::<u8>(), by in any::<i64>()) {
            let [a, b, c, d, e, f, ..] = value.to_le_bytes();
            let clock = crate::gatt::elapsed_time::clock(&[flags, a, b, c, d, e, f, 1, flags, 0, 0]).unwrap();
            let _ = (verdict(DeviceClock::Behind(by), Some(&clock.now), NOW), wall(&clock.now, NOW));
            let _ = compare(&clock.now, NOW);
        }
    }
}
