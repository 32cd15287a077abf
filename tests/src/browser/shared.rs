//! What the patient has shared: permissions of every kind of state, an opening, an emergency card.

use anyhow::{Context, Result, bail};
use salus_wire::command::{
    AddAttestation, AskForReadings, IssuePermission, ListInbox, MakeCard, MakeCode, OpenRecord, ShowCard,
    StopPermission,
};
use salus_wire::view::{AskedView, CodeView, Condition, PermissionDraft, Purpose};
use salus_wire::{Category, GrantId};

use super::people::People;
use crate::network::{PATIENCE, eventually};
use crate::story::app::{Host, PASSPHRASE};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// What the walk has to know.
pub(super) struct Shared {
    /// In force, and opened once.
    pub(super) opened: GrantId,
    /// Asks for a second clinician.
    pub(super) two: GrantId,
    /// A code with a request, which nobody has answered.
    pub(super) code: String,
    /// The text of the emergency card.
    pub(super) card: String,
}

/// A fresh code of the attested clinician.
pub(super) async fn code(clinician: &Host, note: &str) -> Result<String> {
    let made =
        eventually(PATIENCE, async || match clinician.ok(MakeCode { note: note.into() }).await.ok()? {
            CodeView::Code { code, .. } => Some(code),
            CodeView::Request { .. } => None,
        });
    made.await.context("the clinician has no code")
}

async fn attested(people: &People) -> Result<()> {
    let CodeView::Request { request } = people.clinician.ok(MakeCode { note: String::new() }).await? else {
        bail!("the clinician was attested before a member was asked");
    };
    let attestation = people.network.attest(0, &request)?;
    people.clinician.ok(AddAttestation { attestation }).await.map(drop)
}

/// Gives a permission, and waits until the clinician has it.
async fn give(people: &People, note: &str, categories: &[Category], condition: Condition) -> Result<GrantId> {
    let now = people.hands.now();
    let draft = PermissionDraft {
        code: code(&people.clinician, note).await?,
        categories: categories.to_vec(),
        data_from: now - 14 * DAY,
        data_to: now + 7 * DAY,
        starts: now,
        ends: now + 14 * DAY,
        condition,
    };
    let issue = || IssuePermission { draft: draft.clone(), passphrase: PASSPHRASE.into() };
    // The member's word about the clinician may be a block away.
    let issued = eventually(PATIENCE, async || people.maria.ok(issue()).await.ok());
    let id = issued.await.with_context(|| format!("the permission of {note:?} could not be given"))?.id;
    let arrived = eventually(PATIENCE, async || {
        people.clinician.ok(ListInbox {}).await.ok()?.shared.into_iter().find(|shared| shared.id == id)
    });
    arrived.await.with_context(|| format!("the permission of {note:?} did not reach the clinician"))?;
    Ok(id)
}

/// A code that asks for what the patient has.
async fn asked(clinician: &Host) -> Result<String> {
    let asks = AskedView {
        purpose: Purpose::FollowUp,
        words: "After your visit on Monday.".into(),
        categories: vec![Category::HeartRate, Category::BloodPressure],
        days_back: 30,
        days_ahead: 14,
        lasts_days: 14,
    };
    match clinician.ok(AskForReadings { note: "Maria, follow-up".into(), asks }).await? {
        CodeView::Code { code, .. } => Ok(code),
        CodeView::Request { .. } => bail!("the clinician is not attested any more"),
    }
}

/// Gives, opens and stops.
pub(super) async fn share(people: &People) -> Result<Shared> {
    attested(people).await?;
    let both = [Category::BloodPressure, Category::HeartRate];
    let opened = give(people, "Maria", &both, Condition::Whenever).await?;
    let two = give(people, "Maria, with a colleague", &both[..1], Condition::TwoPersons).await?;
    let stopped = give(people, "Maria, in autumn", &both[1..], Condition::Whenever).await?;
    people.maria.ok(StopPermission { id: stopped }).await?;
    let open = || OpenRecord { id: opened, width: 720, second: None };
    // Sealed parts may still be on their way to the members.
    let seen = eventually(PATIENCE, async || people.clinician.ok(open()).await.ok());
    seen.await.context("the permission in force does not open")?;

    let make = || MakeCard {
        categories: both.to_vec(),
        call: "Leila, 555 0101".into(),
        passphrase: PASSPHRASE.into(),
    };
    let made = eventually(PATIENCE, async || people.maria.ok(make()).await.ok());
    made.await.context("the emergency card could not be made")?;
    let card = people.maria.ok(ShowCard {}).await?.text;
    let code = asked(&people.clinician).await?;
    Ok(Shared { opened, two, code, card })
}
