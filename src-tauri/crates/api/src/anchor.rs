//! Once a day, what the record has come to is recorded with the members, salted; and what they have tells an older copy.
//!
//! ```text
//! unlock -> the days that this record knows nothing of are asked for -> one is there: the record is an older copy
//!        -> today's head kept (cabinet) -> recorded -> proven -> kept with its time
//! kept, under chain 32 || day u32 = 01 || size u64 || counter u64 || root 32 || height u64 || time i64; height 0: not proven yet
//! kept, under "accepted"          = 01 || day u32: what was recorded up to that day is not held against this record
//! ```
//!
//! A head is kept before it is sent, so that an anchor which this record did not make was made by a later life of it.

mod book;

use std::time::Duration;

use salus_chain::ids::ChainId;
use salus_sharing::anchor::Day;
use salus_vault::{Head, Standing, Vault, VaultError};
use salus_wire::event::Event;
use salus_wire::{ErrorCode, Failure, UnixMillis};

use crate::failure::OrFail;
use crate::heads::{self, SealedHead};
use crate::lock::Open;
use crate::{App, background};
use book::Book;

/// How often it is looked whether a new day has begun, or whether members answer by now.
const EACH: Duration = Duration::from_secs(10);
/// How long one try may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Starts the task; it ends when the record is closed.
pub(crate) async fn start(app: &App) {
    background::spawn(app, run).await;
}

async fn run(app: App) {
    let mut tick = background::every(EACH);
    let mut checked = false;
    loop {
        tick.tick().await;
        match tokio::time::timeout(PATIENCE, round(&app, &mut checked)).await {
            Ok(Ok(true)) => app.tell(Event::MembersChanged),
            Ok(Ok(false)) => {}
            Ok(Err(failure)) => tracing::debug!(code = %failure.code, "the record is anchored later"),
            Err(_) => tracing::debug!("anchoring the record takes too long and is tried again"),
        }
    }
}

/// Looks once, then keeps today's anchor; true when something changed that a screen shows.
async fn round(app: &App, checked: &mut bool) -> Result<bool, Failure> {
    let open = app.open().await?;
    let (client, today) = (app.0.network.client()?, Day::at(app.now()).ok_or(ErrorCode::ClockSkew)?);
    if open.vault.standing() != Standing::Sound {
        return Ok(false);
    }
    let mut book = Book::load(&open.vault, client.genesis().chain_id()).await?;
    if !*checked {
        for day in book.doubtful(today) {
            let found = book.find(&open.vault, &client, day).await?;
            if found.is_some_and(|recorded| !recorded.same) {
                return outdated(app, &open).await;
            }
        }
        *checked = true;
    }
    match book.keep_today(&open.vault, &client, today).await? {
        Some(recorded) if !recorded.same => outdated(app, &open).await,
        kept => Ok(kept.is_some()),
    }
}

async fn outdated(app: &App, open: &Open) -> Result<bool, Failure> {
    tracing::warn!("members have a later state of this record");
    let known = open.vault.outdated().await.or_fail()?;
    // Also where the members cannot be asked, until the person accepts the record.
    let head = SealedHead::new(app, &open.vault, known).await;
    heads::put_last(app, head).await;
    Ok(true)
}

/// When the newest anchor of a record was recorded.
pub(crate) async fn newest(vault: &Vault, chain: ChainId) -> Result<Option<UnixMillis>, Failure> {
    Ok(Book::load(vault, chain).await?.newest())
}

/// What the log had come to on earlier days, as the record kept it: for verifying.
pub(crate) async fn heads(vault: &Vault) -> Result<Vec<Head>, VaultError> {
    book::heads(vault).await
}

/// The person took the record as it is: what another life of it recorded until today is not held against it.
pub(crate) async fn accept(vault: &Vault, now: UnixMillis) -> Result<(), Failure> {
    match Day::at(now) {
        Some(today) => book::accept(vault, today).await,
        None => Ok(()),
    }
}
