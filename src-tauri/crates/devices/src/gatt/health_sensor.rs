//! Generic Health Sensor: Live Health Observations 2B8B and Stored Health Observations 2BDD.
//!
//! ```text
//! segment      header u8 (bit 0 first, bit 1 last, bits 2 to 7 counter), part of the observation: see segments
//! 2B8B         observation
//! 2BDD         record number u32, observation
//!
//! observation  class u8, length u16 of what follows, flags u16, then what the flags promise, then the value
//! flags        bit 0 type, 1 time, 2 duration, 3 status, 4 id, 5 patient, 6 supplemental, 7 derived from,
//!              8 member of, 9 attributes
//! type         u32  MDC code, partition * 65536 + term
//! time         9 octets, see elapsed_time
//! duration     FLOAT, s
//! status       u16  see Status
//! id           u32  by which others of this connection name it
//! patient      u8   255 unknown
//! supplemental count u8, u32 each, MDC codes
//! derived from count u8, u32 each, ids
//! member of    count u8, u32 each, ids
//! attributes   count u8, then type u32, length u16, format u8, octets each
//! value        by class: see value
//! ```
//!
//! # Source
//! Generic Health Sensor Service 1.0; IEEE 11073-10206 for the model. The length counts the octets after itself; drafts
//! counted the whole.

mod control;
mod segments;
mod value;

pub use control::{
    Features, Response, START_LIVE, STOP_LIVE, Schedule, Specializations, features, response, schedule,
};
pub use segments::{Joined, MAX_LEN, Segments};
pub use value::{
    Attribute, Attributes, Component, Components, Members, Numeric, Samples, Simple, States, Value,
};

use super::elapsed_time::{self, ElapsedTime};
use super::number::{self, float};
use super::{Malformed, Octets};

/// What the device says of an observation, as bits; 8 to 13 are reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Status(pub u16);

impl Status {
    /// Invalid.
    pub const INVALID: u16 = 1 << 0;
    /// Questionable.
    pub const QUESTIONABLE: u16 = 1 << 1;
    /// There is no value.
    pub const NOT_AVAILABLE: u16 = 1 << 2;
    /// Calibration goes on.
    pub const CALIBRATING: u16 = 1 << 3;
    /// A test.
    pub const TEST: u16 = 1 << 4;
    /// An early estimate.
    pub const EARLY_ESTIMATE: u16 = 1 << 5;
    /// A person typed it.
    pub const TYPED: u16 = 1 << 6;
    /// A setting of the device.
    pub const SETTING: u16 = 1 << 7;
    /// Outside the device's alarm limits.
    pub const OUTSIDE_LIMITS: u16 = 1 << 14;
    /// The alarm limits are off.
    pub const LIMITS_OFF: u16 = 1 << 15;

    /// True when any of `bits` is set.
    #[must_use]
    pub const fn any(self, bits: u16) -> bool {
        self.0 & bits != 0
    }
}

/// A list of codes or ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Codes<'a>(&'a [[u8; 4]]);

impl<'a> Codes<'a> {
    /// The codes in order; at most 255.
    pub fn iter(&self) -> impl Iterator<Item = u32> + use<'a> {
        self.0.iter().copied().map(u32::from_le_bytes)
    }
}

/// One observation, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observation<'a> {
    /// MDC code of what was observed.
    pub kind: Option<u32>,
    /// The device's time.
    pub time: Option<ElapsedTime>,
    /// How long it took, s.
    pub duration: Option<number::Value>,
    /// Status bits.
    pub status: Status,
    /// By which others of this connection name it.
    pub id: Option<u32>,
    /// Whose it is; the code for unknown is `None`.
    pub patient: Option<u8>,
    /// MDC codes that say more: site, modality, meal.
    pub supplemental: Codes<'a>,
    /// Ids of what it was derived from.
    pub derived_from: Codes<'a>,
    /// Ids of the groups that it belongs to.
    pub member_of: Codes<'a>,
    /// Further attributes.
    pub attributes: Attributes<'a>,
    /// The value.
    pub value: Value<'a>,
}

/// An observation from the device's memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored<'a> {
    /// The device's number of the record.
    pub record: u32,
    /// The observation.
    pub observation: Observation<'a>,
}

/// Decodes a whole observation of 2B8B.
///
/// # Errors
/// A missing octet, an octet too many, a class that is not defined, a bundle in a bundle, or text that is not UTF-8.
pub fn live(bytes: &[u8]) -> Result<Observation<'_>, Malformed> {
    let mut octets = Octets::new(bytes);
    let (class, body) = framed(&mut octets)?;
    // Before the rest is read: an observation is large, and is made once, where it goes.
    octets.end()?;
    observed(class, body, true)
}

/// Decodes a whole observation of 2BDD.
///
/// # Errors
/// As [`live`].
pub fn stored(bytes: &[u8]) -> Result<Stored<'_>, Malformed> {
    let mut octets = Octets::new(bytes);
    let record = octets.take().map(u32::from_le_bytes)?;
    let (class, body) = framed(&mut octets)?;
    octets.end()?;
    observed(class, body, true).map(|observation| Stored { record, observation })
}

/// Reads one observation; inside a bundle there may be no other.
fn observation<'a>(outer: &mut Octets<'a>, may_bundle: bool) -> Result<Observation<'a>, Malformed> {
    let (class, body) = framed(outer)?;
    observed(class, body, may_bundle)
}

/// The class, and what its length says.
fn framed<'a>(outer: &mut Octets<'a>) -> Result<(u8, Octets<'a>), Malformed> {
    let class = outer.u8()?;
    let length = usize::from(outer.u16()?);
    Ok((class, Octets::new(outer.slice(length)?)))
}

/// Flags 6 to 9: lists, which most observations have none of.
const LISTS: u16 = 0x03C0;

fn observed(class: u8, mut octets: Octets<'_>, may_bundle: bool) -> Result<Observation<'_>, Malformed> {
    let flags = octets.u16()?;
    let has = |bit: u8| flags >> bit & 1 != 0;
    let kind = if has(0) { Some(u32(&mut octets)?) } else { None };
    let time = if has(1) { Some(elapsed_time::read(&mut octets)?) } else { None };
    let duration = if has(2) { Some(float(u32(&mut octets)?)) } else { None };
    let status = if has(3) { Status(octets.u16()?) } else { Status::default() };
    let id = if has(4) { Some(u32(&mut octets)?) } else { None };
    let patient = if has(5) { Some(octets.u8()?).filter(|p| *p != 255) } else { None };
    let (mut supplemental, mut derived_from, mut member_of) =
        (Codes::default(), Codes::default(), Codes::default());
    let mut attributes = Attributes::default();
    if flags & LISTS != 0 {
        for (bit, list) in [(6, &mut supplemental), (7, &mut derived_from), (8, &mut member_of)] {
            if has(bit) {
                *list = codes(&mut octets)?;
            }
        }
        if has(9) {
            attributes = value::attributes(&mut octets)?;
        }
    }
    let value = match class {
        0xFF if may_bundle => Value::Bundle(value::members(&mut octets)?),
        _ => value::read(class, &mut octets)?,
    };
    octets.end()?;
    Ok(Observation {
        kind,
        time,
        duration,
        status,
        id,
        patient,
        supplemental,
        derived_from,
        member_of,
        attributes,
        value,
    })
}

fn u32(octets: &mut Octets<'_>) -> Result<u32, Malformed> {
    octets.take().map(u32::from_le_bytes)
}

fn codes<'a>(octets: &mut Octets<'a>) -> Result<Codes<'a>, Malformed> {
    let count = usize::from(octets.u8()?);
    let (codes, _) = octets.slice(4 * count)?.as_chunks();
    Ok(Codes(codes))
}

#[cfg(test)]
mod tests;
