//! A clinician's signed notes to patients: learning where, signing, and sending until it is there.

mod asked;
mod kept;
mod round;

use futures::future::FutureExt;
use salus_chain::codec::Record;
use salus_sharing::reply::Reply;
use salus_wire::command::{GetSentReplies, SendReply};
use salus_wire::event::Event;
use salus_wire::view::{MOST_REPLIES, MayReply, PermissionState, SentRepliesView, check_reply};
use salus_wire::{ErrorCode, Failure, UnixMillis};

pub(super) use round::start;

use self::asked::asked_for;
use self::kept::{Book, Sent};
use self::round::{PATIENCE, deliver};
use super::kept::{self as records, Shared};
use crate::asked::Asked;
use crate::failure::bug;
use crate::lock::Open;
use crate::reply::SAY_MS;
use crate::{App, Run};

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

#[cfg(test)]
mod tests;
