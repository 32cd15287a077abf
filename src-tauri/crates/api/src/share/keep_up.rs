//! In the background, while the record is open: this gateway's enrolment, missing acknowledgements, new segments, where each
//! permission stands, and whether its clinician is still confirmed.

use std::time::Duration;

use futures::future::FutureExt;
use salus_chain::state::{GrantRecord, GrantStatus};
use salus_light::LightClient;
use salus_sharing::Members;
use salus_sharing::emergency::standing as standing_of;
use salus_sharing::issue::Progress;
use salus_wire::event::Event;
use salus_wire::view::PermissionState;
use salus_wire::{ErrorCode, Failure, UnixMillis};

use super::attested::{self, Looked};
use super::kept::{self, Kept, OnCard, Proven};
use super::recipient;
use super::upload::{self, PAUSE, Running};
use super::{again, enrol, list};
use crate::activity::all_erased;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::{App, background, family, laptops};

/// How often.
const EACH: Duration = Duration::from_secs(3);
/// How long one permission may take, so that one dead member does not hold up the others.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long of that bringing it to the members may take: then what was reached is kept, and the next round goes on from there. Cut off
/// with the whole part, it would begin from nothing each time, and never come to its end where members are slow.
const BRINGING: Duration = Duration::from_secs(10);
/// The same of its readings.
const SENDING: Duration = Duration::from_secs(10);

/// Starts the task; it ends when the record is closed.
pub(crate) async fn start(app: &App) {
    background::spawn(app, run).await;
}

async fn run(app: App) {
    let (mut tick, mut looked) = (background::every(EACH), Looked::default());
    loop {
        tick.tick().await;
        if let Err(failure) = round(&app, &mut looked).await {
            tracing::debug!(code = %failure.code, "permissions are looked at later");
        }
    }
}

async fn round(app: &App, looked: &mut Looked) -> Result<(), Failure> {
    let open = app.open().await?;
    let client = app.0.network.client()?;
    let work = enrol::keep(&open.vault, &client).boxed();
    background::part(app, &open, PATIENCE, Event::MembersChanged, "enrolling this gateway", work).await;
    let work = again::prepare(app, &open, &client).boxed();
    background::part(app, &open, PATIENCE, Event::PermissionsChanged, "giving permissions again", work).await;
    for before in again::outlived(&open.vault, app.now()).await? {
        let id = before.id();
        let work = again::stop(app, &open, &client, &id).boxed();
        background::part(
            app,
            &open,
            PATIENCE,
            Event::PermissionsChanged,
            "stopping what is given again",
            work,
        )
        .await;
    }
    for kept in kept::all(&open.vault).await? {
        if kept.is_over() {
            continue;
        }
        let id = kept.id();
        let work = one(app, &open, &client, &id).boxed();
        background::part(app, &open, PATIENCE, Event::PermissionsChanged, "looking at a permission", work)
            .await;
    }
    let work = attested::look(app, &open, &client, looked).boxed();
    background::part(app, &open, PATIENCE, Event::PermissionsChanged, "asking about clinicians", work).await;
    Ok(())
}

/// One permission; true when something changed that a screen shows and was not told yet. What was reached is kept step by step, also
/// when a later one fails or is cut off: what the members recorded is known here before any depot is waited for.
async fn one(
    app: &App,
    open: &Open,
    client: &LightClient,
    id: &salus_wire::GrantId,
) -> Result<bool, Failure> {
    let mut before = kept::one(&open.vault, id).await?;
    let mut kept = before.clone();
    let now = app.now();
    if is_live(&kept, now) && now < kept.facts.ends && is_void(app, open, client, &kept).await? {
        return put_by(app, open, client, kept).await;
    }
    let brought = if is_live(&kept, now) && kept.permission.unsettled() {
        bring(open, client, &mut kept, now).await
    } else {
        Ok(())
    };
    if kept.state(now) == PermissionState::Pending && now >= kept.facts.ends {
        kept.discard(&open.vault).await?;
        return Ok(true);
    }
    reached(app, open, &mut before, &kept).await?;
    if brought.is_err() && matches!(kept.permission.progress(), Progress::Pending) {
        return brought.map(|()| false);
    }
    let proven = prove(app, client, &mut kept).await;
    if proven.is_ok() {
        recipient::try_to_name(app, open, client, &mut kept).await;
    }
    reached(app, open, &mut before, &kept).await?;
    let sent = if is_live(&kept, now) && !matches!(kept.permission.progress(), Progress::Pending) {
        send(app, open, client, &mut kept).await
    } else {
        Ok(())
    };
    reached(app, open, &mut before, &kept).await?;
    brought.and(proven).and(sent).map(|()| false)
}

/// True for one that opens something, or may come to.
fn is_live(kept: &Kept, now: UnixMillis) -> bool {
    matches!(kept.state(now), PermissionState::Pending | PermissionState::NotYet | PermissionState::Active)
}

/// Brings it to the members, as far as it comes in [`BRINGING`].
async fn bring(open: &Open, client: &LightClient, kept: &mut Kept, now: UnixMillis) -> Result<(), Failure> {
    let brought =
        tokio::time::timeout(BRINGING, recipient::go_on(client, kept, open, now, &mut |_| {})).await;
    match brought {
        Ok(brought) => brought?.or_fail().map(drop),
        Err(_) => Err(ErrorCode::TooFewMembers.into()),
    }
}

/// Sends its readings, as far as that comes in [`SENDING`].
async fn send(app: &App, open: &Open, client: &LightClient, kept: &mut Kept) -> Result<(), Failure> {
    let sending = upload::all(app, open, client, kept, Running::NotSince(PAUSE));
    let sent = tokio::time::timeout(SENDING, sending).await;
    sent.unwrap_or_else(|_| Err(ErrorCode::TooFewMembers.into()))
}

/// Keeps what was reached since `before`, which it is from then on, and tells pages what a screen shows of it.
async fn reached(app: &App, open: &Open, before: &mut Kept, kept: &Kept) -> Result<(), Failure> {
    if !kept.save_changes(before, &open.vault).await? {
        return Ok(());
    }
    let told = (&kept.facts.openers, &kept.facts.card) != (&before.facts.openers, &before.facts.card);
    let now = app.now();
    if told || kept.view(now, 0) != before.view(now, 0) {
        app.tell(Event::PermissionsChanged);
    }
    before.clone_from(kept);
    Ok(())
}

/// True for one that is not recorded yet and was to be stopped, or is in place of one that somebody who helps stopped: what the family
/// ended does not come again under new keys. Whoever has an identity of before, of a laptop that was lost, ends nothing by this.
async fn is_void(app: &App, open: &Open, client: &LightClient, kept: &Kept) -> Result<bool, Failure> {
    let on_its_way = matches!(kept.permission.progress(), Progress::Pending);
    if on_its_way && kept.facts.void {
        return Ok(true);
    }
    let pending = on_its_way && kept.facts.card.is_none();
    let Some(before) = kept.facts.replaces.filter(|_| pending) else { return Ok(false) };
    // Of an added laptop the first one says whether helpers are told.
    if !family::ever_let(&open.vault).await? && !laptops::is_added(&open.vault).await? {
        return Ok(false);
    }
    let identity = match kept::one(&open.vault, &before).await {
        // Another laptop gave it that was removed.
        Err(failure) if failure.code == ErrorCode::UnknownPermission => {
            laptops::behind(&open.vault, before).await?
        }
        before => Some(before?.facts.identity()),
    };
    if identity != Some(kept.facts.identity()) {
        return Ok(false);
    }
    let before = salus_chain::ids::GrantId(before.0);
    let proven = client.prove_grant(&before).await.map_err(|e| app.0.network.failure(&e))?;
    Ok(proven.value.and_then(|record| record.end).is_some_and(|end| end.revoked))
}

/// Brings such a one no further: forgotten where nothing of it was signed, stopped where it came into force all the same, also by an
/// attempt that was cut off before it was kept that it signed.
async fn put_by(app: &App, open: &Open, client: &LightClient, mut kept: Kept) -> Result<bool, Failure> {
    let proven = client.prove_grant(&kept.permission.id()).await.map_err(|e| app.0.network.failure(&e))?;
    match proven.value {
        None if !kept.permission.is_signed() => kept.discard(&open.vault).await.map(|()| true),
        Some(record) if record.end.is_none() => list::halt(app, open, client, &mut kept).await.map(|()| true),
        _ => Ok(false),
    }
}

/// Proves where a permission stands.
pub(crate) async fn prove(app: &App, client: &LightClient, kept: &mut Kept) -> Result<(), Failure> {
    let proven = client.prove_grant(&kept.permission.id()).await.map_err(|e| app.0.network.failure(&e))?;
    let Some(record) = &proven.value else {
        let given = !matches!(kept.permission.progress(), Progress::Pending);
        return if given { Err(ErrorCode::ProofFailed.into()) } else { Ok(()) };
    };
    let new = standing(record, kept.permission.holding(), client, app, &proven.head);
    // A newer head that says the same is not a change.
    let says = |one: &Proven| (one.state, one.erased, one.gone, one.openings);
    let same = |old: &Proven| says(old) == says(&new);
    if !kept.facts.proven.as_ref().is_some_and(same) {
        kept.facts.proven = Some(new);
    }
    if let Some(card) = &mut kept.facts.card {
        let standing = standing_of(client, &kept.permission.id(), None).await;
        let standing = standing.map_err(|e| app.0.network.failure(&e))?;
        (card.announced, card.opened) = (standing.announced, standing.opened);
        card.hear(&standing.announcements);
        let openings = usize::try_from(record.access_count).unwrap_or(usize::MAX).min(OnCard::MOST_TIMES);
        if card.times.len() < openings {
            match client.grant_log(&kept.permission.id()).await {
                Ok(log) => {
                    let log = log.value.map(|(_, log)| log).unwrap_or_default();
                    card.times = log.iter().take(OnCard::MOST_TIMES).map(|one| one.time_ms).collect();
                }
                Err(error) => tracing::debug!(%error, "when a card was opened is proven later"),
            }
        }
    }
    if record.end.is_some() {
        // Nothing more is to be sent: sealed parts and capsule go.
        kept.permission.shed();
    }
    Ok(())
}

fn standing(
    record: &GrantRecord,
    holding: Members,
    client: &LightClient,
    app: &App,
    head: &salus_light::Head,
) -> Proven {
    let erased = record.counts().1;
    Proven {
        state: state_of(record.status_at(head.time_ms)),
        erased: u16::try_from(erased).unwrap_or(u16::MAX),
        gone: all_erased(record, client.genesis().n(), Some(holding)),
        openings: record.access_count,
        proof: app.0.network.proof(head),
    }
}

/// The chain's word for it as the screens' word.
pub(crate) fn state_of(status: GrantStatus) -> PermissionState {
    match status {
        GrantStatus::NotYet => PermissionState::NotYet,
        GrantStatus::Active => PermissionState::Active,
        GrantStatus::Revoked => PermissionState::Stopped,
        GrantStatus::Expired => PermissionState::Ended,
    }
}
