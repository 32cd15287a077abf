//! Mi Scale 1 (service data 181D) and Mi Scale 2 (service data 181B, and the same octets on characteristic 2A9C).
//!
//! ```text
//! first     flags u8: bit 0 lb, bit 4 jin, bit 5 stable, bit 7 stepped off
//!           weight u16: 0.01 lb, 0.01 jin or 0.005 kg
//!           time, 7 octets, see date_time
//!
//! second    unit u8: bit 0 lb
//!           flags u8: bit 1 impedance, bit 5 stable, bit 6 jin, bit 7 stepped off
//!           time, 7 octets
//!           impedance u16, Ohm
//!           weight u16, as above
//! ```
//!
//! A jin is 0.5 kg, so its hundredth is the 0.005 kg of the metric scale: both read alike.
//!
//! The octets of the second also fit the layout of Body Composition Measurement, as a fat of about 200 %: on 2A9C the
//! device decides, not the octets. [`is_named`] knows the names that it advertises.
//!
//! # Source
//! Captures of both scales; the makers publish no layout.

mod scale;

use salus_wire::Decimal;
use salus_wire::measure::DeviceTime;

use crate::gatt::weight::Unit;
use crate::gatt::{Malformed, Octets, date_time};

pub use scale::{Heard, Scale, WAIT};

/// One packet, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weighing {
    /// Weight, kg or lb.
    pub weight: Decimal,
    /// Unit of the weight.
    pub unit: Unit,
    /// The weight does not change any more.
    pub stable: bool,
    /// The person stepped off.
    pub stepped_off: bool,
    /// Impedance, Ohm; measured after the weight, with bare feet.
    pub impedance: Option<u16>,
    /// The scale's time; `None` too when it is none, which an unstable weight can have.
    pub time: Option<DeviceTime>,
    /// The scale can measure impedance.
    pub analyser: bool,
}

/// True for the advertised names of Mi Scale 2, whose 2A9C is not the one of the specification.
#[must_use]
pub fn is_named(name: &str) -> bool {
    matches!(name, "MIBCS" | "MIBFS")
}

/// Decodes the first scale's packet.
///
/// # Errors
/// Not 10 octets.
pub fn decode_first(bytes: &[u8]) -> Result<Weighing, Malformed> {
    let mut octets = Octets::new(bytes);
    let flags = octets.u8()?;
    let unit = Unit::from_flags(flags);
    let weight = unit.mass(octets.u16()?);
    let time = time(octets.take()?);
    octets.end()?;
    let (stable, stepped_off) = (flags & 0x20 != 0, flags & 0x80 != 0);
    Ok(Weighing { weight, unit, stable, stepped_off, impedance: None, time, analyser: false })
}

/// Decodes the second scale's packet.
///
/// # Errors
/// Not 13 octets.
pub fn decode_second(bytes: &[u8]) -> Result<Weighing, Malformed> {
    let mut octets = Octets::new(bytes);
    let unit = Unit::from_flags(octets.u8()?);
    let flags = octets.u8()?;
    let time = time(octets.take()?);
    let ohm = octets.u16()?;
    let weight = unit.mass(octets.u16()?);
    octets.end()?;
    Ok(Weighing {
        weight,
        unit,
        stable: flags & 0x20 != 0,
        stepped_off: flags & 0x80 != 0,
        impedance: if flags & 0x02 == 0 { None } else { Some(ohm) },
        time,
        analyser: true,
    })
}

fn time(octets: [u8; date_time::LEN]) -> Option<DeviceTime> {
    date_time::date_time(&octets).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn second(hex: &str) -> Weighing {
        decode_second(&hex::decode(hex).unwrap()).unwrap()
    }

    #[test]
    fn the_first_scale() {
        let bytes = hex::decode("229e43e507040b101301").unwrap();
        let w = decode_first(&bytes).unwrap();
        assert_eq!((w.weight.to_string(), w.stable, w.stepped_off), ("86.550".into(), true, false));
        assert_eq!(
            w.time,
            Some(DeviceTime { year: 2021, month: 4, day: 11, hour: 16, minute: 19, second: 1 })
        );
        for cut in 0..bytes.len() {
            assert_eq!(decode_first(&bytes[..cut]), Err(Malformed::Truncated), "{cut}");
        }
        assert_eq!(decode_first(&[0; 11]), Err(Malformed::Trailing));
    }

    #[test]
    fn the_second_scale() {
        let w = second("0226e307011d113518e5014c40");
        assert_eq!((w.weight.to_string(), w.impedance), ("82.300".into(), Some(485)));
        assert_eq!((w.stable, w.stepped_off), (true, false));
        assert_eq!(second("0224b207010102 3a38fdfff03c".replace(' ', "").as_str()).impedance, None);
        assert_eq!(decode_second(&[0; 12]), Err(Malformed::Truncated));
        assert_eq!(decode_second(&[0; 14]), Err(Malformed::Trailing));
    }

    #[test]
    fn pounds_and_jin() {
        let pounds = decode_first(&[0x21, 0x49, 0x3C, 0, 0, 0, 0, 0, 0, 0]).unwrap();
        assert_eq!((pounds.weight.to_string(), pounds.unit), ("154.33".into(), Unit::Imperial));
        // 140.00 jin
        let jin = decode_first(&[0x30, 0xB0, 0x36, 0, 0, 0, 0, 0, 0, 0]).unwrap();
        assert_eq!((jin.weight.to_string(), jin.unit), ("70.000".into(), Unit::Metric));
        assert_eq!(second("0366e307011d1135180000493c").unit, Unit::Imperial);
    }

    #[test]
    fn a_time_that_is_none_is_left_out() {
        assert_eq!(second("0204ffffffffffffff0000a852").time, None);
    }

    #[test]
    fn names_of_the_second_scale() {
        assert!(is_named("MIBCS") && is_named("MIBFS") && !is_named("MI_SCALE"));
    }

    proptest! {
        #[test]
        fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..20)) {
            prop_assert_eq!(decode_first(&bytes).is_ok(), bytes.len() == 10);
            prop_assert_eq!(decode_second(&bytes).is_ok(), bytes.len() == 13);
        }
    }
}
