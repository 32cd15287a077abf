//! Continuous glucose monitoring: Measurement 2AA7, Feature 2AA8, Status 2AA9. Session times are in [`session`], the
//! control point 2AAC in [`control`].
//!
//! ```text
//! 2AA7   one or more records, each
//!        size     u8, octets of this record with this one and the checksum
//!        flags    u8   bit 0 trend, bit 1 quality, bit 5 warning octet, bit 6 cal/temp octet, bit 7 status octet
//!        conc     SFLOAT, mg/dL
//!        offset   u16, minutes since the session's start
//!        status   u8, cal/temp u8, warning u8, in this order, see Annunciation
//!        trend    SFLOAT, mg/dL/min
//!        quality  SFLOAT, %
//!        crc      u16, when the feature says so
//! 2AA8   u24 bits (12: checksums), u8 fluid in the low and site in the high half, u16 crc, FFFF without checksums
//! 2AA9   u16 offset, the three octets, crc when the feature says so
//! ```

pub mod control;
pub mod session;

use super::crc::{self, Protection};
use super::number::{Value, sfloat};
use super::{Malformed, Octets, glucose};

/// Longest value of a characteristic, octets; a notification cannot carry more.
pub const MAX_LEN: usize = 512;

/// What the sensor noticed, three octets of bits; one without a bit is not sent with a measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Annunciation {
    /// State of the device.
    pub status: Option<u8>,
    /// Calibration and temperature.
    pub cal_temp: Option<u8>,
    /// The value against limits.
    pub warning: Option<u8>,
}

impl Annunciation {
    /// The session has stopped.
    pub const SESSION_STOPPED: u32 = 1 << 0;
    /// The battery is low.
    pub const BATTERY_LOW: u32 = 1 << 1;
    /// The sensor is not for this device.
    pub const SENSOR_TYPE: u32 = 1 << 2;
    /// The sensor malfunctions.
    pub const SENSOR_MALFUNCTION: u32 = 1 << 3;
    /// An alert whose meaning only the maker knows.
    pub const DEVICE_ALERT: u32 = 1 << 4;
    /// A general fault.
    pub const DEVICE_FAULT: u32 = 1 << 5;
    /// Sensor and gateway do not agree about the time.
    pub const TIME_SYNC_REQUIRED: u32 = 1 << 8;
    /// No calibration is accepted now.
    pub const CALIBRATION_NOT_ALLOWED: u32 = 1 << 9;
    /// A calibration is recommended.
    pub const CALIBRATION_RECOMMENDED: u32 = 1 << 10;
    /// A calibration is required.
    pub const CALIBRATION_REQUIRED: u32 = 1 << 11;
    /// Too hot for a valid result.
    pub const TOO_HOT: u32 = 1 << 12;
    /// Too cold for a valid result.
    pub const TOO_COLD: u32 = 1 << 13;
    /// A calibration is being worked on.
    pub const CALIBRATION_PENDING: u32 = 1 << 14;
    /// Below the person's lower level.
    pub const BELOW_PATIENT_LOW: u32 = 1 << 16;
    /// Above the person's upper level.
    pub const ABOVE_PATIENT_HIGH: u32 = 1 << 17;
    /// Below the hypo level.
    pub const BELOW_HYPO: u32 = 1 << 18;
    /// Above the hyper level.
    pub const ABOVE_HYPER: u32 = 1 << 19;
    /// Falls faster than the limit.
    pub const FALLS: u32 = 1 << 20;
    /// Rises faster than the limit.
    pub const RISES: u32 = 1 << 21;
    /// Lower than the device can process.
    pub const RESULT_TOO_LOW: u32 = 1 << 22;
    /// Higher than the device can process.
    pub const RESULT_TOO_HIGH: u32 = 1 << 23;

    /// All bits, the status octet lowest; an octet that was not sent is 0.
    #[must_use]
    pub fn bits(self) -> u32 {
        let octet = |o: Option<u8>| o.unwrap_or_default();
        u32::from_le_bytes([octet(self.status), octet(self.cal_temp), octet(self.warning), 0])
    }

    /// True when any bit of `bits` is set.
    #[must_use]
    pub fn any(self, bits: u32) -> bool {
        self.bits() & bits != 0
    }
}

/// One record, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// Concentration, mg/dL.
    pub glucose: Value,
    /// Minutes since the session's start.
    pub offset_minutes: u16,
    /// What the sensor noticed.
    pub annunciation: Annunciation,
    /// Trend, mg/dL/min.
    pub trend: Option<Value>,
    /// The sensor's own judgement, %.
    pub quality: Option<Value>,
}

/// The records of one notification, all of them checked.
#[derive(Debug, Clone, Copy)]
pub struct Measurements<'a> {
    rest: &'a [u8],
    protection: Protection,
}

impl Iterator for Measurements<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let (record, rest) = split(self.rest).ok()?;
        self.rest = rest;
        // The checksums were right when the notification came.
        let behind = if self.protection == Protection::Checked { crc::LEN } else { 0 };
        read(record.get(..record.len().checked_sub(behind)?)?).ok()
    }
}

/// Decodes 2AA7: one record at least, and none when any is malformed, so that a damaged notification is one refusal.
///
/// # Errors
/// A record shorter or longer than its flags and its size say, a wrong checksum, or more than [`MAX_LEN`] octets.
pub fn decode(bytes: &[u8], protection: Protection) -> Result<Measurements<'_>, Malformed> {
    if bytes.len() > MAX_LEN {
        return Err(Malformed::Trailing);
    }
    let mut rest = bytes;
    loop {
        let (record, behind) = split(rest)?;
        read(protection.open(record)?)?;
        rest = behind;
        if rest.is_empty() {
            return Ok(Measurements { rest: bytes, protection });
        }
    }
}

/// The first record by its size, and what is behind it.
fn split(bytes: &[u8]) -> Result<(&[u8], &[u8]), Malformed> {
    let size = usize::from(*bytes.first().ok_or(Malformed::Truncated)?);
    bytes.split_at_checked(size).ok_or(Malformed::Truncated)
}

fn read(record: &[u8]) -> Result<Record, Malformed> {
    let mut octets = Octets::new(record);
    let [_size, flags] = octets.take()?;
    let glucose = sfloat(octets.u16()?);
    let offset_minutes = octets.u16()?;
    let annunciation = Annunciation {
        status: if flags & 0x80 == 0 { None } else { Some(octets.u8()?) },
        cal_temp: if flags & 0x40 == 0 { None } else { Some(octets.u8()?) },
        warning: if flags & 0x20 == 0 { None } else { Some(octets.u8()?) },
    };
    let trend = if flags & 0x01 == 0 { None } else { Some(sfloat(octets.u16()?)) };
    let quality = if flags & 0x02 == 0 { None } else { Some(sfloat(octets.u16()?)) };
    octets.end()?;
    Ok(Record { glucose, offset_minutes, annunciation, trend, quality })
}

/// What a sensor can do, and what it measures in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// 24 bits: 0 calibration, 1 to 4 alerts, 5 device alert, 6 to 11 what it can notice, 12 checksums, 13 several
    /// bonds, 14 several sessions, 15 trend, 16 quality.
    pub bits: u32,
    /// Fluid code, 4 bits, as in 2A18.
    pub fluid: u8,
    /// Site code, 4 bits, as in 2A18; 5 is under the skin.
    pub site: u8,
}

impl Feature {
    /// Every other value of the service ends with a checksum.
    pub const CHECKSUMS: u32 = 1 << 12;

    /// How the other values of the service end.
    #[must_use]
    pub const fn protection(self) -> Protection {
        if self.bits & Self::CHECKSUMS == 0 { Protection::Plain } else { Protection::Checked }
    }
}

/// Decodes 2AA8, which says itself whether its last two octets are a checksum.
///
/// # Errors
/// Not 6 octets, or a wrong checksum.
pub fn decode_feature(bytes: &[u8]) -> Result<Feature, Malformed> {
    let mut octets = Octets::new(bytes);
    let [a, b, c] = octets.take()?;
    let (fluid, site) = glucose::halves(octets.u8()?);
    octets.u16()?;
    octets.end()?;
    let feature = Feature { bits: u32::from_le_bytes([a, b, c, 0]), fluid, site };
    feature.protection().open(bytes)?;
    Ok(feature)
}

/// How the sensor is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// Minutes since the session's start.
    pub offset_minutes: u16,
    /// What the sensor notices; all three octets are there.
    pub annunciation: Annunciation,
}

/// Decodes 2AA9.
///
/// # Errors
/// Not 5 octets and the checksum, or a wrong checksum.
pub fn decode_status(bytes: &[u8], protection: Protection) -> Result<Status, Malformed> {
    let mut octets = Octets::new(protection.open(bytes)?);
    let offset_minutes = octets.u16()?;
    let [status, cal_temp, warning] = octets.take()?.map(Some);
    octets.end()?;
    Ok(Status { offset_minutes, annunciation: Annunciation { status, cal_temp, warning } })
}

#[cfg(test)]
mod tests;
