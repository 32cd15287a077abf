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

/// A Mi Scale 1: weight in 0.005 kg and the scale's time.
#[must_use]
pub fn mi_scale(kg_200: u16, at: i64, stable: bool) -> Advert {
    let flags = u8::from(stable) << 5 | 0x02;
    Advert::Service(0x181D, [&[flags][..], &kg_200.to_le_bytes(), &time(at)].concat())
}
