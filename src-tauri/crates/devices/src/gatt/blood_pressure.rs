//! Blood Pressure Measurement 2A35 and Intermediate Cuff Pressure 2A36.
//!
//! ```text
//! flags  u8   bit 0 kPa instead of mmHg, bit 1 time, bit 2 pulse, bit 3 user, bit 4 status
//! 2A35   SFLOAT systolic, SFLOAT diastolic, SFLOAT mean
//! 2A36   SFLOAT cuff, two unused SFLOAT
//! time   7 octets, see date_time
//! pulse  SFLOAT, /min
//! user   u8, 255 unknown
//! status u16  bit 0 movement, 1 cuff loose, 2 irregular pulse, 3 and 4 pulse range (00 inside, 01 above, 10 below),
//!             5 wrong position
//! ```

use salus_wire::measure::DeviceTime;

use super::number::{Value, sfloat};
use super::{Malformed, Octets, date_time};

/// The unit of a packet's pressures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Millimetres of mercury.
    MmHg,
    /// Kilopascal.
    KPa,
}

/// Where the pulse was against the device's range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PulseRange {
    /// Inside.
    Inside,
    /// Above the upper limit.
    Above,
    /// Below the lower limit.
    Below,
    /// The reserved code.
    Reserved,
}

/// What the device noticed while measuring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// The body moved.
    pub movement: bool,
    /// The cuff was too loose.
    pub cuff_loose: bool,
    /// The pulse was irregular.
    pub irregular_pulse: bool,
    /// The pulse against the device's range.
    pub pulse_range: PulseRange,
    /// The measuring position was wrong.
    pub bad_position: bool,
}

/// What both characteristics say beside the pressures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// Unit of the pressures.
    pub unit: Unit,
    /// The device's time.
    pub time: Option<DeviceTime>,
    /// Pulse, /min.
    pub pulse: Option<Value>,
    /// User index; the code for unknown is `None`.
    pub user: Option<u8>,
    /// What the device noticed.
    pub status: Option<Status>,
}

/// One measurement, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BloodPressure {
    /// Systolic.
    pub systolic: Value,
    /// Diastolic.
    pub diastolic: Value,
    /// Mean arterial pressure.
    pub mean: Value,
    /// Unit, time, pulse, user, status.
    pub context: Context,
}

/// The cuff's pressure while it measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CuffPressure {
    /// Pressure now.
    pub cuff: Value,
    /// Unit, time, pulse, user, status.
    pub context: Context,
}

/// Decodes 2A35.
///
/// # Errors
/// A missing octet, an octet too many, or a time with a field out of range.
pub fn decode(bytes: &[u8]) -> Result<BloodPressure, Malformed> {
    let ([systolic, diastolic, mean], context) = read(bytes)?;
    Ok(BloodPressure {
        systolic: sfloat(systolic),
        diastolic: sfloat(diastolic),
        mean: sfloat(mean),
        context,
    })
}

/// Decodes 2A36.
///
/// # Errors
/// As [`decode`].
pub fn decode_cuff(bytes: &[u8]) -> Result<CuffPressure, Malformed> {
    let ([cuff, _, _], context) = read(bytes)?;
    Ok(CuffPressure { cuff: sfloat(cuff), context })
}

fn read(bytes: &[u8]) -> Result<([u16; 3], Context), Malformed> {
    let mut octets = Octets::new(bytes);
    let flags = octets.u8()?;
    let pressures = [octets.u16()?, octets.u16()?, octets.u16()?];
    let unit = if flags & 0x01 == 0 { Unit::MmHg } else { Unit::KPa };
    let time = if flags & 0x02 == 0 { None } else { Some(date_time::read(&mut octets)?) };
    let pulse = if flags & 0x04 == 0 { None } else { Some(sfloat(octets.u16()?)) };
    let user = if flags & 0x08 == 0 { None } else { Some(octets.u8()?).filter(|u| *u != 255) };
    let status = if flags & 0x10 == 0 { None } else { Some(status(octets.u16()?)) };
    octets.end()?;
    Ok((pressures, Context { unit, time, pulse, user, status }))
}

pub(super) const fn status(bits: u16) -> Status {
    Status {
        movement: bits & 0x01 != 0,
        cuff_loose: bits & 0x02 != 0,
        irregular_pulse: bits & 0x04 != 0,
        pulse_range: match bits >> 3 & 0b11 {
            0b00 => PulseRange::Inside,
            0b01 => PulseRange::Above,
            0b10 => PulseRange::Below,
            _ => PulseRange::Reserved,
        },
        bad_position: bits & 0x20 != 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FULL: &str = "1f790051006a00e40705150a1e2d4800010600";

    #[test]
    fn a_full_packet_and_all_its_cuts() {
        let bytes = hex::decode(FULL).unwrap();
        let bp = decode(&bytes).unwrap();
        assert_eq!(bp.systolic.unwrap().to_string(), "121");
        assert_eq!(bp.context.unit, Unit::KPa);
        assert_eq!(bp.context.user, Some(1));
        assert!(bp.context.status.unwrap().irregular_pulse);
        for cut in 0..bytes.len() {
            assert_eq!(decode(&bytes[..cut]), Err(Malformed::Truncated), "{cut}");
        }
        let mut long = bytes;
        long.push(0);
        assert_eq!(decode(&long), Err(Malformed::Trailing));
    }

    #[test]
    fn a_cuff_pressure_has_no_diastolic() {
        let bytes = hex::decode("0051 00ff07ff07".replace(' ', "")).unwrap();
        assert_eq!(decode_cuff(&bytes).unwrap().cuff.unwrap().to_string(), "81");
    }

    #[test]
    fn user_255_is_unknown() {
        assert_eq!(decode(&[0x08, 120, 0, 80, 0, 93, 0, 255]).unwrap().context.user, None);
        assert_eq!(decode(&[0x08, 120, 0, 80, 0, 93, 0, 254]).unwrap().context.user, Some(254));
    }

    proptest! {
        #[test]
        fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            if let Ok(bp) = decode(&bytes) {
                let c = bp.context;
                let user = usize::from(bytes[0] & 0x08 != 0);
                let expected = 7
                    + if c.time.is_some() { date_time::LEN } else { 0 }
                    + if c.pulse.is_some() { 2 } else { 0 }
                    + user
                    + if c.status.is_some() { 2 } else { 0 };
                prop_assert_eq!(bytes.len(), expected);
            }
        }
    }
}
