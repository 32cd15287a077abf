//! Glucose Measurement 2A18, its Feature 2A51; the Measurement Context 2A34 is in [`context`].
//!
//! ```text
//! 2A18   flags    u8   bit 0 time offset, bit 1 concentration, bit 2 mol/L instead of kg/L, bit 3 status, bit 4 context
//!        sequence u16
//!        base     7 octets, see date_time
//!        offset   i16, minutes; 7FFF and 8000 more than fits
//!        conc     SFLOAT, then u8: fluid in the low, site in the high half
//!        status   u16, see Status
//! 2A51   u16, see Feature
//! ```

pub mod context;

use salus_wire::measure::DeviceTime;

use super::date_time::{self, civil, wall_millis};
use super::number::{Value, sfloat};
use super::{Malformed, Octets};

/// The fluid code of a control solution (2A18, 2AA8).
pub const CONTROL_SOLUTION: u8 = 10;

/// The site code of a control solution (2A18, 2AA8).
pub const CONTROL_SITE: u8 = 4;

/// The fluid code of interstitial fluid (2A18, 2AA8).
pub const INTERSTITIAL: u8 = 9;

/// The unit of a concentration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Kilograms per litre.
    KgPerLitre,
    /// Moles per litre.
    MolPerLitre,
}

/// What was in the fluid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concentration {
    /// The number.
    pub value: Value,
    /// Its unit.
    pub unit: Unit,
    /// Fluid code, 4 bits: 1 and 2 capillary blood and plasma, 3 to 8 other blood, 9 interstitial, 10 control solution.
    pub fluid: u8,
    /// Site code, 4 bits: 1 finger, 2 another, 3 earlobe, 4 control solution, 15 unknown.
    pub site: u8,
}

/// What the device noticed while measuring, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Status(pub u16);

impl Status {
    /// The battery was low.
    pub const BATTERY_LOW: u16 = 1 << 0;
    /// The sensor malfunctioned.
    pub const SENSOR_MALFUNCTION: u16 = 1 << 1;
    /// Too little blood on the strip.
    pub const SAMPLE_TOO_SMALL: u16 = 1 << 2;
    /// The strip was inserted wrongly.
    pub const STRIP_INSERTION: u16 = 1 << 3;
    /// The strip is not for this device.
    pub const STRIP_TYPE: u16 = 1 << 4;
    /// Higher than the device can process.
    pub const RESULT_TOO_HIGH: u16 = 1 << 5;
    /// Lower than the device can process.
    pub const RESULT_TOO_LOW: u16 = 1 << 6;
    /// Too hot for a valid result.
    pub const TOO_HOT: u16 = 1 << 7;
    /// Too cold for a valid result.
    pub const TOO_COLD: u16 = 1 << 8;
    /// The strip was pulled too soon.
    pub const INTERRUPTED: u16 = 1 << 9;
    /// A general fault.
    pub const DEVICE_FAULT: u16 = 1 << 10;
    /// The device's time is inaccurate.
    pub const TIME_FAULT: u16 = 1 << 11;

    /// True when any bit of `bits` is set.
    #[must_use]
    pub const fn any(self, bits: u16) -> bool {
        self.0 & bits != 0
    }
}

/// What a device can notice, as bits.
///
/// 0 low battery, 1 malfunction, 2 sample size, 3 strip insertion, 4 strip type, 5 result too high or low, 6 too hot or
/// cold, 7 interruption, 8 device fault, 9 time fault, 10 several bonds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature(pub u16);

/// One measurement, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glucose {
    /// The device's number of this record.
    pub sequence: u16,
    /// The device's time before the person's corrections.
    pub base: DeviceTime,
    /// Minutes to add to the base.
    pub offset_minutes: Option<i16>,
    /// The concentration; a record may have none.
    pub concentration: Option<Concentration>,
    /// What the device noticed.
    pub status: Option<Status>,
    /// A Measurement Context with the same sequence number follows.
    pub context_follows: bool,
}

impl Glucose {
    /// The time that the device showed: base and offset. `None` when a part is unknown, when the offset is more than
    /// fits, and when the sum is no year of a Date Time.
    #[must_use]
    pub fn time(&self) -> Option<DeviceTime> {
        match self.offset_minutes {
            None | Some(0) => Some(self.base),
            Some(i16::MIN | i16::MAX) => None,
            Some(minutes) => civil(wall_millis(self.base)? + i64::from(minutes) * 60_000),
        }
    }
}

/// Decodes 2A18.
///
/// # Errors
/// A missing octet, an octet too many, or a base time with a field out of range.
pub fn decode(bytes: &[u8]) -> Result<Glucose, Malformed> {
    let mut octets = Octets::new(bytes);
    let flags = octets.u8()?;
    let sequence = octets.u16()?;
    let base = date_time::read(&mut octets)?;
    let offset_minutes = if flags & 0x01 == 0 { None } else { Some(octets.take().map(i16::from_le_bytes)?) };
    let unit = if flags & 0x04 == 0 { Unit::KgPerLitre } else { Unit::MolPerLitre };
    let concentration = if flags & 0x02 == 0 {
        None
    } else {
        let value = sfloat(octets.u16()?);
        let (fluid, site) = halves(octets.u8()?);
        Some(Concentration { value, unit, fluid, site })
    };
    let status = if flags & 0x08 == 0 { None } else { Some(Status(octets.u16()?)) };
    octets.end()?;
    Ok(Glucose { sequence, base, offset_minutes, concentration, status, context_follows: flags & 0x10 != 0 })
}

/// Decodes 2A51.
///
/// # Errors
/// Not 2 octets.
pub fn decode_feature(bytes: &[u8]) -> Result<Feature, Malformed> {
    let mut octets = Octets::new(bytes);
    let bits = octets.u16()?;
    octets.end().map(|()| Feature(bits))
}

/// The low and the high half of an octet.
pub(super) const fn halves(octet: u8) -> (u8, u8) {
    (octet & 0x0F, octet >> 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FULL: &str = "1f0200e40705150a1e2d00005100140600";

    #[test]
    fn a_full_packet_and_all_its_cuts() {
        let bytes = hex::decode(FULL).unwrap();
        let glucose = decode(&bytes).unwrap();
        let conc = glucose.concentration.unwrap();
        assert_eq!((glucose.sequence, glucose.offset_minutes, glucose.context_follows), (2, Some(0), true));
        assert_eq!((conc.value.unwrap().to_string(), conc.unit), ("81".into(), Unit::MolPerLitre));
        assert_eq!((conc.fluid, conc.site), (4, 1));
        let status = glucose.status.unwrap();
        assert!(status.any(Status::SENSOR_MALFUNCTION) && status.any(Status::SAMPLE_TOO_SMALL));
        assert!(!status.any(Status::BATTERY_LOW | Status::TIME_FAULT));
        for cut in 0..bytes.len() {
            assert_eq!(decode(&bytes[..cut]), Err(Malformed::Truncated), "{cut}");
        }
        let mut long = bytes;
        long.push(0);
        assert_eq!(decode(&long), Err(Malformed::Trailing));
    }

    #[test]
    fn the_offset_moves_the_base_both_ways() {
        let base = DeviceTime { year: 2024, month: 2, day: 29, hour: 23, minute: 50, second: 7 };
        let glucose = |offset_minutes| Glucose {
            sequence: 0,
            base,
            offset_minutes,
            concentration: None,
            status: None,
            context_follows: false,
        };
        assert_eq!(glucose(None).time(), Some(base));
        let later = DeviceTime { month: 3, day: 1, hour: 0, minute: 20, ..base };
        assert_eq!(glucose(Some(30)).time(), Some(later));
        let earlier = DeviceTime { hour: 22, ..base };
        assert_eq!(glucose(Some(-60)).time(), Some(earlier));
        assert_eq!(glucose(Some(i16::MAX)).time(), None);
        assert_eq!(glucose(Some(i16::MIN)).time(), None);
        let unknown = Glucose { base: DeviceTime { year: 0, ..base }, ..glucose(Some(1)) };
        assert_eq!(unknown.time(), None);
    }

    #[test]
    fn a_feature_is_two_octets() {
        assert_eq!(decode_feature(&[0xFF, 0x07]), Ok(Feature(0x07FF)));
        assert_eq!(decode_feature(&[0]), Err(Malformed::Truncated));
        assert_eq!(decode_feature(&[0; 3]), Err(Malformed::Trailing));
    }

    proptest! {
        #[test]
        fn never_panics_and_never_invents(mut bytes in proptest::collection::vec(any::<u8>(), 0..24), dated in any::<bool>()) {
            if dated && bytes.len() >= 10 {
                bytes[3..10].copy_from_slice(&[0xE4, 0x07, 5, 21, 10, 30, 45]);
            }
            if let Ok(g) = decode(&bytes) {
                let _ = g.time();
                let expected = 10
                    + if g.offset_minutes.is_some() { 2 } else { 0 }
                    + if g.concentration.is_some() { 3 } else { 0 }
                    + if g.status.is_some() { 2 } else { 0 };
                prop_assert_eq!(bytes.len(), expected);
            }
        }
    }
}
