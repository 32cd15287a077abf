//! Permissions that run are given again when the keys of the record are new, so that they go on working.
//!
//! ```text
//! due        it runs, its window reaches past the beginning of keys that it does not have, and nothing is in its place yet
//!   -> again: for the same key of the same clinician, with the same categories, window, times and contract; kept, not sent
//!   -> keep_up brings it to the members, as any
//!   -> proven to be recorded: the one before is stopped
//! ```
//!
//! A permission's keys are wrapped once, under a secret that nobody has afterwards, so what is sealed under new keys needs a new
//! permission. Nobody is asked for it: it gives nobody anything that the person did not confirm, for no longer, and what the person
//! did not stop would stop by itself otherwise. What follows from what is kept is done, so that a kill anywhere does nothing twice.
//!
//! One whose clinician nobody confirms any more is left as it is, and so is a card that was used: to give these is a decision.

use salus_chain::contract::Ready;
use salus_chain::ids::ReaderKey;
use salus_keeper::Scope;
use salus_light::LightClient;
use salus_sharing::days;
use salus_sharing::issue::{Plan, Progress, SeriesKey, Shares, prepare};
use salus_vault::Vault;
use salus_wire::view::{NewKeys, PermissionState};
use salus_wire::{Failure, GrantId, UnixMillis};

use super::kept::{self, Facts, Kept, OnCard};
use super::{card, enrol, issue, list};
use crate::app::rng;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::{App, laptops};

/// True when epochs of its window are sealed under keys that it does not have.
fn is_behind(vault: &Vault, kept: &Kept) -> bool {
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
fn is_left(kept: &Kept) -> bool {
    let used = |card: &OnCard| card.announced.is_some() || card.opened.is_some();
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
    match (runs(kept, now) && is_behind(vault, kept), is_left(kept)) {
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

/// Prepares what is due, and stops those in whose place another one is in force; true when something changed that a screen shows.
pub(super) async fn go_on(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let (all, now) = (kept::all(&open.vault).await?, app.now());
    let mut changed = false;
    for before in all.iter().filter(|kept| standing(&open.vault, &all, kept, now) == NewKeys::Due) {
        if after(&all, before.id()).is_some() {
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
    for after in all.iter().filter(|kept| !matches!(kept.permission.progress(), Progress::Pending)) {
        let stands = |kept: &&Kept| after.facts.replaces == Some(kept.id()) && runs(kept, now);
        let Some(mut before) = all.iter().find(stands).cloned() else { continue };
        list::halt(app, open, client, &mut before).await?;
        if before.facts.card.is_some() {
            card::forget(&open.vault, &before).await?;
        }
        changed = true;
    }
    Ok(changed)
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

/// The same permission once more, under the keys of now and by this laptop; kept nowhere and not sent. `None` when its days are no
/// whole ones.
pub(crate) async fn in_place_of(
    app: &App,
    open: &Open,
    client: &LightClient,
    facts: &Facts,
    (reader, scope, id): (ReaderKey, Scope, GrantId),
) -> Result<Option<Kept>, Failure> {
    let vault = &open.vault;
    let contract = Ready::of(&facts.policy);
    let shares = match contract {
        Some(Ready::SummariesOnly) => match days::days(facts.data_from, facts.data_to) {
            Some(days) => Shares::Days { first: *days.start(), last: *days.end() },
            None => return Ok(None),
        },
        _ => Shares::Readings,
    };
    let mut series: Vec<SeriesKey> = Vec::with_capacity(facts.categories.len());
    for category in facts.categories.iter().copied() {
        series.extend(issue::keys(vault, category, shares).await?);
    }
    let generations = issue::newest(&series);
    let nonce = laptops::nonce(&open.vault).await?;
    // A card says as little as can be in clear to whoever holds it.
    let devices = match facts.card {
        Some(_) => Vec::new(),
        None => open.devices.told(&facts.categories, facts.data_from),
    };
    let plan = Plan {
        reader,
        series,
        writers: vault.writers().to_vec(),
        disclosures: enrol::disclosures(vault).await?,
        devices,
        patient: app.profile().as_ref().map(|p| p.name.clone()).unwrap_or_default(),
        scope,
        shares,
        not_before: facts.starts,
        expires: facts.ends,
        contract,
        grant_key: Kept::key(vault, &nonce),
    };
    let mut permission = prepare(&plan, client.genesis(), app.now(), &mut rng()).or_fail()?;
    laptops::let_stop(&open.vault, &nonce, &mut permission).await?;
    let facts = Facts {
        nonce,
        proven: None,
        // What the depots hold until the same end they hold for this one too.
        uploaded: facts.uploaded.clone(),
        generations,
        replaces: Some(id),
        ..facts.clone()
    };
    Ok(Some(Kept { facts, permission }))
}
