//! What is said without a link.

use super::super::peripheral::Advert;
use super::time;

/// Ruuvi's fifth format: temperature in 0.005 degrees, humidity in 0.0025 %, pressure in Pa, the packet's number.
#[must_use]
pub fn ruuvi(temperature: i16, humidity: u16, pascal: u32, number: u16) -> Advert {
    let pressure = u16::try_from(pascal.saturating_sub(50_000)).unwrap_or(u16::MAX - 1);
    let head =
        [&[5][..], &temperature.to_be_bytes(), &humidity.to_be_bytes(), &pressure.to_be_bytes()].concat();
    let tail = [&[0, 4, 0xFF, 0xFC, 4, 0x0C, 0xAC, 0x36, 0x42][..], &number.to_be_bytes()].concat();
    let address = [0xC0, 0x5A, 0x1C, 0, 0x31, 1];
    Advert::Maker(0x0499, [&head[..], &tail, &address].concat())
}

/// Ruuvi's third format: humidity in 0.5 %, whole degrees and hundredths above zero, pressure in Pa.
#[must_use]
pub fn ruuvi_3(humidity: u8, degrees: u8, hundredths: u8, pascal: u32) -> Advert {
    let pressure = u16::try_from(pascal.saturating_sub(50_000)).unwrap_or(u16::MAX);
    let head = [&[3, humidity, degrees, hundredths][..], &pressure.to_be_bytes()].concat();
    // Acceleration in mG, and the battery in mV.
    Advert::Maker(0x0499, [&head[..], &[0, 4, 0xFF, 0xFC, 4, 0x0C], &2899_u16.to_be_bytes()].concat())
}

/// BTHome 2: the packet's number, temperature in 0.01 degrees, humidity in 0.01 %.
#[must_use]
pub fn bthome_air(number: u8, temperature: i16, humidity: u16) -> Advert {
    let air = [&[0x02][..], &temperature.to_le_bytes(), &[0x03], &humidity.to_le_bytes()].concat();
    Advert::Service(0xFCD2, [&[0x40, 0x00, number][..], &air].concat())
}

/// BTHome 2: the packet's number and a mass in 0.01 kg.
#[must_use]
pub fn bthome_mass(number: u8, kg_100: u16) -> Advert {
    Advert::Service(0xFCD2, [&[0x40, 0x00, number, 0x06][..], &kg_100.to_le_bytes()].concat())
}

/// BTHome 2 that is encrypted with a key that its owner has.
#[must_use]
pub fn bthome_sealed(number: u8) -> Advert {
    Advert::Service(
        0xFCD2,
        vec![0x41, 0xA4, 0x72, 0x66, number, 0x73, 0x5F, 0x00, 0x11, 0x22, 0x33, 0x78, 0x23],
    )
}

/// A Mi Scale 1: weight in 0.005 kg and the scale's time.
#[must_use]
pub fn mi_scale(kg_200: u16, at: i64, stable: bool) -> Advert {
    let flags = u8::from(stable) << 5 | 0x02;
    Advert::Service(0x181D, [&[flags][..], &kg_200.to_le_bytes(), &time(at)].concat())
}

/// A Mi Scale 2: weight in 0.005 kg, impedance in Ohm once it is measured, and the scale's time.
#[must_use]
pub fn mi_scale_2(kg_200: u16, ohm: Option<u16>, at: i64, stable: bool) -> Advert {
    let flags = u8::from(stable) << 5 | u8::from(ohm.is_some()) << 1;
    let tail = [ohm.unwrap_or_default().to_le_bytes(), kg_200.to_le_bytes()];
    Advert::Service(0x181B, [&[0x02, flags][..], &time(at), tail.as_flattened()].concat())
}
