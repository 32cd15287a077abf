//! What another laptop gave is stopped from here too: on the first one with the keys of the mandates, on the others with the stops that
//! it signed in advance.

use salus_chain::ids::GrantId as ChainGrant;
use salus_chain::sign::SigningKey;
use salus_light::LightClient;
use salus_sharing::laptop::mandate::{stop_given, stop_under};
use salus_vault::{Identity, Vault};
use salus_wire::view::{ClinicianView, PermissionView};
use salus_wire::{Category, ErrorCode, Failure, GrantId, UnixMillis};

use super::stands::prove;
use super::{Seen, Told, all, save, stopping};
use crate::App;
use crate::failure::Fail;
use crate::laptops::kept::{self, Own};
use crate::laptops::power;
use crate::lock::Open;

/// Stops a permission that another laptop gave; [`ErrorCode::UnknownPermission`] when none told of it.
pub(crate) async fn stop(
    app: &App,
    open: &Open,
    client: &LightClient,
    id: GrantId,
) -> Result<PermissionView, Failure> {
    let vault = &open.vault;
    let own = Own::load(vault).await?;
    let found = all(vault).await?.into_iter().find(|seen| seen.told.id == id);
    let mut seen = found.ok_or(ErrorCode::UnknownPermission)?;
    let stopped = if own.is_first() {
        let key = stopping(vault, &own, &seen.told).ok_or(ErrorCode::NeedsOtherLaptop)?;
        stop_given(client, ChainGrant(id.0), &key).await
    } else {
        let powers = kept::powers(vault).await?;
        let mandate = powers.stops.into_iter().find(|stop| stop.grant.0 == id.0);
        let mandate = mandate.ok_or(ErrorCode::NeedsOtherLaptop)?;
        stop_under(client, &mandate, &power::hand(vault, mandate.hand)).await
    };
    stopped.map_err(Fail::fail)?;
    prove(app, vault, client, &own, &mut seen).await?;
    let by = seen.told.by;
    let mut of: Vec<Seen> = all(vault).await?.into_iter().filter(|other| other.told.by == by).collect();
    of.iter_mut().filter(|other| other.told.id == id).for_each(|other| *other = seen.clone());
    save(vault, by, &of).await?;
    Ok(seen.view(app.now(), client.genesis().n()))
}

/// What another laptop gave and runs, for those who may be told of it.
pub(crate) struct Elsewhere {
    pub(crate) id: GrantId,
    pub(crate) ends: UnixMillis,
    pub(crate) clinician: ClinicianView,
    pub(crate) categories: Vec<Category>,
    /// Stops it.
    pub(crate) key: SigningKey,
}

/// On the first laptop: what the others gave and runs, as the members said last.
pub(crate) async fn elsewhere(vault: &Vault, now: UnixMillis) -> Result<Vec<Elsewhere>, Failure> {
    let own = Own::load(vault).await?;
    if !own.is_first() {
        return Ok(Vec::new());
    }
    let runs = |seen: &Seen| seen.told.ends > now && seen.proven.is_some() && !seen.is_over();
    let one = |seen: Seen| {
        let key = stopping(vault, &own, &seen.told)?;
        let Told { id, ends, clinician, categories, .. } = seen.told;
        Some(Elsewhere { id, ends, clinician, categories, key })
    };
    Ok(all(vault).await?.into_iter().filter(runs).filter_map(one).collect())
}

/// Which of the first laptop's identities is behind what another laptop gave; none where none told of it.
pub(crate) async fn behind(vault: &Vault, id: GrantId) -> Result<Option<Identity>, Failure> {
    let own = Own::load(vault).await?;
    let found = all(vault).await?.into_iter().find(|seen| seen.told.id == id);
    Ok(found.map(|seen| power::identity_of(&own, &seen.told.context)))
}
