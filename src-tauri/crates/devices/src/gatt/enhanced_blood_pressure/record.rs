//! Blood Pressure Record 2B36: a stored measurement, in one packet or several.
//!
//! ```text
//! header   u8   bit 0 first segment, bit 1 last segment, bits 2 to 7 counter, 63 then 0
//! sequence u16, of the record
//! uuid     u16, of the characteristic whose value this is: 2A35, 2B34, ...
//! value    a part of it, to the end
//! crc      u16, in the last segment, over all segments without itself; when the feature says so
//! ```
//!
//! # Source
//! GATT Specification Supplement: the checksum is "over all fields of all parts", so headers, numbers and UUIDs of every
//! segment count too, in the order sent.

use super::decode as decode_enhanced;
use crate::gatt::blood_pressure::{self, BloodPressure};
use crate::gatt::crc::{self, Crc, Protection};
use crate::gatt::{Malformed, Octets};

/// Longest value of a record, octets: a characteristic has no longer one.
pub const MAX_VALUE: usize = 512;

/// One packet, exactly as sent; in the last one of a checked service the checksum is still part of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment<'a> {
    /// A record begins.
    pub first: bool,
    /// A record ends.
    pub last: bool,
    /// Counts segments, 0 to 63.
    pub counter: u8,
    /// The device's number of the record.
    pub sequence: u16,
    /// The characteristic, as a 16-bit UUID.
    pub uuid: u16,
    /// A part of its value.
    pub value: &'a [u8],
}

/// Decodes one segment.
///
/// # Errors
/// Fewer than 5 octets.
pub fn decode(bytes: &[u8]) -> Result<Segment<'_>, Malformed> {
    let (head, value) = bytes.split_first_chunk::<5>().ok_or(Malformed::Truncated)?;
    let mut octets = Octets::new(head);
    let header = octets.u8()?;
    Ok(Segment {
        first: header & 0x01 != 0,
        last: header & 0x02 != 0,
        counter: header >> 2,
        sequence: octets.u16()?,
        uuid: octets.u16()?,
        value,
    })
}

/// A whole record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The device's number of the record.
    pub sequence: u16,
    /// The characteristic, as a 16-bit UUID.
    pub uuid: u16,
    /// Its value.
    pub value: Vec<u8>,
}

impl Record {
    /// The measurement in it; `None` for another characteristic.
    ///
    /// # Errors
    /// As the characteristic's own decoder.
    pub fn blood_pressure(&self) -> Result<Option<BloodPressure>, Malformed> {
        match self.uuid {
            0x2A35 => blood_pressure::decode(&self.value).map(Some),
            0x2B34 => decode_enhanced(&self.value).map(|bp| Some(bp.plain())),
            _ => Ok(None),
        }
    }
}

/// Puts segments together; holds one unfinished record of at most [`MAX_VALUE`] octets.
#[derive(Debug, Clone)]
pub struct Assembly {
    protection: Protection,
    open: Option<Open>,
}

#[derive(Debug, Clone)]
struct Open {
    record: Record,
    next: u8,
    crc: Crc,
}

impl Assembly {
    /// An assembly for one link.
    #[must_use]
    pub const fn new(protection: Protection) -> Self {
        Self { protection, open: None }
    }

    /// Takes in one packet; gives the record back with its last segment. A first segment drops what was unfinished: that
    /// record is missing from the fetch's count.
    ///
    /// # Errors
    /// The unfinished record is dropped with each: [`Malformed::Truncated`] when a segment is too short or one before it
    /// is missing, [`Malformed::Trailing`] above [`MAX_VALUE`], [`Malformed::Checksum`].
    pub fn segment(&mut self, bytes: &[u8]) -> Result<Option<Record>, Malformed> {
        let before = self.open.take();
        let segment = decode(bytes)?;
        let mut open = if segment.first {
            let record = Record { sequence: segment.sequence, uuid: segment.uuid, value: Vec::new() };
            Open { record, next: segment.counter, crc: Crc::default() }
        } else {
            before.ok_or(Malformed::Truncated)?
        };
        let continues = (open.next, open.record.sequence, open.record.uuid);
        if continues != (segment.counter, segment.sequence, segment.uuid) {
            return Err(Malformed::Truncated);
        }
        let checked = segment.last && self.protection == Protection::Checked;
        let behind = if checked { crc::LEN } else { 0 };
        let kept = segment.value.len().checked_sub(behind).ok_or(Malformed::Truncated)?;
        let (value, sent) = segment.value.split_at(kept);
        if open.record.value.len() + value.len() > MAX_VALUE {
            return Err(Malformed::Trailing);
        }
        open.record.value.extend(value);
        open.crc = open.crc.over(&bytes[..bytes.len() - sent.len()]);
        if checked && sent != open.crc.value().to_le_bytes() {
            return Err(Malformed::Checksum);
        }
        if segment.last {
            return Ok(Some(open.record));
        }
        open.next = (open.next + 1) % 64;
        self.open = Some(open);
        Ok(None)
    }
}

#[cfg(test)]
mod tests;
