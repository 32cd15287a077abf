//! After guardians gave a circle back: helpers from before are told where the person is now, and recall the numbers behind the
//! circle's hashes. They keep what they were given before: a steward's old keys may be the last way to old readings.

use std::collections::BTreeMap;

use salus_chain::circle::Signer;
use salus_chain::codec::Record;
use salus_light::LightClient;
use salus_sharing::circle::word::KEEP_MS;
use salus_sharing::circle::{Hello, Recalled, Word};
use salus_vault::Vault;
use salus_wire::{Category, Failure};
use zeroize::Zeroizing;

use super::kept::{Coded, Own, Told};
use super::letters::{Read, proven};
use super::seen::spoken_in;
use crate::App;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::outbox;

/// Tells helpers from before where the person is told of things now, again while they may not have heard it; true when one was
/// written to.
pub(super) async fn hello(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let Some(mut own) = Own::load(&open.vault).await? else { return Ok(false) };
    let (now, key) = (app.now(), own.key(&open.vault));
    let Some(circle) = spoken_in(&open.vault, &own, now).await? else { return Ok(false) };
    let here = own.inbox(&open.vault).public();
    let mut written = false;
    for at in 0..own.helpers.len() {
        let helper = &own.helpers[at];
        let (pk, inbox) = (helper.relative.pk, helper.relative.inbox);
        let seat = match circle.find(&pk) {
            Some(Signer::Delegate(seat)) if helper.from_before => seat,
            _ => continue,
        };
        if helper.told.is_some_and(|told| now.saturating_sub(told.at) < KEEP_MS) {
            continue;
        }
        let hello = Hello::sign(own.circle, pk, here, &client.chain_id(), &key);
        let until = now.saturating_add(KEEP_MS);
        if let Err(error) = outbox::send(&open.vault, client, &hello.encode(), &inbox, (until, now)).await {
            tracing::debug!(%error, "a helper from before is told later");
            continue;
        }
        let in_force = circle.in_force(seat, now);
        own.helpers[at].told = Some(Told { revision: circle.revision, in_force, at: now });
        own.save(&open.vault).await?;
        written = true;
    }
    Ok(written)
}

/// A helper answers a person whose key has changed, and tells them there from now on.
pub(super) async fn answer(
    app: &App,
    vault: &Vault,
    client: &LightClient,
    coded: &Coded,
    word: &Word,
    hello: &Hello,
) -> Result<Read, Failure> {
    if hello.circle != word.circle || hello.to != coded.pk() {
        return Ok(Read::Nothing);
    }
    let Some(circle) = proven(client, &hello.circle).await? else { return Ok(Read::Later) };
    let chain = client.chain_id();
    // The member that was asked may not know the new key yet.
    if !hello.holds(&chain, &circle, &coded.pk()) {
        return Ok(Read::Later);
    }
    let recalled = Recalled::tell(word, circle.patient_pk, &chain, &coded.secret.signing);
    let now = app.now();
    let until = now.saturating_add(KEEP_MS);
    outbox::send(vault, client, &recalled.encode(), &hello.inbox, (until, now)).await.or_fail()?;
    let mut moved = word.clone();
    moved.inbox = hello.inbox;
    coded.keep_word(vault, &Zeroizing::new(moved.encode())).await?;
    Ok(Read::News)
}

/// A person takes in what a helper recalls. Once somebody was let help anew, the numbers of this record hold, and stay.
pub(super) async fn recall(
    vault: &Vault,
    client: &LightClient,
    own: &mut Own,
    said: &[u8],
) -> Result<Read, Failure> {
    let Ok(recalled) = Recalled::decode(said) else { return Ok(Read::Nothing) };
    let anew = own.helpers.iter().any(|helper| !helper.from_before);
    if recalled.circle != own.circle || own.given_back.is_none() || anew {
        return Ok(Read::Nothing);
    }
    let Some(circle) = proven(client, &recalled.circle).await? else { return Ok(Read::Later) };
    let pk = own.key(vault).verifying_key();
    if !recalled.holds(&client.chain_id(), &circle, &pk) {
        return Ok(Read::Nothing);
    }
    let mut all: BTreeMap<Category, [u8; 16]> = own.recalled.iter().copied().collect();
    for (category, salt) in &recalled.salts {
        all.entry(*category).or_insert(*salt);
    }
    all.extend(recalled.proven());
    own.recalled = all.into_iter().collect();
    own.rules.ordinary = recalled.ordinary.iter().copied().collect();
    if let Some(helper) = own.helpers.iter_mut().find(|helper| helper.relative.pk == recalled.from) {
        helper.limits.categories = recalled.allowed.iter().copied().collect();
    }
    own.save(vault).await?;
    Ok(Read::News)
}
