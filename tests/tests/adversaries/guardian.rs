//! A guardian who recovers without notice: the person's key changes only in the open, with two of three, after three days in
//! which any of the circle can object.

use anyhow::{Result, ensure};
use salus_chain::circle::{Change, Guardians, Signer};
use salus_chain::state::TxRefused;

use crate::family::{BEN, Family, GUARDIANS, PERSON, STRANGER, policy};
use crate::stage::{DAY, HOUR, PAST_THE_DELAY, Stage};

pub(crate) async fn play(stage: &Stage) -> Result<()> {
    let family = Family::make(stage, 7, |_| {}).await?;
    does_nothing_else(&family).await?;
    alone(&family).await?;
    together_and_vetoed(&family).await?;
    in_the_open(&family).await
}

/// A guardian reads nothing, permits nothing and changes nothing but the person's key.
async fn does_nothing_else(family: &Family<'_>) -> Result<()> {
    let (stage, guardian) = (family.stage, GUARDIANS[0]);
    let alone = Guardians { keys: vec![family.pk(guardian)], threshold: 1 };
    for (what, change) in [
        ("removes a delegate", Change::RemoveDelegate(1)),
        ("changes the policy", Change::SetPolicy(policy())),
        ("is the only guardian", Change::SetGuardians(alone)),
        ("hands over", Change::Handover),
    ] {
        family.refuses(what, guardian, change, TxRefused::BeyondRole).await?;
    }
    let in_person = Change::ReplacePatient(family.pk(guardian));
    family.refuses("becomes the person", guardian, in_person, TxRefused::CircleForm).await?;
    let permission = family.deal(1, DAY).await?;
    let tx = family.sign(&permission, family.body(&permission, guardian, &[1]), guardian);
    family.not_given("permits somebody", &permission, &tx, TxRefused::CircleSigner).await?;
    let permission = family.give(2, HOUR, &[1]).await?;
    let key = family.key(guardian);
    let (receipt, _) = permission.opening(stage, &key)?.plain(stage, &key);
    stage.refused("opens", &receipt, TxRefused::Reader).await
}

/// The new key is nobody: what it would do first is refused.
async fn is_nobody(family: &Family<'_>, what: &str) -> Result<()> {
    family.refuses(what, STRANGER, Change::RemoveDelegate(1), TxRefused::CircleSigner).await?;
    let patient = family.circle().await?.patient_pk;
    ensure!(patient == family.pk(PERSON), "{what}: the person is {patient}");
    Ok(())
}

async fn asks(family: &Family<'_>, what: &str) -> Result<()> {
    family.change(what, GUARDIANS[0], Change::ReplacePatient(family.pk(STRANGER))).await?;
    // This is the notice: whoever looks at the circle sees who asks for which key, and that it is not in force.
    let pending = family.pending().await?;
    let shown = (pending.proposer, pending.change, pending.effective_ms);
    let expected = (Signer::Guardian(0), Change::ReplacePatient(family.pk(STRANGER)), None);
    ensure!(shown == expected, "{what}: what is shown is {shown:?}");
    is_nobody(family, what).await
}

async fn alone(family: &Family<'_>) -> Result<()> {
    let stage = family.stage;
    asks(family, "one guardian asks").await?;
    let subject = family.waiting().await?;
    for (what, by, why) in [
        ("agrees with themselves", GUARDIANS[0], TxRefused::Concerned),
        ("a delegate agrees", BEN, TxRefused::BeyondRole),
        ("the new key agrees", STRANGER, TxRefused::CircleSigner),
    ] {
        stage.refused(what, &family.approve_tx(by, subject, 0).await?, why).await?;
    }
    let other = Change::ReplacePatient(family.pk(31));
    family.refuses("asks for another key behind it", GUARDIANS[1], other, TxRefused::ChangeWaits).await?;
    stage.pass(PAST_THE_DELAY).await?;
    is_nobody(family, "one guardian after three days").await
}

async fn together_and_vetoed(family: &Family<'_>) -> Result<()> {
    let subject = family.waiting().await?;
    family.approve("another guardian agrees", GUARDIANS[1], subject).await?;
    is_nobody(family, "at once").await?;
    family.stage.pass(2 * DAY).await?;
    is_nobody(family, "after two days").await?;
    family.object("Ben objects", BEN, subject).await?;
    family.stage.pass(PAST_THE_DELAY).await?;
    is_nobody(family, "after an objection").await
}

async fn in_the_open(family: &Family<'_>) -> Result<()> {
    asks(family, "the guardians ask again").await?;
    let subject = family.waiting().await?;
    family.approve("a second one agrees", GUARDIANS[2], subject).await?;
    family.stage.pass(PAST_THE_DELAY).await?;
    family.refuses("the old key", PERSON, Change::RemoveDelegate(1), TxRefused::CircleSigner).await?;
    family.change("the new key", STRANGER, Change::RemoveDelegate(1)).await?;
    let circle = family.circle().await?;
    ensure!(circle.patient_pk == family.pk(STRANGER), "nobody objected, and it is not recovered");
    Ok(())
}
