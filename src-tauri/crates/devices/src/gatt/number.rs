//! IEEE 11073-20601 SFLOAT and FLOAT, as the decimals they are.
//!
//! ```text
//! SFLOAT  16 bits: exponent  4 (signed), mantissa 12 (signed)
//! FLOAT   32 bits: exponent  8 (signed), mantissa 24 (signed)
//! value = mantissa * 10^exponent; the exponent carries the precision: F014 is "2.0", not "2"
//! ```
//!
//! Five codes with exponent 0 are reasons instead of values; they never become a number.

use salus_wire::Decimal;

/// Why there is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Special {
    /// The device has no value.
    #[error("not a number")]
    NotANumber,
    /// The value cannot be given at this resolution.
    #[error("not at this resolution")]
    NotAtThisResolution,
    /// Above the range.
    #[error("positive infinity")]
    PositiveInfinity,
    /// Below the range.
    #[error("negative infinity")]
    NegativeInfinity,
    /// Reserved for future use.
    #[error("reserved")]
    Reserved,
}

/// A number, or the reason why there is none.
pub type Value = Result<Decimal, Special>;

/// Decodes a 16-bit number.
///
/// # Errors
/// The reason, for the codes 07FE, 07FF, 0800, 0801 and 0802.
pub const fn sfloat(raw: u16) -> Value {
    match raw {
        0x07FF => Err(Special::NotANumber),
        0x0800 => Err(Special::NotAtThisResolution),
        0x07FE => Err(Special::PositiveInfinity),
        0x0802 => Err(Special::NegativeInfinity),
        0x0801 => Err(Special::Reserved),
        _ => {
            let signed = raw.cast_signed();
            // Shifting left and back right extends the sign of the 12-bit mantissa.
            let mantissa = (signed << 4) >> 4;
            // -8..=7 fits one octet: the high one is only its sign.
            let [_, exponent] = (signed >> 12).to_be_bytes();
            Ok(Decimal { mantissa: mantissa as i64, exponent: exponent.cast_signed() })
        }
    }
}

/// Decodes a 32-bit number.
///
/// # Errors
/// The reason, for the codes 007FFFFE, 007FFFFF, 00800000, 00800001 and 00800002.
pub const fn float(raw: u32) -> Value {
    match raw {
        0x007F_FFFF => Err(Special::NotANumber),
        0x0080_0000 => Err(Special::NotAtThisResolution),
        0x007F_FFFE => Err(Special::PositiveInfinity),
        0x0080_0002 => Err(Special::NegativeInfinity),
        0x0080_0001 => Err(Special::Reserved),
        _ => {
            let mantissa = (raw.cast_signed() << 8) >> 8;
            let [exponent, ..] = raw.to_be_bytes();
            Ok(Decimal { mantissa: mantissa as i64, exponent: exponent.cast_signed() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_exponent_keeps_the_precision() {
        for (raw, text) in [
            (0x0002, "2"),
            (0xF014, "2.0"),
            (0xE0C8, "2.00"),
            (0x2002, "200"),
            (0xFE01, "-51.1"),
            (0x8001, "0.00000001"),
            (0x77FF, "20470000000"),
        ] {
            assert_eq!(sfloat(raw).unwrap().to_string(), text, "{raw:04x}");
        }
        assert_eq!(float(0xFF00_0014).unwrap().to_string(), "2.0");
        assert_eq!(float(0xFFFF_FFFF).unwrap().to_string(), "-0.1");
        assert_eq!(float(0x7F7F_FFFF).unwrap().mantissa, 8_388_607);
    }

    #[test]
    fn five_codes_are_reasons() {
        use Special::{NegativeInfinity, NotANumber, NotAtThisResolution, PositiveInfinity, Reserved};
        for (short, long, why) in [
            (0x07FF, 0x007F_FFFF, NotANumber),
            (0x0800, 0x0080_0000, NotAtThisResolution),
            (0x07FE, 0x007F_FFFE, PositiveInfinity),
            (0x0802, 0x0080_0002, NegativeInfinity),
            (0x0801, 0x0080_0001, Reserved),
        ] {
            assert_eq!(sfloat(short), Err(why));
            assert_eq!(float(long), Err(why));
        }
        // The same mantissas with an exponent are numbers.
        assert_eq!(sfloat(0xF7FF).unwrap().to_string(), "204.7");
    }

    #[test]
    fn every_short_number_is_in_range() {
        for raw in 0..=u16::MAX {
            if let Ok(d) = sfloat(raw) {
                assert!((-2048..=2047).contains(&d.mantissa) && (-8..=7).contains(&d.exponent), "{raw:04x}");
            }
        }
    }

    proptest! {
        /// Nothing is lost and nothing is made up: the octets come out again.
        #[test]
        fn a_long_number_is_its_octets(raw in any::<u32>()) {
            match float(raw) {
                Ok(d) => {
                    prop_assert!((-0x80_0000..=0x7F_FFFF).contains(&d.mantissa));
                    let [low, middle, high, ..] = d.mantissa.to_le_bytes();
                    let [exponent] = d.exponent.to_le_bytes();
                    prop_assert_eq!(u32::from_le_bytes([low, middle, high, exponent]), raw);
                }
                Err(_) => prop_assert!((0x007F_FFFE..=0x0080_0002).contains(&raw)),
            }
        }
    }
}
