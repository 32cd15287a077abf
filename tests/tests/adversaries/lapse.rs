//! A delegate after the power lapsed: two hours from now Anna and Ben are nobody who permits, asks or approves.

use anyhow::{Result, ensure};
use salus_chain::circle::{Change, Delegate, Role};
use salus_chain::state::TxRefused;
use salus_keeper::release::Refusal;

use crate::family::{ANNA, BEN, CLEO, Family, STRANGER, power};
use crate::stage::{DAY, HOUR, Stage};

pub(crate) async fn play(stage: &Stage) -> Result<()> {
    let lapses_ms = stage.now() + 2 * HOUR;
    let lapse = |power: &mut Delegate| power.lapses_ms = lapses_ms;
    let family = Family::make(stage, 3, |body| body.delegates[..2].iter_mut().for_each(lapse)).await?;

    let past = family.deal(1, 3 * HOUR).await?;
    let tx = family.sign(&past, family.body(&past, ANNA, &[1]), ANNA);
    family.not_given("a permission that outlives the power", &past, &tx, TxRefused::BeyondPower).await?;
    let permission = family.give(2, HOUR, &[1]).await?;
    let opened = permission.opened(stage, "before the lapse").await?;
    let friend = Change::AddDelegate(power(stage, family.pk(STRANGER), Role::Steward));
    family.change("Cleo asks for another steward", CLEO, friend.clone()).await?;
    let before = family.stored().await?;

    stage.pass(2 * HOUR + 1_000).await?;
    let why = TxRefused::PowerNotInForce;
    let late = family.deal(3, HOUR).await?;
    let tx = family.sign(&late, family.body(&late, ANNA, &[1]), ANNA);
    family.not_given("a permission after the lapse", &late, &tx, why).await?;
    // The steward's application says that it was long ago; the members' time is what counts.
    let mut body = family.body(&late, ANNA, &[1]);
    body.grant.terms.not_before_ms = lapses_ms - HOUR;
    body.grant.terms.expires_ms = lapses_ms - 1;
    let tx = family.sign(&late, body, ANNA);
    family.not_given("a permission dated back", &late, &tx, why).await?;

    let lapsed = before.delegates[0].delegate;
    let longer = Delegate { lapses_ms: lapses_ms + DAY, ..lapsed };
    family.refuses("she makes her power longer", ANNA, Change::RaiseDelegate(1, longer), why).await?;
    family.refuses("she asks for another steward", ANNA, friend, why).await?;
    let subject = family.waiting().await?;
    stage.refused("Ben approves", &family.approve_tx(BEN, subject, 0).await?, why).await?;
    ensure!(family.stored().await? == before, "the circle is another one");

    let what = "what was permitted before the lapse";
    let ended = [Refusal::Ended, Refusal::ReceiptTooOld];
    stage.keepers_refuse(what, &opened.request, &ended).await?;
    permission.closed(stage, what, TxRefused::Ended).await
}
