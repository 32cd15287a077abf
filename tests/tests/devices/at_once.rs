//! Journey: devices that do not wait. Bonded ones speak while they are still being connected or subscribed to, and many hang up
//! after each measurement. Everything they said is taken, once.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use salus_devices::SessionEvent;
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::driver::{Driver, NOW};
use salus_tests::bluez::packet::pressure;
use salus_tests::bluez::{AtOnce, Peripheral, SimulatedBluez};
use salus_tests::desk::{Desk, START};
use salus_tests::network::eventually;
use salus_wire::view::DeviceState;
use salus_wire::{Quantity, Reading, command as c};

const PRESSURE: u16 = 0x2A35;
const MINUTE: i64 = 60_000;
const PATIENCE: Duration = Duration::from_secs(60);
const LINKS: i64 = 8;

fn cuff(now: i64) -> Peripheral {
    Peripheral::blood_pressure_cuff(1, Arc::new(move || now))
}

fn said(readings: &[Reading]) -> Vec<(i64, i64)> {
    let systolic = |r: &Reading| r.value(Quantity::Systolic).map_or(0, |v| v.mantissa);
    readings.iter().map(|r| (systolic(r), r.at)).collect()
}

/// The stream of notifications has to be open before the link is: what comes before the answer to `Connect` is gone otherwise.
#[test]
fn what_is_said_while_connecting_and_subscribing_is_taken() -> Result<()> {
    on_private_bus("at_once::what_is_said_while_connecting_and_subscribing_is_taken", async |bus| {
        let bluez = SimulatedBluez::attach(&bus, vec![cuff(NOW).paired()]).await?;
        let mut driver: Option<Driver> = None;
        // The first link, and one after a loss.
        for n in 0..2 {
            let (first, second) = (NOW - (2 * n + 2) * MINUTE, NOW - (2 * n + 1) * MINUTE);
            bluez.say_at_once(0, AtOnce::Connecting, PRESSURE, &pressure::measured(121 + n, 79, first));
            bluez.say_at_once(0, AtOnce::Subscribing, PRESSURE, &pressure::measured(141 + n, 89, second));
            let driver = match &mut driver {
                Some(driver) => {
                    bluez.drop_link(0).await?;
                    driver
                }
                none => none.insert(Driver::start(&bluez, 0, Vec::new()).await?),
            };
            let both = [driver.reading().await, driver.reading().await];
            assert_eq!(said(&both), [(121 + n, first), (141 + n, second)]);
            assert_eq!(both[0].device, both[1].device);
        }
        assert_eq!((bluez.links(0), bluez.sent(0)), (2, 4));
        Ok(())
    })
}

/// The link is gone before the device could be asked who it is: on the first one too.
#[test]
fn a_link_that_is_gone_before_it_is_up_still_gives_its_reading() -> Result<()> {
    on_private_bus("at_once::a_link_that_is_gone_before_it_is_up_still_gives_its_reading", async |bus| {
        let bluez = SimulatedBluez::attach(&bus, vec![cuff(NOW)]).await?;
        let mut driver = Driver::start(&bluez, 0, Vec::new()).await?;
        driver.packet_ready().await;
        for n in 1..=LINKS {
            bluez.say_and_leave(0, PRESSURE, &pressure::measured(120 + n, 80, NOW - (LINKS - n) * MINUTE));
        }
        bluez.drop_link(0).await?;
        let mut readings = Vec::new();
        for _ in 0..LINKS {
            readings.push(driver.reading().await);
            driver.until(|e| *e == SessionEvent::Disconnected).await;
        }
        let expected: Vec<_> = (1..=LINKS).map(|n| (120 + n, NOW - (LINKS - n) * MINUTE)).collect();
        assert_eq!(said(&readings), expected);
        assert!(readings.iter().all(|r| r.device == readings[0].device), "one device throughout");
        assert_eq!(driver.session.counts().total(), 0);
        Ok(())
    })
}

#[test]
fn a_cuff_that_hangs_up_after_each_measurement_is_stored_measurement_by_measurement() -> Result<()> {
    let name = "at_once::a_cuff_that_hangs_up_after_each_measurement_is_stored_measurement_by_measurement";
    on_private_bus(name, async |bus| {
        let bluez = SimulatedBluez::attach(&bus, vec![cuff(START)]).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        let device = desk.ok(c::ScanDevices {}).await?.first().context("a cuff")?.id;
        desk.ok(c::AddDevice { device }).await?;
        let up = async || {
            let there = eventually(PATIENCE, async || {
                let all = desk.ok(c::ListDevices {}).await.ok()?;
                (all[0].state == DeviceState::Connected && all[0].model.is_some()).then_some(())
            });
            there.await.context("connected")
        };
        up().await?;
        for n in 1..=LINKS {
            bluez.say_and_leave(0, PRESSURE, &pressure::measured(120 + n, 80, START - (LINKS - n) * MINUTE));
        }
        bluez.drop_link(0).await?;
        let stored = eventually(PATIENCE, async || {
            let all = desk.ok(c::ListDevices {}).await.ok()?;
            (i64::from(all[0].stored) == LINKS).then_some(())
        });
        stored.await.context("as many readings as links")?;
        // One link more stays, because there is nothing more to say; nothing is stored from it.
        let last = eventually(PATIENCE, async || {
            let made = i64::from(bluez.links(0)) == LINKS + 2;
            (made && bluez.is_subscribed(0, PRESSURE)).then_some(())
        });
        last.await.context("a link for each, the first and the last")?;
        up().await?;
        let view = desk
            .ok(c::GetRecord {
                category: salus_wire::Category::BloodPressure,
                from: START - 60 * MINUTE,
                to: START + MINUTE,
                width: 600,
            })
            .await?;
        let devices = desk.ok(c::ListDevices {}).await?;
        assert_eq!((i64::from(view.total), i64::from(devices[0].stored)), (LINKS, LINKS));
        assert_eq!(devices[0].quarantined, 0);
        desk.ok(c::Lock {}).await.map(|_| ())
    })
}
