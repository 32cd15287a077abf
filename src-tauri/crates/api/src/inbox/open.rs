//! Opening a shared record: the receipt first, then the members, then the readings, in memory only.

use salus_light::LightClient;
use salus_sharing::capsule::ToldDevice;
use salus_sharing::open::{Opened, Shared as Accepted, Step, accept, open, open_seconded};
use salus_wire::command::{Command, OpenRecord};
use salus_wire::event::Event;
use salus_wire::view::{OpenedView, PermissionState, RecordView};
use salus_wire::{ErrorCode, Failure, GrantId, UnixMillis};

use super::kept::{self, Invited, Shared};
use super::{desk, duty, find, provenance, second};
use crate::activity::proof_at;
use crate::app::rng;
use crate::clinical::{self, With};
use crate::lock::Open;
use crate::record::given;
use crate::{App, Run, record};

impl Run for OpenRecord {
    async fn run(self, app: &App) -> Result<OpenedView, Failure> {
        record::span(0, 1, self.width, 0)?;
        app.opening(Box::pin(opened(self, app))).await
    }
}

async fn opened(asked: OpenRecord, app: &App) -> Result<OpenedView, Failure> {
    let held = app.open().await?;
    let client = app.0.network.client()?;
    if let Some(found) = duty::found(&held, &asked.id) {
        return duty::open(app, &held, &client, &found, asked.width).await;
    }
    if duty::is_gone(&held, &asked.id) {
        return Err(duty::gone(app, &client, &asked.id).await);
    }
    let Reached { mut shared, invited, accepted } = reach(app, &held, &client, &asked.id).await?;
    let reader = &invited.reader;
    let agreed = asked.second.as_deref();
    let agreed = agreed.map(|text| second::agreed(&held, &client, &shared, &invited, text)).transpose()?;
    let mut tell = |step: Step| progress(app, OpenRecord::NAME, step);
    let (now, mut rng) = (app.now(), rng());
    let outcome = match &agreed {
        None => open(&client, &accepted, reader, now, &mut rng, &mut tell).await,
        Some(agreed) => {
            let own = kept::credential(&held.vault);
            open_seconded(&client, &accepted, reader, &own, agreed, now, &mut rng, &mut tell).await
        }
    };
    let opened = match outcome {
        Ok(opened) => opened,
        Err(error) => {
            let failure = super::failure(app, &error);
            note_end(&mut shared, &failure);
            shared.save(&held.vault).await?;
            return Err(failure);
        }
    };
    shared.opened = true;
    shared.state = PermissionState::Active;
    shared.save(&held.vault).await?;
    app.tell(Event::PermissionsChanged);
    view(app, &held, &client, opened, accepted.devices(), &shared, asked.width).await
}

/// A shared record as far as its capsule goes.
pub(super) struct Reached {
    pub(super) shared: Shared,
    pub(super) invited: Invited,
    pub(super) accepted: Accepted,
}

/// Takes a shared record up, and proves that its permission is the one on the chain.
pub(super) async fn reach(
    app: &App,
    held: &Open,
    client: &LightClient,
    id: &GrantId,
) -> Result<Reached, Failure> {
    let mut shared = Shared::load(&held.vault, id).await?.ok_or(ErrorCode::UnknownPermission)?;
    let name = hex::decode(&shared.invitation).map_err(|_| ErrorCode::Damaged)?;
    let invited = Invited::load(&held.vault, &name).await?;
    let grant = salus_chain::ids::GrantId(id.0);
    let proven = client.prove_grant(&grant).await.map_err(|e| app.0.network.failure(&e))?;
    if shared.by_helper.is_none() {
        shared.by_helper = Some(find::by_helper(app, client, &grant).await?);
    }
    let capsule = shared.capsule(&held.vault).await?;
    let accepted = accept(&capsule, &invited.reader, proven.value.as_ref(), client.genesis());
    let accepted = accepted.map_err(|error| super::failure(app, &error))?;
    Ok(Reached { shared, invited, accepted })
}

/// What was opened, as pages show it.
pub(super) async fn view(
    app: &App,
    held: &Open,
    client: &LightClient,
    opened: Opened,
    devices: &[ToldDevice],
    shared: &Shared,
    width: u16,
) -> Result<OpenedView, Failure> {
    let receipt = proof_at(app, held, client, opened.receipt.height).await?;
    let provenance = provenance::views(app, held, client, &opened.provenance).await;
    let (now, network) = (app.now(), &app.0.network);
    let with =
        With { id: shared.id, data_from: shared.data_from, data_to: shared.data_to, ends: shared.ends };
    clinical::keep(held, &with, &opened.readings, devices, now);
    desk::keep(held, shared, &opened.readings, &opened.summaries, now);
    let released_by = opened.released_by.iter().map(|m| network.name_of(m)).collect();
    let refused_by = opened.dropped.iter().map(|d| network.name_of(d.member)).collect();
    let segments = opened.segments;
    let records = records(opened, devices, shared, width, now);
    clinical::keep_records(held, &shared.id, &shared.patient, shared.data_from, &records);
    Ok(OpenedView {
        shared: shared.view(now),
        receipt,
        released_by,
        refused_by,
        segments,
        provenance,
        records,
    })
}

/// What the members said about the end is remembered.
fn note_end(shared: &mut Shared, failure: &Failure) {
    match failure.code {
        ErrorCode::Ended => shared.state = PermissionState::Ended,
        ErrorCode::Stopped => shared.state = PermissionState::Stopped,
        _ => {}
    }
}

fn records(
    opened: Opened,
    devices: &[ToldDevice],
    shared: &Shared,
    width: u16,
    now: UnixMillis,
) -> Vec<RecordView> {
    let span = given::span((shared.data_from, shared.data_to), width, now);
    // A segment carries flags and times, the permission what the devices said of themselves when it was given.
    let record = |(category, readings)| given::readings(category, readings, span, devices);
    let daily = |(category, rows)| given::summaries(category, rows, span);
    // One of the two is empty.
    opened.readings.into_iter().map(record).chain(opened.summaries.into_iter().map(daily)).collect()
}

pub(super) fn progress(app: &App, work: &str, step: Step) {
    let (done, total) = match step {
        Step::Receipt(_) => (1, 0),
        Step::Released(_) => (2, 0),
        Step::Read { done, of } => (done.saturating_add(2), of.saturating_add(2)),
    };
    app.tell(Event::Progress { work: work.to_owned(), done, total });
}
