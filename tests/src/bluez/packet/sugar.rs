//! Glucose meters and sensors.

use super::super::wave::sfloat;
use super::time;

/// 2A18: capillary whole blood from a finger, mg/dL; the device's time is `base` and `offset` minutes.
#[must_use]
pub fn glucose(number: u16, base: i64, offset: i16, mg_per_dl: u16, context: bool) -> Vec<u8> {
    let flags = 0x03 | u8::from(context) << 4;
    // 1 mg/dL = 10^-5 kg/L.
    let value = sfloat(i64::from(mg_per_dl), -5);
    [&[flags][..], &number.to_le_bytes(), &time(base), &offset.to_le_bytes(), &value, &[0x11]].concat()
}

/// 2A18 without value of the person: a control solution.
#[must_use]
pub fn control_solution(number: u16, base: i64, mg_per_dl: u16) -> Vec<u8> {
    let value = sfloat(i64::from(mg_per_dl), -5);
    [&[0x02][..], &number.to_le_bytes(), &time(base), &value, &[0x4A]].concat()
}

/// 2A34: breakfast of so many grams, and the meal code.
#[must_use]
pub fn context(number: u16, carbohydrate_g: i64, meal: u8) -> Vec<u8> {
    [&[0x03][..], &number.to_le_bytes(), &[1], &sfloat(carbohydrate_g, -3), &[meal]].concat()
}

/// 2AA7: records of minutes since the session's start, and mg/dL.
#[must_use]
pub fn sensor(records: &[(u16, u16)]) -> Vec<u8> {
    let record = |(minutes, mg): &(u16, u16)| {
        [&[6, 0][..], &sfloat(i64::from(*mg), 0), &minutes.to_le_bytes()].concat()
    };
    records.iter().flat_map(record).collect()
}

/// 2AA8: no checksums, interstitial fluid, under the skin.
#[must_use]
pub fn sensor_feature() -> Vec<u8> {
    vec![0, 0, 0, 0x59, 0xFF, 0xFF]
}

/// 2AAA: when the session started, in UTC.
#[must_use]
pub fn sensor_start(at: i64) -> Vec<u8> {
    [&time(at)[..], &[0, 0]].concat()
}
