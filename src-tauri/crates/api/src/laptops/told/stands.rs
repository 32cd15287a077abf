//! Where each permission of another laptop stands, as the members have it.

use salus_chain::ids::{GrantId as ChainGrant, VerifyingKey};
use salus_chain::state::GrantRecord;
use salus_light::LightClient;
use salus_sharing::Members;
use salus_vault::Vault;
use salus_wire::view::{NewKeys, PermissionState, PermissionView};
use salus_wire::{ErrorCode, Failure, UnixMillis};

use super::{Seen, Told, all, name, save, stopping};
use crate::App;
use crate::activity::all_erased;
use crate::failure::OrFail;
use crate::laptops::kept::Own;
use crate::lock::Open;
use crate::namespace::LAPTOPS;
use crate::share::condition;
use crate::share::keep_up::state_of;
use crate::share::kept::Proven;

impl Seen {
    pub(super) fn is_over(&self) -> bool {
        let ended = |p: &Proven| matches!(p.state, PermissionState::Ended | PermissionState::Stopped);
        self.proven.as_ref().is_some_and(ended)
    }

    /// It is over, and every member that holds a part confirmed that it deleted it.
    fn is_settled(&self) -> bool {
        self.is_over() && self.proven.as_ref().is_some_and(|p| p.gone)
    }

    fn state(&self, now: UnixMillis) -> PermissionState {
        match self.proven.as_ref().map(|proven| proven.state) {
            None => PermissionState::Pending,
            Some(ended @ (PermissionState::Ended | PermissionState::Stopped)) => ended,
            Some(_) if now >= self.told.ends => PermissionState::Ended,
            Some(_) if now < self.told.starts => PermissionState::NotYet,
            Some(_) => PermissionState::Active,
        }
    }

    pub(super) fn view(&self, now: UnixMillis, members: u16) -> PermissionView {
        let (told, proven) = (&self.told, self.proven.as_ref());
        PermissionView {
            id: told.id,
            clinician: told.clinician.clone(),
            categories: told.categories.clone(),
            data_from: told.data_from,
            data_to: told.data_to,
            starts: told.starts,
            ends: told.ends,
            condition: condition::view(&told.policy),
            state: self.state(now),
            members_holding: told.members_holding,
            members_erased: proven.map_or(0, |p| p.erased),
            members,
            openings: proven.map_or(0, |p| p.openings),
            proof: proven.map(|p| p.proof.clone()),
            unconfirmed: None,
            emergency: None,
            new_keys: NewKeys::None,
        }
    }
}

/// What other laptops gave, as screens show it.
pub(crate) async fn views(
    vault: &Vault,
    now: UnixMillis,
    members: u16,
) -> Result<Vec<PermissionView>, Failure> {
    Ok(all(vault).await?.iter().map(|seen| seen.view(now, members)).collect())
}

/// Asks the members where the permissions of other laptops stand; true when something changed that screens show.
pub(in crate::laptops) async fn look(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let own = Own::load(&open.vault).await?;
    let mut changed = false;
    for by in 0..salus_sharing::laptop::MAX_LAPTOPS {
        let Some(stored) = open.vault.cabinet().get(LAPTOPS, &name(by)).await.or_fail()? else { continue };
        let mut some: Vec<Seen> = serde_json::from_slice(&stored).map_err(|_| ErrorCode::Damaged)?;
        let before = some.clone();
        for seen in some.iter_mut().filter(|seen| !seen.is_settled()) {
            prove(app, &open.vault, client, &own, seen).await?;
        }
        if some != before {
            save(&open.vault, by, &some).await?;
            changed = true;
        }
    }
    Ok(changed)
}

pub(super) async fn prove(
    app: &App,
    vault: &Vault,
    client: &LightClient,
    own: &Own,
    seen: &mut Seen,
) -> Result<(), Failure> {
    let id = ChainGrant(seen.told.id.0);
    let proven = client.prove_grant(&id).await.map_err(|error| app.0.network.failure(&error))?;
    // Told and not recorded: the member that was asked may not have the block yet, or it was never given.
    let Some(record) = &proven.value else { return Ok(()) };
    if own.is_first() && seen.proven.is_none() && !is_its(app, vault, client, own, &seen.told).await? {
        return Ok(());
    }
    let new = Proven {
        state: state_of(record.status_at(proven.head.time_ms)),
        erased: u16::try_from(record.counts().1).unwrap_or(u16::MAX),
        gone: is_gone(record, seen.told.members_holding, client.genesis().n()),
        openings: record.access_count,
        proof: app.0.network.proof(&proven.head),
    };
    let says = |one: &Proven| (one.state, one.erased, one.gone, one.openings);
    let same = |old: &Proven| says(old) == says(&new);
    if !seen.proven.as_ref().is_some_and(same) {
        seen.proven = Some(new);
    }
    Ok(())
}

/// Whether every member that the others have on record as one with a part confirmed that it deleted it, and as many altogether as the
/// laptop that gave it told of: which of them got theirs later it did not tell.
fn is_gone(record: &GrantRecord, told: u16, members: u16) -> bool {
    all_erased(record, members, Some(Members::default())) && record.counts().1 >= u32::from(told.min(members))
}

/// On the first laptop: whether the members have it as what was given under the mandate that is named with it. Whoever has an added
/// laptop can tell of anybody's permission, and would have it drawn mandates for, and shown to those who help.
async fn is_its(
    app: &App,
    vault: &Vault,
    client: &LightClient,
    own: &Own,
    told: &Told,
) -> Result<bool, Failure> {
    let Some(key) = stopping(vault, own, told) else { return Ok(false) };
    let given = client.prove_mandate(&key.verifying_key()).await;
    let given = given.map_err(|error| app.0.network.failure(&error))?.value;
    Ok(given.is_some_and(|given| given.grant_id.0 == told.id.0))
}

/// Whether a mandate was used for a permission that nobody told of, or that was told to end earlier than it does, so that nobody was
/// asked about it: its name.
pub(in crate::laptops) async fn concealed(
    vault: &Vault,
    client: &LightClient,
    key: &VerifyingKey,
) -> Result<Option<ChainGrant>, Failure> {
    let Some(used) = client.prove_mandate(key).await.or_fail()?.value else { return Ok(None) };
    let told = all(vault).await?.into_iter().find(|seen| seen.told.id.0 == used.grant_id.0);
    let Some(seen) = told else { return Ok(Some(used.grant_id)) };
    let record = client.prove_grant(&used.grant_id).await.or_fail()?.value;
    let goes_on = record.is_some_and(|record| record.terms.expires_ms > seen.told.ends);
    Ok(goes_on.then_some(used.grant_id))
}
