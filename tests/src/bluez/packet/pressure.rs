//! Enhanced blood pressures, and records of them in segments.

use salus_devices::gatt::crc::checksum;

use super::super::wave::sfloat;

/// 2000-01-01T00:00:00Z, Unix seconds.
const Y2000: i64 = 946_684_800;

/// 2A35: pressures in mmHg, the mean between them, and the time; of a device for one person.
#[must_use]
pub fn measured(systolic: i64, diastolic: i64, at: i64) -> Vec<u8> {
    let pressures = [systolic, diastolic, diastolic + (systolic - diastolic) / 3].map(|p| sfloat(p, 0));
    [&[0x02][..], pressures.as_flattened(), &super::time(at)].concat()
}

/// 2B34: pressures in mmHg and the mean between them, seconds since 2000, pulse, user.
///
/// # Panics
/// When the instant lies outside of the 136 years that four octets count.
#[must_use]
pub fn enhanced(systolic: i64, diastolic: i64, pulse: i64, at: i64, user: u8) -> Vec<u8> {
    let mean = diastolic + (systolic - diastolic) / 3;
    let stamp = u32::try_from(at.div_euclid(1000) - Y2000).expect("an instant after 2000");
    let pressures = [systolic, diastolic, mean].map(|p| sfloat(p, 0));
    [&[0x4E][..], pressures.as_flattened(), &stamp.to_le_bytes(), &sfloat(pulse, 0), &[user]].concat()
}

/// 2B36: a value of 2B34 as one record in segments of at most `most` octets of it, with or without its checksum.
#[must_use]
pub fn record(number: u16, value: &[u8], most: usize, checked: bool) -> Vec<Vec<u8>> {
    let parts: Vec<&[u8]> = value.chunks(most).collect();
    let mut segments = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let ends = u8::from(at == 0) | (u8::from(at + 1 == parts.len()) << 1);
        let counter = u8::try_from(at % 64).unwrap_or_default();
        let head = [ends | (counter << 2)];
        segments.push([&head[..], &number.to_le_bytes(), &0x2B34u16.to_le_bytes(), part].concat());
    }
    if checked {
        let sum = checksum(&segments.concat()).to_le_bytes();
        segments.iter_mut().next_back().into_iter().for_each(|last| last.extend(sum));
    }
    segments
}
