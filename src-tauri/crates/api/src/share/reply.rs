//! Notes that clinicians write back: telling them where, taking in what counts, and showing it.

mod kept;

use std::collections::BTreeSet;
use std::time::Duration;

use futures::future::FutureExt;
use salus_chain::codec::Record;
use salus_chain::ids::{Hash32, VerifyingKey};
use salus_light::LightClient;
use salus_sharing::circle::letter;
use salus_sharing::issue::Progress;
use salus_sharing::reply::{Address, Reply};
use salus_vault::Vault;
use salus_wire::command::{ListReplies, ReadReply};
use salus_wire::event::Event;
use salus_wire::view::{PermissionState, ReplyView};
use salus_wire::{ErrorCode, Failure, UnixMillis};

use self::kept::{Inbox, Received};
use super::attested::unconfirmed;
use super::kept::{self as permissions, Kept};
use crate::app::rng;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::reply::{LISTEN_MS, Looked, Often, SAY_MS};
use crate::{App, Run, background};

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
    for kept in permissions::all(&open.vault).await? {
        let (id, now) = (kept.id(), app.now());
        let Some(clinician) = clinician(&kept, now) else { continue };
        if !looked.is_due(&id, often(&kept, now), now) {
            continue;
        }
        let work = async {
            match tokio::time::timeout(PATIENCE, one(app, &open, &client, &kept, &clinician).boxed()).await {
                Ok(Ok(changed)) => {
                    looked.note(id, now);
                    if changed {
                        app.tell(Event::PermissionsChanged);
                    }
                }
                Ok(Err(failure)) => tracing::debug!(code = %failure.code, "notes are looked for later"),
                Err(_) => tracing::debug!("looking for notes takes too long and is tried again"),
            }
        };
        open.sharing.background(work).await;
    }
    Ok(())
}

/// Whose notes are listened to: the clinician of a recorded permission, until a while after its end. An emergency card's is for
/// nobody by name.
fn clinician(kept: &Kept, now: UnixMillis) -> Option<VerifyingKey> {
    let recorded = !matches!(kept.permission.progress(), Progress::Pending);
    let listens = now < over(kept).0.saturating_add(LISTEN_MS);
    let named = kept.facts.card.is_none();
    kept.facts.credential.filter(|_| recorded && listens && named).map(VerifyingKey)
}

/// Who never opened anything has little to say.
fn often(kept: &Kept, now: UnixMillis) -> Often {
    let opened = kept.facts.proven.as_ref().is_some_and(|proven| proven.openings > 0);
    if is_live(kept, now) && opened { Often::EachRound } else { Often::Seldom }
}

fn is_live(kept: &Kept, now: UnixMillis) -> bool {
    matches!(kept.state(now), PermissionState::NotYet | PermissionState::Active)
}

/// When a permission is over, and how.
fn over(kept: &Kept) -> (UnixMillis, PermissionState) {
    let ends = kept.facts.ends;
    let stopped = match (kept.permission.progress(), &kept.facts.proven) {
        (Progress::Stopped { stopped, .. }, _) => Some(stopped.time_ms),
        // By somebody else: not later than it was seen.
        (_, Some(proven)) if proven.state == PermissionState::Stopped => Some(proven.proof.time),
        _ => None,
    };
    match stopped {
        Some(at) if at < ends => (at, PermissionState::Stopped),
        _ => (ends, PermissionState::Ended),
    }
}

/// One permission; true when a note came.
async fn one(
    app: &App,
    open: &Open,
    client: &LightClient,
    permission: &Kept,
    clinician: &VerifyingKey,
) -> Result<bool, Failure> {
    let (vault, id, now) = (&open.vault, permission.id(), app.now());
    let secret = kept::secret(vault, &permission.facts);
    let mut inbox = Inbox::load(vault, &id).await?;
    if !inbox.told && is_live(permission, now) {
        let key = permission.own_key(vault);
        let address = Address::sign(permission.permission.id(), secret.public(), &client.chain_id(), &key);
        let until = permission.facts.ends.saturating_add(SAY_MS);
        let to = permission.permission.reader();
        letter::send(client, &address.encode(), to, until, now, &mut rng()).await.or_fail()?;
        inbox.told = true;
        inbox.save(vault, &id).await?;
    }
    if !inbox.told {
        // Nobody knows where to write to.
        return Ok(false);
    }
    let known: BTreeSet<Hash32> = inbox.read.iter().copied().collect();
    let letters = letter::look(client, &secret, &known).await.or_fail()?;
    let mut changed = false;
    for (hash, said) in &letters {
        if let Some(said) = said {
            let Some(new) = take(app, open, client, permission, clinician, said).await? else { continue };
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

/// Takes a letter in: true when it is a note that counts and is new, false when it is none. `None` when what it takes to say so is
/// not known now.
async fn take(
    app: &App,
    open: &Open,
    client: &LightClient,
    permission: &Kept,
    clinician: &VerifyingKey,
    said: &[u8],
) -> Result<Option<bool>, Failure> {
    let read = Reply::read_for(said, &permission.permission.id(), clinician, &client.chain_id());
    let reply = match read {
        Ok(reply) => reply,
        Err(error) => {
            tracing::debug!(%error, "a letter is no note of this clinician's");
            return Ok(Some(false));
        }
    };
    if Received::load(&open.vault, &permission.id(), reply.number).await?.is_some() {
        // Sent again, or another one under the same number: the first counts.
        return Ok(Some(false));
    }
    let proven = match client.prove_credential(clinician).await {
        Ok(proven) => proven,
        Err(error) => {
            tracing::debug!(%error, "whether its clinician is confirmed is asked again");
            return Ok(None);
        }
    };
    let (at, how) = over(permission);
    let who = &permission.facts.clinician;
    let note = Received {
        permission: permission.id(),
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
