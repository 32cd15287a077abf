//! Temperature Measurement 2A1C, Intermediate Temperature 2A1E, Temperature Type 2A1D, Measurement Interval 2A21.
//!
//! ```text
//! 2A1C and 2A1E
//! flags  u8     bit 0 Fahrenheit instead of Celsius, bit 1 time, bit 2 type
//! value  FLOAT
//! time   7 octets, see date_time
//! type   u8, see 2A1D
//!
//! 2A1D   u8     1 armpit, 2 body, 3 ear, 4 finger, 5 gastrointestinal tract, 6 mouth, 7 rectum, 8 toe, 9 tympanum
//! 2A21   u16    seconds from one measurement to the next, 0 no periodic measurement
//! ```

use salus_wire::measure::DeviceTime;

use super::number::{Value, float};
use super::{Malformed, Octets, date_time};

/// The unit of a packet's temperature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Degrees Celsius.
    Celsius,
    /// Degrees Fahrenheit.
    Fahrenheit,
}

/// Where on the body a temperature is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// Armpit.
    Armpit,
    /// Body, not said where.
    Body,
    /// Ear, usually the lobe.
    Ear,
    /// Finger.
    Finger,
    /// Gastrointestinal tract.
    GastrointestinalTract,
    /// Mouth.
    Mouth,
    /// Rectum.
    Rectum,
    /// Toe.
    Toe,
    /// Ear drum.
    Tympanum,
}

impl Site {
    /// Every site; its place, from 1, is its code.
    const ALL: [Site; 9] = [
        Site::Armpit,
        Site::Body,
        Site::Ear,
        Site::Finger,
        Site::GastrointestinalTract,
        Site::Mouth,
        Site::Rectum,
        Site::Toe,
        Site::Tympanum,
    ];

    /// The code of 2A1D.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Site::Armpit => 1,
            Site::Body => 2,
            Site::Ear => 3,
            Site::Finger => 4,
            Site::GastrointestinalTract => 5,
            Site::Mouth => 6,
            Site::Rectum => 7,
            Site::Toe => 8,
            Site::Tympanum => 9,
        }
    }

    /// The site of a code; `None` for a reserved one.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|site| site.code() == code)
    }
}

/// One measurement, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Temperature {
    /// The temperature.
    pub value: Value,
    /// Its unit.
    pub unit: Unit,
    /// The device's time.
    pub time: Option<DeviceTime>,
    /// Where it was taken; `None` for a reserved code. A thermometer for one site only leaves it out and says it once,
    /// in 2A1D.
    pub site: Option<Site>,
}

/// Decodes 2A1C, and 2A1E which has the same layout.
///
/// # Errors
/// A missing octet, an octet too many, or a time with a field out of range.
pub fn decode(bytes: &[u8]) -> Result<Temperature, Malformed> {
    let mut octets = Octets::new(bytes);
    let flags = octets.u8()?;
    let value = float(octets.take().map(u32::from_le_bytes)?);
    let unit = if flags & 0x01 == 0 { Unit::Celsius } else { Unit::Fahrenheit };
    let time = if flags & 0x02 == 0 { None } else { Some(date_time::read(&mut octets)?) };
    let site = if flags & 0x04 == 0 { None } else { Site::from_code(octets.u8()?) };
    octets.end()?;
    Ok(Temperature { value, unit, time, site })
}

/// Decodes 2A1D.
///
/// # Errors
/// Not one octet, or a reserved code.
pub fn decode_type(bytes: &[u8]) -> Result<Site, Malformed> {
    let mut octets = Octets::new(bytes);
    let code = octets.u8()?;
    octets.end()?;
    Site::from_code(code).ok_or(Malformed::Undefined)
}

/// Decodes 2A21: seconds, or `None` without periodic measurement.
///
/// # Errors
/// Not two octets.
pub fn decode_interval(bytes: &[u8]) -> Result<Option<u16>, Malformed> {
    let mut octets = Octets::new(bytes);
    let seconds = octets.u16()?;
    octets.end()?;
    Ok(Some(seconds).filter(|s| *s != 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FULL: &str = "06b00e00fedc070c050b321b04";

    #[test]
    fn a_full_packet_and_all_its_cuts() {
        let bytes = hex::decode(FULL).unwrap();
        let t = decode(&bytes).unwrap();
        assert_eq!(t.value.unwrap().to_string(), "37.60");
        assert_eq!((t.unit, t.site), (Unit::Celsius, Some(Site::Finger)));
        for cut in 0..bytes.len() {
            assert_eq!(decode(&bytes[..cut]), Err(Malformed::Truncated), "{cut}");
        }
        let mut long = bytes;
        long.push(0);
        assert_eq!(decode(&long), Err(Malformed::Trailing));
    }

    #[test]
    fn every_site_has_its_code_and_others_are_reserved() {
        for code in 0..=u8::MAX {
            let site = decode_type(&[code]);
            assert_eq!(
                site.map(Site::code),
                if (1..=9).contains(&code) { Ok(code) } else { Err(Malformed::Undefined) }
            );
        }
        assert_eq!(decode(&[0x04, 0, 0, 0, 0, 10]).unwrap().site, None);
        assert_eq!(decode_type(&[]), Err(Malformed::Truncated));
        assert_eq!(decode_type(&[1, 0]), Err(Malformed::Trailing));
    }

    #[test]
    fn an_interval_of_zero_is_none() {
        assert_eq!(decode_interval(&[0, 0]), Ok(None));
        assert_eq!(decode_interval(&[0x2C, 0x01]), Ok(Some(300)));
        assert_eq!(decode_interval(&[1]), Err(Malformed::Truncated));
        assert_eq!(decode_interval(&[1, 0, 0]), Err(Malformed::Trailing));
    }

    proptest! {
        #[test]
        fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..24)) {
            let _ = (decode_type(&bytes), decode_interval(&bytes));
            if let Ok(t) = decode(&bytes) {
                let site = usize::from(bytes[0] & 0x04 != 0);
                let time = if t.time.is_some() { date_time::LEN } else { 0 };
                prop_assert_eq!(bytes.len(), 5 + time + site);
            }
        }
    }
}
