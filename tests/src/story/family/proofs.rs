//! Step 12: a light client that has seen nothing proves each of these acts, from the members' list on.

use std::sync::Arc;

use anyhow::{Context, ensure};
use salus_chain::ids::{CircleId, VerifyingKey};
use salus_chain::tx::{CredentialStatus, Purpose, Verdict};
use salus_light::{LightClient, MemoryStore};
use salus_wire::view::EmergencyReason;

use super::person::soon;
use super::{Acts, Stage};

/// Leila was the first to come, Karim the second.
const LEILA: u8 = 1;
const KARIM: u8 = 2;

pub(super) async fn prove(stage: &Stage, acts: &Acts) -> anyhow::Result<String> {
    let store = Arc::new(MemoryStore::default());
    let light = LightClient::connect(stage.network.genesis()?, store, stage.hands.clock()).await?;
    let head = soon("a fresh block", async || light.fresh_head().await.ok()).await?;
    let revision = circle(&light, acts).await?;
    let given = permission(&light, acts).await?;
    for id in &acts.never {
        let recorded = light.prove_grant(id).await?.value.is_some();
        let delegated = light.prove_delegated(id).await?.value.is_some();
        ensure!(!recorded && !delegated, "what every member refused is recorded");
    }
    let emergency = emergency(&light, acts).await?;
    Ok(format!(
        "a light client that had seen nothing proves at height {}: the circle in its state {revision}, with Karim alone; \
         {given}; that none of the {} tries was recorded; {emergency}",
        head.height,
        acts.never.len()
    ))
}

/// The circle with the son alone in it; the number of its state.
async fn circle(light: &LightClient, acts: &Acts) -> anyhow::Result<u32> {
    let id = CircleId(acts.circle.0);
    let proven = light.prove_circle(&id).await?;
    let circle = proven.value.context("there is no such circle")?.at(proven.head.time_ms);
    let seats: Vec<u8> = circle.delegates.iter().map(|seated| seated.seat).collect();
    ensure!(seats == [KARIM] && circle.pending.is_none(), "in the circle are {seats:?}");
    ensure!(circle.policy.approvals == 1, "{:?}", circle.policy);
    Ok(circle.revision)
}

/// What the daughter permitted, the son's agreement, each opening and the stop.
async fn permission(light: &LightClient, acts: &Acts) -> anyhow::Result<String> {
    let delegated = light.prove_delegated(&acts.given).await?.value.context("no delegate gave it")?;
    let by = (delegated.circle_id.0, delegated.proposer);
    ensure!(by == (acts.circle.0, LEILA), "it was given by {by:?}");
    let agreed = (delegated.needs, delegated.approvals.as_slice(), delegated.objected);
    ensure!(agreed == (1, [KARIM].as_slice(), false), "others said {agreed:?}");
    let ready = delegated.ready_ms.context("nothing says from when on it could be opened")?;

    let log = light.grant_log(&acts.given).await?.value;
    let (grant, receipts) = log.context("there is no such permission")?;
    let end = grant.end.context("it has not ended")?;
    ensure!(end.revoked, "nobody stopped it");
    let [reader] = delegated.readers.as_slice() else { anyhow::bail!("{:?}", delegated.readers) };
    let within = |at: i64| at >= ready;
    let theirs = receipts.iter().all(|one| one.reader_pk.leaf() == reader.leaf && within(one.time_ms));
    ensure!(theirs && !receipts.is_empty(), "the openings are {receipts:?}");
    attested(light, &reader.credential_pk).await?;
    Ok(format!(
        "the permission by Leila, Karim's agreement, {} receipts of one attested clinician, none before the hour for \
         objections was over, and the stop at height {}",
        receipts.len(),
        end.height
    ))
}

/// The opening with the card: why, and who answers for it.
async fn emergency(light: &LightClient, acts: &Acts) -> anyhow::Result<String> {
    let record = light.prove_emergency(&acts.card).await?.value.context("there was no emergency")?;
    ensure!(record.announcements.is_empty(), "somebody announced it");
    let opened = record.opened_ms.context("it was not opened")?;
    let log = light.grant_log(&acts.card).await?.value;
    let (_, receipts) = log.context("there is no such permission")?;
    let [receipt] = receipts.as_slice() else { anyhow::bail!("{} receipts: {receipts:?}", receipts.len()) };
    ensure!(receipt.time_ms == opened, "opened at {opened}, the receipt is of {}", receipt.time_ms);
    let stated = light.prove_statement(&receipt.tx_hash).await?.value.context("nothing was stated")?;
    let why = (stated.purpose, EmergencyReason::from_code(stated.reason));
    ensure!(why == (Purpose::Emergency, Some(EmergencyReason::Unconscious)), "stated is {why:?}");
    let second = stated.second_pk.context("there is no second clinician")?;
    attested(light, &second).await?;
    let opener = stated.opener_pk.context("nobody answers for it")?;
    attested(light, &opener).await?;
    ensure!(opener != second, "one clinician is both");
    let act = light.prove_act(&receipt.tx_hash).await?.value.context("there is no such act")?;
    let [review] = act.reviews.as_slice() else { anyhow::bail!("{:?}", act.reviews) };
    ensure!((act.by, review.verdict) == (opener, Verdict::Objected), "{act:?}");
    Ok("the emergency, its reason, who opened, that an attested second clinician agreed, and Maria's objection".to_owned())
}

/// A member's word about a clinician is in force.
async fn attested(light: &LightClient, key: &VerifyingKey) -> anyhow::Result<()> {
    let credential = light.prove_credential(key).await?.value.context("nobody attested the clinician")?;
    ensure!(credential.body.status == CredentialStatus::Active, "{:?}", credential.body.status);
    Ok(())
}
