//! What each record has come to, kept outside its directory, so that an older copy in its place shows.
//!
//! ```text
//! commit -> head (vault) -> at most every 5 seconds, and when the record is closed -> HeadStore: a file, and the keyring
//! unlock <- compared with every one <----------------------------------------------- HeadStore
//! ```
//!
//! A head is written after its commit, so that no crash makes a record look older than its head; the commits of the last seconds
//! before a crash are not covered. Heads are numbered as they are read: a slow keyring that is still asked to keep an earlier one
//! must not put it over the last.

mod latest;
mod store;

use std::io;
use std::sync::atomic::Ordering;
use std::time::Duration;

use salus_vault::{Standing, Vault};
use salus_wire::Failure;
use salus_wire::command::AcceptRecord;
use salus_wire::event::Event;
use salus_wire::view::{AppView, StandingView};

use crate::failure::OrFail;
use crate::{App, Run, anchor, background};
pub use store::{FileHeads, HeadStore, KeyringHeads, MemoryHeads, Moment};

/// How often a head is written at most.
const EACH: Duration = Duration::from_secs(5);
/// How long closing the record waits for its last head to be kept.
const PATIENCE: Duration = Duration::from_millis(if cfg!(test) { 100 } else { 3000 });

impl Run for AcceptRecord {
    async fn run(self, app: &App) -> Result<AppView, Failure> {
        let role = {
            let open = app.open().await?;
            if open.vault.standing() != Standing::Sound {
                open.vault.accept(app.now()).await.or_fail()?;
                anchor::accept(&open.vault, app.now()).await?;
                keep(app, &open.vault, Moment::Last).await;
                tracing::warn!("the person accepted the record as it is");
            }
            // What members told was told while everything ran already.
            (!open.started.load(Ordering::Relaxed)).then_some(open.role)
        };
        if let Some(role) = role {
            app.start(role, true).await?;
        }
        app.tell(Event::LockChanged { locked: false });
        Ok(app.view().await)
    }
}

/// Compares a record that was just opened with what is kept of it.
pub(crate) async fn compare(app: &App, vault: &Vault) -> Result<Standing, Failure> {
    let (store, record) = (app.0.config.heads.clone(), vault.record_id());
    let kept = blocking(move || store.load(&record)).await.unwrap_or_else(|error| {
        tracing::warn!(kind = ?error.kind(), "what was kept of the record elsewhere cannot be read");
        Vec::new()
    });
    let standing = vault.compare(kept).await.or_fail()?;
    if standing != Standing::Sound {
        tracing::warn!(?standing, "the record is opened for reading only");
    }
    Ok(standing)
}

/// Keeps what the record has come to. A failure is no reason to stop recording: the head before stays.
pub(crate) async fn keep(app: &App, vault: &Vault, moment: Moment) {
    if let Some(head) = last(app, vault).await {
        put(app, head, moment).await;
    }
}

/// A sealed head, of which record, and which of all that were read.
pub(crate) struct SealedHead {
    record: [u8; 16],
    sealed: Vec<u8>,
    order: u64,
}

impl SealedHead {
    /// A head that was sealed already.
    pub(crate) async fn new(app: &App, vault: &Vault, sealed: Vec<u8>) -> Self {
        let _turn = app.0.heads.lock().await;
        Self { record: vault.record_id(), sealed, order: app.0.config.heads.order() }
    }
}

/// What the record has come to, sealed: read before it is closed, kept afterwards.
pub(crate) async fn last(app: &App, vault: &Vault) -> Option<SealedHead> {
    // One after the other: a later number is never that of an earlier head.
    let _turn = app.0.heads.lock().await;
    let head = *vault.heads().borrow();
    // Nothing is kept of an older copy: what is known of the newer one must stay.
    if vault.standing() != Standing::Sound {
        return None;
    }
    match vault.seal_head(&head).await {
        Ok(sealed) => {
            Some(SealedHead { record: vault.record_id(), sealed, order: app.0.config.heads.order() })
        }
        Err(error) => {
            tracing::warn!(%error, "the record's head cannot be sealed");
            None
        }
    }
}

/// The last one of a record that was just closed. A keyring that asks for its password keeps nobody waiting.
pub(crate) async fn put_last(app: &App, head: SealedHead) {
    if tokio::time::timeout(PATIENCE, put(app, head, Moment::Last)).await.is_err() {
        tracing::info!("the keyring takes long to keep how far the record has come");
    }
}

async fn put(app: &App, head: SealedHead, moment: Moment) {
    let (store, SealedHead { record, sealed, order }) = (app.0.config.heads.clone(), head);
    if let Err(error) = blocking(move || store.save(&record, &sealed, order, moment)).await {
        tracing::warn!(kind = ?error.kind(), "the record's head cannot be kept elsewhere");
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// Starts the task that keeps the head; it ends when the record is closed, which keeps the last one.
pub(crate) async fn start(app: &App) {
    background::spawn(app, run).await;
}

async fn run(app: App) {
    let heads = async { Some(app.open().await.ok()?.vault.heads()) };
    let Some(mut heads) = heads.await else { return };
    loop {
        {
            let Ok(open) = app.open().await else { return };
            heads.mark_unchanged();
            keep(&app, &open.vault, Moment::Running).await;
        }
        tokio::time::sleep(EACH).await;
        if heads.changed().await.is_err() {
            return;
        }
    }
}

/// As pages show it.
pub(crate) const fn view(standing: Standing) -> StandingView {
    match standing {
        Standing::Sound => StandingView::Sound,
        Standing::Older { .. } => StandingView::Older,
        Standing::LogDamaged => StandingView::Unknown,
        Standing::ReadOnly => StandingView::ReadOnly,
    }
}

#[cfg(test)]
mod tests;
