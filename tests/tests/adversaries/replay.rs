//! A replayed approval: Ben said yes once, and his word is played back, carried over to another subject, and doubled.

use anyhow::{Context, Result, ensure};
use futures::future::try_join;
use salus_chain::circle::{Change, Role, Signer, Subject};
use salus_chain::query::TxReply;
use salus_chain::sign::SigningKey;
use salus_chain::state::TxRefused;
use salus_chain::tx::{ApproveBody, ApproveTx, Tx};
use salus_tests::network::{PATIENCE, eventually};

use crate::family::{ANNA, BEN, CLEO, Family, SENSITIVE, STRANGER, power};
use crate::permission::Permission;
use crate::stage::{DAY, NEVER, Stage};

pub(crate) async fn play(stage: &Stage) -> Result<()> {
    let family = Family::make(stage, 5, |_| {}).await?;
    of_a_change(&family).await?;
    let (first, second) =
        (family.give(1, DAY, &[SENSITIVE]).await?, family.give(2, DAY, &[SENSITIVE]).await?);
    of_a_permission(&family, &first, &second).await?;
    at_two_members_at_once(&family, &second).await
}

/// What Ben did not sign, with the signature that he made for something else.
fn stolen(family: &Family<'_>, body: ApproveBody, from: &Tx) -> Result<Tx> {
    let Tx::Approve(ApproveTx { signature, .. }) = from else { anyhow::bail!("that is no approval") };
    // A proof of work anybody can pay for; whoever pays is not asked.
    let payer: SigningKey = family.key(STRANGER);
    Ok(Tx::Approve(ApproveTx { signature: *signature, ..family.stage.signed(body, &payer) }))
}

async fn of_a_change(family: &Family<'_>) -> Result<()> {
    let stage = family.stage;
    let change = Change::AddDelegate(power(stage, family.pk(STRANGER), Role::Steward));
    family.change("Anna asks", ANNA, change.clone()).await?;
    let subject = family.waiting().await?;
    let said = family.approve("Ben approves", BEN, subject).await?;
    stage.known("the same words again", &said).await?;
    let again = family.approve_tx(BEN, subject, 1).await?;
    stage.refused("Ben says it twice", &again, TxRefused::AlreadySaid).await?;
    let counted = family.pending().await?.approvals;
    ensure!(counted == [Signer::Delegate(2)], "what counts is {counted:?}");

    // Objected to and asked for again: an approval of the first is none of the second.
    let old = family.approval(BEN, subject).await?;
    family.object("Cleo objects", CLEO, subject).await?;
    family.change("Anna asks once more", ANNA, change).await?;
    stage.known("the old words for the new change", &said).await?;
    let older = stolen(family, ApproveBody { valid_until_height: NEVER + 1, ..old }, &said)?;
    stage.refused("the old words made new", &older, TxRefused::CircleRevision).await?;
    let forged = stolen(family, family.approval(BEN, family.waiting().await?).await?, &said)?;
    stage.refused("the old signature under new words", &forged, TxRefused::Signature).await?;
    ensure!(family.pending().await?.approvals.is_empty(), "an old approval counts");
    family.object("Cleo objects again", CLEO, family.waiting().await?).await
}

async fn of_a_permission(family: &Family<'_>, first: &Permission, second: &Permission) -> Result<()> {
    let stage = family.stage;
    let said = family.approve("Ben approves one", BEN, Subject::Grant(first.id)).await?;
    let other = family.approval(BEN, Subject::Grant(second.id)).await?;
    stage.refused("for another permission", &stolen(family, other, &said)?, TxRefused::Signature).await?;
    let given = family.given(second.id).await?.context("it is not recorded")?;
    ensure!(given.approvals.is_empty(), "an approval of another permission counts");
    second.closed(stage, "with another's approval", TxRefused::PermissionRests).await
}

/// Cleo signs twice and hands one to each of two members before either has heard of the other: both may take it, one counts.
async fn at_two_members_at_once(family: &Family<'_>, permission: &Permission) -> Result<()> {
    let (stage, subject) = (family.stage, Subject::Grant(permission.id));
    let twice = [family.approve_tx(CLEO, subject, 1).await?, family.approve_tx(CLEO, subject, 2).await?];
    let peers: Vec<_> = stage.members().map(|(_, peer)| peer).collect();
    try_join(stage.sent(peers[0], &twice[0]), stage.sent(peers[1], &twice[1])).await?;
    // One that came too late waits where it was handed in, until that member makes a block.
    let settled = async || {
        let asked = try_join(stage.sent(peers[0], &twice[0]), stage.sent(peers[0], &twice[1]));
        let answers: [TxReply; 2] = asked.await.ok()?.into();
        (!answers.contains(&TxReply::Accepted)).then_some(answers)
    };
    let answers = eventually(PATIENCE, settled).await.context("both wait")?;
    let recorded = answers.iter().filter(|answer| matches!(answer, TxReply::Known { .. })).count();
    let late = answers.contains(&TxReply::Refused(TxRefused::AlreadySaid));
    ensure!(recorded == 1 && late, "a doubled approval is answered {answers:?}");
    let head = stage.client.fresh_head().await?;
    stage.level(|member| member.height >= head.height).await?;
    let given = family.given(permission.id).await?.context("it is not recorded")?;
    ensure!((&given.approvals[..], given.ready_ms) == (&[3][..], None), "what counts is {given:?}");
    permission.closed(stage, "with one approval twice", TxRefused::PermissionRests).await
}
