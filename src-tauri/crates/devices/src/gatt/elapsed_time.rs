//! Elapsed Time, as in Current Elapsed Time 2BF2 and in the time stamps of observations.
//!
//! ```text
//! time    flags  u8   bit 0 counter, bit 1 UTC instead of local, bits 2 and 3 unit (00 1 s, 01 0.1 s, 10 1 ms,
//!                     11 0.1 ms), bit 4 offset is used, bit 5 from the timeline of the device's clock now
//!         value  u48  units since 2000-01-01T00:00:00, or of a counter with an unknown start
//!         source u8   what the clock was set by, see Sync
//!         offset i8   zone and summer time, 15 minutes: local = UTC + offset
//! 2BF2    time, status u8 (bit 0 the clock needs to be set), capabilities u8 (bit 0 summer time by itself,
//!         bit 1 zone by itself)
//! written as time alone
//! ```
//!
//! # Source
//! GATT Specification Supplement, Elapsed Time; Elapsed Time Service 1.0, section 3.1.

use super::{Malformed, Octets};

/// Octets of an Elapsed Time.
pub const LEN: usize = 9;

/// What a value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timeline {
    /// Units since an unknown start.
    Counter,
    /// Time of day, UTC.
    Utc,
    /// Time of day where the device is.
    Local,
}

/// The unit of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// 1 s.
    Second,
    /// 0.1 s.
    Tenth,
    /// 1 ms.
    Milli,
    /// 0.1 ms.
    TenthMilli,
}

/// What the device's clock was set by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sync {
    /// Not told, or a code that is not defined.
    Unknown,
    /// Network Time Protocol.
    Network,
    /// Satellites.
    Satellite,
    /// A radio time signal.
    Radio,
    /// A person.
    Person,
    /// An atomic clock.
    Atomic,
    /// The cellular network.
    Cellular,
    /// It was not set.
    Never,
}

impl Sync {
    const fn of(code: u8) -> Self {
        match code {
            1 => Self::Network,
            2 => Self::Satellite,
            3 => Self::Radio,
            4 => Self::Person,
            5 => Self::Atomic,
            6 => Self::Cellular,
            7 => Self::Never,
            _ => Self::Unknown,
        }
    }

    /// True when something more exact than a person set the clock.
    #[must_use]
    pub const fn is_external(self) -> bool {
        matches!(self, Self::Network | Self::Satellite | Self::Radio | Self::Atomic | Self::Cellular)
    }
}

/// A time, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ElapsedTime {
    /// What the value counts.
    pub timeline: Timeline,
    /// Its unit.
    pub resolution: Resolution,
    /// 48 bits.
    pub value: u64,
    /// What set the clock; without meaning for a counter.
    pub sync: Sync,
    /// Zone and summer time in 15 minutes, where used.
    pub offset_quarters: Option<i8>,
    /// The clock has run on evenly since then.
    pub current: bool,
}

impl ElapsedTime {
    /// Milliseconds of the timeline, 0.1 ms cut off: since 2000-01-01T00:00:00, or of the counter.
    #[must_use]
    pub const fn millis(&self) -> i64 {
        // At most 2^48 * 1000, which is below 2^58.
        let value = self.value.cast_signed();
        match self.resolution {
            Resolution::Second => value.saturating_mul(1000),
            Resolution::Tenth => value.saturating_mul(100),
            Resolution::Milli => value,
            Resolution::TenthMilli => value / 10,
        }
    }
}

/// Current Elapsed Time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The device's clock now.
    pub now: ElapsedTime,
    /// It has to be set.
    pub needs_setting: bool,
    /// It changes to and from summer time by itself.
    pub keeps_summer_time: bool,
    /// It changes zones by itself.
    pub keeps_zone: bool,
}

/// Decodes 2BF2.
///
/// # Errors
/// Not 11 octets.
pub fn clock(bytes: &[u8]) -> Result<Clock, Malformed> {
    let mut octets = Octets::new(bytes);
    let now = read(&mut octets)?;
    let [status, capabilities] = octets.take()?;
    octets.end()?;
    Ok(Clock {
        now,
        needs_setting: status & 0x01 != 0,
        keeps_summer_time: capabilities & 0x01 != 0,
        keeps_zone: capabilities & 0x02 != 0,
    })
}

pub(crate) fn read(octets: &mut Octets<'_>) -> Result<ElapsedTime, Malformed> {
    let [flags, a, b, c, d, e, f, source, offset] = octets.take::<LEN>()?;
    Ok(ElapsedTime {
        timeline: match flags & 0x03 {
            0b00 => Timeline::Local,
            0b10 => Timeline::Utc,
            _ => Timeline::Counter,
        },
        resolution: match flags >> 2 & 0x03 {
            0b00 => Resolution::Second,
            0b01 => Resolution::Tenth,
            0b10 => Resolution::Milli,
            _ => Resolution::TenthMilli,
        },
        value: u64::from_le_bytes([a, b, c, d, e, f, 0, 0]),
        sync: Sync::of(source),
        offset_quarters: if flags & 0x10 == 0 { None } else { Some(offset.cast_signed()) },
        current: flags & 0x20 != 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CLOCK: [u8; 11] = [0x22, 0x72, 0x9D, 0x2B, 0x29, 0x00, 0x00, 0x06, 0x00, 0x01, 0x03];

    #[test]
    fn a_clock_and_all_its_cuts() {
        let clock_now = clock(&CLOCK).unwrap();
        let now = clock_now.now;
        assert_eq!(
            (now.timeline, now.resolution, now.sync),
            (Timeline::Utc, Resolution::Second, Sync::Cellular)
        );
        assert_eq!((now.millis(), now.offset_quarters, now.current), (690_724_210_000, None, true));
        assert!(clock_now.needs_setting && clock_now.keeps_summer_time && clock_now.keeps_zone);
        for cut in 0..CLOCK.len() {
            assert_eq!(clock(&CLOCK[..cut]), Err(Malformed::Truncated), "{cut}");
        }
        assert_eq!(clock(&[0; 12]), Err(Malformed::Trailing));
    }

    #[test]
    fn units_offsets_and_counters() {
        for (flags, millis) in [(0x00, 20_000), (0x04, 2000), (0x08, 20), (0x0C, 2)] {
            let bytes = [flags, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            assert_eq!(clock(&bytes).unwrap().now.millis(), millis);
        }
        let local = clock(&[0x10, 0, 0, 0, 0, 0, 0, 7, 0xFC, 0, 0]).unwrap().now;
        assert_eq!((local.timeline, local.offset_quarters), (Timeline::Local, Some(-4)));
        for flags in [0x01, 0x03] {
            assert_eq!(
                clock(&[flags, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).unwrap().now.timeline,
                Timeline::Counter
            );
        }
        let most = clock(&[0, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0]).unwrap().now;
        assert_eq!(most.millis(), ((1 << 48) - 1) * 1000);
    }

    proptest! {
        #[test]
        fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..16)) {
            if let Ok(c) = clock(&bytes) {
                prop_assert_eq!(bytes.len(), LEN + 2);
                prop_assert!(c.now.value < 1 << 48 && c.now.millis() >= 0);
            }
        }
    }
}
