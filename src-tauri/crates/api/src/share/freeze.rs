//! Everything that the record itself permits, stopped one after the other: when it is handed over to its person, who came of age.
//!
//! Also what begins later, a card, what is for staff on duty, what another laptop of the record told of, and what is still on its way
//! to the members. What was stopped stays so: Salus gives it again under no new keys.

use salus_light::LightClient;
use salus_sharing::issue::Progress;
use salus_sharing::stop::{StopError, stop};
use salus_vault::Vault;
use salus_wire::event::Event;
use salus_wire::view::{PermissionState, PermissionView};
use salus_wire::{ErrorCode, Failure, GrantId, UnixMillis};

use super::kept::{self, Kept};
use super::{card, keep_up};
use crate::failure::Fail;
use crate::lock::Open;
use crate::{App, laptops};

const fn runs(state: PermissionState) -> bool {
    matches!(state, PermissionState::Pending | PermissionState::NotYet | PermissionState::Active)
}

async fn own(vault: &Vault, now: UnixMillis) -> Result<Vec<Kept>, Failure> {
    let all = kept::all(vault).await?.into_iter();
    Ok(all.filter(|kept| runs(kept.state(now)) && !kept.facts.void).collect())
}

/// What other laptops told of.
async fn others(vault: &Vault, now: UnixMillis) -> Result<Vec<PermissionView>, Failure> {
    let all = laptops::views(vault, now, 0).await?.into_iter();
    Ok(all.filter(|view| runs(view.state) && now < view.ends).collect())
}

/// What runs, or is to run, of what the record itself permits, those that end last first; one that is given in the place of another
/// stands for both.
pub(crate) async fn running(vault: &Vault, now: UnixMillis) -> Result<Vec<PermissionView>, Failure> {
    let own = own(vault, now).await?;
    let replaced: Vec<GrantId> = own.iter().filter_map(|kept| kept.facts.replaces).collect();
    let mut views: Vec<PermissionView> = own.iter().map(|kept| kept.view(now, 0)).collect();
    views.extend(others(vault, now).await?);
    views.retain(|view| !replaced.contains(&view.id));
    views.sort_by_key(|view| std::cmp::Reverse((view.ends, view.id.0)));
    Ok(views)
}

/// Stops all of it, each proven before the next, and tells pages how far the `work` is. The caller has the turn.
///
/// # Errors
/// As the first stop that is not proven: those before it are stopped, the others are not, and doing it again goes on.
pub(crate) async fn all(app: &App, open: &Open, client: &LightClient, work: &str) -> Result<(), Failure> {
    let (vault, now) = (&open.vault, app.now());
    let (own, others) = (own(vault, now).await?, others(vault, now).await?);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (total, mut done) = (count(own.len().saturating_add(others.len())), 0_u32);
    let mut told = || {
        done = done.saturating_add(1);
        app.tell(Event::Progress { work: work.to_owned(), done, total });
        app.tell(Event::PermissionsChanged);
    };
    for mut kept in own {
        end(app, open, client, &mut kept).await?;
        told();
    }
    for view in others {
        match laptops::stop(app, open, client, view.id).await {
            // Told of, and never recorded.
            Err(failure)
                if failure.code == ErrorCode::UnknownPermission && view.state == PermissionState::Pending => {
            }
            stopped => {
                stopped?;
            }
        }
        told();
    }
    Ok(())
}

async fn end(app: &App, open: &Open, client: &LightClient, kept: &mut Kept) -> Result<(), Failure> {
    let vault = &open.vault;
    let pending = kept.permission.progress() == Progress::Pending;
    let key = kept.own_key(vault);
    match stop(client, &mut kept.permission, &key).await {
        Ok(_) | Err(StopError::Ended) => {}
        // Nobody has anything of it that the members would take: what an attempt signed that was cut off now, they would have by now.
        Err(StopError::NotRecorded) if pending && !kept.permission.is_signed() => {
            kept.discard(vault).await?;
            return card::forget(vault, kept).await;
        }
        // What was sent may still come into force: it is watched for, and stopped then.
        Err(StopError::NotRecorded) if pending => kept.facts.void = true,
        Err(error) => return Err(error.fail()),
    }
    kept.save(vault).await?;
    if let Err(failure) = keep_up::prove(app, client, kept).await {
        tracing::debug!(code = %failure.code, "the stop is proven; where it stands is proven again later");
    }
    kept.save(vault).await?;
    card::forget(vault, kept).await
}
