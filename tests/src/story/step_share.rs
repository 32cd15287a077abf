//! Steps 4 to 6: attested, permitted, opened, seen.

use std::path::Path;

use anyhow::{Context, ensure};
use salus_chain::codec::Record;
use salus_chain::ids::GrantId;
use salus_chain::state::GrantStatus;
use salus_keeper::release::ReleaseLogEntry;
use salus_light::LightClient;
use salus_wire::command::{
    AddAttestation, CheckCode, CreateProfile, IssuePermission, ListActivity, ListInbox, ListPermissions,
    MakeCode, OpenRecord, PreviewPermission,
};
use salus_wire::view::{
    ActivityKind, CodeView, Condition, OpenedView, PermissionDraft, PermissionState, PermissionView,
    ProofView, Role,
};
use salus_wire::{Category, ErrorCode};

use super::app::{Host, PASSPHRASE};
use super::expect::compare;
use super::hands::Hands;
use super::heights::Heights;
use super::play::Stage;
use super::step_measure::{HEART_RATES, PRESSURES, record};
use super::told;
use crate::network::{Network, PATIENCE, eventually};

const HOUR: i64 = 3_600_000;

/// A fresh code of an attested clinician.
pub(super) async fn code(clinician: &Host, note: &str) -> anyhow::Result<String> {
    match clinician.ok(MakeCode { note: note.into() }).await? {
        CodeView::Code { code, .. } => Ok(code),
        CodeView::Request { .. } => anyhow::bail!("the clinician is not attested"),
    }
}

/// A permission for both series, today and tomorrow, until `ends`.
pub(super) fn draft(code: String, now: i64, ends: i64) -> PermissionDraft {
    PermissionDraft {
        code,
        categories: vec![Category::BloodPressure, Category::HeartRate],
        data_from: now - 24 * HOUR,
        data_to: now + 24 * HOUR,
        starts: now,
        ends,
        condition: Condition::Whenever,
    }
}

/// Issues a permission and waits until every member holds its part.
pub(super) async fn issue(
    patient: &Host,
    draft: PermissionDraft,
    members: u16,
) -> anyhow::Result<PermissionView> {
    let issued = patient.ok(IssuePermission { draft, passphrase: PASSPHRASE.into() }).await?;
    let held = eventually(PATIENCE, async || {
        let all = patient.ok(ListPermissions {}).await.ok()?;
        all.into_iter().find(|p| p.id == issued.id && p.members_holding == members)
    });
    held.await.with_context(|| format!("{} of {members} members hold it", issued.members_holding))
}

/// Waits until a permission is in the clinician's inbox.
pub(super) async fn arrived(clinician: &Host, id: salus_wire::GrantId) -> anyhow::Result<()> {
    let there = eventually(PATIENCE, async || {
        clinician.ok(ListInbox {}).await.ok()?.shared.into_iter().find(|s| s.id == id)
    });
    there.await.context("the permission did not reach the inbox").map(|_| ())
}

/// Step 4.
pub(super) async fn give(
    network: &Network,
    hands: &Hands,
    light: &LightClient,
    patient: &Host,
    dir: &Path,
) -> anyhow::Result<((Host, GrantId), String)> {
    let clinician =
        Host::start("clinician", dir, &network.genesis_path(), &network.clock_path(), None).await?;
    let name = "Dr Ana W\u{f3}jcik, Heart Clinic".to_owned();
    clinician.ok(CreateProfile { name, role: Role::Clinician, passphrase: PASSPHRASE.into() }).await?;
    let CodeView::Request { request } = clinician.ok(MakeCode { note: String::new() }).await? else {
        anyhow::bail!("a code before anybody attested")
    };
    let attestation = network.attest(0, &request)?;
    clinician.ok(AddAttestation { attestation }).await?;
    let code = code(&clinician, "Maria").await?;

    // The attestation is proven on the chain, not believed.
    let checked = eventually(PATIENCE, async || patient.ok(CheckCode { code: code.clone() }).await.ok());
    let who = checked.await.context("the attestation was not proven")?;
    let mut mistyped = code.clone();
    mistyped.replace_range(8..9, if &code[8..9] == "7" { "8" } else { "7" });
    let bad = patient.refused(CheckCode { code: mistyped }).await?.code;
    ensure!(bad == ErrorCode::BadCode, "a mistyped code gave {bad}");

    let now = hands.now();
    let draft = draft(code, now, now + 6 * HOUR);
    let preview = patient.ok(PreviewPermission { draft: draft.clone() }).await?;
    let inside: u32 = preview.readings.iter().map(|(_, n)| n).sum();
    ensure!(usize::try_from(inside)? == HEART_RATES + PRESSURES, "the preview counts {inside}");
    ensure!(preview.sentence.contains(&who.name), "the sentence names somebody else");
    let wrong = IssuePermission { draft: draft.clone(), passphrase: "not this one".into() };
    ensure!(
        patient.refused(wrong).await?.code == ErrorCode::WrongPassphrase,
        "issued without the passphrase"
    );

    let n = light.genesis().n();
    let issued = issue(patient, draft, n).await?;
    ensure!(issued.state == PermissionState::Active && issued.proof.is_some(), "{issued:?}");
    let grant = GrantId(issued.id.0);
    let proven = light.prove_grant(&grant).await?;
    let on_chain = proven.value.context("a proof of absence")?;
    ensure!(on_chain.status_at(proven.head.time_ms) == GrantStatus::Active, "not active on the chain");
    arrived(&clinician, issued.id).await?;
    let detail = format!(
        "{} attested by {} (proven at height {}); permission for {} readings proven active at height {}; {} of {n} members hold it",
        who.name, who.attested_by, who.proven_at_height, inside, proven.head.height, issued.members_holding
    );
    Ok(((clinician, grant), detail))
}

/// Opens a permission on the clinician's page.
pub(super) fn opening(grant: &GrantId) -> OpenRecord {
    OpenRecord { id: salus_wire::GrantId(grant.0), width: 800, second: None }
}

/// Compares an opened record with what was sent and with the patient's own screen; the number of equal values.
pub(super) async fn equal(stage: &Stage, opened: &OpenedView) -> anyhow::Result<usize> {
    let mut values = 0;
    ensure!(opened.records.len() == 2, "{} series opened", opened.records.len());
    for shown in &opened.records {
        let own = stage.patient.ok(record(shown.category, stage.hands.now())).await?;
        values += compare(shown.category, &shown.rows, &stage.sent)?;
        let times = |rows: &[salus_wire::view::ReadingView]| -> Vec<_> {
            rows.iter().map(|r| (r.at, r.values.clone(), r.quality)).collect()
        };
        ensure!(
            times(&shown.rows) == times(&own.rows),
            "{:?} differs from the patient's own screen",
            shown.category
        );
        told::same(shown, &own)?;
    }
    told::nothing_own(stage, opened).await?;
    Ok(values)
}

/// Step 5.
pub(super) async fn open(stage: &Stage) -> anyhow::Result<(ProofView, String)> {
    #[expect(clippy::disallowed_methods, reason = "the story says how long an opening took in real time")]
    let begin = std::time::Instant::now();
    let click = stage.clinician.ok(opening(&stage.grant));
    let (opened, heights) = Heights::during(&stage.network, &stage.hands, click).await;
    let opened = opened?;
    let took = begin.elapsed().as_millis();
    let values = equal(stage, &opened).await?;
    let releases = releases(stage)?;
    let threshold = usize::from(stage.light.genesis().threshold());
    ensure!(
        releases.len() >= threshold,
        "{} members logged a release, {threshold} are needed",
        releases.len()
    );
    let height: u64 = opened.receipt.height.parse()?;
    let mut after = Vec::new();
    for (member, entry) in &releases {
        ensure!(entry.height == height, "member {member} released against height {}", entry.height);
        let without = heights
            .without(member - 1, height)
            .with_context(|| format!("member {member} was never seen without height {height}"))?;
        let later = entry.released_ms - without;
        ensure!(later >= 0, "member {member} released {} ms before it had the receipt's block", -later);
        after.push(later);
    }
    let first = after.iter().min().context("no release")?;
    let detail = format!(
        "{values} values equal what was sent; receipt final at height {height}, first of {} releases {first} ms after its member was last seen without that block; {} segments; {took} ms from click to record",
        releases.len(),
        opened.segments
    );
    Ok((opened.receipt, detail))
}

/// The members' own release logs, as far as they are about the first permission: member, first entry.
fn releases(stage: &Stage) -> anyhow::Result<Vec<(usize, ReleaseLogEntry)>> {
    let mut all = Vec::new();
    for member in 0..stage.network.len() {
        let log = std::fs::read(stage.network.home(member).join("data/releases.log"))?;
        let mut rest = log.as_slice();
        // u32 length, the entry, four octets of its hash.
        while let Some((length, after)) = rest.split_first_chunk::<4>() {
            let length = usize::try_from(u32::from_be_bytes(*length))?;
            let octets = after.get(..length).context("a torn entry")?;
            let entry = ReleaseLogEntry::decode(octets)?;
            if entry.grant_id == stage.grant {
                all.push((member + 1, entry));
            }
            rest = after.get(length + 4..).context("a torn entry")?;
        }
    }
    Ok(all)
}

/// Step 6.
pub(super) async fn seen(stage: &Stage, receipt: ProofView) -> anyhow::Result<((), String)> {
    let id = salus_wire::GrantId(stage.grant.0);
    let activity = stage.patient.ok(ListActivity {}).await?;
    ensure!(activity.complete, "the list is not proven complete");
    let of = |kind| activity.entries.iter().filter(move |e| e.permission == id && e.kind == kind);
    ensure!(of(ActivityKind::Given).count() == 1, "the permission itself is not in the list");
    let openings: Vec<_> = of(ActivityKind::Opened).collect();
    ensure!(openings.len() == 1, "{} openings in the list", openings.len());
    let entry = openings[0];
    ensure!(entry.proof.height == receipt.height, "{} is not the receipt's height", entry.proof.height);
    ensure!(
        entry.proof.block == receipt.block && entry.at == receipt.time,
        "another proof than the clinician's"
    );
    let detail = format!(
        "1 opening by {} at height {}, the same block as the clinician's receipt, signed by {} members; list proven complete",
        entry.clinician,
        entry.proof.height,
        entry.proof.signed_by.len()
    );
    Ok(((), detail))
}
