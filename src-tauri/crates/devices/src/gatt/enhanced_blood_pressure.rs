//! Enhanced Blood Pressure Measurement 2B34, Enhanced Intermediate Cuff Pressure 2B35, Blood Pressure Feature 2A49. The
//! stored record 2B36 is in [`record`].
//!
//! ```text
//! flags  u8   bit 0 kPa instead of mmHg, bit 1 time stamp, bit 2 pulse, bit 3 user, bit 4 status, bit 5 user's time,
//!             bit 6 seconds count from 2000 instead of 1900
//! 2B34   SFLOAT systolic, SFLOAT diastolic, SFLOAT mean
//! 2B35   SFLOAT cuff
//! stamp  u32 s, the device's own time, perhaps UTC
//! pulse  SFLOAT, /min
//! user   u8, 255 unknown
//! status u16  as in 2A35
//! shown  u32 s, the time that the person sees: zone, summer time and corrections included
//!
//! 2A49   u16, see Feature
//! ```

pub mod record;

use salus_wire::measure::DeviceTime;

use super::blood_pressure::{self, BloodPressure, Status, Unit};
use super::crc::Protection;
use super::date_time::civil;
use super::number::{Value, sfloat};
use super::{Malformed, Octets};

/// Where a packet's seconds count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Epoch {
    /// 1900-01-01T00:00:00.
    Y1900,
    /// 2000-01-01T00:00:00.
    Y2000,
}

impl Epoch {
    /// Seconds from 1970 to the epoch: 70 years with 17 leap days before, 30 years with 7 leap days after.
    const fn unix(self) -> i64 {
        match self {
            Epoch::Y1900 => -(70 * 365 + 17) * 86_400,
            Epoch::Y2000 => (30 * 365 + 7) * 86_400,
        }
    }

    /// The wall time of so many seconds.
    #[must_use]
    pub fn wall(self, seconds: u32) -> Option<DeviceTime> {
        civil((self.unix() + i64::from(seconds)) * 1000)
    }
}

/// What both characteristics say beside the pressures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// Unit of the pressures.
    pub unit: Unit,
    /// Where the times count from.
    pub epoch: Epoch,
    /// The device's own time, seconds.
    pub time_stamp: Option<u32>,
    /// Pulse, /min.
    pub pulse: Option<Value>,
    /// User index; the code for unknown is `None`.
    pub user: Option<u8>,
    /// What the device noticed.
    pub status: Option<Status>,
    /// The time that the person sees, seconds.
    pub shown_time: Option<u32>,
}

impl Context {
    /// The device's wall time: the one that the person sees, else its own. Beside a shown time the own one may be UTC,
    /// which only the device knows.
    #[must_use]
    pub fn time(&self) -> Option<DeviceTime> {
        self.epoch.wall(self.shown_time.or(self.time_stamp)?)
    }
}

/// One measurement, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnhancedBloodPressure {
    /// Systolic.
    pub systolic: Value,
    /// Diastolic.
    pub diastolic: Value,
    /// Mean arterial pressure.
    pub mean: Value,
    /// Unit, times, pulse, user, status.
    pub context: Context,
}

impl EnhancedBloodPressure {
    /// The same as a 2A35 would have said it.
    #[must_use]
    pub fn plain(&self) -> BloodPressure {
        let Context { unit, pulse, user, status, .. } = self.context;
        let context = blood_pressure::Context { unit, time: self.context.time(), pulse, user, status };
        BloodPressure { systolic: self.systolic, diastolic: self.diastolic, mean: self.mean, context }
    }
}

/// The cuff's pressure while it measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnhancedCuffPressure {
    /// Pressure now.
    pub cuff: Value,
    /// Unit, times, pulse, user, status.
    pub context: Context,
}

/// What a device can do, as bits: 0 movement, 1 cuff fit, 2 irregular pulse, 3 pulse range, 4 position, 5 several bonds,
/// 6 checksums, 7 user data, 8 user's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature(pub u16);

impl Feature {
    /// Stored records end with a checksum.
    pub const CHECKSUMS: u16 = 1 << 6;

    /// How a stored record ends.
    #[must_use]
    pub const fn protection(self) -> Protection {
        if self.0 & Self::CHECKSUMS == 0 { Protection::Plain } else { Protection::Checked }
    }
}

/// Decodes 2B34.
///
/// # Errors
/// A missing octet or an octet too many.
pub fn decode(bytes: &[u8]) -> Result<EnhancedBloodPressure, Malformed> {
    let mut octets = Octets::new(bytes);
    let flags = octets.u8()?;
    let [systolic, diastolic, mean] = [octets.u16()?, octets.u16()?, octets.u16()?].map(sfloat);
    let context = context(flags, octets)?;
    Ok(EnhancedBloodPressure { systolic, diastolic, mean, context })
}

/// Decodes 2B35.
///
/// # Errors
/// As [`decode`].
pub fn decode_cuff(bytes: &[u8]) -> Result<EnhancedCuffPressure, Malformed> {
    let mut octets = Octets::new(bytes);
    let flags = octets.u8()?;
    let cuff = sfloat(octets.u16()?);
    context(flags, octets).map(|context| EnhancedCuffPressure { cuff, context })
}

/// Decodes 2A49.
///
/// # Errors
/// Not 2 octets.
pub fn decode_feature(bytes: &[u8]) -> Result<Feature, Malformed> {
    let mut octets = Octets::new(bytes);
    let bits = octets.u16()?;
    octets.end().map(|()| Feature(bits))
}

fn context(flags: u8, mut octets: Octets<'_>) -> Result<Context, Malformed> {
    let unit = if flags & 0x01 == 0 { Unit::MmHg } else { Unit::KPa };
    let epoch = if flags & 0x40 == 0 { Epoch::Y1900 } else { Epoch::Y2000 };
    let time_stamp = if flags & 0x02 == 0 { None } else { Some(seconds(&mut octets)?) };
    let pulse = if flags & 0x04 == 0 { None } else { Some(sfloat(octets.u16()?)) };
    let user = if flags & 0x08 == 0 { None } else { Some(octets.u8()?).filter(|u| *u != 255) };
    let status = if flags & 0x10 == 0 { None } else { Some(blood_pressure::status(octets.u16()?)) };
    let shown_time = if flags & 0x20 == 0 { None } else { Some(seconds(&mut octets)?) };
    octets.end()?;
    Ok(Context { unit, epoch, time_stamp, pulse, user, status, shown_time })
}

fn seconds(octets: &mut Octets<'_>) -> Result<u32, Malformed> {
    octets.take().map(u32::from_le_bytes)
}

#[cfg(test)]
mod tests;
