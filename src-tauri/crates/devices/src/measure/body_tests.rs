//! Thermometers, scales and sensors of the air, from octets to readings.

use super::*;
use crate::gatt;
use crate::{Moment, Reason};
use salus_wire::measure::DeviceTime;
use salus_wire::{Category, Quantity, Reading};

const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 0 };

fn source() -> Source {
    Source { device: DeviceId([7; 16]), link_encrypted: Some(true), clock: DeviceClock::Unknown }
}

fn bytes(hex: &str) -> Vec<u8> {
    hex::decode(hex.replace(' ', "")).unwrap()
}

fn text(reading: &Reading) -> Vec<String> {
    reading.components.iter().map(|c| format!("{:?} {}", c.quantity, c.value)).collect()
}

fn temperature(hex: &str) -> Result<Reading, Reason> {
    thermometer::reading(&gatt::thermometer::decode(&bytes(hex)).unwrap(), &source(), NOW)
}

fn scale(hex: &str) -> Result<Reading, Reason> {
    weight::reading(&gatt::weight::decode(&bytes(hex)).unwrap(), &source(), NOW)
}

fn composition(hex: &str) -> Result<Reading, Reason> {
    body_composition::reading(&gatt::body_composition::decode(&bytes(hex)).unwrap(), &source(), NOW)
}

fn heard(uuid: u16, hex: &str) -> Result<Reading, Reason> {
    let found = crate::advert::service(uuid, &bytes(hex)).unwrap().unwrap();
    advert::reading(&found, &source(), NOW)
}

#[test]
fn a_fever_keeps_its_site_and_time() {
    let r = temperature("06 b00e00fe dc070c050b321b 04").unwrap();
    assert_eq!(text(&r), ["BodyTemperature 37.60", "MeasurementSite 4"]);
    let sent = DeviceTime { year: 2012, month: 12, day: 5, hour: 11, minute: 50, second: 27 };
    assert_eq!((r.category, r.device_time, r.user), (Category::BodyTemperature, Some(sent), None));
    assert_eq!(r.quality, Quality(Quality::BACKFILLED));
}

#[test]
fn fahrenheit_is_converted_and_kept() {
    let r = temperature("01 da0300ff").unwrap();
    assert_eq!(text(&r), ["BodyTemperature 37.00", "BodyTemperatureFahrenheit 98.6"]);
    assert_eq!(r.quality, Quality(Quality::CONVERTED | Quality::NO_DEVICE_TIME));
}

#[test]
fn a_temperature_that_is_none_or_nobodys() {
    assert_eq!(temperature("00 ffff7f00"), Err(Reason::NoValue));
    assert_eq!(temperature("00 feff7f00"), Err(Reason::AboveRange));
    assert_eq!(temperature("01 02008000"), Err(Reason::BelowRange));
    assert_eq!(temperature("00 000000ff"), Err(Reason::NoValue));
    // 98.6 Celsius is a unit mixed up; 15.0 a finger that was not there.
    assert_eq!(temperature("00 da0300ff"), Err(Reason::Impossible));
    assert_eq!(temperature("00 960000ff"), Err(Reason::Impossible));
}

#[test]
fn a_weight_with_everything() {
    let r = scale("0e b036 e7070c190e1e2d 03 e500 d606").unwrap();
    assert_eq!(text(&r), ["BodyWeight 70.000", "BodyMassIndex 22.9", "BodyHeight 175.0"]);
    assert_eq!((r.category, r.user), (Category::BodyWeight, Some(3)));
    // Metres as centimetres are the same digits, not a conversion.
    assert!(!r.quality.has(Quality::CONVERTED));
}

#[test]
fn pounds_and_inches_are_converted_and_kept() {
    let r = scale("09 493c 0000 b102").unwrap();
    assert_eq!(
        text(&r),
        ["BodyWeight 70.003", "BodyWeightPound 154.33", "BodyHeight 175.0", "BodyHeightInch 68.9"]
    );
    assert!(r.quality.has(Quality::CONVERTED));
}

#[test]
fn a_weight_that_is_none_or_nobodys() {
    assert_eq!(scale("00 ffff"), Err(Reason::NoValue));
    assert_eq!(scale("00 0000"), Err(Reason::NoValue));
    assert_eq!(scale("08 0000 e500 d606"), Err(Reason::NoValue));
    // 0.5 kg
    assert_eq!(scale("00 6400"), Err(Reason::Impossible));
}

#[test]
fn a_body_composition_with_everything() {
    let r = composition("fe0f c800 e80706140a1e00 03 580e b301 581b 204e 1c25 882c 8813 b036 d606").unwrap();
    assert_eq!(
        text(&r),
        [
            "BodyWeight 70.000",
            "BodyFat 20.0",
            "MusclePercentage 43.5",
            "MuscleMass 35.000",
            "FatFreeMass 100.000",
            "SoftLeanMass 47.500",
            "BodyWaterMass 57.000",
            "BasalMetabolism 3672",
            "Impedance 500.0",
            "BodyHeight 175.0",
        ]
    );
    assert_eq!((r.category, r.user), (Category::BodyWeight, Some(3)));
}

#[test]
fn a_body_composition_in_pounds_keeps_them() {
    let r = composition("2104 c800 581b 493c").unwrap();
    assert_eq!(
        text(&r),
        [
            "BodyWeight 70.003",
            "BodyWeightPound 154.33",
            "BodyFat 20.0",
            "MuscleMass 31.751",
            "MuscleMassPound 70.00"
        ]
    );
}

#[test]
fn a_body_composition_of_shoes_is_a_weight() {
    assert_eq!(text(&composition("0004 0000 b036").unwrap()), ["BodyWeight 70.000"]);
    assert_eq!(composition("0000 ffff"), Err(Reason::NoValue));
    assert_eq!(composition("0008 ffff d606"), Err(Reason::NoValue));
    // 2019 tenths: what the octets of a Mi Scale 2 look like.
    assert_eq!(composition("0000 e307"), Err(Reason::Impossible));
}

#[test]
fn a_mi_scale_gives_weight_and_impedance() {
    let r = heard(0x181B, "02 26 e307011d113518 e501 4c40").unwrap();
    assert_eq!(text(&r), ["BodyWeight 82.300", "Impedance 485"]);
    assert_eq!((r.category, r.user), (Category::BodyWeight, None));
    assert_eq!(heard(0x181B, "02 04 e307011d113518 0000 4c40"), Err(Reason::NoValue));
    assert_eq!(heard(0x181D, "20 0000 e307011d113518"), Err(Reason::NoValue));
    let pounds = heard(0x181D, "21 493c e307011d113518").unwrap();
    assert_eq!(text(&pounds), ["BodyWeight 70.003", "BodyWeightPound 154.33"]);
}

#[test]
fn a_room_is_surroundings() {
    let r = heard(0xFCD2, "40 02c409 03bf13 04138a01").unwrap();
    assert_eq!(text(&r), ["AirTemperature 25.00", "RelativeHumidity 50.55", "AirPressure 1008.83"]);
    assert_eq!((r.category, r.at, r.user), (Category::Surroundings, NOW.at, None));
    assert_eq!(heard(0xFCD2, "40 0161"), Err(Reason::NoValue));
    assert_eq!(heard(0xFCD2, "40 02ff7f"), Err(Reason::Impossible));
}

#[test]
fn a_scale_of_bthome_is_a_weight() {
    let r = heard(0xFCD2, "40 02c409 073e1d").unwrap();
    assert_eq!(text(&r), ["BodyWeight 33.956", "BodyWeightPound 74.86"]);
    assert_eq!(r.category, Category::BodyWeight);
    assert_eq!(heard(0xFCD2, "40 060000"), Err(Reason::NoValue));
}

#[test]
fn a_ruuvi_tag_numbers_its_measurements() {
    let data = bytes("05 12fc 5394 c37c 0004fffc040c ac36 42 00cd cbb8334c884f");
    let found = crate::advert::manufacturer(0x0499, &data).unwrap().unwrap();
    let r = advert::reading(&found, &source(), NOW).unwrap();
    assert_eq!(
        text(&r),
        ["AirTemperature 24.300", "RelativeHumidity 53.4900", "AirPressure 1000.44", "RecordNumber 205"]
    );
    assert_eq!(r.value(Quantity::RecordNumber).unwrap().mantissa, 205);
}
