//! What goes on by itself: learning where a note can go, and bringing it there until it is there.

use std::collections::BTreeSet;
use std::time::Duration;

use futures::future::FutureExt;
use salus_chain::codec::Record;
use salus_chain::ids::Hash32;
use salus_chain::state::GrantRecord;
use salus_light::LightClient;
use salus_sharing::circle::letter;
use salus_sharing::reply::Address;
use salus_sharing::reply::person::{PersonAddress, giver_stays, said_by};
use salus_vault::Vault;
use salus_wire::event::Event;
use salus_wire::view::PermissionState;
use salus_wire::{ErrorCode, Failure};

use super::kept::{Book, Sent};
use crate::failure::OrFail;
use crate::inbox::kept::{Invited, Shared};
use crate::lock::Open;
use crate::reply::{KEEP_MS, Looked, Often, SAY_MS};
use crate::{App, background, outbox};

/// How often there is a round.
const EACH: Duration = Duration::from_secs(5);
/// How long one permission may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(15);
/// For so long after a permission was found its address is looked for in each round. 10 minutes.
const EAGER_MS: i64 = 10 * 60_000;

/// Starts the task; it ends when the record is closed.
pub(in crate::inbox) async fn start(app: &App) {
    background::spawn(app, run).await;
}

async fn run(app: App) {
    let (mut tick, mut looked) = (background::every(EACH), Looked::default());
    // Letters in invitations' inboxes that are no address, so that they are fetched once.
    let mut none = BTreeSet::new();
    loop {
        tick.tick().await;
        if let Err(failure) = round(&app, &mut looked, &mut none).await {
            tracing::debug!(code = %failure.code, "notes are sent later");
        }
    }
}

async fn round(app: &App, looked: &mut Looked, none: &mut BTreeSet<Hash32>) -> Result<(), Failure> {
    let open = app.open().await?;
    let client = app.0.network.client()?;
    for shared in Shared::all(&open.vault).await? {
        let now = app.now();
        if now >= shared.ends.saturating_add(SAY_MS) {
            continue;
        }
        let new = (0..EAGER_MS).contains(&now.saturating_sub(shared.found));
        let often = if new { Often::EachRound } else { Often::Seldom };
        if !looked.is_due(&shared.id, often, now) {
            continue;
        }
        let work = async {
            let changed = one(app, &open, &client, &shared, none).await?;
            looked.note(shared.id, now);
            Ok::<bool, Failure>(changed)
        }
        .boxed();
        background::part(app, &open, PATIENCE, Event::PermissionsChanged, "sending notes", work).await;
    }
    Ok(())
}

/// One permission: learns its address, when it was stopped, and sends what waits. True when a screen shows something else now.
async fn one(
    app: &App,
    open: &Open,
    client: &LightClient,
    shared: &Shared,
    none: &mut BTreeSet<Hash32>,
) -> Result<bool, Failure> {
    let (vault, mut changed) = (&open.vault, false);
    let mut book = Book::load(vault, &shared.id).await?;
    let stop_unknown = shared.state == PermissionState::Stopped && book.stopped.is_none();
    // Where the person of a circle is written to may change: their key, and with it the inbox.
    if book.address.is_none() || stop_unknown || shared.by_helper != Some(false) {
        let grant = salus_chain::ids::GrantId(shared.id.0);
        let proven = client.prove_grant(&grant).await.or_fail()?;
        let Some(record) = proven.value else { return Ok(false) };
        if let Some(end) = record.end.filter(|end| end.revoked && stop_unknown) {
            book.stopped = Some(client.time_at(end.height).await.or_fail()?);
            changed = true;
        }
        changed |= learn(vault, client, shared, &record, &mut book, none).await?;
        if changed {
            book.save(vault, &shared.id).await?;
        }
    }
    for mut waiting in Sent::of(vault, &shared.id).await? {
        changed |= deliver(app, open, client, shared, &book, &mut waiting).await?;
    }
    Ok(changed)
}

/// Learns where to write to from what waits for the invitation's key; true when it learnt something.
async fn learn(
    vault: &Vault,
    client: &LightClient,
    shared: &Shared,
    record: &GrantRecord,
    book: &mut Book,
    none: &mut BTreeSet<Hash32>,
) -> Result<bool, Failure> {
    let name = hex::decode(&shared.invitation).map_err(|_| ErrorCode::Damaged)?;
    let invited = Invited::load(vault, &name).await?;
    let letters = letter::look(client, &invited.reader, none).await.or_fail()?;
    let (grant, mut changed) = (record.terms.grant_id, false);
    for (hash, said) in &letters {
        let said = said.as_ref();
        if let Some(address) = said.and_then(|said| Address::decode(said).ok()) {
            // Another permission that answers the same code has its own.
            if address.grant != grant {
                continue;
            }
            if book.address.is_none() && address.holds(&client.chain_id(), record) {
                book.address = Some(hex::encode(address.encode()));
                changed = true;
            }
        } else if let Some(address) = said.and_then(|said| PersonAddress::decode(said).ok()) {
            if address.grant != grant {
                continue;
            }
            // One that does not count now may count by a block that is on its way here.
            let Some(by) = said_by(client, &address).await.or_fail()? else { continue };
            changed |= book.learn(&address, by);
        }
        none.insert(*hash);
    }
    Ok(changed)
}

/// Brings a note to every inbox that it is still to get to, and remembers that it is there; true when it went to one. First to the
/// person whose readings it is about; to a helper who gave the permission while they help.
pub(super) async fn deliver(
    app: &App,
    open: &Open,
    client: &LightClient,
    shared: &Shared,
    book: &Book,
    sent: &mut Sent,
) -> Result<bool, Failure> {
    let octets = hex::decode(&sent.octets).map_err(|_| ErrorCode::Damaged)?;
    let (vault, now, mut went) = (&open.vault, app.now(), false);
    let until = now.saturating_add(KEEP_MS);
    if let Some(inbox) = sent.lacks_person(book) {
        outbox::send(vault, client, &octets, &inbox, (until, now)).await.or_fail()?;
        sent.to_person = Some(inbox);
        sent.save(vault, &shared.id).await?;
        went = true;
    }
    let grant = salus_chain::ids::GrantId(shared.id.0);
    if sent.lacks_giver(book)
        && let Some(address) = book.address()?
        && giver_stays(client, &grant).await.or_fail()?
    {
        outbox::send(vault, client, &octets, &address.inbox, (until, now)).await.or_fail()?;
        sent.sent = true;
        sent.save(vault, &shared.id).await?;
        went = true;
    }
    Ok(went)
}
