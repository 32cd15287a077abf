//! Journey: a cuff that two people share. Each person's readings go where that person said, and wait until then.

use std::time::Duration;

use anyhow::{Context, Result};
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::wave::Wave;
use salus_tests::bluez::{Peripheral, SimulatedBluez};
use salus_tests::desk::{Desk, PASSPHRASE, START};
use salus_tests::network::eventually;
use salus_wire::command as c;
use salus_wire::view::{DeviceState, NoticeKind, UnclaimedView};
use salus_wire::{Category, ErrorCode};

const PATIENCE: Duration = Duration::from_secs(30);

/// A pressure of one user, `minutes` before the start.
fn packet(wave: &mut Wave, user: u8, minutes: i64) -> Vec<u8> {
    let mut bytes = wave.blood_pressure(START - minutes * 60_000);
    let at = bytes.len() - 3;
    bytes[at] = user;
    bytes
}

async fn waiting(desk: &Desk, readings: u32) -> Result<Vec<UnclaimedView>> {
    let there = eventually(PATIENCE, async || {
        let held = desk.ok(c::ListUnclaimed {}).await.ok()?;
        (held.iter().map(|u| u.waiting).sum::<u32>() == readings).then_some(held)
    });
    there.await.with_context(|| format!("{readings} readings wait"))
}

async fn stored(desk: &Desk, readings: u32) -> Result<()> {
    let record = || c::GetRecord {
        category: Category::BloodPressure,
        from: START - 86_400_000,
        to: START + 1,
        width: 600,
    };
    let there =
        eventually(PATIENCE, async || desk.ok(record()).await.ok().filter(|view| view.total == readings));
    there.await.with_context(|| format!("{readings} readings stored")).map(|_| ())
}

#[test]
fn a_shared_cuff_asks_once_and_mixes_nobody() -> Result<()> {
    on_private_bus("claim::a_shared_cuff_asks_once_and_mixes_nobody", async |bus| {
        let cuff = Peripheral::blood_pressure_cuff(1, std::sync::Arc::new(|| START));
        let bluez = SimulatedBluez::attach(&bus, vec![cuff]).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        let found = desk.ok(c::ScanDevices {}).await?;
        desk.ok(c::AddDevice { device: found[0].id }).await?;
        let connected = eventually(PATIENCE, async || {
            let devices = desk.ok(c::ListDevices {}).await.ok()?;
            devices.iter().any(|d| d.state == DeviceState::Connected && d.model.is_some()).then_some(())
        });
        connected.await.context("connected")?;

        let mut wave = Wave::new(5);
        for (user, minutes) in [(1, 50), (2, 40), (1, 30)] {
            assert!(bluez.send(0, 0x2A35, &packet(&mut wave, user, minutes)).await?);
        }
        let held = waiting(&desk, 3).await?;
        assert_eq!(
            held.iter().map(|u| (u.user, u.waiting)).collect::<Vec<_>>(),
            [(Some(1), 2), (Some(2), 1)]
        );
        stored(&desk, 0).await?;
        // It is told, also to whoever is not on the screen where it is asked.
        let told = eventually(PATIENCE, async || {
            let all = desk.ok(c::ListNotices {}).await.ok()?.notices;
            let whose = all.iter().filter(|n| matches!(n.kind, NoticeKind::Whose { .. })).count();
            (whose == 2).then_some(())
        });
        told.await.context("both users are told of")?;

        // What waits survives locking, sealed.
        desk.ok(c::Lock {}).await?;
        assert_eq!(desk.refused(c::ListUnclaimed {}).await, ErrorCode::Locked);
        desk.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await?;
        let held = waiting(&desk, 3).await?;

        let claim = |user, mine| c::ClaimReadings { device: held[0].device, user: Some(user), mine };
        desk.ok(claim(1, true)).await?;
        stored(&desk, 2).await?;
        desk.ok(claim(2, false)).await?;
        waiting(&desk, 0).await?;
        stored(&desk, 2).await?;

        // From now on nobody is asked: user 1 is stored, user 2 is left out, a stranger waits.
        let other = packet(&mut wave, 2, 20);
        let ready = eventually(PATIENCE, async || {
            let sent = bluez.send(0, 0x2A35, &other).await.ok()?;
            sent.then_some(())
        });
        ready.await.context("connected again")?;
        assert!(bluez.send(0, 0x2A35, &packet(&mut wave, 1, 10)).await?);
        assert!(bluez.send(0, 0x2A35, &packet(&mut wave, 255, 9)).await?);
        let held = waiting(&desk, 1).await?;
        assert_eq!(held[0].user, None);
        stored(&desk, 3).await?;
        desk.ok(c::Lock {}).await.map(|_| ())
    })
}
