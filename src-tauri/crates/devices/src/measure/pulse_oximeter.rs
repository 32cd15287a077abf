//! PLX Spot-Check and Continuous Measurement as a reading.
//!
//! | the device says | the reading |
//! |---|---|
//! | demonstration, testing | refused, [`Reason::NotThePatient`] |
//! | unavailable, invalid | refused, [`Reason::NoValue`] |
//! | early estimate, calibrating, analysing; ongoing and not yet validated or qualified | `PROVISIONAL` |
//! | questionable, fault of device or sensor, unknown or no sensor, display lags | `QUESTIONABLE` |
//! | low perfusion; inadequate, poor, erratic, disturbed or no pulsating signal | `LOW_SIGNAL` |
//! | sensor displaced; on nobody | `BAD_POSITION`; `NO_CONTACT` |
//! | from storage | `BACKFILLED` |
//! | clock not set | its time is kept, by which copies are known, and not believed: the arrival is the reading's |

use salus_wire::{Category, Quality, Quantity, Reading};

use super::clock::Verdict;
use super::{Draft, Source};
use crate::gatt::pulse_oximeter::{Context, Continuous, Oxygen, Sensor, SpotCheck, Status};
use crate::{Moment, Reason};

/// A spot check as a reading. A pulse of 0 or without a value is left out.
///
/// # Errors
/// [`Reason::NotThePatient`] for demonstrations and tests, [`Reason::NoValue`] without a saturation,
/// [`Reason::Impossible`] outside the ranges.
pub fn spot_check(spot: &SpotCheck, source: &Source, arrived: Moment) -> Result<Reading, Reason> {
    let draft = draft(spot.oxygen, &spot.context, source)?;
    let verdict = source.clock.verdict(spot.time, arrived);
    let unset = spot.clock_not_set && !verdict.has_no_time();
    let verdict = if unset { Verdict::unbelieved(arrived) } else { verdict };
    draft.judged(Category::OxygenSaturation, verdict, spot.time, arrived, None)
}

/// A continuous packet as a reading, with its normal values: fast and slow are the same signal, averaged otherwise. The
/// time of arrival is its time: the packet carries none.
///
/// # Errors
/// As [`spot_check`].
pub fn continuous(packet: &Continuous, source: &Source, arrived: Moment) -> Result<Reading, Reason> {
    draft(packet.normal, &packet.context, source)?.untimed(Category::OxygenSaturation, arrived)
}

fn draft<'a>(oxygen: Oxygen, context: &Context, source: &'a Source) -> Result<Draft<'a>, Reason> {
    let status = context.status.unwrap_or_default();
    if status.any(Status::DEMONSTRATION | Status::TESTING) {
        return Err(Reason::NotThePatient);
    }
    if status.any(Status::UNAVAILABLE | Status::INVALID) {
        return Err(Reason::NoValue);
    }
    let mut draft = Draft::new(source);
    draft.require(Quantity::OxygenSaturation, oxygen.saturation)?;
    draft.include(Quantity::PulseRate, Some(oxygen.pulse))?;
    draft.include(Quantity::PulseAmplitudeIndex, context.amplitude)?;
    flags(&mut draft, status, context.sensor.unwrap_or_default());
    Ok(draft)
}

fn flags(draft: &mut Draft<'_>, status: Status, sensor: Sensor) {
    let finished = status.any(Status::VALIDATED | Status::FULLY_QUALIFIED);
    let early = status.any(Status::EARLY_ESTIMATE | Status::CALIBRATING) || sensor.any(Sensor::ANALYSING);
    draft.flag(early || (status.any(Status::ONGOING) && !finished), Quality::PROVISIONAL);
    draft.flag(status.any(Status::FROM_STORAGE), Quality::BACKFILLED);
    let doubt = Sensor::DISPLAY_LAGS
        | Sensor::DEVICE_FAULT
        | Sensor::IRREGULAR_PROCESSING
        | Sensor::QUESTIONABLE_PULSE
        | Sensor::UNKNOWN_SENSOR
        | Sensor::SENSOR_FAULT
        | Sensor::DISCONNECTED;
    draft.flag(status.any(Status::QUESTIONABLE) || sensor.any(doubt), Quality::QUESTIONABLE);
    let weak = Sensor::INADEQUATE_SIGNAL
        | Sensor::POOR_SIGNAL
        | Sensor::LOW_PERFUSION
        | Sensor::ERRATIC_SIGNAL
        | Sensor::NO_PULSATION
        | Sensor::INTERFERENCE;
    draft.flag(sensor.any(weak), Quality::LOW_SIGNAL);
    draft.flag(sensor.any(Sensor::DISPLACED), Quality::BAD_POSITION);
    draft.flag(sensor.any(Sensor::OFF_USER), Quality::NO_CONTACT);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gatt::pulse_oximeter as gatt;
    use crate::measure::clock::DeviceClock;
    use salus_wire::DeviceId;

    const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 0 };

    fn source() -> Source {
        Source { device: DeviceId([7; 16]), link_encrypted: Some(true), clock: DeviceClock::Unknown }
    }

    /// A continuous packet of 98 % and 72 /min with status and sensor bits.
    fn with(status: u16, sensor: u32) -> Result<Reading, Reason> {
        let [a, b] = status.to_le_bytes();
        let [c, d, e, _] = sensor.to_le_bytes();
        let packet = gatt::continuous(&[0x0C, 98, 0, 72, 0, a, b, c, d, e]).unwrap();
        continuous(&packet, &source(), NOW)
    }

    #[test]
    fn values_and_amplitude_are_kept() {
        let packet = gatt::continuous(&[0x10, 98, 0, 72, 0, 0x22, 0xF0]).unwrap();
        let r = continuous(&packet, &source(), NOW).unwrap();
        let values: Vec<String> =
            r.components.iter().map(|c| format!("{:?} {}", c.quantity, c.value)).collect();
        assert_eq!(values, ["OxygenSaturation 98", "PulseRate 72", "PulseAmplitudeIndex 3.4"]);
        assert_eq!((r.category, r.at), (Category::OxygenSaturation, NOW.at));
    }

    #[test]
    fn every_bit_goes_to_its_place() {
        let quiet = Quality::NO_DEVICE_TIME;
        for (bit, flag) in [
            (5, Quality::PROVISIONAL),
            (6, Quality::PROVISIONAL),
            (7, 0),
            (8, 0),
            (9, Quality::BACKFILLED),
            (12, Quality::PROVISIONAL),
            (14, Quality::QUESTIONABLE),
        ] {
            assert_eq!(with(1 << bit, 0).unwrap().quality, Quality(quiet | flag), "status {bit}");
        }
        for (bits, flag) in [
            (&[0, 1, 2, 8, 12, 14, 15][..], Quality::QUESTIONABLE),
            (&[3, 4, 5, 6, 7, 10], Quality::LOW_SIGNAL),
            (&[9], Quality::PROVISIONAL),
            (&[11], Quality::NO_CONTACT),
            (&[13], Quality::BAD_POSITION),
            (&[16, 23], 0),
        ] {
            for bit in bits {
                assert_eq!(with(0, 1 << bit).unwrap().quality, Quality(quiet | flag), "sensor {bit}");
            }
        }
        let validated = with(Status::ONGOING | Status::VALIDATED, 0).unwrap();
        assert_eq!(validated.quality, Quality(quiet), "a validated value is not provisional");
    }

    #[test]
    fn what_is_no_measurement_of_the_patient_is_refused() {
        for (status, reason) in [
            (Status::DEMONSTRATION, Reason::NotThePatient),
            (Status::TESTING | Status::INVALID, Reason::NotThePatient),
            (Status::UNAVAILABLE, Reason::NoValue),
            (Status::INVALID, Reason::NoValue),
        ] {
            assert_eq!(with(status, 0), Err(reason), "{status:04x}");
        }
        for (saturation, reason) in
            [(0x07FF, Reason::NoValue), (0, Reason::NoValue), (101, Reason::Impossible)]
        {
            let [a, b] = u16::to_le_bytes(saturation);
            let packet = gatt::continuous(&[0, a, b, 72, 0]).unwrap();
            assert_eq!(continuous(&packet, &source(), NOW), Err(reason));
        }
    }

    #[test]
    fn a_clock_that_was_never_set_is_not_believed() {
        let bytes = [0x01, 98, 0, 0xFF, 0x07, 0xEA, 0x07, 5, 21, 8, 30, 45];
        let set = spot_check(&gatt::spot_check(&bytes).unwrap(), &source(), NOW).unwrap();
        assert_eq!((set.at, set.quality), (NOW.at, Quality(0)));
        assert_eq!(set.value(Quantity::PulseRate), None, "a pulse without value is left out");
        let mut unset = bytes;
        unset[0] |= 0x10;
        // Nor by how it differs from ours: it may have been set back since the record was made.
        let behind = Source { clock: DeviceClock::Behind(3_600_000), ..source() };
        for source in [source(), behind] {
            let r = spot_check(&gatt::spot_check(&unset).unwrap(), &source, NOW).unwrap();
            assert_eq!((r.at, r.quality), (NOW.at, Quality(Quality::CLOCK_CORRECTED)));
            assert_eq!(r.device_time.map(|t| t.minute), Some(30), "kept as sent");
        }
        unset[5] = 0;
        unset[6] = 0;
        let r = spot_check(&gatt::spot_check(&unset).unwrap(), &source(), NOW).unwrap();
        assert_eq!(r.quality, Quality(Quality::NO_DEVICE_TIME));
    }
}
