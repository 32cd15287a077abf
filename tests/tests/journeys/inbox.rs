//! Journey: the record is locked, by each of its four ways, and the wearables go on. What they send is in the sealed inbox,
//! and in the record once it is unlocked.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::{Peripheral, SimulatedBluez};
use salus_tests::desk::{Desk, PASSPHRASE, START};
use salus_tests::login1::Logind;
use salus_tests::network::eventually;
use salus_wire::view::{DeviceState, RecordView};
use salus_wire::{Category, ErrorCode, command as c};

const PATIENCE: Duration = Duration::from_secs(30);

async fn record(desk: &Desk, category: Category) -> Result<RecordView> {
    let (from, to) = (START - 86_400_000, START + 86_400_000);
    desk.ok(c::GetRecord { category, from, to, width: 600 }).await
}

async fn stored(desk: &Desk, category: Category, readings: u32) -> Result<()> {
    let there = eventually(PATIENCE, async || {
        record(desk, category).await.ok().filter(|view| view.total == readings).map(|_| ())
    });
    there.await.with_context(|| format!("{readings} of {category:?} stored"))
}

async fn locked(desk: &Desk) -> Result<()> {
    let there =
        eventually(PATIENCE, async || desk.ok(c::GetApp {}).await.ok().filter(|app| app.locked).map(|_| ()));
    there.await.context("locked")
}

async fn unlock(desk: &Desk) -> Result<()> {
    desk.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await.map(|_| ())
}

/// Everything in range, added and connected.
async fn connected(desk: &Desk, devices: usize) -> Result<()> {
    for device in desk.ok(c::ScanDevices {}).await? {
        desk.ok(c::AddDevice { device: device.id }).await?;
    }
    let up = eventually(PATIENCE, async || {
        let all = desk.ok(c::ListDevices {}).await.ok()?;
        let up = all.iter().filter(|d| d.state == DeviceState::Connected && d.model.is_some()).count();
        (up == devices).then_some(())
    });
    up.await.context("connected")
}

/// Waits until the inbox holds more than before.
async fn grows(dir: &Path, before: u64) -> Result<u64> {
    let path = dir.join("record/inbox");
    let there = eventually(PATIENCE, async || {
        std::fs::metadata(&path).ok().map(|m| m.len()).filter(|len| *len > before)
    });
    there.await.context("the inbox takes a reading")
}

/// A heart rate, and the clock goes on by a second: two equal ones are two.
async fn beat(bluez: &SimulatedBluez, desk: &Desk, bpm: u8) -> Result<()> {
    desk.clock.advance(1_000);
    anyhow::ensure!(bluez.send(0, 0x2A37, &[0x06, bpm]).await?, "the strap is connected and heard");
    Ok(())
}

#[test]
fn each_way_of_locking_keeps_the_readings_coming() -> Result<()> {
    on_private_bus("inbox::each_way_of_locking_keeps_the_readings_coming", async |bus| {
        let logind = Logind::attach(&bus, true).await?;
        let bluez = SimulatedBluez::attach(&bus, vec![Peripheral::heart_rate_strap(1)]).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        connected(&desk, 1).await?;
        beat(&bluez, &desk, 60).await?;
        stored(&desk, Category::HeartRate, 1).await?;
        eventually(PATIENCE, async || (logind.delays() == 1).then_some(()))
            .await
            .context("a delay is held")?;

        for (n, way) in ["button", "idle", "sleep", "session", "hint"].into_iter().enumerate() {
            match way {
                "button" => drop(desk.ok(c::Lock {}).await?),
                "idle" => desk.clock.advance(6 * 60_000),
                "sleep" => {
                    logind.sleep().await?;
                    // The delay was let go only once it was locked.
                    assert!(desk.ok(c::GetApp {}).await?.locked, "locked before the computer slept");
                }
                "session" => logind.lock().await?,
                _ => logind.hint(true).await?,
            }
            locked(&desk).await.context(way)?;
            assert!(desk.ok(c::GetApp {}).await?.receiving, "{way}");
            let header = std::fs::metadata(dir.path().join("record/inbox"))?.len();
            beat(&bluez, &desk, 70).await.context(way)?;
            let one = grows(dir.path(), header).await.context(way)?;
            beat(&bluez, &desk, 71).await.context(way)?;
            grows(dir.path(), one).await.context(way)?;
            assert_eq!(desk.refused(c::GetOverview {}).await, ErrorCode::Locked);
            unlock(&desk).await?;
            let readings = u32::try_from(3 * n + 3)?;
            stored(&desk, Category::HeartRate, readings).await.context(way)?;
            // Emptied only after everything in it is on disk.
            let inbox = dir.path().join("record/inbox");
            let emptied = eventually(PATIENCE, async || (!inbox.exists()).then_some(()));
            emptied.await.with_context(|| format!("{way}: emptied"))?;
            // The link lived through it.
            beat(&bluez, &desk, 72).await.context(way)?;
            stored(&desk, Category::HeartRate, readings + 1).await.context(way)?;
            if way == "sleep" {
                logind.wake().await?;
                let held = eventually(PATIENCE, async || (logind.delays() == 1).then_some(()));
                held.await.context("a new delay is held")?;
            }
            logind.hint(false).await?;
        }
        let device = &desk.ok(c::ListDevices {}).await?[0];
        assert_eq!((device.stored, device.quarantined), (16, 0), "counted like any other");
        desk.app.close().await.map_err(|f| anyhow::anyhow!("{f}"))
    })
}

#[test]
fn after_a_restart_nothing_is_received_before_the_first_unlocking() -> Result<()> {
    on_private_bus("inbox::after_a_restart_nothing_is_received_before_the_first_unlocking", async |bus| {
        // Outside of any session, as a desktop starts it: logind's "auto" is the one that the person sees.
        let logind = Logind::attach(&bus, false).await?;
        let bluez = SimulatedBluez::attach(&bus, vec![Peripheral::heart_rate_strap(1)]).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        connected(&desk, 1).await?;
        eventually(PATIENCE, async || (logind.delays() == 1).then_some(()))
            .await
            .context("a delay is held")?;
        logind.lock().await?;
        locked(&desk).await?;
        beat(&bluez, &desk, 70).await?;
        grows(dir.path(), 25).await?;
        // The process ends without unlocking; nothing on the disk says what to connect to.
        drop(desk);
        let desk =
            eventually(PATIENCE, async || Desk::open(dir.path()).await.ok()).await.context("opened")?;
        let app = desk.ok(c::GetApp {}).await?;
        assert!(app.locked && !app.receiving);
        desk.clock.advance(60_000);
        unlock(&desk).await?;
        stored(&desk, Category::HeartRate, 1).await?;
        desk.app.close().await.map_err(|f| anyhow::anyhow!("{f}"))
    })
}

#[test]
fn a_strangers_reading_waits_and_a_forged_entry_is_counted() -> Result<()> {
    on_private_bus("inbox::a_strangers_reading_waits_and_a_forged_entry_is_counted", async |bus| {
        let cuff = Peripheral::blood_pressure_cuff(1, Arc::new(|| START));
        let bluez = SimulatedBluez::attach(&bus, vec![cuff]).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        connected(&desk, 1).await?;
        desk.ok(c::Lock {}).await?;
        let mut packet = salus_tests::bluez::wave::Wave::new(5).blood_pressure(START - 60_000);
        let user = packet.len() - 3;
        packet[user] = 2;
        assert!(bluez.send(0, 0x2A35, &packet).await?);
        let end = grows(dir.path(), 25).await.context("somebody's reading")?;
        unlock(&desk).await?;
        // It waits for its person, as it would have without the lock.
        let held = eventually(PATIENCE, async || {
            let held = desk.ok(c::ListUnclaimed {}).await.ok()?;
            (held.len() == 1 && held[0].waiting == 1).then_some(held)
        });
        let held = held.await.context("the reading waits")?;
        desk.ok(c::ClaimReadings { device: held[0].device, user: Some(2), mine: true }).await?;
        stored(&desk, Category::BloodPressure, 1).await?;

        // Locked again; now the person is known. Somebody else's program copies an entry.
        desk.ok(c::Lock {}).await?;
        // Another measurement: it is no copy of the first one.
        let mut packet = salus_tests::bluez::wave::Wave::new(6).blood_pressure(START - 30_000);
        packet[user] = 2;
        assert!(bluez.send(0, 0x2A35, &packet).await?);
        let path = dir.path().join("record/inbox");
        grows(dir.path(), 25).await.context("the person's reading")?;
        let bytes = std::fs::read(&path)?;
        std::fs::write(&path, [&bytes, &bytes[25..]].concat())?;
        assert!(end > 25);
        unlock(&desk).await?;
        stored(&desk, Category::BloodPressure, 2).await?;
        let counted = eventually(PATIENCE, async || {
            desk.ok(c::GetDoors {}).await.ok().filter(|doors| doors.refused == 1).map(|_| ())
        });
        counted.await.context("the copy is refused and counted")?;
        desk.app.close().await.map_err(|f| anyhow::anyhow!("{f}"))
    })
}
