//! "See what Dr X will see", of a permission that was given: from the own record, by the scope, the window and the days of the
//! permission. Nothing is opened by it, and no member hears of it.

use salus_chain::contract::Ready;
use salus_sharing::days;
use salus_sharing::issue::Shares;
use salus_wire::Failure;
use salus_wire::command::SeePermission;
use salus_wire::view::{PermissionState, SeenView};

use super::kept::{self, Facts};
use crate::record::{self, given};
use crate::{App, Run};

impl Run for SeePermission {
    async fn run(self, app: &App) -> Result<SeenView, Failure> {
        let now = app.now();
        record::span(0, 1, self.width, now)?;
        let patient = app.profile().as_ref().map(|profile| profile.name.clone()).unwrap_or_default();
        let members = app.0.network.genesis().map_or(0, salus_chain::genesis::Genesis::n);
        let open = app.open().await?;
        let kept = kept::one(&open.vault, &self.id).await?;
        let permission = kept.view(now, members);
        let facts = &kept.facts;
        let span = given::span((facts.data_from, facts.data_to), self.width, now);
        // What a device said of itself later is not told with the permission.
        let mut told = open.devices.told(&facts.categories, facts.data_from);
        told.retain(|device| device.since <= facts.starts);
        let over = matches!(permission.state, PermissionState::Ended | PermissionState::Stopped);
        let mut records = Vec::new();
        for category in facts.categories.iter().copied().filter(|_| !over) {
            records.push(given::own(&open, category, span, shares(facts), &told).await?);
        }
        Ok(SeenView { permission, patient, at: now, records })
    }
}

/// What it gives.
fn shares(facts: &Facts) -> Shares {
    if Ready::of(&facts.policy) != Some(Ready::SummariesOnly) {
        return Shares::Readings;
    }
    match days::days(facts.data_from, facts.data_to) {
        Some(days) => Shares::Days { first: *days.start(), last: *days.end() },
        // Nothing can be given of no day.
        None => Shares::Days { first: 1, last: 0 },
    }
}
