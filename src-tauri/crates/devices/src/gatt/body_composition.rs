//! Body Composition Measurement 2A9C and Body Composition Feature 2A9B.
//!
//! ```text
//! 2A9C
//! flags      u16  bit 0 imperial, 1 time, 2 user, 3..=11 the fields from basal metabolism to height, in order,
//!                 12 the measurement needs two packets
//! fat        u16  0.1 %; FFFF = the measurement was unsuccessful
//! time       7 octets, see date_time
//! user       u8, 255 unknown
//! basal      u16  kJ
//! muscle     u16  0.1 %
//! muscle, fat free, soft lean, water   u16 each, 0.005 kg or 0.01 lb
//! impedance  u16  0.1 Ohm
//! weight     u16  0.005 kg or 0.01 lb
//! height     u16  0.001 m or 0.1 in
//!
//! 2A9B       u32  bit 0 time, 1 several users, 2..=10 the fields in the same order, 11..=14 step of the masses,
//!                 15..=17 step of the height
//! ```
//!
//! Mi Scale 2 sends a layout of its own on 2A9C, which these rules can misread without an error: see
//! [`mi_scale`](crate::advert::mi_scale).

mod joiner;

use salus_wire::Decimal;
use salus_wire::measure::DeviceTime;

use super::weight::{self, Unit};
use super::{Malformed, Octets, date_time};

pub use joiner::{Joined, Joiner, PATIENCE};

/// Number of optional fields from basal metabolism to height.
pub const OPTIONAL: usize = 9;

/// One packet's fields as they lie in it, nothing judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fields {
    /// Flags.
    pub flags: u16,
    /// Fat.
    pub fat: u16,
    /// Time.
    pub time: Option<[u8; date_time::LEN]>,
    /// User.
    pub user: Option<u8>,
    /// From basal metabolism to height, in order.
    pub optional: [Option<u16>; OPTIONAL],
}

/// One packet, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyComposition {
    /// Units of masses and height.
    pub unit: Unit,
    /// The measurement needs two packets and this is one of them.
    pub in_two: bool,
    /// Fat, %; `None` when the measurement was unsuccessful.
    pub fat: Option<Decimal>,
    /// The device's time.
    pub time: Option<DeviceTime>,
    /// User index; the code for unknown is `None`.
    pub user: Option<u8>,
    /// Basal metabolism, kJ a day.
    pub basal: Option<Decimal>,
    /// Muscle, % of the weight.
    pub muscle_share: Option<Decimal>,
    /// Muscle, kg or lb.
    pub muscle: Option<Decimal>,
    /// Weight without fat, kg or lb.
    pub fat_free: Option<Decimal>,
    /// Weight without fat and bone, kg or lb.
    pub soft_lean: Option<Decimal>,
    /// Water, kg or lb.
    pub water: Option<Decimal>,
    /// Impedance, Ohm.
    pub impedance: Option<Decimal>,
    /// Weight, kg or lb.
    pub weight: Option<Decimal>,
    /// Height, cm or in.
    pub height: Option<Decimal>,
}

/// What a body composition analyser can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// It sends times.
    pub time: bool,
    /// It tells users apart.
    pub users: bool,
    /// Which optional fields it sends, in their order.
    pub optional: [bool; OPTIONAL],
    /// Steps of its masses, kg; in pounds about twice the number.
    pub weight_step: Option<Decimal>,
    /// Steps of its height, cm.
    pub height_step: Option<Decimal>,
}

/// Splits 2A9C into its fields.
///
/// # Errors
/// A missing octet or an octet too many.
pub fn fields(bytes: &[u8]) -> Result<Fields, Malformed> {
    let mut octets = Octets::new(bytes);
    let flags = octets.u16()?;
    let fat = octets.u16()?;
    let time = if flags & 0x02 == 0 { None } else { Some(octets.take()?) };
    let user = if flags & 0x04 == 0 { None } else { Some(octets.u8()?) };
    let mut optional = [None; OPTIONAL];
    for (bit, slot) in (3..).zip(&mut optional) {
        if flags >> bit & 1 != 0 {
            *slot = Some(octets.u16()?);
        }
    }
    octets.end()?;
    Ok(Fields { flags, fat, time, user, optional })
}

/// Decodes 2A9C.
///
/// # Errors
/// As [`fields`], or a time with a field out of range.
pub fn decode(bytes: &[u8]) -> Result<BodyComposition, Malformed> {
    let Fields { flags, fat, time, user, optional } = fields(bytes)?;
    let [low, _] = flags.to_le_bytes();
    let unit = Unit::from_flags(low);
    let tenths = |raw: u16| Decimal { mantissa: i64::from(raw), exponent: -1 };
    let mass = |raw: u16| unit.mass(raw);
    let [basal, muscle_share, muscle, fat_free, soft_lean, water, impedance, weight, height] = optional;
    Ok(BodyComposition {
        unit,
        in_two: flags & 0x1000 != 0,
        fat: Some(fat).filter(|raw| *raw != u16::MAX).map(tenths),
        time: time.map(|octets| date_time::date_time(&octets)).transpose()?,
        user: user.filter(|u| *u != 255),
        basal: basal.map(|kj| Decimal::whole(i64::from(kj))),
        muscle_share: muscle_share.map(tenths),
        muscle: muscle.map(mass),
        fat_free: fat_free.map(mass),
        soft_lean: soft_lean.map(mass),
        water: water.map(mass),
        impedance: impedance.map(tenths),
        weight: weight.map(mass),
        height: height.map(Unit::height),
    })
}

/// Decodes 2A9B.
///
/// # Errors
/// Not four octets.
pub fn decode_feature(bytes: &[u8]) -> Result<Feature, Malformed> {
    let mut octets = Octets::new(bytes);
    let bits = u32::from_le_bytes(octets.take()?);
    octets.end()?;
    let mut optional = [false; OPTIONAL];
    for (bit, slot) in (2..).zip(&mut optional) {
        *slot = bits >> bit & 1 != 0;
    }
    Ok(Feature {
        time: bits & 0x01 != 0,
        users: bits & 0x02 != 0,
        optional,
        weight_step: weight::weight_step(bits >> 11),
        height_step: weight::height_step(bits >> 15),
    })
}

#[cfg(test)]
mod tests;
