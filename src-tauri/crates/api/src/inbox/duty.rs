//! What patients gave to those on duty: found at the own organisation's desk while on duty, and opened under the own name.
//!
//! Nothing of it is kept: who goes off duty, or locks, has no list and no key of it any more. That nobody opens it then is the
//! members' rule, whatever this app does.

use std::collections::BTreeSet;

use salus_chain::duty::DutyGroup;
use salus_chain::state::GrantStatus;
use salus_light::LightClient;
use salus_sharing::cover::instants;
use salus_sharing::open::{ForGroup, OnDuty, list_for_group, on_duty, open_for_group};
use salus_wire::command::{Command, OpenRecord};
use salus_wire::event::Event;
use salus_wire::view::{DutyView, OpenedView, PermissionState, SharedView};
use salus_wire::{ErrorCode, Failure, GrantId, UnixMillis};

use super::kept::{self, Shared};
use super::open::{progress, view};
use crate::App;
use crate::app::rng;
use crate::lock::Open;

/// How often the desk is asked.
const EACH_MS: i64 = 5_000;

/// A clinician's duty as it was found last, and what was given to their group.
#[derive(Default)]
pub(crate) struct Duty {
    looked: Option<UnixMillis>,
    /// Where and as what they are on duty, or were.
    group: Option<DutyGroup>,
    until: Option<UnixMillis>,
    found: Vec<ForGroup>,
    /// Every permission that was among them since the record was opened, so that a screen of one says why it opens no more.
    seen: BTreeSet<GrantId>,
    /// The contract of such permissions.
    policy: String,
}

fn known(open: &Open) -> std::sync::MutexGuard<'_, Duty> {
    open.duty.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Asks the chain for the duty, and the desk for what there is; true when something changed that a screen shows.
pub(super) async fn look(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let now = app.now();
    // A clock that was set back asks again too.
    let recent = |at: UnixMillis| (0..EACH_MS).contains(&now.saturating_sub(at));
    let waits = known(open).looked.is_some_and(recent);
    if waits || kept::attestation(&open.vault).await?.is_none() {
        return Ok(false);
    }
    let key = kept::credential(&open.vault);
    let (mut after, failed) = match on_duty(client, &key.verifying_key(), now).await {
        Ok(Some(OnDuty { group, until })) => {
            let listed = list_for_group(client, &group, &key, now, &mut rng()).await;
            let policy = group.contract().and_then(|ready| ready.text().ok()).unwrap_or_default();
            let (found, failed) = match listed {
                Ok(found) => (found, None),
                // What is known of the same duty stays while the desk is away.
                Err(error) => (same(&known(open), &group), Some(error)),
            };
            (Duty { group: Some(group), until: Some(until), found, policy, ..Duty::default() }, failed)
        }
        Ok(None) => {
            let said = client.prove_duty(&key.verifying_key()).await;
            let said = said.map_err(|e| app.0.network.failure(&e))?.value;
            (Duty { group: said.map(|duty| duty.body.group), ..Duty::default() }, None)
        }
        Err(error) => return Err(app.0.network.failure(&error)),
    };
    after.looked = Some(now);
    let mut before = known(open);
    let changed = (&before.group, before.until, &before.found) != (&after.group, after.until, &after.found);
    after.seen.append(&mut before.seen);
    after.seen.extend(after.found.iter().map(|found| GrantId(found.grant.0)));
    *before = after;
    drop(before);
    match failed {
        None => Ok(changed),
        Some(error) => {
            tracing::debug!(%error, "the desk is asked again later");
            Ok(changed)
        }
    }
}

fn same(before: &Duty, group: &DutyGroup) -> Vec<ForGroup> {
    if before.group.as_ref() == Some(group) { before.found.clone() } else { Vec::new() }
}

/// The duty as the inbox says it; adds what was given to the group, while it lasts.
pub(super) fn listed(
    app: &App,
    open: &Open,
    now: UnixMillis,
    shared: &mut Vec<SharedView>,
) -> Option<DutyView> {
    let known = known(open);
    let group = known.group.as_ref()?;
    let until = known.until.filter(|until| now < *until);
    if until.is_some() {
        shared.extend(known.found.iter().map(|found| shown(found, &known.policy, now)));
    }
    let organisation = app.0.network.name_of(group.member());
    Some(DutyView { organisation, role: group.role().to_owned(), until })
}

fn shown(found: &ForGroup, policy: &str, now: UnixMillis) -> SharedView {
    SharedView { new: false, on_duty: true, ..as_kept(found, policy).view(now) }
}

/// In the form of what is kept, for screens; it is never saved.
fn as_kept(found: &ForGroup, policy: &str) -> Shared {
    let note = &found.note;
    let (data_from, data_to) = instants(note.scope);
    Shared {
        id: GrantId(found.grant.0),
        invitation: String::new(),
        patient: note.patient.clone(),
        note: String::new(),
        asks: None,
        categories: note.categories.clone(),
        data_from,
        data_to,
        starts: note.begins,
        ends: note.ends,
        state: PermissionState::Active,
        found: 0,
        opened: true,
        policy: policy.to_owned(),
        asked: Vec::new(),
        by_helper: None,
    }
}

/// What the desk told of a permission, while on duty.
pub(super) fn found(open: &Open, id: &GrantId) -> Option<ForGroup> {
    known(open).found.iter().find(|found| found.grant.0 == id.0).cloned()
}

/// Whether it was among what those on duty are told, and is not now.
pub(super) fn is_gone(open: &Open, id: &GrantId) -> bool {
    known(open).seen.contains(id)
}

/// Why it is gone: it is over, or who asks is not on duty any more.
pub(super) async fn gone(app: &App, client: &LightClient, id: &GrantId) -> Failure {
    let proven = match client.prove_grant(&salus_chain::ids::GrantId(id.0)).await {
        Ok(proven) => proven,
        Err(error) => return app.0.network.failure(&error),
    };
    let now = app.now().min(proven.head.time_ms);
    match proven.value.map(|record| record.status_at(now)) {
        Some(GrantStatus::Revoked) => ErrorCode::Stopped.into(),
        Some(GrantStatus::Expired) => ErrorCode::Ended.into(),
        _ => ErrorCode::OffDuty.into(),
    }
}

/// Opens it: what is shown is what the capsule says, as proven, and no longer what the note said.
pub(super) async fn open(
    app: &App,
    held: &Open,
    client: &LightClient,
    found: &ForGroup,
    width: u16,
) -> Result<OpenedView, Failure> {
    let key = kept::credential(&held.vault);
    let mut tell = |step| progress(app, OpenRecord::NAME, step);
    let outcome = open_for_group(client, found, &key, app.now(), &mut rng(), &mut tell).await;
    let (accepted, opened) = outcome.map_err(|error| super::failure(app, &error))?;
    app.tell(Event::PermissionsChanged);
    let policy = known(held).policy.clone();
    let (data_from, data_to) = accepted.span();
    let shared = Shared {
        patient: accepted.patient().to_owned(),
        categories: accepted.categories(),
        data_from,
        data_to,
        starts: accepted.terms().not_before_ms,
        ends: accepted.terms().expires_ms,
        ..as_kept(found, &policy)
    };
    let opened = view(app, held, client, opened, accepted.devices(), &shared, width).await?;
    let shared = SharedView { new: false, on_duty: true, ..opened.shared };
    Ok(OpenedView { shared, ..opened })
}
