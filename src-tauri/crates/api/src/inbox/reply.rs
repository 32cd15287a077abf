//! A clinician's signed notes to patients: learning where, signing, and sending until it is there.

mod kept;

use std::collections::BTreeSet;
use std::time::Duration;

use futures::future::FutureExt;
use salus_chain::codec::Record;
use salus_chain::ids::Hash32;
use salus_chain::state::GrantRecord;
use salus_light::LightClient;
use salus_sharing::circle::letter;
use salus_sharing::reply::person::{PersonAddress, giver_stays, said_by};
use salus_sharing::reply::{Address, Reply};
use salus_vault::Vault;
use salus_wire::command::{GetSentReplies, SendReply};
use salus_wire::event::Event;
use salus_wire::view::{MOST_REPLIES, MayReply, PermissionState, SentRepliesView, check_reply};
use salus_wire::{ErrorCode, Failure, UnixMillis};

use self::kept::{Book, Sent};
use super::kept::{self as records, Invited, Shared};
use crate::app::rng;
use crate::asked::Asked;
use crate::failure::{OrFail, bug};
use crate::lock::Open;
use crate::reply::{KEEP_MS, Looked, Often, SAY_MS};
use crate::share::sentence;
use crate::tongue::{Tongue, apart};
use crate::{App, Run, background};

/// How often there is a round.
const EACH: Duration = Duration::from_secs(5);
/// How long one permission may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// For so long after a permission was found its address is looked for in each round. 10 minutes.
const EAGER_MS: i64 = 10 * 60_000;

impl Run for GetSentReplies {
    async fn run(self, app: &App) -> Result<SentRepliesView, Failure> {
        let open = app.open().await?;
        let shared = Shared::load(&open.vault, &self.id).await?.ok_or(ErrorCode::UnknownPermission)?;
        view(app, &open, &shared).await
    }
}

impl Run for SendReply {
    async fn run(self, app: &App) -> Result<SentRepliesView, Failure> {
        check_reply(&self.text).map_err(|field| Failure::with(ErrorCode::BadRequest, field))?;
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let shared = Shared::load(&open.vault, &self.id).await?.ok_or(ErrorCode::UnknownPermission)?;
        let attestation = records::attestation(&open.vault).await?.ok_or(ErrorCode::NotAttested)?;
        refuse(may(app, &open, &shared).await?)?;
        let person = &attestation.person;
        let by_helper = by_helper(&shared, &Book::load(&open.vault, &shared.id).await?);
        let sentence = asked_for(
            app.tongue(),
            (person.name.as_str(), person.organisation.as_str()),
            (shared.patient.as_str(), by_helper),
            &self.text,
        );
        app.ask(Asked::Reply, &sentence).await?;
        let _turn = open.sharing.take().await;
        // While the question was asked another may have been sent.
        refuse(may(app, &open, &shared).await?)?;
        let before = Sent::of(&open.vault, &shared.id).await?;
        if self.takes_back.is_some_and(|earlier| !before.iter().any(|sent| sent.number == earlier)) {
            return Err(Failure::with(ErrorCode::BadRequest, "takes_back"));
        }
        let number = before.iter().map(|sent| sent.number).max().unwrap_or(0).saturating_add(1);
        let grant = salus_chain::ids::GrantId(shared.id.0);
        let (now, key) = (app.now(), records::credential(&open.vault));
        let reply = Reply::sign(grant, number, self.takes_back, now, &self.text, &client.chain_id(), &key);
        let reply = reply.map_err(|_| bug("a checked note is outside its limits"))?;
        let mut sent = Sent {
            number,
            text: reply.text.clone(),
            written: now,
            takes_back: self.takes_back,
            octets: hex::encode(reply.encode()),
            sent: false,
            to_person: None,
        };
        // Kept before it leaves: what was signed is known here, and is sent again until it is there.
        sent.save(&open.vault, &shared.id).await?;
        let book = Book::load(&open.vault, &shared.id).await?;
        let delivered = deliver(app, &open, &client, &shared, &book, &mut sent).boxed();
        match tokio::time::timeout(PATIENCE, delivered).await {
            Ok(Ok(_)) => {}
            Ok(Err(failure)) => tracing::info!(code = %failure.code, "the note is sent later"),
            Err(_) => tracing::info!("sending the note takes too long and is tried again"),
        }
        app.tell(Event::PermissionsChanged);
        view(app, &open, &shared).await
    }
}

/// Why none can be sent, as a failure.
fn refuse(may: MayReply) -> Result<(), Failure> {
    match may {
        MayReply::Yes { .. } => Ok(()),
        MayReply::NoAddress => Err(ErrorCode::NothingYet.into()),
        MayReply::TooLate => Err(ErrorCode::Ended.into()),
        MayReply::Full => Err(Failure::with(ErrorCode::BadRequest, "number")),
        MayReply::NotAttested => Err(ErrorCode::NotAttested.into()),
    }
}

async fn may(app: &App, open: &Open, shared: &Shared) -> Result<MayReply, Failure> {
    if records::attestation(&open.vault).await?.is_none() {
        return Ok(MayReply::NotAttested);
    }
    let count = Sent::of(&open.vault, &shared.id).await?.len();
    let book = Book::load(&open.vault, &shared.id).await?;
    let now = app.now();
    let until = over(shared, &book, now).saturating_add(SAY_MS);
    Ok(if now >= until {
        MayReply::TooLate
    } else if usize::try_from(MOST_REPLIES).is_ok_and(|most| count >= most) {
        MayReply::Full
    } else if book.is_empty() {
        MayReply::NoAddress
    } else {
        MayReply::Yes { until }
    })
}

/// When the permission is over. Stopped, and not known when: now.
fn over(shared: &Shared, book: &Book, now: UnixMillis) -> UnixMillis {
    match (shared.state, book.stopped) {
        (_, Some(at)) => at.min(shared.ends),
        (PermissionState::Stopped, None) => now.min(shared.ends),
        _ => shared.ends,
    }
}

async fn view(app: &App, open: &Open, shared: &Shared) -> Result<SentRepliesView, Failure> {
    let by_helper = by_helper(shared, &Book::load(&open.vault, &shared.id).await?);
    Ok(SentRepliesView {
        sent: kept::views(&open.vault, &shared.id, by_helper).await?,
        may: may(app, open, shared).await?,
    })
}

/// Whether somebody who helps the patient gave it, as proven; what was found before that was asked is known by what came of it.
fn by_helper(shared: &Shared, book: &Book) -> bool {
    shared.by_helper.unwrap_or(book.person.is_some())
}

/// Starts the task; it ends when the record is closed.
pub(super) async fn start(app: &App) {
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
async fn deliver(
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
        letter::send(client, &octets, &inbox, until, now, &mut rng()).await.or_fail()?;
        sent.to_person = Some(inbox);
        sent.save(vault, &shared.id).await?;
        went = true;
    }
    let grant = salus_chain::ids::GrantId(shared.id.0);
    if sent.lacks_giver(book)
        && let Some(address) = book.address()?
        && giver_stays(client, &grant).await.or_fail()?
    {
        letter::send(client, &octets, &address.inbox, until, now, &mut rng()).await.or_fail()?;
        sent.sent = true;
        sent.save(vault, &shared.id).await?;
        went = true;
    }
    Ok(went)
}

/// What the clinician confirms, in their language; shown by the desktop's own dialog.
fn asked_for(
    tongue: Tongue,
    (name, organisation): (&str, &str),
    (patient, by_helper): (&str, bool),
    text: &str,
) -> String {
    if tongue == Tongue::Arabic {
        let read = if by_helper {
            format!("وسيقرؤها مع اسمك {patient} ومن أعطاك هذا الإذن ممن يساعدونه.", patient = apart(patient))
        } else {
            format!("وسيقرؤها {patient} مع اسمك.", patient = apart(patient))
        };
        return format!(
            "توقّع هذه الرسالة باسم {name}{organisation}. {read} ولا يمكن استرجاعها، لكن يمكن لرسالة لاحقة أن تقول إنها لم تعد \
             صالحة.\n\n{text}",
            name = apart(name),
            organisation = sentence::arabic::of(organisation),
        );
    }
    let readers = if by_helper {
        format!("{patient}, and the helper who gave you this permission, will read it with your name.")
    } else {
        format!("{patient} will read it with your name.")
    };
    format!(
        "You sign this note as {name}{organisation}. {readers} It cannot be taken back; a later note can say that it does not \
         hold.\n\n{text}",
        organisation = sentence::of(organisation),
    )
}

#[cfg(test)]
mod tests;
