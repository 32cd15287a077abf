//! Twenty peripherals for five simulated minutes: a packet a second each, links that drop and come back.

use std::time::Duration;

use anyhow::{Context, Result};
use salus_tests::bluez::packet::activity;
use salus_tests::bluez::wave::Wave;
use salus_tests::bluez::{Peripheral, SimulatedBluez};
use salus_tests::desk::Desk;
use salus_tests::figure::Figure;
use salus_tests::network::eventually;
use salus_wire::command as c;
use salus_wire::view::DeviceState;

const PERIPHERALS: u8 = 20;
const SECONDS: usize = 300;
/// Every so many seconds the next link drops.
const DROP_EVERY: usize = 7;
/// Every so many seconds the person does something: a record closes when nobody is there.
const STIR_EVERY: usize = 60;
/// Real time of one simulated second: a link is back within about 20 of them.
const STEP: Duration = Duration::from_millis(50);
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) async fn measure(bus: &str) -> Result<()> {
    let bluez = SimulatedBluez::attach(bus, peripherals()).await?;
    let dir = tempfile::tempdir()?;
    let desk = Desk::patient(dir.path()).await?;
    let found = desk.ok(c::ScanDevices {}).await?;
    for device in &found {
        desk.ok(c::AddDevice { device: device.id }).await?;
    }
    let connected = eventually(PATIENCE, async || {
        let all = desk.ok(c::ListDevices {}).await.ok()?;
        let up = all.iter().filter(|d| d.state == DeviceState::Connected && d.model.is_some()).count();
        (up == usize::from(PERIPHERALS)).then_some(())
    });
    connected.await.context("all are connected")?;

    let mut wave = Wave::new(20_261_124);
    let mut drops = 0;
    let mut tick = tokio::time::interval(STEP);
    for second in 0..SECONDS {
        tick.tick().await;
        desk.clock.advance(1000);
        if second % STIR_EVERY == 0 {
            let settings = desk.ok(c::GetApp {}).await?.settings;
            desk.ok(c::SetSettings { settings }).await?;
        }
        for at in 0..usize::from(PERIPHERALS) {
            let (characteristic, packet) = packet(at, second, &mut wave)?;
            bluez.send(at, characteristic, &packet).await?;
        }
        if second % DROP_EVERY == DROP_EVERY - 1 {
            bluez.drop_link(second / DROP_EVERY % usize::from(PERIPHERALS)).await?;
            drops += 1;
        }
    }
    let sent: u64 = (0..usize::from(PERIPHERALS)).map(|at| bluez.sent(at)).sum();
    let count = async || {
        Some(desk.ok(c::ListDevices {}).await.ok()?.iter().map(|d| u64::from(d.stored)).sum::<u64>())
    };
    let stored = eventually(PATIENCE, async || count().await.filter(|stored| *stored == sent)).await;
    let stored = match stored {
        Some(stored) => stored,
        None => count().await.unwrap_or_default(),
    };
    desk.ok(c::Lock {}).await?;
    Figure {
        name: format!(
            "{PERIPHERALS} peripherals, {SECONDS} simulated seconds, {drops} links dropped: stored once"
        ),
        target: format!("= {sent} sent while connected"),
        measured: f64::from(u32::try_from(stored)?),
        unit: "readings".to_owned(),
        baseline: format!("{} would have been sent without a drop", usize::from(PERIPHERALS) * SECONDS),
        ok: Some(stored == sent && sent > 0),
    }
    .print()
}

/// All of them.
pub(crate) fn peripherals() -> Vec<Peripheral> {
    (0..PERIPHERALS).map(peripheral).collect()
}

fn peripheral(unit: u8) -> Peripheral {
    let mut one =
        if unit.is_multiple_of(2) { Peripheral::heart_rate_strap(unit) } else { Peripheral::foot_pod(unit) };
    one.name = format!("{} {unit}", one.name);
    one
}

fn packet(at: usize, second: usize, wave: &mut Wave) -> Result<(u16, Vec<u8>)> {
    if at.is_multiple_of(2) {
        return Ok((0x2A37, wave.heart_rate()));
    }
    let speed = u16::try_from(wave.between(400, 900))?;
    Ok((0x2A53, activity::running(speed, 170, 104, u32::try_from(second * 25)?)))
}
