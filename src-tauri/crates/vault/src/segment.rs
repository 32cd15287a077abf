//! The plain form of a segment: the readings of one epoch as compressed columns.
//!
//! ```text
//! 01 || 53 || category u8 || count u32
//! u16 devices || devices * 16
//! u16 shapes  || shapes * (flags u8 || user u8 || n u8 || n * (quantity u8 || exponent i8))
//! columns at, arrived - at, device index, quality, shape index, device time: one per reading that has one
//! one column of mantissas per (quantity, exponent) of the shapes, in order of first use
//! ```
//!
//! A shape is what readings of one kind have in common, so that a reading costs its times and its mantissas only; the
//! RR intervals of all packets form one column, and their count is part of the shape. Readings are in order of `at`.

mod column;
mod columns;
mod shape;
#[cfg(test)]
mod tests;

use salus_wire::measure::DeviceTime;
use salus_wire::{Category, Reading};

pub(crate) use column::{read_column, write_column};
pub use columns::Columns;
use shape::Shape;

const VERSION: u8 = 1;
const TYPE: u8 = 0x53;

/// Most readings of one segment: two hours' worth at 1 Hz; a busier epoch has several segments.
pub const MAX_READINGS: usize = 8192;

/// Most values of one segment: 65,536 * 8 octets, with the other columns, stay below 1 MiB.
pub const MAX_VALUES: usize = 65_536;

/// Most plain octets that are decoded.
pub const MAX_PLAIN: usize = 1 << 20;

/// Why bytes are not a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SegmentError {
    /// Not the encoding of a segment.
    #[error("not a segment")]
    Malformed,
    /// More octets, readings or values than the limits.
    #[error("the segment is above the limits")]
    TooLarge,
}

/// Cuts readings of one epoch into runs that each fit a segment.
#[must_use]
pub fn cut(readings: &[Reading]) -> Vec<&[Reading]> {
    let mut runs = Vec::new();
    let mut rest = readings;
    while !rest.is_empty() {
        let mut values = 0;
        let fits = |r: &&Reading| {
            values += r.components.len();
            values <= MAX_VALUES
        };
        let n = rest.iter().take(MAX_READINGS).take_while(fits).count().max(1);
        let (run, later) = rest.split_at(n);
        runs.push(run);
        rest = later;
    }
    runs
}

/// Encodes readings of one category; `None` above the limits or when categories are mixed.
#[must_use]
pub fn encode(category: Category, readings: &[Reading]) -> Option<Vec<u8>> {
    let values: usize = readings.iter().map(|r| r.components.len()).sum();
    if readings.len() > MAX_READINGS || values > MAX_VALUES || readings.iter().any(|r| r.category != category)
    {
        return None;
    }
    let (devices, device_of) = dictionary(readings.iter().map(|r| r.device));
    let (shapes, shape_of) = dictionary(readings.iter().map(Shape::of));
    let mut out = vec![VERSION, TYPE, category.code()];
    out.extend_from_slice(&u32::try_from(readings.len()).ok()?.to_be_bytes());
    out.extend_from_slice(&u16::try_from(devices.len()).ok()?.to_be_bytes());
    devices.iter().for_each(|d| out.extend_from_slice(d.as_bytes()));
    out.extend_from_slice(&u16::try_from(shapes.len()).ok()?.to_be_bytes());
    shapes.iter().for_each(|s| s.write(&mut out));

    let column = |f: &dyn Fn(&Reading) -> i64| readings.iter().map(f).collect::<Vec<_>>();
    write_column(&mut out, &column(&|r| r.at))?;
    write_column(&mut out, &column(&|r| r.arrived.wrapping_sub(r.at)))?;
    write_column(&mut out, &device_of)?;
    write_column(&mut out, &column(&|r| i64::from(r.quality.0)))?;
    write_column(&mut out, &shape_of)?;
    write_column(&mut out, &readings.iter().filter_map(|r| r.device_time).map(pack).collect::<Vec<_>>())?;
    for kind in shape::kinds(&shapes) {
        let mantissas: Vec<i64> = readings
            .iter()
            .flat_map(|r| &r.components)
            .filter(|c| (c.quantity, c.value.exponent) == kind)
            .map(|c| c.value.mantissa)
            .collect();
        write_column(&mut out, &mantissas)?;
    }
    (out.len() <= MAX_PLAIN).then_some(out)
}

/// Decodes a segment.
///
/// # Errors
/// [`SegmentError`]; memory is bounded by [`MAX_READINGS`] and [`MAX_VALUES`] whatever the bytes say.
pub fn decode(bytes: &[u8]) -> Result<Vec<Reading>, SegmentError> {
    Columns::decode(bytes)?.readings()
}

/// Distinct items in order of first use, and each item's position.
fn dictionary<T: Eq + core::hash::Hash + Clone>(items: impl Iterator<Item = T>) -> (Vec<T>, Vec<i64>) {
    let mut distinct = Vec::new();
    let mut position = std::collections::HashMap::new();
    let indices = items
        .map(|item| {
            let next = i64::try_from(distinct.len()).unwrap_or(i64::MAX);
            *position.entry(item).or_insert_with_key(|item| {
                distinct.push(item.clone());
                next
            })
        })
        .collect();
    (distinct, indices)
}

/// year u16 || month || day || hour || minute || second, big-endian: 56 bits, in order of time.
pub(crate) fn pack(t: DeviceTime) -> i64 {
    let [y1, y0] = t.year.to_be_bytes();
    i64::from_be_bytes([0, y1, y0, t.month, t.day, t.hour, t.minute, t.second])
}

pub(crate) fn unpack(packed: i64) -> Result<DeviceTime, SegmentError> {
    let [0, y1, y0, month, day, hour, minute, second] = packed.to_be_bytes() else {
        return Err(SegmentError::Malformed);
    };
    Ok(DeviceTime { year: u16::from_be_bytes([y1, y0]), month, day, hour, minute, second })
}

fn take<const N: usize>(at: &mut &[u8]) -> Result<[u8; N], SegmentError> {
    let (head, rest) = at.split_first_chunk::<N>().ok_or(SegmentError::Malformed)?;
    *at = rest;
    Ok(*head)
}
