use proptest::prelude::*;
use salus_wire::{DeviceId, measure::DeviceTime};

use super::*;
use crate::gatt::glucose::{context, decode};
use crate::measure::clock::DeviceClock;

/// 2020-05-21T10:40:45Z.
const NOW: Moment = Moment { at: 1_590_057_645_000, utc_offset_minutes: 0 };

fn source() -> Source {
    Source { device: DeviceId([7; 16]), link_encrypted: Some(true), clock: DeviceClock::Unknown }
}

fn read(hex: &str) -> Result<Reading, Reason> {
    reading(&decode(&hex::decode(hex).unwrap()).unwrap(), None, &source(), NOW)
}

fn values(reading: &Reading) -> Vec<String> {
    reading.components.iter().map(|c| format!("{:?} {}", c.quantity, c.value)).collect()
}

/// Record 2 of 2020-05-21T10:30:45; flags, SFLOAT, fluid and site vary.
fn packet(flags: u8, conc: u16, fluid_site: u8) -> String {
    let mut bytes = vec![flags, 2, 0, 0xE4, 0x07, 5, 21, 10, 30, 45];
    bytes.extend(conc.to_le_bytes());
    bytes.push(fluid_site);
    hex::encode(bytes)
}

#[test]
fn kilograms_per_litre_move_the_point_only() {
    let r = read(&packet(0x02, 0xB063, 0x11)).unwrap();
    assert_eq!(values(&r), ["CapillaryGlucose 99", "RecordNumber 2", "SampleFluid 1", "MeasurementSite 1"]);
    assert_eq!((r.quality, r.category), (Quality(0), Category::Glucose));
    assert_eq!(r.at, NOW.at - 600_000);
}

#[test]
fn moles_are_converted_and_kept() {
    // 5.5 mmol/L = 99.0858 mg/dL.
    let r = read(&packet(0x06, 0xC037, 0xF0)).unwrap();
    assert_eq!(values(&r), ["CapillaryGlucose 99.1", "CapillaryGlucoseMolar 5.5", "RecordNumber 2"]);
    assert_eq!(r.quality, Quality(Quality::CONVERTED));
}

#[test]
fn interstitial_fluid_is_a_quantity_of_its_own() {
    let r = read(&packet(0x06, 0xC037, 0x29)).unwrap();
    assert_eq!(
        values(&r)[..2],
        ["InterstitialGlucose 99.1".to_owned(), "InterstitialGlucoseMolar 5.5".to_owned()]
    );
}

#[test]
fn a_control_solution_is_not_the_patient() {
    for fluid_site in [0x1A, 0x4A, 0x41] {
        assert_eq!(read(&packet(0x02, 0xB063, fluid_site)), Err(Reason::NotThePatient));
    }
}

#[test]
fn no_value_and_impossible_values() {
    for (flags, conc, reason) in [
        (0x02, 0x07FF, Reason::NoValue),
        // "HI" and "LO" on the meter's screen, in both units.
        (0x02, 0x07FE, Reason::AboveRange),
        (0x06, 0x07FE, Reason::AboveRange),
        (0x02, 0x0802, Reason::BelowRange),
        (0x02, 0x0800, Reason::Unresolved),
        (0x02, 0x0801, Reason::Reserved),
        (0x02, 0xB000, Reason::NoValue),
        (0x02, 0xB009, Reason::Impossible),
        (0x02, 0xB3E9, Reason::Impossible),
        // The published packet's 81 mol/L.
        (0x06, 81, Reason::Impossible),
    ] {
        assert_eq!(read(&packet(flags, conc, 0x11)), Err(reason), "{conc:04x}");
    }
    assert_eq!(read("000200e40705150a1e2d"), Err(Reason::NoValue));
}

#[test]
fn each_status_bit_becomes_a_doubt_or_a_fact() {
    for bit in 0..16 {
        let status = hex::encode((1u16 << bit).to_le_bytes());
        let hex = packet(0x0A, 0xB063, 0x11) + &status;
        let doubted = read(&hex).unwrap().quality.has(Quality::QUESTIONABLE);
        assert_eq!(doubted, (1..12).contains(&bit), "bit {bit}");
        assert_eq!(battery_low(&decode(&hex::decode(&hex).unwrap()).unwrap()), Some(bit == 0));
    }
}

#[test]
fn the_offset_counts_and_one_that_does_not_fit_leaves_the_arrival() {
    let at = |offset: i16| {
        read(&format!("030200e40705150a1e2d{}63b011", hex::encode(offset.to_le_bytes()))).unwrap()
    };
    let r = at(5);
    assert_eq!((r.at, r.device_time.unwrap().minute), (NOW.at - 300_000, 35));
    assert!(at(-60).quality.has(Quality::BACKFILLED));
    let r = at(i16::MAX);
    assert_eq!((r.at, r.device_time, r.quality), (NOW.at, None, Quality(Quality::NO_DEVICE_TIME)));
}

#[test]
fn a_context_goes_into_the_same_reading() {
    let full = [0xFF, 2, 0, 0, 2, 60, 0xD0, 2, 0x51, 0x08, 0x07, 45, 1, 8, 0xD0, 62, 0xF0];
    let context = context::decode(&full).unwrap();
    let glucose = decode(&hex::decode(packet(0x12, 0xB063, 0x11)).unwrap()).unwrap();
    let r = reading(&glucose, Some(&context), &source(), NOW).unwrap();
    assert_eq!(
        values(&r)[4..],
        [
            "Carbohydrate 60",
            "CarbohydrateKind 2",
            "MealContext 2",
            "Tester 1",
            "HealthContext 5",
            "ExerciseDuration 1800",
            "ExerciseIntensity 45",
            "MedicationVolume 8",
            "MedicationKind 1",
            "GlycatedHaemoglobin 6.2",
        ]
    );
    // 20 mg by mass; unknown tester and health, reserved kinds, and an overrun are left out.
    let sparse = [0x1C, 2, 0, 0xFF, 0xFF, 0xFF, 0, 9, 20, 0xA0];
    let context = context::decode(&sparse).unwrap();
    let r = reading(&glucose, Some(&context), &source(), NOW).unwrap();
    assert_eq!(values(&r)[4..], ["ExerciseIntensity 0".to_owned(), "MedicationMass 20".to_owned()]);
}

#[test]
fn an_impossible_context_does_not_cost_the_measurement() {
    let context = context::decode(&[0x08, 2, 0, 0, 0, 101]).unwrap();
    let glucose = decode(&hex::decode(packet(0x12, 0xB063, 0x11)).unwrap()).unwrap();
    assert_eq!(reading(&glucose, Some(&context), &source(), NOW), Err(Reason::Impossible));
    assert!(reading(&glucose, None, &source(), NOW).is_ok());
}

fn announced(sequence: u16, context_follows: bool) -> Glucose {
    Glucose {
        sequence,
        base: DeviceTime { year: 2020, month: 5, day: 21, hour: 10, minute: 30, second: 45 },
        offset_minutes: None,
        concentration: None,
        status: None,
        context_follows,
    }
}

fn context_of(sequence: u16) -> Context {
    let [low, high] = sequence.to_le_bytes();
    context::decode(&[0x02, low, high, 3]).unwrap()
}

#[test]
fn a_measurement_waits_for_the_context_that_it_announces() {
    let mut join = Join::default();
    let alone = join.measurement(announced(1, false), NOW).unwrap();
    assert_eq!((alone.glucose.sequence, alone.context), (1, None));
    assert_eq!(join.context(context_of(1)), None);
    assert_eq!(join.measurement(announced(2, true), NOW), None);
    assert_eq!(join.measurement(announced(3, true), NOW), None);
    let joined = join.context(context_of(2)).unwrap();
    assert_eq!((joined.glucose.sequence, joined.context), (2, Some(context_of(2))));
    assert_eq!(join.overdue(NOW.at + Join::WAIT - 1), None);
    assert_eq!(join.overdue(NOW.at + Join::WAIT).unwrap().glucose.sequence, 3);
    assert_eq!(join.flush(), None);
}

proptest! {
    #[test]
    fn every_measurement_comes_out_once(events in proptest::collection::vec((0u16..20, any::<bool>(), any::<bool>()), 0..200)) {
        let mut join = Join::default();
        let (mut into, mut out) = (Vec::new(), Vec::new());
        for (sequence, is_context, follows) in events {
            if is_context {
                out.extend(join.context(context_of(sequence)));
            } else {
                into.push(sequence);
                out.extend(join.measurement(announced(sequence, follows), NOW));
            }
        }
        let mut held = 0;
        while let Some(joined) = join.flush() {
            out.push(joined);
            held += 1;
        }
        prop_assert!(held <= Join::HELD);
        prop_assert!(out.iter().all(|j| j.context.is_none_or(|c| c.sequence == j.glucose.sequence)));
        let mut out: Vec<u16> = out.iter().map(|j| j.glucose.sequence).collect();
        into.sort_unstable();
        out.sort_unstable();
        prop_assert_eq!(into, out);
    }
}
