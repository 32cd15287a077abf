//! Notes that clinicians write back: telling them where, taking in what counts, and showing it.

mod heard;
mod kept;

use std::collections::BTreeSet;
use std::time::Duration;

use futures::future::FutureExt;
use salus_chain::codec::Record;
use salus_chain::ids::{self, Hash32};
use salus_light::LightClient;
use salus_sharing::circle::{letter, notice};
use salus_sharing::invitation::ReaderSecret;
use salus_sharing::reply::person::PersonAddress;
use salus_sharing::reply::{Address, Reply};
use salus_vault::Vault;
use salus_wire::command::{ListReplies, ReadReply};
use salus_wire::event::Event;
use salus_wire::view::ReplyView;
use salus_wire::{ErrorCode, Failure, UnixMillis};

use self::kept::{Inbox, Received};
use super::attested::unconfirmed;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::reply::{Looked, SAY_MS};
use crate::{App, Run, background, outbox};

pub(crate) use heard::{Heard, Over, Tells, Who};

/// How often there is a round.
const EACH: Duration = Duration::from_secs(5);
/// How long one permission may take, so that one dead member does not hold up the others.
const PATIENCE: Duration = Duration::from_secs(15);
/// Letters remembered as read; more than an inbox holds at every member.
const MOST_READ: usize = 256;

impl Run for ListReplies {
    async fn run(self, app: &App) -> Result<Vec<ReplyView>, Failure> {
        let open = app.open().await?;
        kept::views(&open.vault).await
    }
}

impl Run for ReadReply {
    async fn run(self, app: &App) -> Result<Vec<ReplyView>, Failure> {
        let open = app.open().await?;
        let found = Received::load(&open.vault, &self.permission, self.number).await?;
        let mut note = found.ok_or(ErrorCode::UnknownPermission)?;
        if !note.read {
            note.read = true;
            note.save(&open.vault).await?;
            app.tell(Event::PermissionsChanged);
        }
        kept::views(&open.vault).await
    }
}

/// Every note that came, the newest first.
pub(crate) async fn received(vault: &Vault) -> Result<Vec<ReplyView>, Failure> {
    kept::views(vault).await
}

/// Starts the task; it ends when the record is closed.
pub(crate) async fn start(app: &App) {
    background::spawn(app, run).await;
}

async fn run(app: App) {
    let (mut tick, mut looked) = (background::every(EACH), Looked::default());
    loop {
        tick.tick().await;
        if let Err(failure) = round(&app, &mut looked).await {
            tracing::debug!(code = %failure.code, "notes are looked for later");
        }
    }
}

async fn round(app: &App, looked: &mut Looked) -> Result<(), Failure> {
    let open = app.open().await?;
    let client = app.0.network.client()?;
    for heard in heard::all(app, &open).await? {
        let (id, now) = (heard.id, app.now());
        if !looked.is_due(&id, heard.often(), now) {
            continue;
        }
        let work = async {
            let changed = one(app, &open, &client, &heard).await?;
            looked.note(id, now);
            Ok::<bool, Failure>(changed)
        }
        .boxed();
        background::part(app, &open, PATIENCE, Event::PermissionsChanged, "looking for notes", work).await;
    }
    Ok(())
}

/// One permission; true when a note came.
async fn one(app: &App, open: &Open, client: &LightClient, heard: &Heard) -> Result<bool, Failure> {
    let (vault, id, now) = (&open.vault, heard.id, app.now());
    let mut inbox = Inbox::load(vault, &id).await?;
    let by = heard.tells.speaker();
    if !inbox.told || inbox.by != by {
        if !heard.live {
            // Nobody knows where to write to.
            return Ok(false);
        }
        // Whoever was told of an inbox by a key of before is told of another one, and sends again what is not in it.
        inbox = Inbox { by, identity: vault.identity().0, ..Inbox::default() };
        let secret = heard.tells.secret(vault, &id, &inbox);
        tell(vault, client, heard, &secret, now).await?;
        inbox.told = true;
        inbox.save(vault, &id).await?;
    }
    let secret = heard.tells.secret(vault, &id, &inbox);
    let known: BTreeSet<Hash32> = inbox.read.iter().copied().collect();
    let letters = letter::look(client, &secret, &known).await.or_fail()?;
    let mut changed = false;
    for (hash, said) in &letters {
        if let Some(said) = said {
            let Some(new) = take(app, open, client, heard, said).await? else { continue };
            changed |= new;
        }
        inbox.read.push(*hash);
    }
    if !letters.is_empty() {
        let extra = inbox.read.len().saturating_sub(MOST_READ);
        inbox.read.drain(..extra);
        inbox.save(vault, &id).await?;
    }
    Ok(changed)
}

/// Tells the clinician where to write to.
async fn tell(
    vault: &Vault,
    client: &LightClient,
    heard: &Heard,
    secret: &ReaderSecret,
    now: UnixMillis,
) -> Result<(), Failure> {
    let (grant, chain, inbox) = (ids::GrantId(heard.id.0), client.chain_id(), secret.public());
    let (said, to) = match &heard.tells {
        Tells::Permission { key, reader, .. } => (Address::sign(grant, inbox, &chain, key).encode(), *reader),
        Tells::Circle { circle, key } => {
            let proven = client.prove_grant(&grant).await.or_fail()?.value;
            let record = proven.ok_or(ErrorCode::UnknownPermission)?;
            // Whom a helper gave it to stands in what the members recorded.
            let to = notice::reader(client, &record).await.or_fail()?;
            (PersonAddress::sign(grant, *circle, now, inbox, &chain, key).encode(), to)
        }
    };
    let until = heard.ends.saturating_add(SAY_MS);
    outbox::send(vault, client, &said, &to, (until, now)).await.or_fail()
}

/// Takes a letter in: true when it is a note that counts and is new, false when it is none. `None` when what it takes to say so is
/// not known now.
async fn take(
    app: &App,
    open: &Open,
    client: &LightClient,
    heard: &Heard,
    said: &[u8],
) -> Result<Option<bool>, Failure> {
    let Heard { id, who, .. } = heard;
    let read = Reply::read_for(said, &ids::GrantId(id.0), &who.key, &client.chain_id());
    let reply = match read {
        Ok(reply) => reply,
        Err(error) => {
            tracing::debug!(%error, "a letter is no note of this clinician's");
            return Ok(Some(false));
        }
    };
    if Received::load(&open.vault, id, reply.number).await?.is_some() {
        // Sent again, or another one under the same number: the first counts.
        return Ok(Some(false));
    }
    let proven = match client.prove_credential(&who.key).await {
        Ok(proven) => proven,
        Err(error) => {
            tracing::debug!(%error, "whether its clinician is confirmed is asked again");
            return Ok(None);
        }
    };
    let (at, how) = match heard.over.known(client).await {
        Ok(known) => known,
        Err(failure) => {
            tracing::debug!(code = %failure.code, "when its permission was stopped is asked again");
            return Ok(None);
        }
    };
    let note = Received {
        permission: *id,
        through: heard.through.clone(),
        number: reply.number,
        name: who.name.clone(),
        organisation: who.organisation.clone(),
        attested_by: who.attested_by.clone(),
        unconfirmed: unconfirmed(proven.value.as_ref(), proven.head.time_ms),
        proven_at_height: proven.head.height.to_string(),
        text: reply.text,
        written: reply.written,
        came: app.now(),
        takes_back: reply.takes_back,
        after: (reply.written >= at).then_some(how),
        read: false,
    };
    note.save(&open.vault).await?;
    Ok(Some(true))
}

#[cfg(test)]
mod tests;
