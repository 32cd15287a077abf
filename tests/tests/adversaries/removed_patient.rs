//! The patient removed by a delegate, or by all of them together: nobody takes the person's place, and the person comes first.

use anyhow::{Result, ensure};
use salus_chain::circle::{Change, CircleRecord, Guardians, Policy, Role, Signer};
use salus_chain::ids::{CircleId, Nonce16};
use salus_chain::state::{StateKey, TxRefused};
use salus_chain::tx::{CircleBody, Tx};

use crate::family::{ANNA, BEN, CLEO, Family, PERSON, STRANGER, policy, power};
use crate::stage::{DAY, NEVER, PAST_THE_DELAY, Stage};

pub(crate) async fn play(stage: &Stage) -> Result<()> {
    let family = Family::make(stage, 11, |_| {}).await?;
    take_the_persons_place(&family).await?;
    make_another_circle(&family).await?;
    hand_over_together(&family).await?;
    keep_the_person_from_asking(&family).await
}

async fn take_the_persons_place(family: &Family<'_>) -> Result<()> {
    let before = family.stored().await?;
    let theirs = Guardians { keys: vec![family.pk(31), family.pk(32)], threshold: 1 };
    for by in [ANNA, BEN, CLEO] {
        let other = Change::ReplacePatient(family.pk(STRANGER));
        family.refuses("another person", by, other, TxRefused::BeyondRole).await?;
        let guardians = Change::SetGuardians(theirs.clone());
        family.refuses("guardians of their own", by, guardians, TxRefused::BeyondRole).await?;
        let herself = Change::ReplacePatient(family.pk(by));
        family.refuses("a delegate as the person", by, herself, TxRefused::CircleForm).await?;
    }
    let ward = Change::AddDelegate(power(family.stage, family.pk(PERSON), Role::Approver));
    family.refuses("the person as a delegate", ANNA, ward, TxRefused::CircleForm).await?;
    ensure!(family.stored().await? == before, "the circle is another one");
    Ok(())
}

/// A circle without the person, in the place of hers or under a name that her key would have made.
async fn make_another_circle(family: &Family<'_>) -> Result<()> {
    let stage = family.stage;
    let nonce = Nonce16([1; 16]);
    let body = |circle_id: CircleId| CircleBody {
        circle_id,
        patient_pk: family.pk(ANNA),
        nonce,
        valid_until_height: NEVER,
        delegates: Vec::new(),
        guardians: Guardians { keys: Vec::new(), threshold: 0 },
        policy: Policy { approvals: 1, ..policy() },
    };
    let before = family.stored().await?;
    let over_hers = Tx::Circle(stage.signed(body(family.id), &family.key(ANNA)));
    stage.refused("a circle over hers", &over_hers, TxRefused::CircleExists).await?;
    let id = CircleId::derive(&stage.chain(), &family.pk(PERSON), &nonce);
    let in_her_name = Tx::Circle(stage.signed(body(id), &family.key(ANNA)));
    stage.refused("a circle in her name", &in_her_name, TxRefused::CircleId).await?;
    let made = stage.prove::<CircleRecord>(StateKey::Circle(id)).await?;
    ensure!(made.is_none() && family.stored().await? == before, "a circle was made");
    Ok(())
}

/// All three hand over what is not theirs: it waits, and one word of the person ends it.
async fn hand_over_together(family: &Family<'_>) -> Result<()> {
    family.change("Anna hands over", ANNA, Change::Handover).await?;
    let subject = family.waiting().await?;
    for by in [BEN, CLEO] {
        family.approve("another agrees", by, subject).await?;
    }
    ensure!(family.pending().await?.effective_ms.is_some(), "two approvals are enough for it to wait");
    family.object("the person objects", PERSON, subject).await?;
    family.stage.pass(PAST_THE_DELAY).await?;
    let circle = family.circle().await?;
    let stands = circle.handover_ms.is_none() && circle.patient_pk == family.pk(PERSON);
    ensure!(stands, "it was handed over");
    Ok(())
}

/// What they ask for takes up the only place that there is, and the person's own wish takes it back; then they go.
async fn keep_the_person_from_asking(family: &Family<'_>) -> Result<()> {
    let stage = family.stage;
    let permission = family.give(1, DAY, &[1]).await?;
    let friend = Change::AddDelegate(power(stage, family.pk(STRANGER), Role::Steward));
    family.change("Anna asks for a friend", ANNA, friend.clone()).await?;
    let helper = Change::AddDelegate(power(stage, family.pk(33), Role::Approver));
    family.change("the person asks for a helper", PERSON, helper).await?;
    let pending = family.pending().await?;
    ensure!(pending.proposer == Signer::Patient, "what waits is {pending:?}");
    family.refuses("Anna asks again", ANNA, friend, TxRefused::ChangeWaits).await?;

    let stop = permission.stop(stage, &family.key(PERSON));
    stage.record("the person stops what Anna permitted", &stop).await?;
    permission.closed(stage, "what the person stopped", TxRefused::Ended).await?;
    for seat in 1..=3 {
        family.change("the person removes a delegate", PERSON, Change::RemoveDelegate(seat)).await?;
    }
    let circle = family.circle().await?;
    ensure!(circle.delegates.is_empty() && circle.patient_pk == family.pk(PERSON), "somebody stayed");
    family.refuses("a removed delegate", ANNA, Change::Handover, TxRefused::CircleSigner).await
}
