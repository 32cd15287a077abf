//! Journey: a day in the life, as the demonstration plays it. Six wearables, all that they have stored, one wrong clock,
//! one stranger on the scale, and a strap whose link drops.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use salus_tests::bluez::SimulatedBluez;
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::day;
use salus_tests::bluez::peripheral::Clock;
use salus_tests::bluez::wave::Wave;
use salus_tests::desk::{Desk, START};
use salus_tests::network::eventually;
use salus_wire::view::DeviceState;
use salus_wire::{Category, command as c};

const PATIENCE: Duration = Duration::from_secs(60);
const HOUR: i64 = 3_600_000;

async fn stored(desk: &Desk, category: Category, readings: u32) -> Result<()> {
    let record = || c::GetRecord { category, from: START - 30 * 24 * HOUR, to: START + HOUR, width: 600 };
    let there =
        eventually(PATIENCE, async || desk.ok(record()).await.ok().filter(|view| view.total == readings));
    there.await.with_context(|| format!("{readings} of {category:?}")).map(|_| ())
}

#[test]
fn a_day_is_stored_as_it_was() -> Result<()> {
    on_private_bus("day::a_day_is_stored_as_it_was", async |bus| {
        let mut wave = Wave::new(20_261_124);
        let clock: Clock = Arc::new(|| START);
        let bluez = SimulatedBluez::attach(&bus, day::wearables(&clock, &mut wave)).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        for device in desk.ok(c::ScanDevices {}).await? {
            desk.ok(c::AddDevice { device: device.id }).await?;
        }
        let connected = eventually(PATIENCE, async || {
            let all = desk.ok(c::ListDevices {}).await.ok()?;
            let up = all.iter().all(|d| d.state == DeviceState::Connected && d.model.is_some());
            (up && all.len() == day::NAMES.len()).then_some(())
        });
        connected.await.context("all six are connected")?;
        let at = |name| day::NAMES.iter().position(|n| *n == name).context("one of the six");
        for said in day::packets(START, &mut wave) {
            ensure!(bluez.send(at(said.by)?, said.characteristic, &said.octets).await?, "{}", said.by);
        }
        for _ in 0..5 {
            assert!(bluez.send(0, 0x2A37, &wave.heart_rate()).await?);
        }
        bluez.drop_link(0).await?;

        // Cuff and scale name users; the second one on the scale is somebody else.
        let held = eventually(PATIENCE, async || {
            let held = desk.ok(c::ListUnclaimed {}).await.ok()?;
            (held.iter().map(|u| u.waiting).sum::<u32>() == 9 + 14 + 1).then_some(held)
        });
        for one in held.await.context("24 readings wait for their person")? {
            let mine = one.user == Some(1);
            desk.ok(c::ClaimReadings { device: one.device, user: one.user, mine }).await?;
        }
        for (category, readings) in [
            (Category::HeartRate, 5),
            (Category::BloodPressure, 9),
            (Category::OxygenSaturation, 7),
            (Category::BodyWeight, 14),
            (Category::BodyTemperature, 5),
            (Category::Glucose, 52),
        ] {
            stored(&desk, category, readings).await?;
        }
        let back =
            eventually(PATIENCE, async || bluez.send(0, 0x2A37, &[0x06, 71]).await.ok()?.then_some(()));
        back.await.context("the strap is back")?;
        stored(&desk, Category::HeartRate, 6).await?;

        let all = desk.ok(c::ListDevices {}).await?;
        assert!(all.iter().all(|d| d.quarantined == 0), "{all:?}");
        let behind: Vec<i64> = all.iter().filter_map(|d| d.clock_behind).filter(|by| *by != 0).collect();
        assert_eq!(behind, [HOUR]);
        desk.ok(c::Lock {}).await.map(|_| ())
    })
}
