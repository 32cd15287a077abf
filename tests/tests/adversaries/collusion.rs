//! Approvers who collude below m: two of three approvals are needed for what is sensitive, and one is all they ever have.

use anyhow::{Result, ensure};
use salus_chain::circle::{Change, Policy, Subject};
use salus_chain::state::TxRefused;

use crate::family::{ANNA, BEN, CLEO, Family, GUARDIANS, SENSITIVE, STRANGER, policy};
use crate::permission::Permission;
use crate::stage::{DAY, PAST_THE_DELAY, Stage};

pub(crate) async fn play(stage: &Stage) -> Result<()> {
    let family = Family::make(stage, 2, |_| {}).await?;
    let permission = family.give(1, 2 * DAY, &[SENSITIVE]).await?;
    one_approval_is_not_two(&family, &permission).await?;
    two_can_be_answered(&family, &permission).await?;
    loosen_the_policy(&family).await
}

async fn one_approval_is_not_two(family: &Family<'_>, permission: &Permission) -> Result<()> {
    let (stage, subject) = (family.stage, Subject::Grant(permission.id));
    permission.closed(stage, "no approval", TxRefused::PermissionRests).await?;
    family.approve("Ben approves", BEN, subject).await?;
    for (what, by, why) in [
        ("Anna approves what she asked for", ANNA, TxRefused::Concerned),
        ("Ben approves once more", BEN, TxRefused::AlreadySaid),
        ("a guardian approves", GUARDIANS[0], TxRefused::BeyondRole),
        ("a stranger approves", STRANGER, TxRefused::CircleSigner),
    ] {
        stage.refused(what, &family.approve_tx(by, subject, 1).await?, why).await?;
    }
    let given = family.given(permission.id).await?;
    let counted = given.map(|given| (given.approvals, given.needs, given.ready_ms));
    ensure!(counted == Some((vec![2], 2, None)), "what counts is {counted:?}");
    permission.closed(stage, "one approval of two", TxRefused::PermissionRests).await
}

/// With the second approval the veto window begins. It is asked for at once, and one who objects ends it for ever.
async fn two_can_be_answered(family: &Family<'_>, permission: &Permission) -> Result<()> {
    let (stage, subject) = (family.stage, Subject::Grant(permission.id));
    family.approve("Cleo approves", CLEO, subject).await?;
    permission.closed(stage, "in the veto window", TxRefused::PermissionRests).await?;
    family.object("a guardian objects", GUARDIANS[1], subject).await?;
    permission.closed(stage, "after an objection", TxRefused::Ended).await?;
    let given = family.given(permission.id).await?;
    ensure!(given.is_some_and(|given| given.objected), "the objection is not recorded");
    stage.pass(DAY + 1).await?;
    permission.closed(stage, "after the veto window", TxRefused::Ended).await
}

async fn loosen_the_policy(family: &Family<'_>) -> Result<()> {
    let stage = family.stage;
    let loose = Policy { approvals: 1, veto_ms: 0, long_ms: 365 * DAY, ..policy() };
    family.change("Anna asks for a looser policy", ANNA, Change::SetPolicy(loose)).await?;
    let subject = family.waiting().await?;
    family.approve("Ben agrees", BEN, subject).await?;
    let own = family.approve_tx(ANNA, subject, 1).await?;
    stage.refused("Anna agrees with herself", &own, TxRefused::Concerned).await?;
    stage.pass(PAST_THE_DELAY).await?;
    let circle = family.circle().await?;
    ensure!(circle.policy == policy(), "the policy is looser");
    ensure!(circle.pending.is_some_and(|p| p.effective_ms.is_none()), "it takes effect");
    let permission = family.give(2, DAY, &[SENSITIVE]).await?;
    permission.closed(stage, "under the policy that they wanted", TxRefused::PermissionRests).await
}
