//! Weight Measurement 2A9D and Weight Scale Feature 2A9E.
//!
//! ```text
//! 2A9D
//! flags  u8   bit 0 imperial, bit 1 time, bit 2 user, bit 3 BMI and height
//! weight u16  0.005 kg or 0.01 lb; FFFF = the measurement was unsuccessful
//! time   7 octets, see date_time
//! user   u8, 255 unknown
//! BMI    u16  0.1 kg/m2
//! height u16  0.001 m or 0.1 in
//!
//! 2A9E   u32  bit 0 time, 1 several users, 2 BMI, 3..=6 step of the weight, 7..=9 step of the height
//! ```

use salus_wire::Decimal;
use salus_wire::measure::DeviceTime;

use super::{Malformed, Octets, date_time};

/// The units of a packet's masses and height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Kilogram and centimetre.
    Metric,
    /// Pound and inch.
    Imperial,
}

impl Unit {
    /// Bit 0 of the flags, here and in 2A9C.
    pub(crate) const fn from_flags(flags: u8) -> Self {
        if flags & 0x01 == 0 { Self::Metric } else { Self::Imperial }
    }

    /// A mass on the air: kg in steps of 0.005, or lb in steps of 0.01.
    pub(crate) fn mass(self, raw: u16) -> Decimal {
        match self {
            Self::Metric => Decimal { mantissa: i64::from(raw) * 5, exponent: -3 },
            Self::Imperial => Decimal { mantissa: i64::from(raw), exponent: -2 },
        }
    }

    /// A height on the air: 0.001 m is 0.1 cm, the same digits; or in in steps of 0.1.
    pub(super) fn height(raw: u16) -> Decimal {
        Decimal { mantissa: i64::from(raw), exponent: -1 }
    }
}

/// One measurement, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    /// Weight, kg or lb; `None` when the measurement was unsuccessful.
    pub weight: Option<Decimal>,
    /// Units of weight and height.
    pub unit: Unit,
    /// The device's time.
    pub time: Option<DeviceTime>,
    /// User index; the code for unknown is `None`.
    pub user: Option<u8>,
    /// Body mass index, kg/m2.
    pub bmi: Option<Decimal>,
    /// Height, cm or in.
    pub height: Option<Decimal>,
}

/// What a scale can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// It sends times.
    pub time: bool,
    /// It tells users apart.
    pub users: bool,
    /// It sends BMI and height.
    pub bmi: bool,
    /// Steps of its weight, kg; in pounds about twice the number.
    pub weight_step: Option<Decimal>,
    /// Steps of its height, cm.
    pub height_step: Option<Decimal>,
}

/// Decodes 2A9D.
///
/// # Errors
/// A missing octet, an octet too many, or a time with a field out of range.
pub fn decode(bytes: &[u8]) -> Result<Weight, Malformed> {
    let mut octets = Octets::new(bytes);
    let flags = octets.u8()?;
    let unit = Unit::from_flags(flags);
    let weight = Some(octets.u16()?).filter(|raw| *raw != u16::MAX).map(|raw| unit.mass(raw));
    let time = if flags & 0x02 == 0 { None } else { Some(date_time::read(&mut octets)?) };
    let user = if flags & 0x04 == 0 { None } else { Some(octets.u8()?).filter(|u| *u != 255) };
    let (bmi, height) = if flags & 0x08 == 0 {
        (None, None)
    } else {
        let bmi = Decimal { mantissa: i64::from(octets.u16()?), exponent: -1 };
        (Some(bmi), Some(Unit::height(octets.u16()?)))
    };
    octets.end()?;
    Ok(Weight { weight, unit, time, user, bmi, height })
}

/// Decodes 2A9E.
///
/// # Errors
/// Not four octets.
pub fn decode_feature(bytes: &[u8]) -> Result<Feature, Malformed> {
    let mut octets = Octets::new(bytes);
    let bits = u32::from_le_bytes(octets.take()?);
    octets.end()?;
    Ok(Feature {
        time: bits & 0x01 != 0,
        users: bits & 0x02 != 0,
        bmi: bits & 0x04 != 0,
        weight_step: weight_step(bits >> 3),
        height_step: height_step(bits >> 7),
    })
}

/// The step behind four bits, kg; `None` when not said or reserved.
pub(super) const fn weight_step(bits: u32) -> Option<Decimal> {
    let grams = match bits & 0b1111 {
        1 => 500,
        2 => 200,
        3 => 100,
        4 => 50,
        5 => 20,
        6 => 10,
        7 => 5,
        _ => return None,
    };
    Some(Decimal { mantissa: grams, exponent: -3 })
}

/// The step behind three bits, cm; `None` when not said or reserved.
pub(super) const fn height_step(bits: u32) -> Option<Decimal> {
    let millimetres = match bits & 0b111 {
        1 => 10,
        2 => 5,
        3 => 1,
        _ => return None,
    };
    Some(Decimal { mantissa: millimetres, exponent: -1 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FULL: &str = "0eb036e7070c190e1e2d03e500d606";

    #[test]
    fn a_full_packet_and_all_its_cuts() {
        let bytes = hex::decode(FULL).unwrap();
        let w = decode(&bytes).unwrap();
        let text = |d: Option<Decimal>| d.unwrap().to_string();
        assert_eq!(
            (text(w.weight), text(w.bmi), text(w.height)),
            ("70.000".into(), "22.9".into(), "175.0".into())
        );
        assert_eq!((w.unit, w.user), (Unit::Metric, Some(3)));
        for cut in 0..bytes.len() {
            assert_eq!(decode(&bytes[..cut]), Err(Malformed::Truncated), "{cut}");
        }
        let mut long = bytes;
        long.push(0);
        assert_eq!(decode(&long), Err(Malformed::Trailing));
    }

    #[test]
    fn pounds_and_an_unsuccessful_measurement() {
        let w = decode(&[0x01, 0x49, 0x3C]).unwrap();
        assert_eq!((w.weight.unwrap().to_string(), w.unit), ("154.33".into(), Unit::Imperial));
        assert_eq!(decode(&[0x00, 0xFF, 0xFF]).unwrap().weight, None);
        assert_eq!(decode(&[0x04, 0, 0, 255]).unwrap().user, None);
    }

    #[test]
    fn steps_of_a_scale() {
        let f = decode_feature(&[0xBD, 0x01, 0, 0]).unwrap();
        assert_eq!((f.time, f.users, f.bmi), (true, false, true));
        assert_eq!(f.weight_step.unwrap().to_string(), "0.005");
        assert_eq!(f.height_step.unwrap().to_string(), "0.1");
        let none = decode_feature(&[0, 0, 0, 0xFF]).unwrap();
        assert_eq!((none.weight_step, none.height_step), (None, None));
        assert_eq!(decode_feature(&[0; 3]), Err(Malformed::Truncated));
        assert_eq!(decode_feature(&[0; 5]), Err(Malformed::Trailing));
    }

    proptest! {
        #[test]
        fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..24)) {
            let _ = decode_feature(&bytes);
            if let Ok(w) = decode(&bytes) {
                let expected = 3
                    + if w.time.is_some() { date_time::LEN } else { 0 }
                    + usize::from(bytes[0] & 0x04 != 0)
                    + if w.bmi.is_some() { 4 } else { 0 };
                prop_assert_eq!(bytes.len(), expected);
            }
        }
    }
}
