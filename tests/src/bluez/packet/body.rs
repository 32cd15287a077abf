//! Scale, analyser, thermometer, oximeter.

use super::super::wave::{float, sfloat};
use super::time;

/// 2A9D: weight in 0.005 kg, time, user.
#[must_use]
pub fn weight(kg_200: u16, at: i64, user: u8) -> Vec<u8> {
    [&[0x06][..], &kg_200.to_le_bytes(), &time(at), &[user]].concat()
}

/// 2A9C in two packets: fat in 0.1 %, muscle in 0.005 kg, time and user, then the weight in 0.005 kg.
#[must_use]
pub fn composition(fat: u16, muscle: u16, kg_200: u16, at: i64, user: u8) -> [Vec<u8>; 2] {
    let head =
        |flags: u16| [&(flags | 0x1006).to_le_bytes()[..], &fat.to_le_bytes(), &time(at), &[user]].concat();
    [
        [head(1 << 5), muscle.to_le_bytes().to_vec()].concat(),
        [head(1 << 10), kg_200.to_le_bytes().to_vec()].concat(),
    ]
}

/// 2A1C: tenths of a degree Celsius, time, site.
#[must_use]
pub fn temperature(tenths: i64, at: i64, site: u8) -> Vec<u8> {
    [&[0x06][..], &float(tenths, -1), &time(at), &[site]].concat()
}

/// 2A1C: tenths of a degree Fahrenheit, time.
#[must_use]
pub fn fahrenheit(tenths: i64, at: i64) -> Vec<u8> {
    [&[0x03][..], &float(tenths, -1), &time(at)].concat()
}

/// 2A5E: saturation in %, pulse, time, and the status "fully qualified".
#[must_use]
pub fn spot_check(saturation: i64, pulse: i64, at: i64) -> Vec<u8> {
    [&[0x03][..], &sfloat(saturation, 0), &sfloat(pulse, 0), &time(at), &0x0100u16.to_le_bytes()].concat()
}

/// The same of an oximeter whose clock nobody has set since its battery was changed.
#[must_use]
pub fn spot_check_unset(saturation: i64, pulse: i64, at: i64) -> Vec<u8> {
    let mut octets = spot_check(saturation, pulse, at);
    octets[0] |= 0x10;
    octets
}

/// 2A5E of an oximeter without a clock: saturation in %, pulse, and the status "fully qualified".
#[must_use]
pub fn spot_check_untimed(saturation: i64, pulse: i64) -> Vec<u8> {
    [&[0x02][..], &sfloat(saturation, 0), &sfloat(pulse, 0), &0x0100u16.to_le_bytes()].concat()
}

/// 2A5F: saturation in %, pulse, and what device and sensor say.
#[must_use]
pub fn continuous(saturation: i64, pulse: i64, sensor: u32) -> Vec<u8> {
    let [low, middle, high, _] = sensor.to_le_bytes();
    [&[0x08][..], &sfloat(saturation, 0), &sfloat(pulse, 0), &[low, middle, high]].concat()
}
