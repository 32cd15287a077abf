use super::*;
use crate::measure::clock::DeviceClock;
use proptest::prelude::*;
use salus_wire::{DeviceId, Quality, Quantity};

const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 0 };

fn source() -> Source {
    Source { device: DeviceId([7; 16]), link_encrypted: Some(true), clock: DeviceClock::Unknown }
}

fn take(intake: &mut Intake, uuid: Uuid, hex: &str) -> Vec<Taken> {
    let mut out = Vec::new();
    intake.take(uuid, &hex::decode(hex).unwrap(), &source(), false, NOW, &mut out);
    out
}

/// The same while the memory of its service is sent.
fn fetch(intake: &mut Intake, uuid: Uuid, hex: &str) -> Vec<Taken> {
    let mut out = Vec::new();
    intake.take(uuid, &hex::decode(hex).unwrap(), &source(), true, NOW, &mut out);
    out
}

/// Whether each is from the memory, and has the time of its arrival.
fn from_memory(taken: &[Taken]) -> Vec<(bool, bool)> {
    let readings = taken.iter().filter_map(|t| match t {
        Taken::Reading(r) => Some(r),
        _ => None,
    });
    readings.map(|r| (r.quality.has(Quality::BACKFILLED), r.at == NOW.at)).collect()
}

fn values(taken: &[Taken], quantity: Quantity) -> Vec<String> {
    let readings = taken.iter().filter_map(|t| match t {
        Taken::Reading(r) => Some(r),
        _ => None,
    });
    readings.filter_map(|r| r.value(quantity)).map(|v| v.to_string()).collect()
}

/// 0.0010 kg/L, sequence 2, a context follows; and its context: breakfast, 20 g.
const GLUCOSE: &str = "120200e40705150a1e2d64b011";
const CONTEXT: &str = "0102000114f0";

#[test]
fn a_measurement_waits_for_its_context_and_comes_out_alone_when_the_link_ends() {
    let mut intake = Intake::new(&[]);
    intake.open(Setup::default());
    assert_eq!(take(&mut intake, uuids::GLUCOSE, GLUCOSE), []);
    let joined = take(&mut intake, uuids::GLUCOSE_CONTEXT, CONTEXT);
    assert_eq!(values(&joined, Quantity::CapillaryGlucose).len(), 1, "{joined:?}");
    assert_eq!(values(&joined, Quantity::Carbohydrate).len(), 1, "{joined:?}");

    let mut intake = Intake::new(&[]);
    intake.open(Setup::default());
    assert_eq!(take(&mut intake, uuids::GLUCOSE, GLUCOSE), []);
    let mut out = Vec::new();
    intake.close(&source(), &mut out);
    assert_eq!(values(&out, Quantity::CapillaryGlucose).len(), 1);
}

#[test]
fn records_that_ended_do_not_wait_for_a_context() {
    let mut intake = Intake::new(&[]);
    intake.open(Setup::default());
    assert_eq!(take(&mut intake, uuids::GLUCOSE, GLUCOSE), []);
    let ended = take(&mut intake, uuids::RECORD_ACCESS, "06000101");
    assert_eq!(values(&ended, Quantity::CapillaryGlucose).len(), 1, "{ended:?}");
    assert!(matches!(ended[1..], [Taken::Records(_)]), "{ended:?}");
}

#[test]
fn a_record_that_has_the_time_of_its_arrival_is_from_the_memory() {
    let mut intake = Intake::new(&[]);
    intake.open(Setup::default());
    // 0.0010 kg/L in the year 2031, in 1999 and without a time at all; then 30 s ago.
    let records = ["020100ef0705150a1e2d64b011", "020200cf070c1f173b3b64b011", "0203000000000000000064b011"];
    for record in records {
        assert_eq!(from_memory(&fetch(&mut intake, uuids::GLUCOSE, record)), [(true, true)], "{record}");
    }
    let believed = fetch(&mut intake, uuids::GLUCOSE, "020400ea070515081e0f64b011");
    assert_eq!(from_memory(&believed), [(false, false)], "its own time says that it is of now");
    // Measured live, a time that is not believed is one of now.
    assert_eq!(
        from_memory(&take(&mut intake, uuids::GLUCOSE, "020500ef0705150a1e2d64b011")),
        [(false, true)]
    );

    // Nor is one that waited for its context, whether that came or not.
    let waits = "120600ef0705150a1e2d64b011";
    assert_eq!(fetch(&mut intake, uuids::GLUCOSE, waits), []);
    let joined = fetch(&mut intake, uuids::GLUCOSE_CONTEXT, "0106000114f0");
    assert_eq!(from_memory(&joined), [(true, true)]);
    assert_eq!(fetch(&mut intake, uuids::GLUCOSE, &waits.replace("1206", "1207")), []);
    assert_eq!(from_memory(&fetch(&mut intake, uuids::RECORD_ACCESS, "06000101")), [(true, true)]);
}

#[test]
fn records_that_were_asked_for_are_not_too_frequent() {
    let mut intake = Intake::new(&[]);
    intake.open(Setup::default());
    intake.expect(btleplug::api::bleuuid::uuid_from_u16(0x1808), 10_000);
    for number in 0..10_000u16 {
        let [low, high] = number.to_le_bytes();
        let packet = format!("02{low:02x}{high:02x}e40705150a1e2d64b011");
        let taken = take(&mut intake, uuids::GLUCOSE, &packet);
        assert!(matches!(taken[..], [Taken::Reading(_)]), "{number}: {taken:?}");
    }
}

#[test]
fn the_same_weighing_of_a_mi_scale_is_one_reading() {
    let mut intake = Intake::new(&[]);
    intake.open(Setup { mi_scale: true, ..Setup::default() });
    let mut all = Vec::new();
    for hex in ["0224e307011d11351800004c40", "0226e307011d113518e5014c40", "02a6e307011d113518e5014c40"] {
        all.extend(take(&mut intake, uuids::BODY_COMPOSITION, hex));
    }
    assert_eq!(values(&all, Quantity::BodyWeight), ["82.300"]);
    assert_eq!(values(&all, Quantity::Impedance), ["485"]);
    assert_eq!(all.len(), 1);
}

#[test]
fn what_a_user_control_point_answers_is_handed_on_or_counted() {
    let mut intake = Intake::new(&[]);
    let answer = take(&mut intake, uuids::USER_CONTROL, "20010103");
    assert!(matches!(answer[..], [Taken::User(r)] if r.outcome == Ok(Some(3))), "{answer:?}");
    assert_eq!(take(&mut intake, uuids::USER_CONTROL, "2001"), [Taken::Refused(Reason::Malformed)]);
}

#[test]
fn a_sensor_s_records_come_out_one_by_one() {
    let mut intake = Intake::new(&[]);
    intake.open(Setup::default());
    let two = take(&mut intake, uuids::CGM, "06000c10060006000d100b00");
    assert_eq!(values(&two, Quantity::InterstitialGlucose), ["120", "130"]);
    assert_eq!(values(&two, Quantity::RecordNumber), ["6", "11"]);
    assert_eq!(take(&mut intake, uuids::CGM, "0600"), [Taken::Refused(Reason::Malformed)]);
}

#[test]
fn the_air_is_taken_once_a_minute() {
    let empty = crate::advert::bthome::Values::default();
    let advert = || Ok(crate::advert::Advert::BtHome(empty));
    let mut intake = Intake::new(&[]);
    let mut out = Vec::new();
    for second in 0..130 {
        let now = Moment { at: NOW.at + second * 1000, ..NOW };
        intake.overhear(advert(), &source(), now, &mut out);
    }
    // Without a value there is no reading; what counts is how often one was looked for.
    assert_eq!(out.len(), 3);
    assert_eq!(intake.counts().of(Reason::NoValue), 3);
}

#[test]
fn a_flood_of_levels_and_answers_is_counted_and_a_level_is_told_once() {
    for (uuid, packet) in [
        (uuids::BATTERY, "32"),
        (uuids::RECORD_ACCESS, "06000101"),
        (uuids::USER_CONTROL, "20010103"),
        (uuids::POLAR_CONTROL, "f0020000"),
        (uuids::OBSERVATIONS_CONTROL, "80"),
    ] {
        let mut intake = Intake::new(&[]);
        intake.open(Setup::default());
        let taken: Vec<Taken> = (0..1000).flat_map(|_| take(&mut intake, uuid, packet)).collect();
        let refused = taken.iter().filter(|t| **t == Taken::Refused(Reason::TooFrequent)).count();
        assert_eq!((refused, intake.counts().of(Reason::TooFrequent)), (1000 - 64, 1000 - 64), "{uuid}");
        let told = match uuid {
            uuids::BATTERY => 1,
            uuids::OBSERVATIONS_CONTROL => 0,
            _ => 64,
        };
        assert_eq!(taken.len() - refused, told, "{uuid}");
        // Nothing else waits for its turn.
        assert_eq!(take(&mut intake, uuids::HEART_RATE, "0648").len(), 1);
    }
}

#[test]
fn a_level_is_told_when_it_changes_and_after_a_record_said_otherwise() {
    let mut intake = Intake::new(&[]);
    intake.open(Setup::default());
    assert!(intake.level(66), "as read when the link was made");
    assert_eq!(take(&mut intake, uuids::BATTERY, "42"), []);
    assert_eq!(take(&mut intake, uuids::BATTERY, "43"), [Taken::Battery(67)]);
    // A record that says that the battery is low.
    let low = take(&mut intake, uuids::GLUCOSE, "0a0100ea0705150a1e2d64b0110100");
    assert!(low.contains(&Taken::BatteryLow(true)), "{low:?}");
    assert_eq!(take(&mut intake, uuids::BATTERY, "43"), [Taken::Battery(67)]);
    assert_eq!(take(&mut intake, uuids::BATTERY, "43"), []);

    // The same of one that is never connected.
    let values = crate::advert::bthome::Values { battery: Some(50), ..Default::default() };
    let mut out = Vec::new();
    for second in 0..10 {
        let now = Moment { at: NOW.at + second * 1000, ..NOW };
        intake.overhear(Ok(crate::advert::Advert::BtHome(values)), &source(), now, &mut out);
    }
    let levels = out.iter().filter(|t| matches!(t, Taken::Battery(_))).count();
    assert_eq!(levels, 1, "{out:?}");
    let mut out = Vec::new();
    for level in (0..50).cycle().take(1000) {
        let values = crate::advert::bthome::Values { battery: Some(level), ..Default::default() };
        intake.overhear(Ok(crate::advert::Advert::BtHome(values)), &source(), NOW, &mut out);
    }
    let levels = out.iter().filter(|t| matches!(t, Taken::Battery(_))).count();
    assert!(levels <= 64, "{levels}");
}

proptest! {
    #[test]
    fn whatever_arrives_is_taken_or_refused_and_memory_stays_small(
        packets in proptest::collection::vec(
            (0usize..16, any::<bool>(), proptest::collection::vec(any::<u8>(), 0..48)), 0..64),
    ) {
        let all: Vec<Uuid> = uuids::PROFILES.iter().flat_map(|p| p.measurements).copied().collect();
        let mut intake = Intake::new(&[]);
        intake.open(Setup { mi_scale: true, ..Setup::default() });
        let mut out = Vec::new();
        for (which, from_memory, bytes) in &packets {
            intake.take(all[which % all.len()], bytes, &source(), *from_memory, NOW, &mut out);
        }
        intake.close(&source(), &mut out);
        let refused = out.iter().filter(|t| matches!(t, Taken::Refused(_) | Taken::Copy(_))).count();
        prop_assert_eq!(u32::try_from(refused).unwrap(), intake.counts().total());
    }
}
