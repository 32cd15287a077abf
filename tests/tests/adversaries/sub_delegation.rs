//! Sub-delegation: a steward who hands her power on to a friend, by every way that there is to sign one.

use anyhow::{Result, ensure};
use salus_chain::circle::{Change, Role};
use salus_chain::ids::Hash32;
use salus_chain::state::TxRefused;

use crate::family::{ANNA, BEN, Family, STRANGER, power};
use crate::permission::Permission;
use crate::stage::{DAY, PAST_THE_DELAY, Stage};

pub(crate) async fn play(stage: &Stage) -> Result<()> {
    let family = Family::make(stage, 4, |_| {}).await?;
    lends_her_name(&family).await?;
    asks_for_her_friend(&family).await
}

async fn lends_her_name(family: &Family<'_>) -> Result<()> {
    let (stage, permission) = (family.stage, family.deal(1, DAY).await?);
    let tx = family.sign(&permission, family.body(&permission, STRANGER, &[1]), STRANGER);
    let what = "a friend permits under a key of their own";
    family.not_given(what, &permission, &tx, TxRefused::CircleSigner).await?;
    let tx = family.sign(&permission, family.body(&permission, ANNA, &[1]), STRANGER);
    family.not_given("a friend signs in her name", &permission, &tx, TxRefused::Signature).await?;
    let mut body = family.body(&permission, ANNA, &[1]);
    body.readers = vec![family.reader(&permission, &family.key(STRANGER))];
    let tx = family.sign(&permission, body, ANNA);
    let what = "a permission to the friend, who is no clinician";
    family.not_given(what, &permission, &tx, TxRefused::Credential).await?;

    // Whoever has a permission's own key can stop it: it must not be the key of a power.
    let own = family.key(ANNA);
    let carrier = Permission::deal(stage, own, family.key(202), DAY, Hash32::ZERO).await?;
    let tx = family.sign(&carrier, family.body(&carrier, ANNA, &[1]), ANNA);
    family.not_given("a permission under the key of her power", &carrier, &tx, TxRefused::BeyondRole).await
}

async fn asks_for_her_friend(family: &Family<'_>) -> Result<()> {
    let stage = family.stage;
    let friend = power(stage, family.pk(STRANGER), Role::Steward);
    family.change("she asks for her friend", ANNA, Change::AddDelegate(friend)).await?;
    let subject = family.waiting().await?;
    let own = family.approve_tx(ANNA, subject, 0).await?;
    stage.refused("she agrees with herself", &own, TxRefused::Concerned).await?;
    let theirs = family.approve_tx(STRANGER, subject, 0).await?;
    stage.refused("the friend agrees", &theirs, TxRefused::CircleSigner).await?;

    stage.pass(PAST_THE_DELAY).await?;
    let circle = family.circle().await?;
    ensure!(circle.delegates.len() == 3, "the friend has a seat");
    ensure!(circle.pending.is_some_and(|p| p.effective_ms.is_none()), "it takes effect");
    let permission = family.deal(2, DAY).await?;
    let tx = family.sign(&permission, family.body(&permission, STRANGER, &[1]), STRANGER);
    let what = "the friend permits after three days";
    family.not_given(what, &permission, &tx, TxRefused::CircleSigner).await?;
    family.object("Ben objects", BEN, subject).await?;
    ensure!(family.circle().await?.pending.is_none(), "it still waits");
    Ok(())
}
