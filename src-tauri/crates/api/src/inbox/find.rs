//! Looking for answers to the codes given out, and for where each shared record stands.

use std::collections::BTreeSet;
use std::time::Duration;

use futures::future::join_all;
use salus_chain::ids::{self, Hash32};
use salus_light::LightClient;
use salus_sharing::open::{accept, fetch, poll};
use salus_wire::event::Event;
use salus_wire::{Failure, GrantId};

use super::duty;
use super::kept::{Invited, Shared};
use crate::lock::Open;
use crate::share::keep_up::state_of;
use crate::{App, background};

/// How often.
const EACH: Duration = Duration::from_secs(5);
/// Codes are listened to for 90 days.
const LISTEN_MS: i64 = 90 * 86_400_000;

/// Starts the task; it ends when the record is closed.
pub(super) async fn start(app: &App) {
    background::spawn(app, run).await;
}

async fn run(app: App) {
    let mut tick = background::every(EACH);
    loop {
        tick.tick().await;
        let Ok(open) = app.open().await else { return };
        let round = async {
            if let Err(failure) = look(&app, &open).await {
                tracing::debug!(code = %failure.code, "the inbox is looked at later");
            }
        };
        open.sharing.background(round).await;
    }
}

/// Looks once; tells pages when something changed. The caller has the turn.
pub(super) async fn look(app: &App, open: &Open) -> Result<(), Failure> {
    let client = app.0.network.client()?;
    let mut changed = false;
    let now = app.now();
    // What runs is given again to the same code when the patient's keys are new, also when the code is old.
    let runs = |shared: &Shared| (!shared.is_over() && now < shared.ends).then(|| shared.invitation.clone());
    let running: BTreeSet<String> = Shared::all(&open.vault).await?.iter().filter_map(runs).collect();
    for mut invited in Invited::all(&open.vault).await? {
        let stale = now.saturating_sub(invited.facts.made) > LISTEN_MS;
        if stale && !running.contains(&hex::encode(&invited.name)) {
            continue;
        }
        changed |= answers(app, open, &client, &mut invited).await?;
    }
    changed |= standings(app, open, &client).await?;
    let duty = duty::look(app, open, &client).await;
    if changed || matches!(duty, Ok(true)) {
        app.tell(Event::PermissionsChanged);
    }
    duty.map(drop)
}

async fn answers(
    app: &App,
    open: &Open,
    client: &LightClient,
    invited: &mut Invited,
) -> Result<bool, Failure> {
    let pointers = poll(client, &invited.reader).await.map_err(|e| super::failure(app, &e))?;
    let mut changed = false;
    for pointer in pointers {
        let id = GrantId(pointer.grant.0);
        if Shared::load(&open.vault, &id).await?.is_some() {
            continue;
        }
        // A note may be anybody's: one that leads nowhere is passed over.
        let Ok(capsule) = fetch(client, &pointer).await else { continue };
        let proven = client.prove_grant(&pointer.grant).await.map_err(|e| app.0.network.failure(&e))?;
        let accepted = accept(&capsule, &invited.reader, proven.value.as_ref(), client.genesis());
        let (Ok(shared), Some(record)) = (accepted, &proven.value) else { continue };
        let Some(policy) = policy(app, client, &shared.terms().contract_hash).await? else { continue };
        let by_helper = Some(by_helper(app, client, &pointer.grant).await?);
        let (data_from, data_to) = shared.span();
        let found = Shared {
            id,
            invitation: hex::encode(&invited.name),
            patient: shared.patient().to_owned(),
            note: invited.facts.note.clone(),
            asks: invited.facts.asks.clone(),
            categories: shared.categories(),
            data_from,
            data_to,
            starts: shared.terms().not_before_ms,
            ends: shared.terms().expires_ms,
            state: state_of(record.status_at(proven.head.time_ms)),
            found: app.now(),
            opened: false,
            policy,
            asked: Vec::new(),
            by_helper,
        };
        found.keep_capsule(&open.vault, &capsule).await?;
        found.save(&open.vault).await?;
        invited.facts.answered = true;
        invited.save(&open.vault).await?;
        changed = true;
    }
    Ok(changed)
}

/// Whether not the patient but somebody who helps them gave a permission, as proven: the members hold who may, and no app can say
/// otherwise.
pub(super) async fn by_helper(
    app: &App,
    client: &LightClient,
    grant: &ids::GrantId,
) -> Result<bool, Failure> {
    let proven = client.prove_delegated(grant).await.map_err(|e| app.0.network.failure(&e))?;
    Ok(proven.value.is_some())
}

/// The text of a permission's contract, proven; empty without one. `None` where it is proven not to be recorded: then no member
/// would have recorded the permission.
pub(crate) async fn policy(
    app: &App,
    client: &LightClient,
    hash: &Hash32,
) -> Result<Option<String>, Failure> {
    if *hash == Hash32::ZERO {
        return Ok(Some(String::new()));
    }
    let proven = client.prove_contract(hash).await.map_err(|e| app.0.network.failure(&e))?;
    Ok(proven.value.map(|record| record.text))
}

async fn standings(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let mut changed = false;
    let live = Shared::all(&open.vault).await?.into_iter().filter(|s| !s.is_over());
    let proofs = live.map(|shared| async move {
        let proven = client.prove_grant(&ids::GrantId(shared.id.0)).await;
        (shared, proven)
    });
    for (mut shared, proven) in join_all(proofs).await {
        let proven = proven.map_err(|e| app.0.network.failure(&e))?;
        let Some(record) = &proven.value else { continue };
        let state = state_of(record.status_at(proven.head.time_ms));
        if state != shared.state {
            shared.state = state;
            shared.save(&open.vault).await?;
            changed = true;
        }
    }
    Ok(changed)
}
