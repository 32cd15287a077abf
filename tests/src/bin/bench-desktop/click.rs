//! From the click on "Open" in a clinician's window to the first chart on it, with members as processes on this machine.
//!
//! The patient and, until the permission has arrived, the clinician are `salus-host` processes; then the window takes the clinician's
//! record over.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use salus_light::{LightClient, MemoryStore};
use salus_tests::draft::draft;
use salus_tests::figure::Figure;
use salus_tests::network::{Network, PATIENCE, eventually};
use salus_tests::story::app::{Host, PASSPHRASE};
use salus_tests::story::blocks;
use salus_tests::story::hands::Hands;
use salus_wire::command::{
    AddAttestation, CheckCode, CreateProfile, IssuePermission, ListActivity, ListInbox, ListPermissions,
    Lock, MakeCode, TypeReading,
};
use salus_wire::view::{ActivityKind, CodeView, Role, ValueView};
use salus_wire::{Category, GrantId, Quantity};
use serde_json::json;

use crate::order::{median, most};
use crate::window::{APP, Window};

const ROUNDS: usize = 7;
/// Members release twice a minute at most; each opening gets a minute of its own.
const MINUTE: i64 = 61_000;
const HOUR: i64 = 3_600_000;
/// What the target allows beside two block times.
const ALLOWED_MS: f64 = 300.0;
/// Hours ago, upper and lower value.
const PRESSURES: [(i64, &str, &str); 4] =
    [(52, "128", "79"), (32, "134", "84"), (20, "131", "82"), (3, "126", "77")];

const OPEN: &str = "main .entries [data-state=Active] a.main";
const CHART: &str = "main .series svg.scene";

/// Milliseconds until the frame in which the first chart is drawn is over; nothing when it is there before.
const CLICK: &str = "
    const [open, chart, done] = arguments;
    if (document.querySelector(chart)) return done(null);
    const begun = performance.now();
    const look = () => requestAnimationFrame(() => {
        if (!document.querySelector(`${chart} circle, ${chart} path`)) return look();
        requestAnimationFrame(() => done(performance.now() - begun));
    });
    document.querySelector(open).click();
    look();";

pub(crate) async fn measure(members: u16) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut network = Network::start(usize::from(members), &dir.path().join("members")).await?;
    let mut hands = Hands::of(&network)?;
    let store = Arc::new(MemoryStore::default());
    let light = LightClient::connect(network.genesis()?, store, hands.clock()).await?;
    let (patient, permission) = given(&network, &hands, members, dir.path()).await?;

    let text = |path: &Path| path.display().to_string();
    let arguments = [
        "--data-dir".to_owned(),
        text(&dir.path().join("clinician")),
        "--genesis".to_owned(),
        text(&network.genesis_path()),
        "--insecure-test-clock".to_owned(),
        text(&network.clock_path()),
    ];
    let window = Window::open(APP, &arguments, &dir.path().join("home"), &[]).await?;
    window.unlock(PASSPHRASE).await?;
    let (mut clicks, mut between) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        hands.advance(&network, MINUTE)?;
        window.ask("keep_open", json!({})).await?;
        is_fresh(&window).await?;
        window.go("#/", OPEN).await?;
        let opened = window.page.execute_async(CLICK, vec![OPEN.into(), CHART.into()]).await;
        let opened = opened.context("no chart: the record is not opened")?;
        clicks.push(opened.json().as_f64().context("a chart is there before the click")?);
        between.extend(blocks::intervals(&network, &hands, &light).await?);
    }
    window.close().await?;
    are_counted(&patient, permission).await?;
    network.stop().await?;
    tell(members, &clicks, &between)
}

fn tell(members: u16, clicks: &[f64], between: &[i64]) -> Result<()> {
    ensure!(between.len() > ROUNDS, "only {} blocks were seen to follow another", between.len());
    let blocks: Vec<f64> = between.iter().map(|ms| *ms as f64).collect();
    let (click, block) = (median(clicks), median(&blocks));
    let target = 2.0 * block + ALLOWED_MS;
    Figure {
        name: format!(
            "click \"Open\" to the first chart drawn in a clinician's window, {members} members, median of {ROUNDS}"
        ),
        target: format!("<= 2 block times of {block:.0} ms + {ALLOWED_MS} ms = {target:.0} ms"),
        measured: click,
        unit: "ms".to_owned(),
        baseline: format!(
            "block time: median of {}, ratio {:.2}; slowest click {:.0} ms",
            blocks.len(),
            click / block,
            most(clicks)
        ),
        ok: Some(click <= target),
    }
    .print()
}

/// A block of the new time is known, as before each opening that somebody waits for.
async fn is_fresh(window: &Window) -> Result<()> {
    let fresh = eventually(PATIENCE, async || {
        let members = window.ask("get_members", json!({})).await.ok()?;
        (members["out_of_date"] == false && members["age_seconds"].as_u64()? < 20).then_some(())
    });
    fresh.await.context("no new block")
}

/// Each click was an opening of its own: the members' log has as many, no fewer and no more.
async fn are_counted(patient: &Host, permission: GrantId) -> Result<()> {
    patient.wake().await?;
    let count = async || {
        let entries = patient.ok(ListActivity {}).await.ok()?.entries;
        let opened = entries.iter().filter(|e| e.permission == permission && e.kind == ActivityKind::Opened);
        Some(opened.count())
    };
    let all = eventually(PATIENCE, async || count().await.filter(|n| *n >= ROUNDS)).await;
    ensure!(all == Some(ROUNDS), "{ROUNDS} clicks were {all:?} openings");
    Ok(())
}

/// An attested clinician holds a permission for readings that the patient has; the patient's application goes on.
async fn given(network: &Network, hands: &Hands, members: u16, dir: &Path) -> Result<(Host, GrantId)> {
    let (genesis, clock) = (network.genesis_path(), network.clock_path());
    let profile = |name: &str, role| CreateProfile { name: name.into(), role, passphrase: PASSPHRASE.into() };
    let patient = Host::start("patient", dir, &genesis, &clock, None).await?;
    patient.ok(profile("Maria Keller", Role::Patient)).await?;
    let now = hands.now();
    for (ago, upper, lower) in PRESSURES {
        let value = |quantity, value: &str| ValueView { quantity, value: value.to_owned() };
        let values = vec![value(Quantity::Systolic, upper), value(Quantity::Diastolic, lower)];
        let (category, at) = (Category::BloodPressure, now - ago * HOUR);
        patient.ok(TypeReading { category, values, at, note: None }).await?;
    }

    let clinician = Host::start("clinician", dir, &genesis, &clock, None).await?;
    clinician.ok(profile("Dr Ines Clarke", Role::Clinician)).await?;
    let CodeView::Request { request } = clinician.ok(MakeCode { note: String::new() }).await? else {
        bail!("a code before anybody attested");
    };
    let attestation = network.attest(0, &request)?;
    clinician.ok(AddAttestation { attestation }).await?;
    let CodeView::Code { code, .. } = clinician.ok(MakeCode { note: "Maria".into() }).await? else {
        bail!("the clinician is not attested");
    };
    let checked = eventually(PATIENCE, async || patient.ok(CheckCode { code: code.clone() }).await.ok());
    checked.await.context("the attestation was not proven")?;
    let draft = draft(code, Category::BloodPressure, now, (72 * HOUR, 24 * HOUR));
    let issued = patient.ok(IssuePermission { draft, passphrase: PASSPHRASE.into() }).await?;
    let held = eventually(PATIENCE, async || {
        let all = patient.ok(ListPermissions {}).await.ok()?;
        all.into_iter().find(|p| p.id == issued.id && p.members_holding == members)
    });
    held.await.context("not every member holds its part")?;
    let arrived = eventually(PATIENCE, async || {
        clinician.ok(ListInbox {}).await.ok()?.shared.into_iter().find(|s| s.id == issued.id)
    });
    arrived.await.context("the permission did not reach the inbox")?;
    // Closed as a person closes it, before the process ends.
    clinician.ok(Lock {}).await?;
    Ok((patient, issued.id))
}
