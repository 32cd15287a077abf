//! What a device's time is worth.
//!
//! Devices keep local wall time without a zone and many are wrong: never set, reset by a flat battery, summer time
//! missed. The device's clock is read when connecting; the difference to ours then decides.
//!
//! | device time | our verdict |
//! |---|---|
//! | none, or a part unknown | arrival, `NO_DEVICE_TIME` |
//! | device clock known to be wrong by more than the tolerance | shifted by the difference, `CLOCK_CORRECTED` |
//! | in the future by more than the tolerance, or before 2000 | arrival, `CLOCK_CORRECTED` |
//! | older than a live reading can be | kept, `BACKFILLED` |
//! | else | kept |
//!
//! A record that comes out of a device's memory with the time of its arrival is as old as that memory: whoever fetches it
//! flags it `BACKFILLED`, see [`has_arrival`].

use salus_wire::measure::DeviceTime;
use salus_wire::{Quality, Reading, UnixMillis};

use crate::Moment;
use crate::gatt::date_time::wall_millis;

/// How far a clock may be off before its times are corrected: 2 minutes; device times have whole seconds and people
/// set minutes.
pub const TOLERANCE: i64 = 2 * 60 * 1000;

/// How old a reading may be and still be live: 10 minutes; a measurement itself can take two.
pub const LIVE: i64 = 10 * 60 * 1000;

/// 2000-01-01T00:00:00Z; a health device's clock before that was never set.
const NEVER_SET: UnixMillis = 946_684_800_000;

/// A device's clock against ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DeviceClock {
    /// It did not tell.
    #[default]
    Unknown,
    /// Milliseconds to add to its times, measured when connecting.
    Behind(i64),
}

/// When a reading was taken, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// When it was measured, as well as can be known.
    pub at: UnixMillis,
    /// Quality bits.
    pub flags: u16,
}

impl Verdict {
    /// The device sent no time.
    #[must_use]
    pub const fn untimed(arrived: Moment) -> Self {
        Self { at: arrived.at, flags: Quality::NO_DEVICE_TIME }
    }

    /// True when the device sent no time.
    pub(super) const fn has_no_time(self) -> bool {
        self.flags & Quality::NO_DEVICE_TIME != 0
    }

    /// The device sent a time that cannot be right.
    #[must_use]
    pub const fn unbelieved(arrived: Moment) -> Self {
        Self { at: arrived.at, flags: Quality::CLOCK_CORRECTED }
    }
}

/// True when a reading has the time of its arrival, because the device's was none or not believed.
#[must_use]
pub const fn has_arrival(reading: &Reading) -> bool {
    reading.quality.has(Quality::NO_DEVICE_TIME) || is_unbelieved(reading)
}

/// True when the device sent a time that was not believed.
#[must_use]
pub const fn is_unbelieved(reading: &Reading) -> bool {
    reading.quality.has(Quality::CLOCK_CORRECTED) && reading.at == reading.arrived
}

impl DeviceClock {
    /// Compares a clock that was just read with ours.
    #[must_use]
    pub fn compare(device: DeviceTime, ours: Moment) -> Self {
        match unix(device, ours) {
            Some(theirs) => Self::Behind(ours.at.saturating_sub(theirs)),
            None => Self::Unknown,
        }
    }

    /// Judges one device time.
    #[must_use]
    pub fn verdict(self, time: Option<DeviceTime>, arrived: Moment) -> Verdict {
        let Some(sent) = time.and_then(|t| unix(t, arrived)) else {
            return Verdict::untimed(arrived);
        };
        self.judge(sent, arrived)
    }

    /// Judges a device time that is known as Unix time, or as milliseconds of a counter that was compared as such.
    #[must_use]
    pub fn judge(self, sent: UnixMillis, arrived: Moment) -> Verdict {
        let (at, flags) = match self {
            Self::Behind(by) if by.saturating_abs() > TOLERANCE => {
                (sent.saturating_add(by), Quality::CLOCK_CORRECTED)
            }
            Self::Behind(_) | Self::Unknown => (sent, 0),
        };
        if at > arrived.at.saturating_add(TOLERANCE) || at < NEVER_SET {
            return Verdict::unbelieved(arrived);
        }
        let backfilled = if at < arrived.at.saturating_sub(LIVE) { Quality::BACKFILLED } else { 0 };
        Verdict { at, flags: flags | backfilled }
    }
}

fn unix(time: DeviceTime, here: Moment) -> Option<UnixMillis> {
    Some(wall_millis(time)? - i64::from(here.utc_offset_minutes) * 60_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-05-21T10:30:45 in a zone two hours east of UTC.
    const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 };

    fn device(hour: u8, minute: u8) -> DeviceTime {
        DeviceTime { year: 2026, month: 5, day: 21, hour, minute, second: 45 }
    }

    #[test]
    fn a_right_clock_is_believed() {
        let clock = DeviceClock::compare(device(10, 31), NOW);
        assert_eq!(clock, DeviceClock::Behind(-60_000));
        assert_eq!(clock.verdict(Some(device(10, 30)), NOW), Verdict { at: NOW.at, flags: 0 });
    }

    #[test]
    fn a_missed_summer_time_is_corrected() {
        let clock = DeviceClock::compare(device(9, 30), NOW);
        let verdict = clock.verdict(Some(device(9, 29)), NOW);
        assert_eq!(verdict, Verdict { at: NOW.at - 60_000, flags: Quality::CLOCK_CORRECTED });
    }

    #[test]
    fn an_old_reading_is_never_the_latest() {
        let verdict = DeviceClock::Unknown.verdict(Some(device(8, 30)), NOW);
        assert_eq!(verdict, Verdict { at: NOW.at - 7_200_000, flags: Quality::BACKFILLED });
    }

    #[test]
    fn the_future_and_a_clock_never_set_become_the_arrival() {
        let arrival = Verdict { at: NOW.at, flags: Quality::CLOCK_CORRECTED };
        assert_eq!(DeviceClock::Unknown.verdict(Some(device(12, 30)), NOW), arrival);
        let reset = DeviceTime { year: 1999, ..device(10, 30) };
        assert_eq!(DeviceClock::Unknown.verdict(Some(reset), NOW), arrival);
    }

    #[test]
    fn no_time_and_half_a_time_become_the_arrival() {
        let arrival = Verdict { at: NOW.at, flags: Quality::NO_DEVICE_TIME };
        assert_eq!(DeviceClock::Unknown.verdict(None, NOW), arrival);
        assert_eq!(
            DeviceClock::Unknown.verdict(Some(DeviceTime { year: 0, ..device(10, 30) }), NOW),
            arrival
        );
    }
}
