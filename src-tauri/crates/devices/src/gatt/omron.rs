//! A record in the memory of an OMRON cuff of the HEM-7188 family, as its own transfer protocol hands it out.
//!
//! ```text
//! systolic  u8    mmHg less 25
//! diastolic u8    mmHg
//! pulse     u8    /min
//! year      u8    less 2000
//! bits      u16   0..=4 hour, 5..=9 day, 10..=13 month, 14 irregular pulse, 15 movement
//! bits      u16   0..=5 second, 6..=11 minute, 12 cuff fitted
//! 8 octets that say nothing we know
//! ```
//!
//! The protocol around it is the maker's own and is not spoken here: this reads records that somebody has dumped.
//!
//! # Source
//! A captured record with the values that the maker's display showed (facts of a public issue thread).

use salus_wire::Decimal;
use salus_wire::measure::DeviceTime;

use super::blood_pressure::{BloodPressure, Context, PulseRange, Status, Unit};
use super::number::Special;
use super::{Malformed, Octets, date_time};

/// Octets of a record.
pub const LEN: usize = 16;

/// Decodes a record.
///
/// # Errors
/// Not 16 octets, or a time with a field out of range, as an empty record has.
pub fn decode(bytes: &[u8]) -> Result<BloodPressure, Malformed> {
    let mut octets = Octets::new(bytes);
    let [systolic, diastolic, pulse, year] = octets.take()?;
    let (day, minute) = (octets.u16()?, octets.u16()?);
    octets.take::<8>()?;
    octets.end()?;
    let bits = |word: u16, from: u32, width: u32| {
        let [_, low] = (word >> from & ((1 << width) - 1)).to_be_bytes();
        low
    };
    let [y0, y1] = (2000 + u16::from(year)).to_le_bytes();
    let wall =
        [y0, y1, bits(day, 10, 4), bits(day, 5, 5), bits(day, 0, 5), bits(minute, 6, 6), bits(minute, 0, 6)];
    let time: DeviceTime = date_time::date_time(&wall)?;
    let mmhg = |n: i64| Ok(Decimal::whole(n));
    let status = Status {
        movement: day & 0x8000 != 0,
        cuff_loose: minute & 0x1000 == 0,
        irregular_pulse: day & 0x4000 != 0,
        pulse_range: PulseRange::Inside,
        bad_position: false,
    };
    Ok(BloodPressure {
        systolic: mmhg(i64::from(systolic) + 25),
        diastolic: mmhg(i64::from(diastolic)),
        mean: Err(Special::NotANumber),
        context: Context {
            unit: Unit::MmHg,
            time: Some(time),
            pulse: Some(mmhg(i64::from(pulse))),
            user: None,
            status: Some(status),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_dumped_record() {
        let bytes = hex::decode("7d5d461a2b2541160000200000010200").unwrap();
        let bp = decode(&bytes).unwrap();
        assert_eq!(bp.systolic.unwrap().to_string(), "150");
        let time = DeviceTime { year: 2026, month: 9, day: 9, hour: 11, minute: 25, second: 1 };
        assert_eq!(bp.context.time, Some(time));
        assert!(!bp.context.status.unwrap().cuff_loose);
        assert_eq!(decode(&bytes[..15]), Err(Malformed::Truncated));
        assert_eq!(decode(&[0xFF; 16]), Err(Malformed::Undefined), "an empty place");
    }

    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..24)) {
            prop_assert!(decode(&bytes).is_err() || bytes.len() == LEN);
        }
    }
}
