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

/// A body temperature in 0.1 degrees Celsius, of patient 1, when the sensor's counter stood at so many seconds.
#[must_use]
pub fn temperature(tenths: i64, seconds: u64) -> Vec<u8> {
    let value = [&6048u16.to_le_bytes()[..], &float(tenths, -1)].concat();
    let head = [&150_364u32.to_le_bytes()[..], &counter(seconds), &[1]].concat();
    framed(1, 0x0023, &[head, value].concat())
}

/// Several observations of one instant.
#[must_use]
pub fn bundle(seconds: u64, members: &[Vec<u8>]) -> Vec<u8> {
    let count = u8::try_from(members.len()).unwrap_or(u8::MAX);
    framed(0xFF, 0x0022, &[&counter(seconds)[..], &[1, count], &members.concat()].concat())
}

/// 2BDD: an observation of the sensor's memory.
#[must_use]
pub fn stored(number: u32, observation: &[u8]) -> Vec<u8> {
    [&number.to_le_bytes()[..], observation].concat()
}

/// 2BF3: the types that a sensor observes.
#[must_use]
pub fn features(kinds: &[u32]) -> Vec<u8> {
    let count = u8::try_from(kinds.len()).unwrap_or(u8::MAX);
    let kinds: Vec<[u8; 4]> = kinds.iter().map(|kind| kind.to_le_bytes()).collect();
    [&[0, count], kinds.as_flattened()].concat()
}

/// 2BF2: a counter of seconds that nobody has to set.
#[must_use]
pub fn clock(seconds: u64) -> Vec<u8> {
    [&counter(seconds)[..], &[0, 0]].concat()
}

/// An Elapsed Time: a counter of seconds that has run on evenly until now.
fn counter(seconds: u64) -> [u8; 9] {
    let [a, b, c, d, e, f, ..] = seconds.to_le_bytes();
    [0x21, a, b, c, d, e, f, 0, 0]
}

/// Class, length of what follows, flags "type" and "patient", type, patient, value.
fn observation(class: u8, kind: u32, value: &[u8]) -> Vec<u8> {
    framed(class, 0x0021, &[&kind.to_le_bytes()[..], &[1], value].concat())
}

fn framed(class: u8, flags: u16, rest: &[u8]) -> Vec<u8> {
    let length = u16::try_from(rest.len() + 2).unwrap_or(u16::MAX);
    [&[class][..], &length.to_le_bytes(), &flags.to_le_bytes(), rest].concat()
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
