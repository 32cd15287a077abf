//! Adversary: devices among others. A flood, a borrowed identity, another firmware, old packets: what they do stays
//! theirs, is set aside until the person says whose it is, is counted and shown, and slows nobody else.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use salus_devices::{Reason, SessionEvent};
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::driver::{Driver, NOW, connected};
use salus_tests::bluez::memory::{Memory, Skill};
use salus_tests::bluez::packet::body;
use salus_tests::bluez::wave::Wave;
use salus_tests::bluez::{Peripheral, SimulatedBluez};
use salus_tests::desk::{Desk, PASSPHRASE, START};
use salus_tests::network::eventually;
use salus_wire::view::{DeviceState, DeviceView, SetAside, SetAsideView};
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
    on_private_bus("hostile::a_flood_slows_nobody_else", async |bus| {
        let memory = Memory::new(Skill::Full);
        let oximeter = Peripheral::pulse_oximeter(1, Arc::new(|| START), &memory);
        let peripherals = vec![Peripheral::heart_rate_strap(1), Peripheral::thermometer(1, 6), oximeter];
        let bluez = SimulatedBluez::attach(&bus, peripherals).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        add_all(&desk).await?;
        for n in 0..20 {
            for _ in 0..500 {
                assert!(bluez.send(1, 0x2A1C, &body::temperature(370, START, 6)).await?);
            }
            // Well formed, and no measurements: a level, and the end of records that nobody asked for.
            for _ in 0..100 {
                assert!(bluez.send(2, 0x2A19, &[50]).await?);
                assert!(bluez.send(2, 0x2A52, &[0x06, 0x00, 0x01, 0x01]).await?);
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
        let flooded = flooded.await.context("every packet of the flood is counted")?;
        assert_eq!(flooded.stored, 1);
        // Each for its own reason: what was looked at was a copy, the rest was not looked at.
        let reasons: Vec<SetAside> = flooded.set_aside.iter().map(|s| s.reason).collect();
        assert_eq!(reasons, [SetAside::Replayed, SetAside::TooFrequent], "{flooded:?}");
        assert_eq!(flooded.set_aside.iter().map(|s| s.count).sum::<u32>(), flooded.quarantined);
        // 64 of each at once and 4 a second are looked at, and 20 seconds have passed.
        let most = 2 * 20 * 100 - 2 * (64 + 4 * 21);
        let flooded = until(&desk, "Simulated Oximeter", |d| d.quarantined >= most).await?;
        assert_eq!((flooded.stored, flooded.battery), (0, Some(50)));
        let reasons: Vec<SetAside> = flooded.set_aside.iter().map(|s| s.reason).collect();
        assert_eq!(reasons, [SetAside::TooFrequent], "{flooded:?}");
        desk.ok(c::Lock {}).await.map(|_| ())
    })
}

/// Sends one beat from a strap, once somebody listens to it.
async fn beat(bluez: &SimulatedBluez, at: usize, bpm: u8) -> Result<()> {
    let sent =
        eventually(PATIENCE, async || bluez.send(at, 0x2A37, &[0x06, bpm]).await.ok().filter(|sent| *sent));
    sent.await.context("the strap is heard").map(drop)
}

/// A device, once it is as wanted.
async fn until(desk: &Desk, name: &str, fits: impl Fn(&DeviceView) -> bool) -> Result<DeviceView> {
    let there = eventually(PATIENCE, async || named(desk, name).await.ok().filter(&fits));
    there.await.with_context(|| format!("{name} as expected"))
}

const STRAPS: [&str; 2] = ["Simulated Strap", "Other Strap"];

fn strap_and_liar() -> [Peripheral; 2] {
    let strap = Peripheral::heart_rate_strap(1);
    let mut liar = Peripheral::heart_rate_strap(2).claiming(strap.system_id(1));
    liar.name = STRAPS[1].into();
    [strap, liar]
}

#[test]
fn an_identity_that_two_claim_at_once_is_set_aside_until_the_person_says_whose_it_is() -> Result<()> {
    let name = "hostile::an_identity_that_two_claim_at_once_is_set_aside_until_the_person_says_whose_it_is";
    on_private_bus(name, async |bus| {
        let bluez = SimulatedBluez::attach(&bus, strap_and_liar().to_vec()).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        add_all(&desk).await?;
        // Whichever came second is doubted; which of them that is, nobody can know.
        let claimed = eventually(PATIENCE, async || {
            let all = desk.ok(c::ListDevices {}).await.ok()?;
            all.into_iter().find(|d| d.claimed_twice)
        });
        let doubted = claimed.await.context("one of them is doubted")?;
        let late = STRAPS.iter().position(|n| *n == doubted.name).context("a strap")?;
        let first = 1 - late;
        // The same value in the same instant from both: of one device it would be one reading.
        for n in 0..10u8 {
            beat(&bluez, late, 60 + n).await?;
            beat(&bluez, first, 60 + n).await?;
            desk.clock.advance(1000);
        }
        let honest = until(&desk, STRAPS[first], |d| d.stored == 10).await?;
        assert!((honest.quarantined, honest.claimed_twice) == (0, false), "{honest:?}");
        let doubted = until(&desk, STRAPS[late], |d| d.quarantined == 10).await?;
        assert_eq!((doubted.stored, doubted.services_changed), (0, false));
        assert_eq!(doubted.set_aside, [SetAsideView { reason: SetAside::Doubted, count: 10 }]);

        // Two straps whose maker gave them one number, then: the person knows that both are theirs.
        let links = bluez.links(late);
        desk.ok(c::AcceptDevice { device: doubted.id }).await?;
        let again = eventually(PATIENCE, async || (bluez.links(late) > links).then_some(()));
        again.await.context("a new session")?;
        for n in 0..5u8 {
            beat(&bluez, late, 80 + n).await?;
            beat(&bluez, first, 80 + n).await?;
            desk.clock.advance(1000);
        }
        let accepted = until(&desk, STRAPS[late], |d| d.stored == 5).await?;
        assert!((accepted.quarantined, accepted.claimed_twice) == (10, false), "{accepted:?}");
        until(&desk, STRAPS[first], |d| d.stored == 15).await?;
        let record =
            c::GetRecord { category: Category::HeartRate, from: START, to: START + 60_000, width: 600 };
        let rows = desk.ok(record).await?.rows;
        for (at, beats) in [(first, 15), (late, 5)] {
            assert_eq!(rows.iter().filter(|r| r.device == STRAPS[at]).count(), beats, "{at}");
        }
        desk.ok(c::Lock {}).await.map(|_| ())
    })
}

#[test]
fn a_device_at_another_private_address_is_the_same_one_and_no_alarm() -> Result<()> {
    on_private_bus("hostile::a_device_at_another_private_address_is_the_same_one_and_no_alarm", async |bus| {
        let [before, after] = strap_and_liar();
        let both = vec![before.at_private_address(1), after.at_private_address(2)];
        let bluez = SimulatedBluez::attach(&bus, both).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        // One device: at its second address it is not reached before it has left the first.
        bluez.refuse(1, u32::MAX);
        for device in desk.ok(c::ScanDevices {}).await? {
            desk.ok(c::AddDevice { device: device.id }).await?;
        }
        beat(&bluez, 0, 60).await?;
        until(&desk, STRAPS[0], |d| d.stored == 1).await?;
        bluez.refuse(0, u32::MAX);
        bluez.drop_link(0).await?;
        until(&desk, STRAPS[0], |d| d.state != DeviceState::Connected).await?;
        bluez.refuse(1, 0);
        // The session that finds the identity taken ends, and the next one is told of it.
        until(&desk, STRAPS[1], |d| d.state == DeviceState::Connected && d.model.is_some()).await?;
        for n in 1..4u8 {
            desk.clock.advance(1000);
            beat(&bluez, 1, 60 + n).await?;
        }
        let found = until(&desk, STRAPS[1], |d| d.stored == 3).await?;
        assert!((found.quarantined, found.claimed_twice) == (0, false), "{found:?}");

        // Both sending at once, it cannot be one device: the one that came later is doubted.
        bluez.refuse(0, 0);
        desk.clock.advance(1000);
        beat(&bluez, 0, 70).await?;
        until(&desk, STRAPS[0], |d| d.stored == 2 && !d.claimed_twice).await?;
        until(&desk, STRAPS[1], |d| d.claimed_twice).await?;
        desk.clock.advance(1000);
        beat(&bluez, 1, 71).await?;
        let doubted = until(&desk, STRAPS[1], |d| d.quarantined == 1).await?;
        assert_eq!(doubted.stored, 3);
        desk.ok(c::Lock {}).await.map(|_| ())
    })
}

#[test]
fn other_services_are_set_aside_until_they_are_as_before_or_accepted() -> Result<()> {
    on_private_bus(
        "hostile::other_services_are_set_aside_until_they_are_as_before_or_accepted",
        async |bus| {
            let fixed = salus_tests::bluez::Content::Fixed(Vec::new());
            let strap = Peripheral::heart_rate_strap(1).with(0x1809, 0x2A1C, &["indicate"], fixed);
            let bluez = SimulatedBluez::attach(&bus, vec![strap]).await?;
            let dir = tempfile::tempdir()?;
            let desk = Desk::patient(dir.path()).await?;
            add_all(&desk).await?;
            let device = named(&desk, STRAPS[0]).await?.id;
            beat(&bluez, 0, 60).await?;
            until(&desk, STRAPS[0], |d| d.stored == 1 && !d.services_changed).await?;
            let flash = async |without: &[u16]| {
                bluez.drop_link(0).await?;
                bluez.flash(0, without).await
            };

            // Its battery is no matter of what it is.
            flash(&[0x2A19]).await?;
            beat(&bluez, 0, 61).await?;
            until(&desk, STRAPS[0], |d| d.stored == 2 && !d.services_changed).await?;

            flash(&[0x2A1C]).await?;
            until(&desk, STRAPS[0], |d| d.services_changed).await?;
            for n in 0..3u8 {
                beat(&bluez, 0, 70 + n).await?;
            }
            let doubted = until(&desk, STRAPS[0], |d| d.quarantined == 3).await?;
            assert_eq!(doubted.stored, 2);

            // As before, it is believed again by itself.
            flash(&[]).await?;
            until(&desk, STRAPS[0], |d| !d.services_changed && d.state == DeviceState::Connected).await?;
            desk.clock.advance(1000);
            beat(&bluez, 0, 62).await?;
            until(&desk, STRAPS[0], |d| d.stored == 3).await?;

            // Doubted over a restart, and accepted as what it is now.
            flash(&[0x2A1C]).await?;
            until(&desk, STRAPS[0], |d| d.services_changed).await?;
            desk.app.close().await.map_err(|f| anyhow::anyhow!("{f}"))?;
            drop(desk);
            let desk =
                eventually(PATIENCE, async || Desk::open(dir.path()).await.ok()).await.context("opened")?;
            desk.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await?;
            assert!(named(&desk, STRAPS[0]).await?.services_changed);
            beat(&bluez, 0, 75).await?;
            until(&desk, STRAPS[0], |d| d.quarantined == 4).await?;
            let links = bluez.links(0);
            assert!(!desk.ok(c::AcceptDevice { device }).await?.services_changed);
            let again = eventually(PATIENCE, async || (bluez.links(0) > links).then_some(()));
            again.await.context("a new session")?;
            desk.clock.advance(60_000);
            beat(&bluez, 0, 63).await?;
            until(&desk, STRAPS[0], |d| d.stored == 4 && !d.services_changed && d.quarantined == 4).await?;
            desk.ok(c::Lock {}).await.map(|_| ())
        },
    )
}

#[test]
fn a_session_reads_another_firmware_as_what_it_is_now() -> Result<()> {
    on_private_bus("hostile::a_session_reads_another_firmware_as_what_it_is_now", async |bus| {
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
    on_private_bus("hostile::replayed_packets_are_set_aside_while_another_device_goes_on", async |bus| {
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
