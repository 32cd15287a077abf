//! A permission once more, under the keys of now.

use salus_chain::contract::Ready;
use salus_chain::duty::DutyGroup;
use salus_chain::ids::ReaderKey;
use salus_keeper::Scope;
use salus_light::LightClient;
use salus_sharing::capsule::ToldDevice;
use salus_sharing::days;
use salus_sharing::duty;
use salus_sharing::issue::{Permission, Plan, SeriesKey, Shares, prepare};
use salus_vault::Identity;
use salus_wire::{Category, Failure, GrantId, UnixMillis};

use crate::app::rng;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::share::kept::{Facts, GroupFact, Kept, OnCard};
use crate::share::{enrol, issue};
use crate::{App, laptops};

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
pub(super) struct Same<'a> {
    pub(super) reader: ReaderKey,
    /// The staff on duty that it is for, where it is for no reader.
    pub(super) group: Option<DutyGroup>,
    pub(super) categories: &'a [Category],
    pub(super) scope: Scope,
    pub(super) shares: Shares,
    /// Beginning and end.
    pub(super) times: (UnixMillis, UnixMillis),
    pub(super) contract: Option<Ready>,
    pub(super) devices: Vec<ToldDevice>,
    /// What its own key is derived from, where that is not a fresh one.
    pub(super) key: Option<[u8; 16]>,
}

/// It under the keys of now, and nothing sent yet.
pub(super) struct Prepared {
    pub(super) permission: Permission,
    pub(super) nonce: [u8; 16],
    pub(super) identity: Identity,
    pub(super) generations: Vec<(Category, u32)>,
}

pub(super) async fn prepared(
    app: &App,
    open: &Open,
    client: &LightClient,
    same: Same<'_>,
) -> Result<Prepared, Failure> {
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
