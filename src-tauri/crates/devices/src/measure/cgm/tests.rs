use salus_wire::DeviceId;
use salus_wire::measure::DeviceTime;

use super::*;
use crate::gatt::cgm::{decode, decode_feature};
use crate::gatt::crc::Protection;

/// 2026-05-21T08:30:45Z, in a zone two hours east.
const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 };

/// Half past ten on the sensor's wall.
const START: Start = Start {
    time: DeviceTime { year: 2026, month: 5, day: 21, hour: 10, minute: 20, second: 45 },
    zone: Some(4),
    summer: Some(4),
};

fn source() -> Source {
    Source { device: DeviceId([7; 16]), link_encrypted: Some(true), clock: DeviceClock::Unknown }
}

fn record(hex: &str) -> Record {
    decode(&hex::decode(hex).unwrap(), Protection::Plain).unwrap().next().unwrap()
}

fn started(start: Start) -> Session {
    Session { start: Some(start), feature: None }
}

fn with(status: u8, cal_temp: u8, warning: u8) -> Record {
    record(&format!("09e078000600{}", hex::encode([status, cal_temp, warning])))
}

#[test]
fn a_record_becomes_a_reading() {
    let feature = decode_feature(&[0, 0x80, 1, 0x59, 0xFF, 0xFF]).ok();
    let session = Session { start: Some(START), feature };
    let r = reading(&record("0a03d2f0060002f0e5f3"), &session, &source(), NOW).unwrap();
    let values: Vec<String> = r.components.iter().map(|c| format!("{:?} {}", c.quantity, c.value)).collect();
    assert_eq!(
        values,
        [
            "InterstitialGlucose 21.0",
            "GlucoseTrend 0.2",
            "SensorQuality 99.7",
            "RecordNumber 6",
            "SampleFluid 9",
            "MeasurementSite 5",
        ]
    );
    assert_eq!((r.at, r.quality), (NOW.at - 4 * 60_000, Quality(0)));
    assert_eq!(r.device_time.unwrap().minute, 26);
}

#[test]
fn a_sensor_in_another_zone_has_the_same_time() {
    let reference = reading(&with(0, 0, 0), &started(START), &source(), NOW).unwrap();
    let london = Start { time: DeviceTime { hour: 9, ..START.time }, zone: Some(0), summer: Some(4) };
    let behind = |by| Source { clock: DeviceClock::Behind(by), ..source() };
    for (start, source, here) in [
        (london, source(), NOW),
        // An hour behind our wall, which is what its zone says: nothing to correct.
        (london, behind(3_600_000), NOW),
        (START, source(), Moment { utc_offset_minutes: -300, ..NOW }),
        // Without a zone the wall time is ours.
        (Start { zone: None, ..START }, source(), NOW),
        (Start { summer: None, ..START }, source(), NOW),
    ] {
        let r = reading(&with(0, 0, 0), &started(start), &source, here).unwrap();
        assert_eq!((r.at, r.quality), (reference.at, reference.quality), "{start:?}");
    }
    let slow = reading(&with(0, 0, 0), &started(START), &behind(600_000), NOW).unwrap();
    assert!(slow.quality.has(Quality::CLOCK_CORRECTED));
}

#[test]
fn without_a_start_the_arrival_stands_in() {
    let never = Start { time: DeviceTime { year: 0, ..START.time }, ..START };
    for session in [Session::default(), started(never)] {
        let r = reading(&with(0, 0, 0), &session, &source(), NOW).unwrap();
        assert_eq!((r.at, r.quality), (NOW.at, Quality(Quality::NO_DEVICE_TIME)));
        assert_eq!(r.value(Quantity::RecordNumber).unwrap().to_string(), "6");
    }
}

#[test]
fn each_bit_becomes_what_the_table_says() {
    let provisional = [10, 11, 14];
    let questionable = [0, 2, 3, 5, 8, 12, 13, 22, 23];
    for bit in 0..24u32 {
        let [status, cal_temp, warning, _] = (1u32 << bit).to_le_bytes();
        let record = with(status, cal_temp, warning);
        let quality = reading(&record, &started(START), &source(), NOW).unwrap().quality;
        assert_eq!(quality.has(Quality::PROVISIONAL), provisional.contains(&bit), "bit {bit}");
        assert_eq!(quality.has(Quality::QUESTIONABLE), questionable.contains(&bit), "bit {bit}");
        assert_eq!(battery_low(&record), bit == 1);
    }
}

#[test]
fn no_value_impossible_and_not_the_patient() {
    let session = Session::default();
    for (hex, reason) in [
        ("0600ff070600", Reason::NoValue),
        ("0600fe070600", Reason::AboveRange),
        ("060002080600", Reason::BelowRange),
        ("060009000600", Reason::Impossible),
        ("0600e9030600", Reason::Impossible),
        // A trend of 101 mg/dL/min.
        ("0801780006006500", Reason::Impossible),
    ] {
        assert_eq!(reading(&record(hex), &session, &source(), NOW), Err(reason), "{hex}");
    }
    // A trend without a value is left out.
    assert!(reading(&record("080178000600ff07"), &session, &source(), NOW).is_ok());
    let feature = decode_feature(&[0, 0, 0, 0x4A, 0xFF, 0xFF]).ok();
    let solution = Session { start: None, feature };
    assert_eq!(reading(&with(0, 0, 0), &solution, &source(), NOW), Err(Reason::NotThePatient));
}
