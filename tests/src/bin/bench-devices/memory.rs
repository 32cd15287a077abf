//! What a connected device costs in memory: the gateway is alone in this process, the simulated devices are in another.

use std::time::Duration;

use anyhow::{Context, Result};
use salus_tests::desk::Desk;
use salus_tests::figure::Figure;
use salus_tests::network::eventually;
use salus_wire::command as c;
use salus_wire::view::DeviceState;

const PATIENCE: Duration = Duration::from_secs(120);

/// Connects one device, which brings what all share, then the others.
pub(crate) async fn measure() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let desk = Desk::patient(dir.path()).await?;
    let found = desk.ok(c::ScanDevices {}).await?;
    let (first, others) = found.split_first().context("no device in range")?;
    desk.ok(c::AddDevice { device: first.id }).await?;
    connected(&desk, 1).await?;
    let before = resident()?;
    for device in others {
        desk.ok(c::AddDevice { device: device.id }).await?;
    }
    connected(&desk, found.len()).await?;
    let each = (resident()? - before) / f64::from(u32::try_from(others.len())?);
    desk.ok(c::Lock {}).await?;
    Figure {
        name: "memory per connected device".to_owned(),
        target: String::new(),
        measured: each,
        unit: "KiB".to_owned(),
        baseline: format!("{} more devices; {before:.0} KiB with the first one", others.len()),
        ok: None,
    }
    .print()
}

async fn connected(desk: &Desk, all: usize) -> Result<()> {
    let connected = eventually(PATIENCE, async || {
        let listed = desk.ok(c::ListDevices {}).await.ok()?;
        let up = listed.iter().filter(|d| d.state == DeviceState::Connected && d.model.is_some()).count();
        (up == all).then_some(())
    });
    connected.await.with_context(|| format!("{all} are connected"))
}

/// Resident memory of this process, KiB.
fn resident() -> Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).context("no VmRSS")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse()?)
}
