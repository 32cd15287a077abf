//! Generic health sensors: observations and their segments.

use super::super::wave::float;

/// A systolic pressure, a diastolic one, in mmHg: one observation with two values, of patient 1.
#[must_use]
pub fn pressure(systolic: i64, diastolic: i64) -> Vec<u8> {
    let part = |kind: u32, value: i64| {
        [&kind.to_le_bytes()[..], &[1], &3872u16.to_le_bytes(), &float(value, 0)].concat()
    };
    let values = [vec![2], part(150_021, systolic), part(150_022, diastolic)].concat();
    observation(7, 150_020, &values)
}

/// An oxygen saturation in %, of patient 1.
#[must_use]
pub fn saturation(percent: i64) -> Vec<u8> {
    observation(1, 150_456, &[&544u16.to_le_bytes()[..], &float(percent, 0)].concat())
}

/// Class, length of what follows, flags "type" and "patient", type, patient, value.
fn observation(class: u8, kind: u32, value: &[u8]) -> Vec<u8> {
    let body = [&0x0021u16.to_le_bytes()[..], &kind.to_le_bytes(), &[1], value].concat();
    let length = u16::try_from(body.len()).unwrap_or(u16::MAX);
    [&[class][..], &length.to_le_bytes(), &body].concat()
}

/// An observation in segments of at most `most` octets.
#[must_use]
pub fn segments(observation: &[u8], most: usize) -> Vec<Vec<u8>> {
    let parts: Vec<&[u8]> = observation.chunks(most.max(2) - 1).collect();
    let header = |at: usize| {
        let counter = u8::try_from(at & 0x3F).unwrap_or(0) << 2;
        counter | u8::from(at == 0) | u8::from(at + 1 == parts.len()) << 1
    };
    parts.iter().enumerate().map(|(at, part)| [&[header(at)][..], part].concat()).collect()
}
