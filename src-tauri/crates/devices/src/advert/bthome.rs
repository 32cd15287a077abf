//! BTHome 2: sensors of many makers, service data FCD2.
//!
//! ```text
//! about    u8   bit 0 encrypted, bit 2 sent when something happens, bits 5..=7 version = 2
//! objects  u8 number of the kind, then its value; a kind may come twice
//! read     00 packet u8, 01 battery u8 %, 02 temperature i16 0.01, 45 i16 0.1, 57 i8 1, 58 i8 0.35,
//!          03 humidity u16 0.01 %, 2E u8 1 %, 04 pressure u24 0.01 hPa, 06 mass u16 0.01 kg, 07 mass u16 0.01 lb
//! skipped  every other kind by its width; of 53 text and 54 raw a u8 says it, of 3B command its low five bits do
//! ```
//!
//! The first of a kind is read. Kinds come in the order of their numbers and new ones get higher numbers: at a kind
//! without a known width the reading stops, and what came before holds.
//!
//! # Source
//! BTHome data format version 2, bthome.io/format.

use salus_wire::Decimal;

use super::{Air, Unread};
use crate::gatt::weight::Unit;
use crate::gatt::{Malformed, Octets};

/// What one packet says, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Values {
    /// Number of the packet: another one means new values, the same one a copy. Starts again after 255.
    pub packet: Option<u8>,
    /// Battery, %.
    pub battery: Option<u8>,
    /// Mass on a scale, and its unit.
    pub mass: Option<(Decimal, Unit)>,
    /// The air.
    pub air: Air,
}

/// Decodes service data.
///
/// # Errors
/// [`Unread::NeedsKey`] when encrypted, [`Unread::OtherFormat`] for another version, [`Unread::Malformed`] when an
/// object is cut off.
pub fn decode(bytes: &[u8]) -> Result<Values, Unread> {
    let mut octets = Octets::new(bytes);
    let about = octets.u8()?;
    if about >> 5 != 2 {
        return Err(Unread::OtherFormat);
    }
    if about & 0x01 != 0 {
        return Err(Unread::NeedsKey);
    }
    let mut values = Values::default();
    while !octets.is_empty() {
        let kind = octets.u8()?;
        if !known(&mut values, kind, &mut octets)? && !skip(kind, &mut octets)? {
            break;
        }
    }
    Ok(values)
}

/// Reads an object that has a place in [`Values`]; false when it has none.
fn known(values: &mut Values, kind: u8, octets: &mut Octets<'_>) -> Result<bool, Malformed> {
    let decimal = |mantissa: i64, exponent| Decimal { mantissa, exponent };
    let signed = |octet: u8| i64::from(octet.cast_signed());
    let air = &mut values.air;
    match kind {
        0x00 => first(&mut values.packet, octets.u8()?),
        0x01 => first(&mut values.battery, octets.u8()?),
        0x02 => first(&mut air.temperature, decimal(octets.u16()?.cast_signed().into(), -2)),
        0x45 => first(&mut air.temperature, decimal(octets.u16()?.cast_signed().into(), -1)),
        0x57 => first(&mut air.temperature, decimal(signed(octets.u8()?), 0)),
        0x58 => first(&mut air.temperature, decimal(signed(octets.u8()?) * 35, -2)),
        0x03 => first(&mut air.humidity, decimal(octets.u16()?.into(), -2)),
        0x2E => first(&mut air.humidity, decimal(octets.u8()?.into(), 0)),
        0x04 => {
            let [low, middle, high] = octets.take()?;
            first(&mut air.pressure, decimal(u32::from_le_bytes([low, middle, high, 0]).into(), -2));
        }
        0x06 => first(&mut values.mass, (decimal(octets.u16()?.into(), -2), Unit::Metric)),
        0x07 => first(&mut values.mass, (decimal(octets.u16()?.into(), -2), Unit::Imperial)),
        _ => return Ok(false),
    }
    Ok(true)
}

fn first<T>(slot: &mut Option<T>, value: T) {
    slot.get_or_insert(value);
}

/// Skips an object by its width; false when that is not known.
fn skip(kind: u8, octets: &mut Octets<'_>) -> Result<bool, Malformed> {
    let width = match kind {
        0x53 | 0x54 => octets.u8()?,
        // The command's own number comes before its arguments.
        0x3B => (octets.u8()? & 0x1F) + 1,
        0x09 | 0x0F..=0x11 | 0x15..=0x2D | 0x2F | 0x3A | 0x46 | 0x59 | 0x60 | 0x64 | 0x65 => 1,
        0x08 | 0x0C..=0x0E | 0x12..=0x14 | 0x3C | 0x3D | 0x3F..=0x41 | 0x43 | 0x44 => 2,
        0x47..=0x4A | 0x51 | 0x52 | 0x56 | 0x5A | 0x5D..=0x5F | 0x61 | 0xF0 => 2,
        0x05 | 0x0A | 0x0B | 0x42 | 0x4B | 0xF2 => 3,
        0x3E | 0x4C..=0x50 | 0x55 | 0x5B | 0x5C | 0x62 | 0x63 | 0xF1 => 4,
        _ => return Ok(false),
    };
    for _ in 0..width {
        octets.u8()?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(hex: &str) -> Result<Values, Unread> {
        decode(&hex::decode(hex).unwrap())
    }

    fn text(value: Option<Decimal>) -> String {
        value.map(|v| v.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_room() {
        let v = read("400009016102c409 03bf13 04138a01".replace(' ', "").as_str()).unwrap();
        assert_eq!((v.packet, v.battery, v.mass), (Some(9), Some(97), None));
        assert_eq!(
            (text(v.air.temperature), text(v.air.humidity), text(v.air.pressure)),
            ("25.00".into(), "50.55".into(), "1008.83".into())
        );
    }

    #[test]
    fn coarse_kinds_and_the_first_of_two() {
        for (hex, temperature) in
            [("40451101", "27.3"), ("4057ea", "-22"), ("4058ea", "-7.70"), ("4002c40902 0000", "25.00")]
        {
            assert_eq!(text(read(&hex.replace(' ', "")).unwrap().air.temperature), temperature);
        }
        assert_eq!(text(read("402e23").unwrap().air.humidity), "35");
    }

    #[test]
    fn a_scale_in_kilogram_or_pound() {
        for (hex, mass, unit) in [("44065e1f", "80.30", Unit::Metric), ("44073e1d", "74.86", Unit::Imperial)]
        {
            let (value, got) = read(hex).unwrap().mass.unwrap();
            assert_eq!((value.to_string().as_str(), got), (mass, unit));
        }
    }

    #[test]
    fn other_kinds_are_skipped_and_an_unknown_one_ends() {
        // Text of 3 octets, a command of 2 arguments, a count of 4 octets; then a temperature.
        let v = read("40 5303616263 3b02010203 3e01020304 450100".replace(' ', "").as_str()).unwrap();
        assert_eq!(text(v.air.temperature), "0.1");
        let v = read("40016102c409ee02ffff").unwrap();
        assert_eq!((v.battery, text(v.air.temperature)), (Some(97), "25.00".into()));
        assert_eq!(read("40").unwrap(), Values::default());
    }

    #[test]
    fn what_is_not_read() {
        assert_eq!(read("41a47266c95f730011223378237214"), Err(Unread::NeedsKey));
        assert_eq!(read("2002c409"), Err(Unread::OtherFormat));
        for cut in ["", "4002c4", "4004138a", "40530361", "4054", "403b01", "4009"] {
            assert_eq!(read(cut), Err(Malformed::Truncated.into()), "{cut}");
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            if let Ok(v) = decode(&bytes) {
                let read = [v.packet.is_some(), v.battery.is_some(), v.mass.is_some()].iter().filter(|is| **is).count()
                    + [v.air.temperature, v.air.humidity, v.air.pressure].iter().flatten().count();
                prop_assert!(2 * read < bytes.len());
            }
        }
    }
}
