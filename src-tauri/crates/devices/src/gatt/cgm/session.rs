//! CGM Session Start Time 2AAA and Session Run Time 2AAB.
//!
//! ```text
//! 2AAA   7 octets Date Time, wall time with zone and summer time; i8 zone, 15 min each, -48..=56, -128 unknown;
//!        u8 summer time: 0 none, 2 half an hour, 4 one hour, 8 two hours, 255 unknown; crc when the feature says so
//! 2AAB   u16 hours; crc when the feature says so
//! ```

use salus_wire::measure::DeviceTime;

use crate::gatt::crc::Protection;
use crate::gatt::date_time::{self, civil, wall_millis};
use crate::gatt::{Malformed, Octets};

/// When a session started, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// The wall time.
    pub time: DeviceTime,
    /// The zone without summer time, quarters of an hour east of UTC.
    pub zone: Option<i8>,
    /// Summer time, quarters of an hour: the code itself.
    pub summer: Option<u8>,
}

impl Start {
    /// Minutes east of UTC of the wall time, when zone and summer time are known.
    #[must_use]
    pub fn utc_offset_minutes(&self) -> Option<i32> {
        Some((i32::from(self.zone?) + i32::from(self.summer?)) * 15)
    }

    /// The wall time of a record; `None` while the session's start was never set.
    #[must_use]
    pub fn after(&self, minutes: u16) -> Option<DeviceTime> {
        civil(wall_millis(self.time)? + i64::from(minutes) * 60_000)
    }
}

/// Decodes 2AAA.
///
/// # Errors
/// Not 9 octets and the checksum, a wrong checksum, or a time, zone or summer time that is not defined.
pub fn decode_start(bytes: &[u8], protection: Protection) -> Result<Start, Malformed> {
    let mut octets = Octets::new(protection.open(bytes)?);
    let time = date_time::read(&mut octets)?;
    let zone = match octets.take().map(i8::from_le_bytes)? {
        i8::MIN => None,
        zone @ -48..=56 => Some(zone),
        _ => return Err(Malformed::Undefined),
    };
    let summer = match octets.u8()? {
        u8::MAX => None,
        summer @ (0 | 2 | 4 | 8) => Some(summer),
        _ => return Err(Malformed::Undefined),
    };
    octets.end()?;
    Ok(Start { time, zone, summer })
}

/// Decodes 2AAB: how many hours the sensor is expected to last.
///
/// # Errors
/// Not 2 octets and the checksum, or a wrong checksum.
pub fn decode_run_time(bytes: &[u8], protection: Protection) -> Result<u16, Malformed> {
    let mut octets = Octets::new(protection.open(bytes)?);
    let hours = octets.u16()?;
    octets.end().map(|()| hours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const START: [u8; 9] = [0xE2, 0x07, 4, 24, 13, 8, 24, 8, 4];

    #[test]
    fn a_zone_counts_quarters_of_an_hour() {
        let sent = hex::decode("e20704180d08180804e0c2").unwrap();
        let start = decode_start(&sent, Protection::Checked).unwrap();
        assert_eq!(Ok(start), decode_start(&START, Protection::Plain));
        // Central European Summer Time: two hours and one.
        assert_eq!((start.zone, start.summer, start.utc_offset_minutes()), (Some(8), Some(4), Some(180)));
        let later = start.after(24 * 60 + 2).unwrap();
        assert_eq!((later.day, later.hour, later.minute), (25, 13, 10));
    }

    #[test]
    fn what_is_unknown_is_none_and_what_is_undefined_is_refused() {
        let with = |zone: i8, summer: u8| {
            let mut bytes = START;
            [bytes[7]] = zone.to_le_bytes();
            bytes[8] = summer;
            decode_start(&bytes, Protection::Plain)
        };
        assert_eq!(with(-128, 0).unwrap().utc_offset_minutes(), None);
        assert_eq!(with(0, 255).unwrap().utc_offset_minutes(), None);
        assert_eq!(with(-48, 0).unwrap().utc_offset_minutes(), Some(-720));
        for (zone, summer) in [(-49, 0), (57, 0), (0, 1), (0, 254)] {
            assert_eq!(with(zone, summer), Err(Malformed::Undefined), "{zone} {summer}");
        }
        let mut never = START;
        never[..2].fill(0);
        assert_eq!(decode_start(&never, Protection::Plain).unwrap().after(5), None);
    }

    #[test]
    fn lengths_and_checksums() {
        for cut in 0..START.len() {
            assert_eq!(decode_start(&START[..cut], Protection::Plain), Err(Malformed::Truncated), "{cut}");
        }
        assert_eq!(decode_start(&[&START[..], &[0]].concat(), Protection::Plain), Err(Malformed::Trailing));
        assert_eq!(decode_run_time(&[0xF0, 0], Protection::Plain), Ok(240));
        assert_eq!(decode_run_time(&[0xF0], Protection::Plain), Err(Malformed::Truncated));
        assert_eq!(decode_run_time(&[0xF0, 0, 0], Protection::Plain), Err(Malformed::Trailing));
        assert_eq!(decode_run_time(&[0xF0, 0, 0, 0], Protection::Checked), Err(Malformed::Checksum));
    }

    proptest! {
        #[test]
        fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..14)) {
            for (protection, crc) in [(Protection::Plain, 0), (Protection::Checked, 2)] {
                if let Ok(start) = decode_start(&bytes, protection) {
                    prop_assert_eq!(bytes.len(), START.len() + crc);
                    let _ = (start.utc_offset_minutes(), start.after(u16::MAX));
                }
                if decode_run_time(&bytes, protection).is_ok() {
                    prop_assert_eq!(bytes.len(), 2 + crc);
                }
            }
        }
    }
}
