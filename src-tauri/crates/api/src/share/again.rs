//! Permissions that run are given again when the keys of the record are new, so that they go on working, and when its identity is, so
//! that nobody who has the one of before stops them.
//!
//! ```text
//! due        it runs, its window reaches past the beginning of keys that it does not have, or its own key is derived from an
//!            identity of before, and nothing is in its place yet
//!   -> again: for the same key of the same clinician, or the same staff on duty, with the same categories, window, times and
//!             contract; kept, not sent
//!   -> keep_up brings it to the members, as any
//!   -> proven to be recorded: the one before is stopped; each by itself, so that none waits for another
//! ```
//!
//! A permission's keys are wrapped once, under a secret that nobody has afterwards, so what is sealed under new keys needs a new
//! permission. Nobody is asked for it: it gives nobody anything that the person did not confirm, for no longer, and what the person
//! did not stop would stop by itself otherwise. What follows from what is kept is done, so that a kill anywhere does nothing twice.
//!
//! One whose clinician nobody confirms any more is left as it is, and so is a card that was used: to give these is a decision. And so is a
//! card from before the identity: the paper names the key of its permission, whoever has the identity of before has that key, and no
//! other one would open with the paper.

mod anew;
mod theirs;

use std::collections::BTreeSet;

use salus_chain::contract::Ready;
use salus_light::LightClient;
use salus_sharing::issue::Progress;
use salus_vault::Vault;
use salus_wire::view::{NewKeys, PermissionState};
use salus_wire::{Failure, GrantId, UnixMillis};

pub(crate) use anew::in_place_of;
pub(crate) use theirs::{Taken, take, taken};

use super::kept::{self, Kept, OnCard};
use super::{card, list};
use crate::lock::Open;
use crate::{App, laptops};

/// True when epochs of its window are sealed under keys that it does not have, or when its own key is of an identity of before.
fn is_behind(vault: &Vault, kept: &Kept) -> bool {
    if kept.facts.identity() < vault.identity() {
        return true;
    }
    let last = kept.permission.scope().last_epoch;
    kept.facts.categories.iter().any(|category| {
        let has = kept.facts.generation(*category);
        let beyond = |number: u32, from: u32| number > has && from <= last;
        vault.generations(*category).iter().any(|one| beyond(one.number, one.from.number()))
    })
}

fn runs(kept: &Kept, now: UnixMillis) -> bool {
    matches!(kept.state(now), PermissionState::NotYet | PermissionState::Active)
}

/// True for one that only a person can decide on.
fn is_left(vault: &Vault, kept: &Kept) -> bool {
    let before = kept.facts.identity() < vault.identity();
    let used = |card: &OnCard| before || card.announced.is_some() || card.opened.is_some();
    // A text that this version does not recognise would be another condition.
    let strange = !kept.facts.policy.is_empty() && Ready::of(&kept.facts.policy).is_none();
    strange || kept.facts.unconfirmed.is_some() || kept.facts.card.as_ref().is_some_and(used)
}

/// What was given in the place of a permission.
fn after(all: &[Kept], id: GrantId) -> Option<&Kept> {
    all.iter().find(|kept| kept.facts.replaces == Some(id))
}

/// How one stands to new keys; `all` are all that there are.
pub(super) fn standing(vault: &Vault, all: &[Kept], kept: &Kept, now: UnixMillis) -> NewKeys {
    let given = |after: &Kept| !matches!(after.permission.progress(), Progress::Pending);
    if after(all, kept.id()).is_some_and(given) {
        return NewKeys::GivenAgain;
    }
    match (runs(kept, now) && is_behind(vault, kept), is_left(vault, kept)) {
        (true, true) => NewKeys::Left,
        (true, false) => NewKeys::Due,
        (false, _) if kept.facts.replaces.is_some() => NewKeys::InPlace,
        (false, _) => NewKeys::None,
    }
}

/// What runs, or may come to, in the place of a permission, or before it: one permission to the person.
pub(super) fn linked(all: &[Kept], kept: &Kept, now: UnixMillis) -> Vec<Kept> {
    let over = |k: &&Kept| matches!(k.state(now), PermissionState::Ended | PermissionState::Stopped);
    let beside = |k: &&Kept| kept.facts.replaces == Some(k.id()) || k.facts.replaces == Some(kept.id());
    all.iter().filter(|k| beside(k) && !over(k)).cloned().collect()
}

/// Prepares what is due; true when something changed that a screen shows.
pub(super) async fn prepare(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let (all, now) = (kept::all(&open.vault).await?, app.now());
    let mut changed = false;
    for before in all.iter().filter(|kept| standing(&open.vault, &all, kept, now) == NewKeys::Due) {
        let mine = laptops::may_give_again(&open.vault, &before.facts.nonce).await?;
        if after(&all, before.id()).is_some() || !mine {
            continue;
        }
        match again(app, open, client, before).await {
            Ok(Some(after)) => {
                card::print_again(&open.vault, before, &after).await?;
                after.save(&open.vault).await?;
                changed = true;
            }
            Ok(None) => {}
            Err(failure) => tracing::debug!(code = %failure.code, "a permission cannot be given again now"),
        }
    }
    Ok(changed)
}

/// Those that run although another one is in force in their place.
pub(super) async fn outlived(vault: &Vault, now: UnixMillis) -> Result<Vec<Kept>, Failure> {
    let all = kept::all(vault).await?;
    let in_force = |after: &&Kept| !matches!(after.permission.progress(), Progress::Pending);
    let replaced: BTreeSet<_> =
        all.iter().filter(in_force).filter_map(|after| after.facts.replaces).collect();
    Ok(all.into_iter().filter(|kept| replaced.contains(&kept.id()) && runs(kept, now)).collect())
}

/// Stops one of [`outlived`]: each by itself, so that one which cannot be stopped now keeps no other from it. True when it was.
pub(super) async fn stop(
    app: &App,
    open: &Open,
    client: &LightClient,
    id: &GrantId,
) -> Result<bool, Failure> {
    // A person's command may have come first.
    let outlived = outlived(&open.vault, app.now()).await?;
    let Some(mut before) = outlived.into_iter().find(|kept| kept.id() == *id) else { return Ok(false) };
    list::halt(app, open, client, &mut before).await?;
    if before.facts.card.is_some() {
        card::forget(&open.vault, &before).await?;
    }
    Ok(true)
}

/// The same once more, under the keys of now; `None` when it would not be the same.
async fn again(app: &App, open: &Open, client: &LightClient, before: &Kept) -> Result<Option<Kept>, Failure> {
    let (permission, id) = (&before.permission, before.id());
    let (reader, scope) = (*permission.reader(), permission.scope());
    let given = in_place_of(app, open, client, &before.facts, (reader, scope, id)).await?;
    let same = |after: &Kept| after.permission.terms().contract_hash == permission.terms().contract_hash;
    if given.as_ref().is_some_and(|after| !same(after)) {
        tracing::warn!("a permission would be given again under another condition");
        return Ok(None);
    }
    Ok(given)
}
