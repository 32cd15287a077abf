//! Ruuvi formats 3 and 5, manufacturer data 0499. All numbers most significant octet first.
//!
//! ```text
//! 3   03, humidity u8 0.5 %, temperature (bit 7 sign, whole degrees) u8 and hundredths u8, pressure u16 Pa - 50,000,
//!     acceleration 3 x i16, battery u16 mV; tags pad with zeros
//! 5   05, temperature i16 0.005, humidity u16 0.0025 %, pressure u16 Pa - 50,000, acceleration 3 x i16,
//!     power u16: upper 11 bits battery mV - 1600, movements u8, number u16, address 6 octets
//!     without value: temperature 8000, the others all ones
//! ```
//!
//! # Source
//! docs.ruuvi.com, data formats 3 (RAWv1) and 5 (RAWv2).

use salus_wire::Decimal;

use super::{Air, Unread};
use crate::gatt::{Malformed, Octets};

/// What one packet says, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Values {
    /// The air.
    pub air: Air,
    /// Battery, mV.
    pub battery_mv: Option<u16>,
    /// Number of the measurement, in format 5; the same one is a copy.
    pub number: Option<u16>,
}

/// Decodes manufacturer data.
///
/// # Errors
/// [`Unread::OtherFormat`] for another format, [`Unread::Malformed`] for a missing octet, an octet too many or more
/// than 99 hundredths.
pub fn decode(bytes: &[u8]) -> Result<Values, Unread> {
    let mut octets = Octets::new(bytes);
    Ok(match octets.u8()? {
        3 => third(octets)?,
        5 => fifth(octets)?,
        _ => return Err(Unread::OtherFormat),
    })
}

fn third(mut octets: Octets<'_>) -> Result<Values, Malformed> {
    let [humidity, degrees, hundredths] = octets.take()?;
    let pressure = pascal(u16::from_be_bytes(octets.take()?));
    let _acceleration: [u8; 6] = octets.take()?;
    let battery = u16::from_be_bytes(octets.take()?);
    while !octets.is_empty() {
        if octets.u8()? != 0 {
            return Err(Malformed::Trailing);
        }
    }
    if hundredths > 99 {
        return Err(Malformed::Undefined);
    }
    let size = i64::from(degrees & 0x7F) * 100 + i64::from(hundredths);
    let temperature = if degrees & 0x80 == 0 { size } else { -size };
    Ok(Values {
        air: Air {
            temperature: Some(Decimal { mantissa: temperature, exponent: -2 }),
            humidity: Some(Decimal { mantissa: i64::from(humidity) * 5, exponent: -1 }),
            pressure: Some(pressure),
        },
        battery_mv: Some(battery),
        number: None,
    })
}

fn fifth(mut octets: Octets<'_>) -> Result<Values, Malformed> {
    let temperature = i16::from_be_bytes(octets.take()?);
    let humidity = u16::from_be_bytes(octets.take()?);
    let pressure = u16::from_be_bytes(octets.take()?);
    let _acceleration: [u8; 6] = octets.take()?;
    let battery = u16::from_be_bytes(octets.take()?) >> 5;
    let _movements = octets.u8()?;
    let number = u16::from_be_bytes(octets.take()?);
    let _address: [u8; 6] = octets.take()?;
    octets.end()?;
    let known = |raw: u16| Some(raw).filter(|r| *r != u16::MAX);
    Ok(Values {
        air: Air {
            temperature: Some(temperature)
                .filter(|t| *t != i16::MIN)
                .map(|t| Decimal { mantissa: i64::from(t) * 5, exponent: -3 }),
            humidity: known(humidity).map(|h| Decimal { mantissa: i64::from(h) * 25, exponent: -4 }),
            pressure: known(pressure).map(pascal),
        },
        // All ones of 11 bits.
        battery_mv: Some(battery).filter(|b| *b != 0x7FF).map(|b| b + 1600),
        number: known(number),
    })
}

/// Pascal less 50,000 as hectopascal.
fn pascal(raw: u16) -> Decimal {
    Decimal { mantissa: i64::from(raw) + 50_000, exponent: -2 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(hex: &str) -> Result<Values, Unread> {
        decode(&hex::decode(hex).unwrap())
    }

    fn air(hex: &str) -> [String; 3] {
        let a = read(hex).unwrap().air;
        [a.temperature, a.humidity, a.pressure].map(|v| v.map(|v| v.to_string()).unwrap_or_default())
    }

    #[test]
    fn the_third_format() {
        assert_eq!(air("03291a1ece1efc18f94202ca0b53"), ["26.30", "20.5", "1027.66"]);
        assert_eq!(air("03291a1ece1efc18f94202ca0b5300000000"), ["26.30", "20.5", "1027.66"]);
        assert_eq!(air("03ff7f63ffff7fff7fff7fffffff"), ["127.99", "127.5", "1155.35"]);
        assert_eq!(air("0300ff6300008001800180010000"), ["-127.99", "0.0", "500.00"]);
        assert_eq!(read("03291a1ece1efc18f94202ca0b53").unwrap().battery_mv, Some(2899));
        assert_eq!(read("03291a64ce1efc18f94202ca0b53"), Err(Malformed::Undefined.into()));
        assert_eq!(read("03291a1ece1efc18f94202ca0b5301"), Err(Malformed::Trailing.into()));
    }

    #[test]
    fn the_fifth_format() {
        let valid = "0512fc5394c37c0004fffc040cac364200cdcbb8334c884f";
        assert_eq!(air(valid), ["24.300", "53.4900", "1000.44"]);
        let v = read(valid).unwrap();
        assert_eq!((v.battery_mv, v.number), (Some(2977), Some(205)));
        assert_eq!(
            air("057ffffffefffe7fff7fff7fffffdefefffecbb8334c884f"),
            ["163.835", "163.8350", "1155.34"]
        );
        assert_eq!(air("058001000000008001800180010000000000cbb8334c884f"), ["-163.835", "0.0000", "500.00"]);
        let none = read("058000ffffffff800080008000ffffffffffffffffffffff").unwrap();
        assert_eq!((none.air, none.battery_mv, none.number), (Air::default(), None, None));
        assert_eq!(read(&valid[..46]), Err(Malformed::Truncated.into()));
        assert_eq!(read(&format!("{valid}00")), Err(Malformed::Trailing.into()));
    }

    #[test]
    fn other_formats_are_not_read() {
        assert_eq!(read("06"), Err(Unread::OtherFormat));
        assert_eq!(read(""), Err(Malformed::Truncated.into()));
    }

    proptest! {
        #[test]
        fn never_panics_and_never_invents(format in 3u8..6, bytes in proptest::collection::vec(any::<u8>(), 0..30)) {
            let whole = [&[format], bytes.as_slice()].concat();
            if decode(&whole).is_ok() {
                let promised = if format == 3 { whole.len() >= 14 } else { whole.len() == 24 };
                prop_assert!(promised);
            }
        }
    }
}
