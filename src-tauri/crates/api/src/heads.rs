//! What each record has come to, kept outside its directory, so that an older copy in its place shows.
//!
//! ```text
//! commit -> head (vault) -> at most every 5 seconds, and when the record is closed -> HeadStore
//! unlock <- compared <-------------------------------------------------------------- HeadStore
//! ```
//!
//! A head is written after its commit, so that no crash makes a record look older than its head; the commits of the last seconds
//! before a crash are not covered. A file beside the record's directory is the weakest place: it shows a directory that was put
//! back from a copy, and whoever can write the whole home directory can put back both. The keyring's place is this port.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use salus_vault::{Head, Standing, Vault};
use salus_wire::Failure;
use salus_wire::command::AcceptRecord;
use salus_wire::event::Event;
use salus_wire::view::{AppView, StandingView};
use tokio::sync::watch;

use crate::failure::OrFail;
use crate::{App, Run, anchor, file};

/// How often a head is written at most.
const EACH: Duration = Duration::from_secs(5);

/// Keeps one small sealed value for each record, outside the record's directory. Calls may block.
pub trait HeadStore: Send + Sync + 'static {
    /// What is kept of a record; `None` on a new computer.
    ///
    /// # Errors
    /// When the place cannot be read.
    fn load(&self, record: &[u8; 16]) -> io::Result<Option<Vec<u8>>>;

    /// Keeps a value, replacing the one before; durable when this returns.
    ///
    /// # Errors
    /// When the place cannot be written; the value before stays.
    fn save(&self, record: &[u8; 16], sealed: &[u8]) -> io::Result<()>;
}

/// One file for each record, in a directory that is not the record's: where the desktop has no keyring.
#[derive(Debug)]
pub struct FileHeads(PathBuf);

impl FileHeads {
    /// Keeps heads in this directory, made when it is needed.
    #[must_use]
    pub const fn new(dir: PathBuf) -> Self {
        Self(dir)
    }

    fn path(&self, record: &[u8; 16]) -> PathBuf {
        self.0.join(format!("{}.head", hex::encode(record)))
    }
}

impl HeadStore for FileHeads {
    fn load(&self, record: &[u8; 16]) -> io::Result<Option<Vec<u8>>> {
        file::read(&self.path(record))
    }

    fn save(&self, record: &[u8; 16], sealed: &[u8]) -> io::Result<()> {
        std::fs::create_dir_all(&self.0)?;
        file::replace(&self.path(record), sealed)
    }
}

/// Kept for the life of the process; for tests.
#[derive(Debug, Default)]
pub struct MemoryHeads(Mutex<HashMap<[u8; 16], Vec<u8>>>);

impl HeadStore for MemoryHeads {
    fn load(&self, record: &[u8; 16]) -> io::Result<Option<Vec<u8>>> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(record).cloned())
    }

    fn save(&self, record: &[u8; 16], sealed: &[u8]) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(*record, sealed.to_vec());
        Ok(())
    }
}

impl Run for AcceptRecord {
    async fn run(self, app: &App) -> Result<AppView, Failure> {
        let role = {
            let open = app.open().await?;
            if open.vault.standing() != Standing::Sound {
                open.vault.accept(app.now()).await.or_fail()?;
                anchor::accept(&open.vault, app.now()).await?;
                keep(app, &open.vault).await;
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
        None
    });
    let standing = vault.compare(kept.as_deref()).await.or_fail()?;
    if standing != Standing::Sound {
        tracing::warn!(?standing, "the record is opened for reading only");
    }
    Ok(standing)
}

/// Keeps what the record has come to. A failure is no reason to stop recording: the head before stays.
pub(crate) async fn keep(app: &App, vault: &Vault) {
    let head = *vault.heads().borrow();
    // Nothing is kept of an older copy: what is known of the newer one must stay.
    if vault.standing() != Standing::Sound {
        return;
    }
    let sealed = match vault.seal_head(&head).await {
        Ok(sealed) => sealed,
        Err(error) => return tracing::warn!(%error, "the record's head cannot be sealed"),
    };
    let (store, record) = (app.0.config.heads.clone(), vault.record_id());
    if let Err(error) = blocking(move || store.save(&record, &sealed)).await {
        tracing::warn!(kind = ?error.kind(), "the record's head cannot be kept elsewhere");
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// Starts the task that keeps the head; it ends when the record is closed, which keeps the last one.
pub(crate) async fn start(app: &App) {
    let Ok(open) = app.open().await else { return };
    let (heads, closing) = (open.vault.heads(), open.closing.subscribe());
    drop(open);
    let task = run(app.clone(), heads, closing);
    app.0.tasks.lock().await.spawn(task);
}

async fn run(app: App, mut heads: watch::Receiver<Head>, mut closing: watch::Receiver<bool>) {
    let work = async {
        loop {
            {
                let Ok(open) = app.open().await else { return };
                heads.mark_unchanged();
                keep(&app, &open.vault).await;
            }
            tokio::time::sleep(EACH).await;
            if heads.changed().await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        _ = closing.wait_for(|c| *c) => {}
        () = work => {}
    }
}

/// As pages show it.
pub(crate) const fn view(standing: Standing) -> StandingView {
    match standing {
        Standing::Sound => StandingView::Sound,
        Standing::Older { .. } => StandingView::Older,
        Standing::LogDamaged => StandingView::Unknown,
    }
}

#[cfg(test)]
mod tests;
