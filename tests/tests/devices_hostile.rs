//! Adversary: devices among others. A flood, a borrowed identity, another firmware, old packets: what they do stays
//! theirs, is counted and shown, and slows nobody else.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use salus_devices::{Reason, SessionEvent};
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::driver::{Driver, NOW, connected};
use salus_tests::bluez::packet::body;
use salus_tests::bluez::wave::Wave;
use salus_tests::bluez::{Peripheral, SimulatedBluez};
use salus_tests::desk::{Desk, START};
use salus_tests::network::eventually;
use salus_wire::view::{DeviceState, DeviceView};
use salus_wire::{Category, Quantity, command as c};

const PATIENCE: Duration = Duration::from_secs(60);

async fn add_all(desk: &Desk) -> Result<()> {
    for device in desk.ok(c::ScanDevices {}).await? {
        desk.ok(c::AddDevice { device: device.id }).await?;
    }
    devices(desk, |d| d.state == DeviceState::Connected && d.model.is_some()).await.map(drop)
}

async fn devices(desk: &Desk, every: impl Fn(&DeviceView) -> bool) -> Result<Vec<DeviceView>> {
    let there = eventually(PATIENCE, async || {
        let all = desk.ok(c::ListDevices {}).await.ok()?;
        all.iter().all(&every).then_some(all)
    });
    there.await.context("devices as expected")
}

async fn named(desk: &Desk, name: &str) -> Result<DeviceView> {
    let all = desk.ok(c::ListDevices {}).await?;
    all.into_iter().find(|d| d.name == name).context("a device of this name")
}

#[test]
fn a_flood_slows_nobody_else() -> Result<()> {
    on_private_bus("a_flood_slows_nobody_else", async |bus| {
        let peripherals = vec![Peripheral::heart_rate_strap(1), Peripheral::thermometer(1, 6)];
        let bluez = SimulatedBluez::attach(&bus, peripherals).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        add_all(&desk).await?;
        for n in 0..20 {
            for _ in 0..500 {
                assert!(bluez.send(1, 0x2A1C, &body::temperature(370, START, 6)).await?);
            }
            desk.clock.advance(1000);
            assert!(bluez.send(0, 0x2A37, &[0x06, 60 + n]).await?);
            // The next second comes only when this one's beat is in the record.
            let stored = eventually(PATIENCE, async || {
                let strap = named(&desk, "Simulated Strap").await.ok()?;
                (strap.stored == u32::from(n) + 1).then_some(strap)
            });
            assert_eq!(stored.await.context("the strap's beat is stored")?.quarantined, 0);
        }
        let flooded = eventually(PATIENCE, async || {
            let all = named(&desk, "Simulated Thermometer").await.ok()?;
            (all.quarantined == 20 * 500 - 1).then_some(all)
        });
        assert_eq!(flooded.await.context("every packet of the flood is counted")?.stored, 1);
        desk.ok(c::Lock {}).await.map(|_| ())
    })
}

#[test]
fn a_borrowed_identity_is_not_believed_twice() -> Result<()> {
    on_private_bus("a_borrowed_identity_is_not_believed_twice", async |bus| {
        let strap = Peripheral::heart_rate_strap(1);
        let claim = strap.system_id(1);
        let mut liar = Peripheral::heart_rate_strap(2).claiming(claim);
        liar.name = "Other Strap".into();
        let bluez = SimulatedBluez::attach(&bus, vec![strap, liar]).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        add_all(&desk).await?;
        // The same value in the same instant from both: of one device it would be one reading.
        for n in 0..10u8 {
            let sent = eventually(PATIENCE, async || {
                let ready = (0..2).all(|at| bluez.is_subscribed(at, 0x2A37));
                ready.then_some(())
            });
            sent.await.context("both subscribed")?;
            for at in 0..2 {
                assert!(bluez.send(at, 0x2A37, &[0x06, 60 + n]).await?);
            }
            desk.clock.advance(1000);
        }
        let all = devices(&desk, |d| d.stored == 10).await?;
        assert!(all.iter().all(|d| d.quarantined == 0), "{all:?}");
        let record =
            c::GetRecord { category: Category::HeartRate, from: START, to: START + 60_000, width: 600 };
        let rows = desk.ok(record).await?.rows;
        for name in ["Simulated Strap", "Other Strap"] {
            assert_eq!(rows.iter().filter(|r| r.device == name).count(), 10, "{name}");
        }
        desk.ok(c::Lock {}).await.map(|_| ())
    })
}

#[test]
fn another_firmware_is_read_as_what_it_is_now() -> Result<()> {
    on_private_bus("another_firmware_is_read_as_what_it_is_now", async |bus| {
        let both = Peripheral::heart_rate_strap(1).with(
            0x1809,
            0x2A1C,
            &["indicate"],
            salus_tests::bluez::Content::Fixed(Vec::new()),
        );
        let bluez = SimulatedBluez::attach(&bus, vec![both]).await?;
        let mut driver = connected(&bluez, 0).await?;
        assert!(bluez.send(0, 0x2A1C, &body::temperature(365, NOW, 2)).await?);
        let first = driver.reading().await;

        // It loses the thermometer and its system id, and has them back later: it is the same device all along.
        let firmwares: [&[u16]; 3] = [&[0x2A1C, 0x2A23, 0x2A19], &[0x2A37], &[]];
        for (without, measures) in firmwares.into_iter().zip([
            vec![Category::HeartRate],
            vec![Category::BodyTemperature],
            vec![Category::HeartRate, Category::BodyTemperature],
        ]) {
            bluez.drop_link(0).await?;
            bluez.flash(0, without).await?;
            driver.until(|e| *e == SessionEvent::Disconnected).await;
            let event = driver.until(|e| matches!(e, SessionEvent::Described(_))).await;
            let SessionEvent::Described(described) = event else { unreachable!() };
            assert_eq!(described.measures, measures, "{without:x?}");
            driver.advance(60_000);
            if measures.contains(&Category::HeartRate) {
                assert!(bluez.send(0, 0x2A37, &[0x06, 71]).await?);
                assert_eq!(driver.reading().await.value(Quantity::HeartRate).map(|v| v.mantissa), Some(71));
            } else {
                assert!(!bluez.send(0, 0x2A37, &[0x06, 71]).await?);
                assert!(bluez.send(0, 0x2A1C, &body::temperature(366, NOW + 60_000, 2)).await?);
                assert_eq!(driver.reading().await.device, first.device);
            }
        }
        assert_eq!(driver.session.counts().total(), 0);
        Ok(())
    })
}

#[test]
fn replayed_packets_are_set_aside_while_another_device_goes_on() -> Result<()> {
    on_private_bus("replayed_packets_are_set_aside_while_another_device_goes_on", async |bus| {
        let cuff = Peripheral::blood_pressure_cuff(1, Arc::new(|| NOW));
        let bluez = SimulatedBluez::attach(&bus, vec![cuff, Peripheral::heart_rate_strap(1)]).await?;
        let (mut cuff, mut strap): (Driver, Driver) =
            (connected(&bluez, 0).await?, connected(&bluez, 1).await?);
        let mut wave = Wave::new(20_261_124);
        let packets: Vec<Vec<u8>> = (0..20).map(|n| wave.blood_pressure(NOW - n * 60_000)).collect();
        for packet in &packets {
            assert!(bluez.send(0, 0x2A35, packet).await?);
            assert!(matches!(cuff.packet().await, SessionEvent::Reading(_)));
        }
        for round in 1..=5u32 {
            for packet in packets.iter().rev() {
                assert!(bluez.send(0, 0x2A35, packet).await?);
                assert_eq!(cuff.packet().await, SessionEvent::Quarantined(Reason::Replayed));
                assert!(bluez.send(1, 0x2A37, &wave.heart_rate()).await?);
                assert!(matches!(strap.packet().await, SessionEvent::Reading(_)));
            }
            assert_eq!(cuff.session.counts().of(Reason::Replayed), round * 20);
        }
        assert_eq!(strap.session.counts().total(), 0);
        Ok(())
    })
}
