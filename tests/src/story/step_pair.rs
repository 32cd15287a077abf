//! Step 2, its first half: the wearables are found, added, and paired by the digits that each of them shows.

use anyhow::{Context, bail, ensure};
use salus_wire::command::{AddDevice, AnswerPairing, ListDevices, PairDevice, ScanDevices};
use salus_wire::view::{DeviceState, DeviceView, PairingAnswer, PairingView};

use super::app::Host;
use super::sim::Sim;
use crate::network::{PATIENCE, eventually};

/// Finds, adds and pairs everything that measures; each is connected over an encrypted link then. How many they are.
///
/// # Errors
/// The first device that was not found, sent before it was paired, or was not paired.
pub(super) async fn pair_all(patient: &Host, sim: &mut Sim) -> anyhow::Result<usize> {
    let found = patient.ok(ScanDevices {}).await?;
    ensure!(found.len() == 2, "{} devices found: {found:?}", found.len());
    for device in &found {
        pair(patient, sim, device).await?;
    }
    Ok(found.len())
}

async fn pair(patient: &Host, sim: &mut Sim, found: &DeviceView) -> anyhow::Result<()> {
    let device = found.id;
    let (who, characteristic) = match found.name.as_str() {
        "Simulated Strap" => ("strap", 0x2A37),
        "Simulated Cuff" => ("cuff", 0x2A35),
        other => bail!("nobody has put a {other} here"),
    };
    patient.ok(AddDevice { device }).await?;
    let asks = until(patient, found, |d| d.state == DeviceState::PairFirst).await?;
    ensure!(asks.link_encrypted != Some(true), "the {who}'s link counts as encrypted before it is paired");
    ensure!(!sim.send(who, characteristic, &[0x06, 60]).await?, "the {who} sent before it was paired");
    ensure!(!sim.is_bonded(who).await?, "the {who} is paired before anybody did");

    patient.ok(PairDevice { device }).await?;
    until(patient, found, |d| d.pairing == Some(PairingView::Enter)).await?;
    let digits = sim.digits(who).await?.with_context(|| format!("the {who} shows no digits"))?;
    patient.ok(AnswerPairing { device, answer: PairingAnswer::Digits { digits } }).await?;
    let ready = |d: &DeviceView| {
        d.state == DeviceState::Connected && d.link_encrypted == Some(true) && d.model.is_some()
    };
    until(patient, found, ready).await?;
    ensure!(sim.is_bonded(who).await?, "the {who} sends, and the bus has no bond with it");
    Ok(())
}

/// Waits until a device is as it should be.
async fn until(
    patient: &Host,
    device: &DeviceView,
    fits: impl Fn(&DeviceView) -> bool,
) -> anyhow::Result<DeviceView> {
    let find = async || patient.ok(ListDevices {}).await.ok()?.into_iter().find(|d| d.id == device.id);
    if let Some(view) = eventually(PATIENCE, async || find().await.filter(&fits)).await {
        return Ok(view);
    }
    bail!("pairing does not go on: {:?}", find().await)
}
