//! An approver who tries to read: Ben holds no data key. He has seen everything that went over the network, salt and slots too.

use anyhow::{Context, Result, ensure};
use salus_chain::ids::TxHash;
use salus_chain::state::TxRefused;
use salus_keeper::envelope::KemSecretKey;
use salus_keeper::message::ReleaseRequest;
use salus_keeper::reader::{Combiner, ReplyFault};
use salus_keeper::release::Refusal;

use crate::family::{ANNA, BEN, Family};
use crate::permission::{Opened, Permission, reader_pk};
use crate::stage::{DAY, Stage};

pub(crate) async fn play(stage: &Stage) -> Result<()> {
    let family = Family::make(stage, 6, |_| {}).await?;
    let own = family.deal(1, DAY).await?;
    let tx = family.sign(&own, family.body(&own, BEN, &[1]), BEN);
    family.not_given("he permits somebody", &own, &tx, TxRefused::BeyondRole).await?;
    let mut body = family.body(&own, ANNA, &[1]);
    body.delegate_pk = family.pk(BEN);
    let tx = family.sign(&own, body, ANNA);
    family.not_given("he puts his name in her place", &own, &tx, TxRefused::BeyondRole).await?;

    let permission = family.give(2, DAY, &[1]).await?;
    let opened = permission.opened(stage, "the clinician opens").await?;
    uses_the_clinicians_receipt(&family, &permission, &opened).await?;
    is_no_reader(&family, &permission, &opened).await?;
    let log = stage.client.grant_log(&permission.id).await?.value.context("there is no such permission")?.1;
    let readers: Vec<_> = log.iter().map(|receipt| receipt.reader_pk).collect();
    ensure!(readers == [reader_pk(&permission.reader)], "in the log are {readers:?}");
    Ok(())
}

async fn is_no_reader(family: &Family<'_>, permission: &Permission, opened: &Opened) -> Result<()> {
    let (stage, ben) = (family.stage, family.key(BEN));
    let (receipt, request) = permission.opening(stage, &ben)?.plain(stage, &ben);
    stage.refused("he opens under his own key", &receipt, TxRefused::Reader).await?;
    stage.keepers_refuse("his own receipt", &request, &[Refusal::NoReceipt]).await?;
    let (receipt, request) = permission.opening(stage, &permission.reader)?.plain(stage, &ben);
    stage.refused("he signs as the clinician", &receipt, TxRefused::Signature).await?;
    stage.keepers_refuse("a forged receipt", &request, &[Refusal::NoReceipt]).await?;
    let invented = ReleaseRequest { access_tx_hash: TxHash([6; 32]), ..opened.request.clone() };
    stage.keepers_refuse("an invented receipt", &invented, &[Refusal::NoReceipt]).await
}

/// With the clinician's receipt keepers answer whoever asks, and only the clinician's one-time key opens the answer.
async fn uses_the_clinicians_receipt(
    family: &Family<'_>,
    permission: &Permission,
    opened: &Opened,
) -> Result<()> {
    let stage = family.stage;
    let ben = KemSecretKey::generate(&mut *stage.rng.borrow_mut());
    let to_him = ReleaseRequest { epk: ben.public_key()?, ..opened.request.clone() };
    stage.keepers_refuse("the receipt with his key", &to_him, &[Refusal::Preimage]).await?;
    let slots = permission.opening(stage, &permission.reader)?.slots;
    let other = ReleaseRequest { slots, ..opened.request.clone() };
    stage.keepers_refuse("the receipt with other slots", &other, &[Refusal::Preimage]).await?;

    let (request, height) = (&opened.request, opened.at.height);
    let (ctx, points) = (stage.client.genesis().context(), permission.dealing.commitments());
    let replies = stage.keepers_release("the receipt played back", request).await?;
    let mut his = Combiner::new(&ctx, permission.id, points, request, height, ben);
    let key = opened.opening.key.clone();
    let mut theirs = Combiner::new(&ctx, permission.id, points, request, height, key);
    for (index, reply) in &replies {
        let fault = his.add(*index, reply).err().map(|bad| bad.fault);
        ensure!(fault == Some(ReplyFault::Sealed), "he opens the answer of keeper {index}: {fault:?}");
        theirs.add(*index, reply)?;
    }
    ensure!(his.combine().is_err() && theirs.combine().is_ok(), "who reads is another one");
    Ok(())
}
