//! A permission that a helper gave, as the person's own.

use salus_chain::contract::Ready;
use salus_chain::ids::{Hash32, ReaderKey};
use salus_keeper::Scope;
use salus_light::LightClient;
use salus_sharing::cover::instants;
use salus_sharing::issue::{Progress, Shares};
use salus_wire::view::ClinicianView;
use salus_wire::{Category, Failure, GrantId, UnixMillis};

use super::after;
use super::anew::{Prepared, Same, prepared};
use crate::App;
use crate::app::utc_offset_minutes;
use crate::lock::Open;
use crate::share::draft::Draft;
use crate::share::kept::{Facts, Kept};
use crate::share::sentence;

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
