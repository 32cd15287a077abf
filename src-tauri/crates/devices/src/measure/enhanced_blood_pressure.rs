//! Enhanced Blood Pressure Measurement and stored Blood Pressure Record as a reading.

use salus_wire::{Component, Decimal, Quality, Quantity, Reading};

use super::clock::has_arrival;
use super::{Source, blood_pressure};
use crate::gatt::enhanced_blood_pressure::EnhancedBloodPressure;
use crate::gatt::enhanced_blood_pressure::record::Record;
use crate::{Moment, Reason};

/// An enhanced blood pressure as a reading: what holds for a plain one holds for it.
///
/// # Errors
/// As [`blood_pressure::reading`].
pub fn reading(bp: &EnhancedBloodPressure, source: &Source, arrived: Moment) -> Result<Reading, Reason> {
    blood_pressure::reading(&bp.plain(), source, arrived)
}

/// A stored record as a reading, with the device's number of it. Without a time that is believed it has the one of its
/// arrival, and is flagged as what it is: from the memory.
///
/// # Errors
/// [`Reason::Malformed`] when its value is not one of its characteristic, [`Reason::NoValue`] when that characteristic
/// is no finished blood pressure, and as [`reading`].
pub fn stored(record: &Record, source: &Source, arrived: Moment) -> Result<Reading, Reason> {
    let bp = record.blood_pressure().map_err(|_| Reason::Malformed)?.ok_or(Reason::NoValue)?;
    let mut reading = blood_pressure::reading(&bp, source, arrived)?;
    let number = Decimal::whole(i64::from(record.sequence));
    reading.components.push(Component { quantity: Quantity::RecordNumber, value: number });
    if has_arrival(&reading) {
        reading.quality = reading.quality.with(Quality::BACKFILLED);
    }
    Ok(reading)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gatt::enhanced_blood_pressure::decode;
    use crate::measure::clock::DeviceClock;
    use salus_wire::DeviceId;

    /// 2026-05-21T08:30:45Z, in a zone two hours east.
    const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 };

    fn source() -> Source {
        Source { device: DeviceId([7; 16]), link_encrypted: Some(true), clock: DeviceClock::Unknown }
    }

    #[test]
    fn the_shown_time_is_the_readings_time() {
        let bytes = hex::decode("7e790051005e00357fa1314800010200559ba131").unwrap();
        let r = reading(&decode(&bytes).unwrap(), &source(), NOW).unwrap();
        assert_eq!((r.at, r.user, r.quality), (NOW.at, Some(1), Quality(Quality::CUFF_LOOSE)));
        assert_eq!(r.device_time.unwrap().hour, 10);
        let untimed = reading(&decode(&[0, 120, 0, 80, 0, 93, 0]).unwrap(), &source(), NOW).unwrap();
        assert_eq!(untimed.quality, Quality(Quality::NO_DEVICE_TIME));
    }

    #[test]
    fn kilopascal_keep_what_was_sent() {
        let r = reading(&decode(&[1, 0xA0, 0xF0, 0x6B, 0xF0, 0x7C, 0xF0]).unwrap(), &source(), NOW).unwrap();
        assert_eq!(r.value(Quantity::Systolic).unwrap().to_string(), "120.0");
        assert_eq!(r.value(Quantity::SystolicKilopascal).unwrap().to_string(), "16.0");
        assert!(r.quality.has(Quality::CONVERTED));
    }

    #[test]
    fn a_stored_record_has_its_number() {
        let record = |uuid, value: &[u8]| Record { sequence: 65_535, uuid, value: value.to_vec() };
        let value = [0, 120, 0, 80, 0, 93, 0];
        let r = stored(&record(0x2B34, &value), &source(), NOW).unwrap();
        assert_eq!(r.value(Quantity::RecordNumber).unwrap().to_string(), "65535");
        assert!(r.quality.has(Quality::BACKFILLED) && r.quality.has(Quality::NO_DEVICE_TIME));
        assert_eq!(stored(&record(0x2B34, &value[1..]), &source(), NOW), Err(Reason::Malformed));
        assert_eq!(stored(&record(0x2B35, &value), &source(), NOW), Err(Reason::NoValue));
    }
}
