//! "See what Dr X will see", of a permission that was given: from the own record, by the scope, the window and the days of the
//! permission. Nothing is opened by it, and no member hears of it.

use salus_chain::contract::Ready;
use salus_sharing::capsule::ToldDevice;
use salus_sharing::days;
use salus_sharing::issue::{Progress, Shares};
use salus_wire::command::SeePermission;
use salus_wire::view::{PermissionState, PermissionView, SeenView};
use salus_wire::{ErrorCode, Failure, GrantId, UnixMillis};

use super::kept::{self, Kept};
use crate::lock::Open;
use crate::record::{self, given};
use crate::{App, Run, laptops};

impl Run for SeePermission {
    async fn run(self, app: &App) -> Result<SeenView, Failure> {
        let now = app.now();
        record::span(0, 1, self.width, now)?;
        let patient = app.profile().as_ref().map(|profile| profile.name.clone()).unwrap_or_default();
        let open = app.open().await?;
        let (permission, told) = sought(app, &open, &self.id, now).await?;
        let span = given::span((permission.data_from, permission.data_to), self.width, now);
        let over = matches!(permission.state, PermissionState::Ended | PermissionState::Stopped);
        let mut records = Vec::new();
        for category in permission.categories.iter().copied().filter(|_| !over) {
            records.push(given::own(&open, category, span, shares(&permission), &told).await?);
        }
        Ok(SeenView { permission, patient, at: now, records })
    }
}

/// A permission that was given, here or on another laptop, and what it tells of the devices.
pub(super) async fn sought(
    app: &App,
    open: &Open,
    id: &GrantId,
    now: UnixMillis,
) -> Result<(PermissionView, Vec<ToldDevice>), Failure> {
    let members = app.0.network.genesis().map_or(0, salus_chain::genesis::Genesis::n);
    let (permission, told_at) = match kept::one(&open.vault, id).await {
        Ok(kept) => (kept.view(now, members), given_at(&kept)),
        // One that another laptop of the person gave: from when on it holds is what is known of when that was.
        Err(failure) if failure.code == ErrorCode::UnknownPermission => {
            let others = laptops::views(&open.vault, now, members).await?;
            let theirs = others.into_iter().find(|view| view.id == *id).ok_or(failure)?;
            let starts = theirs.starts;
            (theirs, starts)
        }
        Err(failure) => return Err(failure),
    };
    // What a device said of itself later is not told with the permission.
    let mut told = open.devices.told(&permission.categories, permission.data_from);
    told.retain(|device| device.since <= told_at);
    Ok((permission, told))
}

/// When it was given; under new keys, when it was given again. One that is not recorded yet tells what is known until it begins.
fn given_at(kept: &Kept) -> UnixMillis {
    match kept.permission.progress() {
        Progress::Recorded(given) | Progress::Stopped { given, .. } => given.time_ms,
        Progress::Pending => kept.facts.starts,
    }
}

/// What it gives.
pub(super) fn shares(permission: &PermissionView) -> Shares {
    let policy = permission.condition.as_ref().map(|condition| condition.policy.as_str());
    if !policy.and_then(Ready::of).is_some_and(|ready| ready.gives_days()) {
        return Shares::Readings;
    }
    match days::days(permission.data_from, permission.data_to) {
        Some(days) => Shares::Days { first: *days.start(), last: *days.end() },
        // Nothing can be given of no day.
        None => Shares::Days { first: 1, last: 0 },
    }
}
