use super::blood_pressure::reading as blood_pressure;
use super::heart_rate::reading as heart_rate;
use super::*;
use crate::gatt;
use crate::{Moment, Reason};
use salus_wire::measure::DeviceTime;
use salus_wire::{Category, Quantity, Reading};

const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 0 };

fn source() -> Source {
    Source { device: DeviceId([7; 16]), link_encrypted: Some(true), clock: DeviceClock::Unknown }
}

fn bp(hex: &str) -> Result<Reading, Reason> {
    blood_pressure(&gatt::blood_pressure::decode(&hex::decode(hex).unwrap()).unwrap(), &source(), NOW)
}

#[test]
fn a_strap_packet_becomes_a_reading() {
    let hr = gatt::heart_rate::decode(&[0x1E, 72, 10, 0, 0x00, 0x04, 0x41, 0x03]).unwrap();
    let r = heart_rate(&hr, &Source { link_encrypted: Some(false), ..source() }, NOW).unwrap();
    let values: Vec<String> = r.components.iter().map(|c| format!("{:?} {}", c.quantity, c.value)).collect();
    assert_eq!(values, ["HeartRate 72", "EnergyExpended 10", "RrInterval 1000.0", "RrInterval 813.5"]);
    assert_eq!(r.quality, Quality(Quality::LINK_OPEN | Quality::NO_DEVICE_TIME));
    assert_eq!((r.at, r.arrived, r.category), (NOW.at, NOW.at, Category::HeartRate));
}

#[test]
fn an_energy_of_that_or_more_is_no_value() {
    for (octets, energy) in [([0xFE, 0xFF], Some(65_534)), ([0xFF, 0xFF], None)] {
        let hr = gatt::heart_rate::decode(&[8, 72, octets[0], octets[1]]).unwrap();
        let r = heart_rate(&hr, &source(), NOW).unwrap();
        assert_eq!(r.value(Quantity::EnergyExpended).map(|v| v.mantissa), energy);
        assert_eq!(r.value(Quantity::HeartRate).map(|v| v.mantissa), Some(72));
    }
}

#[test]
fn a_lost_contact_is_flagged_not_dropped() {
    let hr = gatt::heart_rate::decode(&[0x04, 255]).unwrap();
    assert!(heart_rate(&hr, &source(), NOW).unwrap().quality.has(Quality::NO_CONTACT));
}

#[test]
fn a_rate_nobody_has_is_refused() {
    for (bpm, reason) in [(0, Reason::NoValue), (19, Reason::Impossible)] {
        let hr = gatt::heart_rate::decode(&[0, bpm]).unwrap();
        assert_eq!(heart_rate(&hr, &source(), NOW), Err(reason), "{bpm}");
    }
    let hr = gatt::heart_rate::decode(&[1, 0x2D, 0x01]).unwrap();
    assert_eq!(heart_rate(&hr, &source(), NOW), Err(Reason::Impossible));
}

#[test]
fn a_full_packet_of_intervals_fits_a_reading() {
    let mut bytes = vec![0x18, 60, 0, 0];
    bytes.extend([0; 2 * gatt::heart_rate::MAX_RR]);
    let r = heart_rate(&gatt::heart_rate::decode(&bytes).unwrap(), &source(), NOW).unwrap();
    assert_eq!(r.components.len(), Reading::MAX_COMPONENTS);
}

#[test]
fn kilopascal_are_converted_and_flagged() {
    let r = bp("15bdf00b009ff03c001200").unwrap();
    assert_eq!(r.value(Quantity::Systolic).unwrap().to_string(), "141.8");
    assert_eq!(r.value(Quantity::Diastolic).unwrap().to_string(), "82.5");
    assert_eq!(r.value(Quantity::PulseRate).unwrap().to_string(), "60");
    let flags = Quality::CONVERTED | Quality::CUFF_LOOSE | Quality::PULSE_RANGE | Quality::NO_DEVICE_TIME;
    assert_eq!(r.quality, Quality(flags));
}

#[test]
fn kilopascal_that_were_millimetres_are_impossible() {
    assert_eq!(bp("1f790051006a00e40705150a1e2d4800010600"), Err(Reason::Impossible));
}

#[test]
fn a_time_without_year_stays_raw_and_the_arrival_stands_in() {
    let r = bp("1e8a00580078000000041114293b3c00012700").unwrap();
    assert_eq!(r.at, NOW.at);
    let raw = DeviceTime { year: 0, month: 4, day: 17, hour: 20, minute: 41, second: 59 };
    assert_eq!((r.device_time, r.user), (Some(raw), Some(1)));
    assert!(r.quality.has(Quality::NO_DEVICE_TIME | Quality::MOVEMENT | Quality::BAD_POSITION));
}

#[test]
fn pressures_must_make_sense_together() {
    // Packets of systolic, diastolic, mean in mmHg.
    for (s, d, m, expected) in [
        (120, 80, 93, None),
        (120, 80, 0, None),
        (120, 80, 0x07FF, None),
        (120, 80, 130, Some(Reason::Impossible)),
        (80, 120, 93, Some(Reason::Impossible)),
        (100, 100, 100, Some(Reason::Impossible)),
        (0x07FF, 80, 93, Some(Reason::NoValue)),
        (0x07FE, 80, 93, Some(Reason::AboveRange)),
        (120, 0x0802, 93, Some(Reason::BelowRange)),
        (0x0800, 80, 93, Some(Reason::Unresolved)),
        (0x0801, 80, 93, Some(Reason::Reserved)),
        // What may be missing is left out, for whatever reason.
        (120, 80, 0x07FE, None),
        (120, 80, 0x0801, None),
        (301, 80, 93, Some(Reason::Impossible)),
        (39, 30, 33, Some(Reason::Impossible)),
    ] {
        let mut bytes = vec![0];
        for v in [s, d, m] {
            bytes.extend(u16::to_le_bytes(v));
        }
        let got = blood_pressure(&gatt::blood_pressure::decode(&bytes).unwrap(), &source(), NOW);
        assert_eq!(got.err(), expected, "{s} {d} {m}");
    }
}
