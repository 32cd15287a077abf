//! Steps 2 and 3: 300 heart rates and 3 blood pressures of paired wearables stored; locked and unlocked.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::ensure;
use salus_wire::command::{CreateProfile, GetRecord, ListDevices, Lock, SetSettings, Unlock};
use salus_wire::view::{RecordView, Role, SettingsView};
use salus_wire::{Category, ErrorCode, Quality};

use super::app::{Host, PASSPHRASE};
use super::expect::compare;
use super::hands::Hands;
use super::sim::{Sent, Sim};
use super::step_pair::pair_all;
use crate::bluez::wave::Wave;
use crate::network::{Network, PATIENCE, eventually};

/// Heart-rate notifications.
pub(super) const HEART_RATES: usize = 300;
/// Blood pressures.
pub(super) const PRESSURES: usize = 3;
/// Measurements lie a second apart, as a strap sends them; the clock is moved by this between two of them.
const SECOND: i64 = 1_000;
/// Real time between two packets, so that each is taken at its own second.
const PACE: Duration = Duration::from_millis(12);

/// The patient's record of a category, as the page asks for it.
pub(super) fn record(category: Category, now: i64) -> GetRecord {
    GetRecord { category, from: now - 86_400_000, to: now + 60_000, width: 800 }
}

pub(super) async fn measure(
    network: &mut Network,
    hands: &mut Hands,
    dir: &Path,
) -> anyhow::Result<((Sim, Host, Vec<Sent>), String)> {
    let mut sim = Sim::start(&network.clock_path()).await?;
    let (genesis, clock) = (network.genesis_path(), network.clock_path());
    let patient = Host::start("patient", dir, &genesis, &clock, Some(sim.address())).await?;
    let name = "Maria Example".to_owned();
    patient.ok(CreateProfile { name, role: Role::Patient, passphrase: PASSPHRASE.into() }).await?;
    let devices = pair_all(&patient, &mut sim).await?;
    let sent = send(network, hands, &mut sim, &patient).await?;

    // Counts are compared with what the simulation says, which counts only what a subscriber got.
    let (strap, cuff) = sim.counts().await?;
    let (strap, cuff) = (usize::try_from(strap)?, usize::try_from(cuff)?);
    ensure!((strap, cuff) == (HEART_RATES, PRESSURES), "the simulation sent {strap} and {cuff}");
    let stored = stored(&patient, hands, strap, cuff).await?;
    let set_aside: u32 = patient.ok(ListDevices {}).await?.iter().map(|d| d.quarantined).sum();
    ensure!(set_aside == 0, "{set_aside} packets were set aside");
    let open = |view: &RecordView| view.rows.iter().any(|row| row.quality.has(Quality::LINK_OPEN));
    ensure!(!stored.values().any(open), "a reading says that its link was not encrypted");
    let values = values(&stored, &sent)?;
    let detail = format!(
        "{devices} found and paired by the digits they show, links encrypted; {strap} heart rates and {cuff} blood pressures sent, {} and {} stored, {values} values equal",
        stored[&Category::HeartRate].total,
        stored[&Category::BloodPressure].total
    );
    Ok(((sim, patient, sent), detail))
}

async fn send(
    network: &Network,
    hands: &mut Hands,
    sim: &mut Sim,
    patient: &Host,
) -> anyhow::Result<Vec<Sent>> {
    let mut wave = Wave::new(20_261_122);
    let mut sent = Vec::new();
    let mut pace = tokio::time::interval(PACE);
    pace.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    for i in 0..HEART_RATES {
        pace.tick().await;
        hands.advance(network, SECOND)?;
        let bytes = wave.heart_rate();
        ensure!(sim.send("strap", 0x2A37, &bytes).await?, "the strap is not subscribed at packet {i}");
        sent.push(Sent { from: "strap", bytes });
        if i % (HEART_RATES / PRESSURES) == 0 {
            let bytes = wave.blood_pressure(hands.now());
            ensure!(sim.send("cuff", 0x2A35, &bytes).await?, "the cuff is not subscribed at packet {i}");
            sent.push(Sent { from: "cuff", bytes });
            if i == 0 {
                patient.claim_all().await?;
            }
            // A person is here: the record does not close itself.
            patient.ok(SetSettings { settings: SettingsView::default() }).await?;
        }
    }
    Ok(sent)
}

async fn stored(
    patient: &Host,
    hands: &Hands,
    strap: usize,
    cuff: usize,
) -> anyhow::Result<BTreeMap<Category, RecordView>> {
    let want = [(Category::HeartRate, strap), (Category::BloodPressure, cuff)];
    let mut all = BTreeMap::new();
    for (category, want) in want {
        let there = eventually(PATIENCE, async || {
            let view = patient.ok(record(category, hands.now())).await.ok();
            view.filter(|view| usize::try_from(view.total).is_ok_and(|total| total >= want))
        });
        let Some(view) = there.await else {
            let view = patient.ok(record(category, hands.now())).await?;
            let devices = patient.ok(ListDevices {}).await?;
            anyhow::bail!("{} of {want} stored for {category:?}; {devices:?}", view.total)
        };
        ensure!(usize::try_from(view.total)? == want, "{} stored, {want} sent", view.total);
        all.insert(category, view);
    }
    Ok(all)
}

fn values(stored: &BTreeMap<Category, RecordView>, sent: &[Sent]) -> anyhow::Result<usize> {
    stored.iter().map(|(category, view)| compare(*category, &view.rows, sent)).sum()
}

/// Step 3.
pub(super) async fn lock(patient: &Host, hands: &Hands, sent: &[Sent]) -> anyhow::Result<((), String)> {
    let heart = record(Category::HeartRate, hands.now());
    patient.ok(Lock {}).await?;
    let locked = patient.refused(heart.clone()).await?.code;
    ensure!(locked == ErrorCode::Locked, "reading while locked gave {locked}");
    let wrong = patient.refused(Unlock { passphrase: "a long walk by the se".into() }).await?.code;
    ensure!(wrong == ErrorCode::WrongPassphrase, "a wrong passphrase gave {wrong}");
    ensure!(patient.refused(heart.clone()).await?.code == ErrorCode::Locked, "it opened all the same");
    patient.ok(Unlock { passphrase: PASSPHRASE.into() }).await?;
    let view = patient.ok(heart).await?;
    let values = compare(Category::HeartRate, &view.rows, sent)?;
    Ok((
        (),
        format!(
            "reading while locked: {locked}; wrong passphrase: {wrong}; unlocked, {values} values equal again"
        ),
    ))
}
