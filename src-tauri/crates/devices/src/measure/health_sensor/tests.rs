use super::*;
use crate::gatt::health_sensor::{live, stored};
use crate::measure::clock::DeviceClock;
use proptest::prelude::*;
use salus_wire::DeviceId;

/// 2026-05-21T08:30:45Z, 832,667,445 s (31A1 7F35) after 2000.
const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 0 };
const TIME: &str = "22 357fa1310000 06 00";

fn source() -> Source {
    Source { device: DeviceId([7; 16]), link_encrypted: Some(true), clock: DeviceClock::Unknown }
}

/// An observation from class, flags and the rest; the length is counted here.
fn octets(class: u8, flags: u16, rest: &str) -> Vec<u8> {
    let rest = hex::decode(rest.replace(' ', "")).unwrap();
    let length = u16::try_from(rest.len() + 2).unwrap().to_le_bytes();
    [&[class], &length[..], &flags.to_le_bytes()[..], &rest[..]].concat()
}

fn take(bytes: &[u8]) -> Vec<Result<Reading, Reason>> {
    readings(&live(bytes).unwrap(), None, &source(), NOW)
}

fn values(r: &Reading) -> Vec<String> {
    r.components.iter().map(|c| format!("{:?} {}", c.quantity, c.value)).collect()
}

fn saturation(status: u16) -> Vec<u8> {
    let [a, b] = status.to_le_bytes();
    octets(1, 0x0009, &format!("b84b0200 {a:02x}{b:02x} 2002 62000000"))
}

#[test]
fn a_saturation_becomes_a_reading() {
    let bytes = octets(1, 0x0063, &format!("b84b0200 {TIME} 02 01 3c4c0200 2002 62000000"));
    let all = take(&bytes);
    let [Ok(r)] = &all[..] else { panic!("{all:?}") };
    assert_eq!(values(r), ["OxygenSaturation 98"]);
    assert_eq!((r.at, r.quality, r.user), (NOW.at, Quality(0), Some(2)));
    assert_eq!((r.category, r.device_time.unwrap().year), (Category::OxygenSaturation, 2026));
}

#[test]
fn a_stored_one_keeps_its_number_and_is_back_filled() {
    let bytes = [&[9, 0, 0, 0][..], &saturation(0)].concat();
    let s = stored(&bytes).unwrap();
    let all = readings(&s.observation, Some(s.record), &source(), NOW);
    let [Ok(r)] = &all[..] else { panic!("{all:?}") };
    assert_eq!(values(r), ["OxygenSaturation 98", "RecordNumber 9"]);
    assert_eq!(r.quality, Quality(Quality::BACKFILLED | Quality::NO_DEVICE_TIME));
}

#[test]
fn the_pressures_of_a_compound_are_one_reading_and_must_make_sense() {
    let compound = |systolic: &str, diastolic: &str| {
        octets(7, 0x0001, &format!("044a0200 02 054a0200 01 {systolic} 064a0200 01 {diastolic}"))
    };
    let all = take(&compound("200f 78000000", "200f 50000000"));
    let [Ok(r)] = &all[..] else { panic!("{all:?}") };
    assert_eq!(values(r), ["Systolic 120", "Diastolic 80"]);
    let all = take(&compound("030f 100000 00", "030f 0b0000 00"));
    let [Ok(r)] = &all[..] else { panic!("{all:?}") };
    let expected = ["Systolic 120.0", "SystolicKilopascal 16", "Diastolic 82.5", "DiastolicKilopascal 11"];
    assert_eq!(values(r), expected);
    assert!(r.quality.has(Quality::CONVERTED));
    assert_eq!(take(&compound("200f 50000000", "200f 78000000")), [Err(Reason::Impossible)]);
    assert_eq!(
        take(&compound("200f ffff7f00", "200f 50000000")),
        [Err(Reason::NoValue), Err(Reason::NoValue)]
    );
    assert_eq!(take(&compound("200f feff7f00", "200f 50000000"))[0], Err(Reason::AboveRange));
}

#[test]
fn a_bundle_shares_its_time_and_its_pulse_goes_with_the_saturation() {
    let member = |kind: &str, value: &str| hex::encode(octets(1, 1, &format!("{kind} {value}")));
    let pulse = member("1a480200", "a00a 48000000");
    let spo2 = member("b84b0200", "2002 62000000");
    let weight = member("40e10200", "c306 46000000");
    let all = take(&octets(0xFF, 2, &format!("{TIME} 03 {pulse} {spo2} {weight}")));
    let [Ok(a), Ok(b)] = &all[..] else { panic!("{all:?}") };
    assert_eq!(values(a), ["PulseRate 72", "OxygenSaturation 98"]);
    assert_eq!((values(b), b.category), (vec!["BodyWeight 70".into()], Category::BodyWeight));
    assert_eq!((a.at, b.at, a.quality), (NOW.at, NOW.at, Quality(0)));
    let all = take(&octets(0xFF, 0, &format!("01 {pulse}")));
    assert_eq!(all[0].as_ref().unwrap().category, Category::HeartRate);
}

#[test]
fn status_bits_are_flags_or_reasons() {
    for (bit, flag) in [
        (1, Quality::QUESTIONABLE),
        (3, Quality::PROVISIONAL),
        (5, Quality::PROVISIONAL),
        (6, Quality::TYPED),
        (8, 0),
        (14, 0),
        (15, 0),
    ] {
        let all = take(&saturation(1 << bit));
        assert_eq!(all[0].as_ref().unwrap().quality, Quality(Quality::NO_DEVICE_TIME | flag), "{bit}");
    }
    for (bit, reason) in
        [(0, Reason::NoValue), (2, Reason::NoValue), (4, Reason::NotThePatient), (7, Reason::NotThePatient)]
    {
        assert_eq!(take(&saturation(1 << bit)), [Err(reason)], "{bit}");
    }
}

#[test]
fn what_the_model_has_no_place_for_is_counted() {
    for bytes in [
        // An unknown type, an unknown unit, no type, a code, text, attributes.
        octets(1, 1, "01000200 2002 62000000"),
        octets(1, 1, "b84b0200 0002 62000000"),
        octets(1, 0, "2002 62000000"),
        octets(2, 1, "b84b0200 62000000"),
        octets(3, 1, "b84b0200 0100 41"),
        octets(8, 1, "b84b0200 00"),
    ] {
        assert_eq!(take(&bytes), [Err(Reason::Unsupported)], "{bytes:02x?}");
    }
    assert_eq!(take(&octets(1, 1, "d0710200 5208 62000000")), [Err(Reason::NotThePatient)]);
    let mixed = octets(7, 0, "02 b84b0200 01 2002 62000000 01000200 02 00000000");
    let all = take(&mixed);
    assert_eq!((all.len(), all[0].clone()), (2, Err(Reason::Unsupported)));
    assert!(all[1].is_ok());
}

#[test]
fn a_sensor_says_what_it_measures() {
    use crate::gatt::health_sensor::features;
    let of = |kinds: &[u32]| {
        let count = u8::try_from(kinds.len()).unwrap();
        let kinds: Vec<[u8; 4]> = kinds.iter().map(|k| k.to_le_bytes()).collect();
        measures(&features(&[&[0, count], kinds.as_flattened()].concat()).unwrap())
    };
    // An oximeter's pulse goes with its saturation; a heart rate beside it is one of its own.
    assert_eq!(of(&[150_456, 149_530]), [Category::OxygenSaturation]);
    assert_eq!(of(&[150_456, 147_842]), [Category::HeartRate, Category::OxygenSaturation]);
    assert_eq!(of(&[149_530]), [Category::HeartRate]);
    // A compound pressure, a temperature twice, and a type that the model does not have.
    assert_eq!(
        of(&[150_364, 150_020, 150_364, 131_073]),
        [Category::BloodPressure, Category::BodyTemperature]
    );
    assert_eq!(of(&[]), []);
}

#[test]
fn an_empty_bundle_is_a_refusal() {
    assert_eq!(take(&octets(0xFF, 0, "00")), [Err(Reason::NoValue)]);
    assert_eq!(take(&octets(7, 0, "00")), [Err(Reason::NoValue)]);
}

#[test]
fn an_observation_of_too_many_values_is_refused_whole() {
    let many = octets(7, 0, &("ff".to_owned() + &"b84b02000120026200 0000".repeat(255)));
    assert_eq!(take(&many), [Err(Reason::Malformed)], "a reading holds 32");
    let member = hex::encode(&many);
    let more = octets(0xFF, 0, &format!("02 {member} {member}"));
    assert_eq!(take(&more), [Err(Reason::Malformed)]);
}

proptest! {
    #[test]
    fn every_observation_is_readings_or_refusals(
        class in 1u8..9, flags in 0u16..1024, rest in proptest::collection::vec(any::<u8>(), 0..80),
    ) {
        let bytes = octets(class, flags, &hex::encode(rest));
        if let Ok(o) = live(&bytes) {
            let all = readings(&o, Some(1), &source(), NOW);
            prop_assert!(all.len() <= MAX_VALUES);
            for r in all.into_iter().flatten() {
                prop_assert!(r.components.len() <= Reading::MAX_COMPONENTS);
            }
        }
    }
}
