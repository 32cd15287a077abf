//! Permissions that run are given again when the keys of the record are new, so that they go on working, and when its identity is, so
//! that nobody who has the one of before stops them.
//!
//! ```text
//! due        it runs, its window reaches past the beginning of keys that it does not have, or its own key is derived from an
//!            identity of before, and nothing is in its place yet
//!   -> again: for the same key of the same clinician, or the same staff on duty, with the same categories, window, times and
//!             contract; kept, not sent
//!   -> keep_up brings it to the members, as any
//!   -> proven to be recorded: the one before is stopped
//! ```
//!
//! A permission's keys are wrapped once, under a secret that nobody has afterwards, so what is sealed under new keys needs a new
//! permission. Nobody is asked for it: it gives nobody anything that the person did not confirm, for no longer, and what the person
//! did not stop would stop by itself otherwise. What follows from what is kept is done, so that a kill anywhere does nothing twice.
//!
//! One whose clinician nobody confirms any more is left as it is, and so is a card that was used: to give these is a decision. And so is a
//! card from before the identity: the paper names the key of its permission, whoever has the identity of before has that key, and no
//! other one would open with the paper.

use salus_chain::contract::Ready;
use salus_chain::duty::DutyGroup;
use salus_chain::ids::{Hash32, ReaderKey};
use salus_keeper::Scope;
use salus_light::LightClient;
use salus_sharing::capsule::ToldDevice;
use salus_sharing::cover::instants;
use salus_sharing::days;
use salus_sharing::duty;
use salus_sharing::issue::{Permission, Plan, Progress, SeriesKey, Shares, prepare};
use salus_vault::{Identity, Vault};
use salus_wire::view::{ClinicianView, NewKeys, PermissionState};
use salus_wire::{Category, Failure, GrantId, UnixMillis};

use super::draft::Draft;
use super::kept::{self, Facts, GroupFact, Kept, OnCard};
use super::{card, enrol, issue, list, sentence};
use crate::app::{rng, utc_offset_minutes};
use crate::failure::OrFail;
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

/// Prepares what is due, and stops those in whose place another one is in force; true when something changed that a screen shows.
pub(super) async fn go_on(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
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
    let contract = Ready::of(&facts.policy);
    let shares = match contract {
        Some(ready) if ready.gives_days() => match days::days(facts.data_from, facts.data_to) {
            Some(days) => Shares::Days { first: *days.start(), last: *days.end() },
            None => return Ok(None),
        },
        _ => Shares::Readings,
    };
    let card = match &facts.card {
        // The paper names a key that is not this record's any more.
        Some(_) if facts.identity() != open.vault.identity() => return Ok(None),
        Some(card) => Some(OnCard { key: Some(*facts.key_nonce()), ..card.clone() }),
        None => None,
    };
    // A card says as little as can be in clear to whoever holds it.
    let devices = match facts.card {
        Some(_) => Vec::new(),
        None => open.devices.told(&facts.categories, facts.data_from),
    };
    let group = match facts.group.as_ref().map(GroupFact::group) {
        None => None,
        // Without its group it would be another permission.
        Some(None) => return Ok(None),
        Some(group) => group,
    };
    let same = Same {
        reader,
        group,
        categories: &facts.categories,
        scope,
        shares,
        times: (facts.starts, facts.ends),
        contract,
        devices,
        key: card.as_ref().and_then(|card| card.key),
    };
    let Prepared { permission, nonce, identity, generations } = prepared(app, open, client, same).await?;
    let facts = Facts {
        card,
        nonce,
        identity: identity.0,
        proven: None,
        // What the depots hold until the same end they hold for this one too.
        uploaded: facts.uploaded.clone(),
        generations,
        replaces: Some(id),
        // Nobody opened this one yet.
        openers: Vec::new(),
        named: 0,
        void: false,
        ..facts.clone()
    };
    Ok(Some(Kept { facts, permission }))
}

/// What is given once more.
struct Same<'a> {
    reader: ReaderKey,
    /// The staff on duty that it is for, where it is for no reader.
    group: Option<DutyGroup>,
    categories: &'a [Category],
    scope: Scope,
    shares: Shares,
    /// Beginning and end.
    times: (UnixMillis, UnixMillis),
    contract: Option<Ready>,
    devices: Vec<ToldDevice>,
    /// What its own key is derived from, where that is not a fresh one.
    key: Option<[u8; 16]>,
}

/// It under the keys of now, and nothing sent yet.
struct Prepared {
    permission: Permission,
    nonce: [u8; 16],
    identity: Identity,
    generations: Vec<(Category, u32)>,
}

async fn prepared(app: &App, open: &Open, client: &LightClient, same: Same<'_>) -> Result<Prepared, Failure> {
    let vault = &open.vault;
    let mut series: Vec<SeriesKey> = Vec::with_capacity(same.categories.len());
    for category in same.categories.iter().copied() {
        series.extend(issue::keys(vault, category, same.shares).await?);
    }
    let generations = issue::newest(&series);
    let (identity, nonce) = (vault.identity(), laptops::nonce(vault).await?);
    let (not_before, expires) = same.times;
    let plan = Plan {
        reader: same.reader,
        series,
        writers: vault.writers().to_vec(),
        disclosures: enrol::disclosures(vault).await?,
        devices: same.devices,
        patient: app.profile().as_ref().map(|p| p.name.clone()).unwrap_or_default(),
        scope: same.scope,
        shares: same.shares,
        not_before,
        expires,
        contract: same.contract,
        grant_key: Kept::key(vault, identity, same.key.as_ref().unwrap_or(&nonce)),
    };
    let mut permission = match &same.group {
        None => prepare(&plan, client.genesis(), app.now(), &mut rng()),
        Some(group) => duty::prepare(plan, group, client.genesis(), app.now(), &mut rng()),
    }
    .or_fail()?;
    laptops::let_stop(vault, (identity, &nonce), &mut permission).await?;
    Ok(Prepared { permission, nonce, identity, generations })
}

/// A permission that somebody gave for the person, and that the person keeps.
pub(crate) struct Taken {
    pub(crate) id: GrantId,
    pub(crate) reader: ReaderKey,
    pub(crate) clinician: ClinicianView,
    /// The clinician's attested key.
    pub(crate) credential: [u8; 32],
    pub(crate) categories: Vec<Category>,
    pub(crate) scope: Scope,
    /// Beginning and end.
    pub(crate) times: (UnixMillis, UnixMillis),
    /// Names its contract, and the text of it.
    pub(crate) condition: (Hash32, String),
}

/// What is in the place of a permission that somebody gave for the person: none yet, or whether it is proven to be recorded.
pub(crate) fn taken(all: &[Kept], id: GrantId) -> Option<bool> {
    after(all, id).map(|kept| !matches!(kept.permission.progress(), Progress::Pending))
}

/// Gives it as the person's own, with the same conditions, under the keys of now: kept, and brought to the members as any. False
/// for one under a text that this version does not recognise: it would be under another condition.
pub(crate) async fn take(
    app: &App,
    open: &Open,
    client: &LightClient,
    taken: Taken,
) -> Result<bool, Failure> {
    let Taken { id, reader, clinician, credential, categories, scope, times, condition } = taken;
    let (contract_hash, policy) = condition;
    let contract = Ready::of(&policy);
    let (data_from, data_to) = instants(scope);
    let (starts, ends) = times;
    let devices = open.devices.told(&categories, data_from);
    let shares = Shares::Readings;
    let (group, key) = (None, None);
    let same = Same { reader, group, categories: &categories, scope, shares, times, contract, devices, key };
    let Prepared { permission, nonce, identity, generations } = prepared(app, open, client, same).await?;
    if permission.terms().contract_hash != contract_hash {
        tracing::warn!("a helper's permission would be given again under another condition");
        return Ok(false);
    }
    let now = app.now();
    let draft = Draft { categories, scope, data_from, data_to, starts, ends, contract };
    let sentence = sentence::canonical(app.tongue(), &clinician, &draft, now, utc_offset_minutes(now));
    let facts = Facts {
        clinician,
        categories: draft.categories,
        data_from,
        data_to,
        starts,
        ends,
        card: None,
        sentence,
        policy,
        credential: Some(credential),
        unconfirmed: None,
        nonce,
        identity: identity.0,
        proven: None,
        uploaded: Vec::new(),
        generations,
        replaces: Some(id),
        group: None,
        openers: Vec::new(),
        named: 0,
        void: false,
    };
    Kept { facts, permission }.save(&open.vault).await?;
    Ok(true)
}
