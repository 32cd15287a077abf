//! Journey: a generic health sensor with a memory and a counter in place of a clock. It says what it measures, its stored
//! observations are fetched once, and their times are right.

use std::sync::Arc;

use anyhow::Result;
use futures::StreamExt;
use salus_devices::{Central, Fetched, SessionEvent};
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::driver::{DEADLINE, Driver, NOW, connected};
use salus_tests::bluez::memory::{Memory, Skill};
use salus_tests::bluez::packet::sensor;
use salus_tests::bluez::{Peripheral, SimulatedBluez};
use salus_wire::{Category, Quality, Quantity, Reading};

/// What the sensor's counter shows while [`NOW`] stands.
const COUNTER: u64 = 900_000;
const MINUTE: u64 = 60;
const STORED: u16 = 0x2BDD;

/// The packets of one stored observation.
fn record(number: u32, observation: &[u8]) -> Vec<(u16, Vec<u8>)> {
    let stored = sensor::stored(number, observation);
    sensor::segments(&stored, 20).into_iter().map(|segment| (STORED, segment)).collect()
}

/// The sensor's counter so many minutes before [`NOW`].
const fn before(minutes: u64) -> u64 {
    COUNTER - minutes * MINUTE
}

async fn sensor_with(bus: &str, memory: &Arc<Memory>) -> Result<SimulatedBluez> {
    SimulatedBluez::attach(bus, vec![Peripheral::recording_sensor(1, || COUNTER, memory)]).await
}

fn numbers(readings: &[Reading]) -> Vec<i64> {
    readings.iter().filter_map(|r| r.value(Quantity::RecordNumber)).map(|n| n.mantissa).collect()
}

#[test]
fn stored_observations_are_fetched_once_and_then_only_what_is_new() -> Result<()> {
    on_private_bus(
        "observations::stored_observations_are_fetched_once_and_then_only_what_is_new",
        async |bus| {
            let memory = Memory::new(Skill::Wide);
            // Past 16 bits; the last one is two observations of one instant.
            for (number, minutes) in (65_530..65_540).zip((11..=20).rev()) {
                memory.store(number, record(number, &sensor::temperature(371, before(minutes))));
            }
            let both =
                sensor::bundle(before(10), &[sensor::temperature(372, before(10)), sensor::saturation(97)]);
            memory.store(65_540_u32, record(65_540, &both));
            let bluez = sensor_with(&bus, &memory).await?;
            let mut driver = Driver::start(&bluez, 0, Vec::new()).await?;
            let SessionEvent::Described(d) = driver.until(|e| matches!(e, SessionEvent::Described(_))).await
            else {
                unreachable!()
            };
            assert_eq!(d.measures, [Category::OxygenSaturation, Category::BodyTemperature]);
            let (readings, refused, history) = driver.history().await;
            assert_eq!((readings.len(), refused, history.last), (12, 0, Some(65_540)));
            assert_eq!(numbers(&readings), (65_530..=65_540).chain([65_540]).collect::<Vec<i64>>());
            for (reading, minutes) in readings.iter().zip((11..=20).rev().chain([10, 10])) {
                assert_eq!(reading.at, NOW - minutes * 60_000, "{reading:?}");
                assert!(reading.quality.has(Quality::BACKFILLED) && reading.user == Some(1), "{reading:?}");
            }
            let temperature = readings[0].value(Quantity::BodyTemperature).map(|v| v.to_string());
            assert_eq!(temperature.as_deref(), Some("37.1"));
            assert_eq!(memory.requests(), [vec![0x04, 0x01], vec![0x07, 0x01]]);

            // On another link it is asked for what came after, and live observations come all the same.
            bluez.drop_link(0).await?;
            memory.store(65_541_u32, record(65_541, &sensor::temperature(373, before(1))));
            let (readings, refused, history) = driver.history().await;
            assert_eq!((numbers(&readings), refused, history.last), (vec![65_541], 0, Some(65_541)));
            assert_eq!(memory.requests().last(), Some(&vec![0x07, 0x03, 0x01, 0x05, 0x00, 0x01, 0x00]));
            for segment in sensor::segments(&sensor::temperature(374, COUNTER), 20) {
                assert!(bluez.send(0, 0x2B8B, &segment).await?);
            }
            let live = driver.reading().await;
            assert_eq!((live.at, live.quality.has(Quality::BACKFILLED)), (NOW, false));
            Ok(())
        },
    )
}

#[test]
fn a_record_that_did_not_arrive_is_missed_although_another_gave_two_readings() -> Result<()> {
    let name = "observations::a_record_that_did_not_arrive_is_missed_although_another_gave_two_readings";
    on_private_bus(name, async |bus| {
        let memory = Memory::new(Skill::Wide);
        let both = sensor::bundle(before(9), &[sensor::temperature(370, before(9)), sensor::saturation(96)]);
        memory.store(1_u32, record(1, &both));
        // Counted, and not sent.
        memory.store(2_u32, Vec::new());
        memory.store(3_u32, record(3, &sensor::temperature(371, before(5))));
        let bluez = sensor_with(&bus, &memory).await?;
        let mut driver = Driver::start(&bluez, 0, Vec::new()).await?;
        let event = driver.until(|e| matches!(e, SessionEvent::History { .. })).await;
        let SessionEvent::History { history, arrived, end } = event else { unreachable!() };
        assert_eq!((history.last, arrived, end), (None, 2, Fetched::Partly));
        Ok(())
    })
}

#[test]
fn more_segments_than_the_pace_allows_are_taken_when_they_were_asked_for() -> Result<()> {
    let name = "observations::more_segments_than_the_pace_allows_are_taken_when_they_were_asked_for";
    on_private_bus(name, async |bus| {
        let memory = Memory::new(Skill::Wide);
        // Seven segments each, while the clock stands: several times what may come unasked.
        for number in 0..1500_u32 {
            let at = before(u64::from(1510 - number));
            memory.store(number, {
                let stored = sensor::stored(number, &sensor::temperature(370, at));
                sensor::segments(&stored, 6).into_iter().map(|s| (STORED, s)).collect()
            });
        }
        let bluez = sensor_with(&bus, &memory).await?;
        let mut driver = Driver::start(&bluez, 0, Vec::new()).await?;
        let (readings, refused, history) = driver.history().await;
        assert_eq!((readings.len(), refused, history.last), (1500, 0, Some(1499)));
        Ok(())
    })
}

#[test]
fn what_it_measures_is_not_known_before_it_is_connected() -> Result<()> {
    on_private_bus("observations::what_it_measures_is_not_known_before_it_is_connected", async |bus| {
        let bluez = SimulatedBluez::attach(&bus, vec![Peripheral::health_sensor(1)]).await?;
        let central = Central::open().await?;
        let mut scan = central.scan().await?;
        let found = tokio::time::timeout(DEADLINE, scan.next()).await?.expect("one device");
        assert_eq!((found.name.as_str(), found.measures.as_slice()), ("Simulated Sensor", &[][..]));
        scan.close().await;
        let mut driver = Driver::start(&bluez, 0, Vec::new()).await?;
        let SessionEvent::Described(d) = driver.until(|e| matches!(e, SessionEvent::Described(_))).await
        else {
            unreachable!()
        };
        // Its pulse goes with its saturation.
        assert_eq!(d.measures, [Category::BloodPressure, Category::OxygenSaturation]);
        driver.session.close().await;

        // One whose features cannot be read measures all the same.
        let silent = Peripheral::health_sensor(2).without(0x2BF3);
        drop(bluez);
        let bluez = SimulatedBluez::attach(&bus, vec![silent]).await?;
        let mut driver = connected(&bluez, 0).await?;
        for segment in sensor::segments(&sensor::saturation(97), 20) {
            assert!(bluez.send(0, 0x2B8B, &segment).await?);
        }
        assert_eq!(driver.reading().await.category, Category::OxygenSaturation);
        Ok(())
    })
}
