//! Journey: what a device has stored. It is fetched once, whatever happens on the way, and its times are right.

#[path = "history/stopped.rs"]
mod stopped;
#[path = "history/vault.rs"]
mod vault;

use std::sync::Arc;

use anyhow::Result;
use salus_devices::{Options, Reason, SessionEvent};
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::clock::Setting;
use salus_tests::bluez::driver::{Driver, NOW};
use salus_tests::bluez::memory::{Memory, Skill};
use salus_tests::bluez::packet::{body, pressure, sugar};
use salus_tests::bluez::{OwnClock, Peripheral, SimulatedBluez};
use salus_wire::{Quality, Quantity, Reading};

const HOUR: i64 = 3_600_000;

/// Stores records `numbers`, an hour apart up to `now`; every third with its context.
fn fill(memory: &Memory, numbers: core::ops::Range<u16>, now: i64) {
    for number in numbers.clone() {
        let at = now - i64::from(numbers.end - number) * HOUR;
        let context = number % 3 == 0;
        let mut packets = vec![(0x2A18, sugar::glucose(number, at, 0, 90 + number % 80, context))];
        packets.extend(context.then(|| (0x2A34, sugar::context(number, 30, 1))));
        memory.store(number, packets);
    }
}

async fn meter(bus: &str, memory: &Arc<Memory>) -> Result<SimulatedBluez> {
    let clock = OwnClock::right(Arc::new(|| NOW));
    SimulatedBluez::attach(bus, vec![Peripheral::glucose_meter(1, &clock, memory)]).await
}

fn numbers(readings: &[Reading]) -> Vec<i64> {
    readings.iter().filter_map(|r| r.value(Quantity::RecordNumber)).map(|n| n.mantissa).collect()
}

#[test]
fn a_history_is_fetched_once_and_then_only_what_is_new() -> Result<()> {
    on_private_bus("history::a_history_is_fetched_once_and_then_only_what_is_new", async |bus| {
        let memory = Memory::new(Skill::Full);
        fill(&memory, 0..40, NOW);
        let bluez = meter(&bus, &memory).await?;
        let mut first = Driver::start(&bluez, 0, Vec::new()).await?;
        let (readings, refused, history) = first.history().await;
        assert_eq!((readings.len(), refused, history.last), (40, 0, Some(39)));
        assert_eq!(readings.iter().filter(|r| r.value(Quantity::Carbohydrate).is_some()).count(), 14);
        assert!(readings[..39].iter().all(|r| r.quality.has(Quality::BACKFILLED)));

        // The same session on another link asks for what came after.
        bluez.drop_link(0).await?;
        fill(&memory, 40..41, NOW);
        let (readings, refused, history) = first.history().await;
        assert_eq!((numbers(&readings), refused, history.last), (vec![40], 0, Some(40)));
        first.session.close().await;

        // And so does a later session that was told.
        fill(&memory, 41..44, NOW);
        let options = Options { history: vec![history], ..Options::default() };
        let mut second = Driver::with(&bluez, 0, options).await?;
        let (readings, refused, history) = second.history().await;
        assert_eq!((numbers(&readings), refused, history.last), (vec![41, 42, 43], 0, Some(43)));
        assert_eq!(memory.requests().last(), Some(&vec![0x01, 0x03, 0x01, 41, 0]));
        Ok(())
    })
}

/// Octets 3 to 9 of a record, in place of its time: noon of 31 December 1999.
const NEVER_SET: [u8; 7] = [0xCF, 0x07, 12, 31, 12, 0, 0];

/// Stores a record of the future, one of 1999 and one of the day before.
fn fill_wrongly(memory: &Memory, now: i64) {
    let record = |number: u16, at| sugar::glucose(number, at, 0, 100 + number, false);
    let mut unset = record(1, now);
    unset[3..10].copy_from_slice(&NEVER_SET);
    for (number, octets) in [(0_u16, record(0, now + 9 * HOUR)), (1, unset), (2, record(2, now - 24 * HOUR))]
    {
        memory.store(number, vec![(0x2A18, octets)]);
    }
}

#[test]
fn records_of_a_clock_that_nobody_can_read_are_from_the_memory() -> Result<()> {
    on_private_bus("history::records_of_a_clock_that_nobody_can_read_are_from_the_memory", async |bus| {
        let memory = Memory::new(Skill::AllOnly);
        fill_wrongly(&memory, NOW);
        let clock = OwnClock::right(Arc::new(|| NOW));
        let meter = Peripheral::glucose_meter(1, &clock, &memory).without(0x2A2B);
        let bluez = SimulatedBluez::attach(&bus, vec![meter]).await?;
        let mut driver = Driver::start(&bluez, 0, Vec::new()).await?;
        let (readings, refused, _) = driver.history().await;
        assert_eq!((numbers(&readings), refused), (vec![0, 1, 2], 0));
        let times: Vec<i64> = readings.iter().map(|r| r.at).collect();
        assert_eq!(times, [NOW, NOW, NOW - 24 * HOUR]);
        assert!(readings.iter().all(|r| r.quality.has(Quality::BACKFILLED)), "{readings:?}");

        // On the next link they are copies; what is measured then is of now, whatever its time says.
        driver.advance(HOUR);
        bluez.drop_link(0).await?;
        let (readings, refused, _) = driver.history().await;
        assert_eq!((readings.len(), refused), (0, 3));
        assert!(bluez.send(0, 0x2A18, &sugar::glucose(3, NOW + 10 * HOUR, 0, 99, false)).await?);
        let live = driver.reading().await;
        assert_eq!((live.at, live.quality.has(Quality::BACKFILLED)), (NOW + HOUR, false));
        Ok(())
    })
}

/// Noon of the first day that a clock shows whose battery was changed: 2000-01-01.
const RESET: i64 = 946_728_000_000;

/// Stores spot checks of an oximeter whose clock nobody has set, and of one without a clock: two are equal, and two of one
/// time are not.
fn fill_untimed(memory: &Memory) {
    let unset = [(96, 0), (94, 60_000), (93, 60_000)];
    let unset = unset.map(|(oxygen, later)| body::spot_check_unset(oxygen, 70, RESET + later));
    let untimed = [97, 95, 97].map(|oxygen| body::spot_check_untimed(oxygen, 71));
    for (number, octets) in (0_u16..).zip(unset.into_iter().chain(untimed)) {
        memory.store(number, vec![(0x2A5E, octets)]);
    }
}

#[test]
fn an_oximeter_s_memory_without_a_time_is_known_again() -> Result<()> {
    on_private_bus("history::an_oximeter_s_memory_without_a_time_is_known_again", async |bus| {
        let memory = Memory::new(Skill::AllOnly);
        fill_untimed(&memory);
        let oximeter = Peripheral::pulse_oximeter(1, Arc::new(|| NOW), &memory);
        let bluez = SimulatedBluez::attach(&bus, vec![oximeter]).await?;
        let mut driver = Driver::start(&bluez, 0, Vec::new()).await?;
        let (readings, refused, history) = driver.history().await;
        assert_eq!((readings.len(), refused, history.last), (6, 0, None));
        for reading in &readings {
            assert!(reading.at == NOW && reading.quality.has(Quality::BACKFILLED), "{reading:?}");
        }
        let unset = |r: &&Reading| r.quality.has(Quality::CLOCK_CORRECTED) && r.device_time.is_some();
        assert_eq!(readings.iter().filter(unset).count(), 3);

        // Each link brings the whole memory: one record is new, though its values are not.
        driver.advance(HOUR);
        memory.store(6_u16, vec![(0x2A5E, body::spot_check_untimed(97, 71))]);
        bluez.drop_link(0).await?;
        let (readings, refused, _) = driver.history().await;
        assert_eq!((numbers(&readings), refused), (vec![3], 6));
        assert_eq!(memory.requests().last(), Some(&vec![0x01, 0x01]));

        // What is measured now is of now, as often as it comes.
        for _ in 0..2 {
            assert!(bluez.send(0, 0x2A5E, &body::spot_check_untimed(97, 71)).await?);
            let live = driver.reading().await;
            assert_eq!((live.at, live.quality.has(Quality::BACKFILLED)), (NOW + HOUR, false));
            assert_eq!(live.value(Quantity::RecordNumber), None);
        }
        Ok(())
    })
}

#[test]
fn a_meter_that_knows_no_filter_is_asked_for_everything() -> Result<()> {
    on_private_bus("history::a_meter_that_knows_no_filter_is_asked_for_everything", async |bus| {
        for skill in [Skill::AllOnly, Skill::NoCount] {
            let memory = Memory::new(skill);
            fill(&memory, 0..5, NOW);
            let bluez = meter(&bus, &memory).await?;
            let mut driver = Driver::start(&bluez, 0, Vec::new()).await?;
            let (readings, _, history) = driver.history().await;
            assert_eq!((readings.len(), history.last), (5, Some(4)));
            fill(&memory, 5..6, NOW);
            bluez.drop_link(0).await?;
            // What the session has seen is set aside as a copy.
            let (readings, refused, history) = driver.history().await;
            assert_eq!((numbers(&readings), refused, history.last), (vec![5], 5, Some(5)));
            driver.session.close().await;
        }
        Ok(())
    })
}

#[test]
fn a_link_lost_in_the_middle_is_resumed() -> Result<()> {
    on_private_bus("history::a_link_lost_in_the_middle_is_resumed", async |bus| {
        let memory = Memory::new(Skill::Full);
        fill(&memory, 0..30, NOW);
        let bluez = meter(&bus, &memory).await?;
        // The count, and 13 packets of records.
        bluez.cut_after(0, 14);
        let mut driver = Driver::start(&bluez, 0, Vec::new()).await?;
        let (readings, refused, history) = driver.history().await;
        assert_eq!(bluez.links(0), 2);
        assert_eq!(numbers(&readings), (0..30).collect::<Vec<i64>>());
        assert_eq!((history.last, refused), (Some(29), 9));
        // The record whose context the link took with it came again, whole.
        assert_eq!(readings.iter().filter(|r| r.value(Quantity::Carbohydrate).is_some()).count(), 10);
        assert_eq!(driver.session.counts().of(Reason::Replayed), refused);
        Ok(())
    })
}

#[test]
fn pressures_in_a_cuff_s_memory_come_in_segments_and_once() -> Result<()> {
    on_private_bus("history::pressures_in_a_cuff_s_memory_come_in_segments_and_once", async |bus| {
        for (unit, checked) in [(1, false), (2, true)] {
            let memory = Memory::new(Skill::Full);
            let sent = |n: i64| pressure::enhanced(120 + n, 75 + n, 60 + n, NOW - (40 - n) * HOUR, 1);
            let store = |numbers: core::ops::Range<u16>| {
                for number in numbers {
                    let segments = pressure::record(number, &sent(i64::from(number)), 7, checked);
                    memory.store(number, segments.into_iter().map(|s| (0x2B36, s)).collect());
                }
            };
            store(0..30);
            let cuff = Peripheral::enhanced_cuff(unit, Arc::new(|| NOW), &memory, checked);
            let bluez = SimulatedBluez::attach(&bus, vec![cuff]).await?;
            let mut driver = Driver::start(&bluez, 0, Vec::new()).await?;
            let (readings, refused, history) = driver.history().await;
            assert_eq!((numbers(&readings), refused), ((0..30).collect::<Vec<i64>>(), 0));
            assert_eq!((history.service, history.last), (0x1810, Some(29)));
            for (reading, n) in readings.iter().zip(0..) {
                let value = |q| reading.value(q).map(|v| v.mantissa);
                assert_eq!(value(Quantity::Systolic), Some(120 + n));
                assert_eq!(value(Quantity::PulseRate), Some(60 + n));
                assert_eq!((reading.at, reading.user), (NOW - (40 - n) * HOUR, Some(1)));
                assert!(reading.quality.has(Quality::BACKFILLED));
            }

            // What is measured now comes live, and later once more from the memory: it is one.
            assert!(bluez.send(0, 0x2B34, &sent(30)).await?);
            assert_eq!(driver.reading().await.value(Quantity::Systolic).map(|v| v.mantissa), Some(150));
            store(30..32);
            bluez.drop_link(0).await?;
            let (readings, refused, history) = driver.history().await;
            assert_eq!((numbers(&readings), refused, history.last), (vec![31], 1, Some(31)));
            driver.session.close().await;
        }
        Ok(())
    })
}

/// A meter with five records whose clock is `ahead`, and what a session with or without consent tells of it.
async fn set(
    bus: &str,
    ahead: i64,
    setting: Setting,
    consent: bool,
) -> Result<(Driver, Arc<OwnClock>, Vec<Reading>)> {
    let memory = Memory::new(Skill::Full);
    fill(&memory, 0..5, NOW + ahead);
    let clock = OwnClock::wrong(Arc::new(|| NOW), ahead, setting);
    let bluez = SimulatedBluez::attach(bus, vec![Peripheral::glucose_meter(1, &clock, &memory)]).await?;
    let options = Options { set_clock: consent, ..Options::default() };
    let mut driver = Driver::with(&bluez, 0, options).await?;
    let SessionEvent::Described(d) = driver.until(|e| matches!(e, SessionEvent::Described(_))).await else {
        unreachable!()
    };
    assert_eq!(d.clock_behind, Some(-ahead));
    let (readings, ..) = driver.history().await;
    // What it stored before it was set bears the old time.
    for (reading, hours) in readings.iter().zip((1..=5).rev()) {
        assert_eq!(reading.at, NOW - hours * HOUR, "{reading:?}");
        assert!(reading.quality.has(Quality::CLOCK_CORRECTED));
    }
    if !consent {
        assert!(bluez.send(0, 0x2A18, &sugar::glucose(5, NOW + ahead, 0, 99, false)).await?);
        assert_eq!(driver.reading().await.at, NOW);
        return Ok((driver, clock, readings));
    }
    let event = driver.until(|e| matches!(e, SessionEvent::ClockSet(_))).await;
    assert!(bluez.send(0, 0x2A18, &sugar::glucose(5, clock.now(), 0, 99, false)).await?);
    assert_eq!(driver.reading().await.at, NOW);
    let SessionEvent::ClockSet(read_back) = event else { unreachable!() };
    let shown = read_back.and_then(salus_devices::gatt::date_time::wall_millis);
    assert_eq!(shown, (setting != Setting::Refuses).then(|| clock.now()));
    Ok((driver, clock, readings))
}

#[test]
fn a_clock_an_hour_wrong_is_corrected_and_without_consent_left_alone() -> Result<()> {
    on_private_bus(
        "history::a_clock_an_hour_wrong_is_corrected_and_without_consent_left_alone",
        async |bus| {
            let (_, clock, readings) = set(&bus, -HOUR, Setting::Obeys, false).await?;
            assert_eq!((clock.writes(), clock.now(), readings.len()), (0, NOW - HOUR, 5));
            Ok(())
        },
    )
}

#[test]
fn a_cuff_that_has_a_bare_date_and_time_is_corrected_and_never_set() -> Result<()> {
    on_private_bus("history::a_cuff_that_has_a_bare_date_and_time_is_corrected_and_never_set", async |bus| {
        let clock = OwnClock::wrong(Arc::new(|| NOW), -HOUR, Setting::Obeys);
        let bluez = SimulatedBluez::attach(&bus, vec![Peripheral::dated_cuff(1, &clock)]).await?;
        let options = Options { set_clock: true, ..Options::default() };
        let mut driver = Driver::with(&bluez, 0, options).await?;
        let event = driver.until(|e| matches!(e, SessionEvent::Described(_))).await;
        let SessionEvent::Described(described) = event else { unreachable!() };
        assert_eq!(described.clock_behind, Some(HOUR));
        assert!(bluez.send(0, 0x2A35, &pressure::measured(121, 79, NOW - HOUR)).await?);
        let reading = driver.reading().await;
        assert_eq!((reading.at, reading.quality.has(Quality::CLOCK_CORRECTED)), (NOW, true));
        assert_eq!(clock.writes(), 0);
        Ok(())
    })
}

#[test]
fn with_consent_it_is_set_after_its_records_and_read_back() -> Result<()> {
    on_private_bus("history::with_consent_it_is_set_after_its_records_and_read_back", async |bus| {
        let (_, clock, readings) = set(&bus, HOUR, Setting::Obeys, true).await?;
        assert_eq!((clock.writes(), clock.now(), readings.len()), (1, NOW, 5));
        Ok(())
    })
}

#[test]
fn a_clock_that_is_deaf_or_refuses_is_told() -> Result<()> {
    on_private_bus("history::a_clock_that_is_deaf_or_refuses_is_told", async |bus| {
        for setting in [Setting::Ignores, Setting::Refuses] {
            let (driver, clock, _) = set(&bus, -HOUR, setting, true).await?;
            assert_eq!((clock.writes(), clock.now()), (1, NOW - HOUR));
            driver.session.close().await;
        }
        Ok(())
    })
}
