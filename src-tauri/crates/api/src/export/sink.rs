//! The file of an export: written by a thread of its own under a temporary name, synced, then renamed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use salus_vault::backup::AtWork;
use salus_wire::{ErrorCode, Failure};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

#[cfg(test)]
pub(super) mod held;

/// Pieces that wait for a slow disk; each is one epoch's text.
pub(super) const WAITING: usize = 2;

/// The name under which it is written.
pub(super) fn beside(to: &Path) -> PathBuf {
    let mut beside = to.as_os_str().to_owned();
    beside.push(PART);
    beside.into()
}

/// What the temporary name ends with.
pub(super) const PART: &str = ".part";

/// A piece on its way to the disk.
struct Piece {
    octets: Vec<u8>,
    #[cfg(test)]
    _held: held::Held,
}

/// An export that is being written. Dropped before [`Sink::finish`], it leaves nothing.
pub(super) struct Sink {
    pieces: mpsc::Sender<Option<Piece>>,
    thread: JoinHandle<io::Result<()>>,
}

impl Sink {
    /// Opens the temporary file beside.
    pub(super) fn open(to: &Path, beside: PathBuf, at_work: AtWork) -> Result<Self, Failure> {
        let mut options = OpenOptions::new();
        // Everything that a person's body said, in the clear: for its owner only.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.create(true).truncate(true).write(true).open(&beside).map_err(|e| failure(&e))?;
        let (pieces, received) = mpsc::channel(WAITING);
        let to = to.to_owned();
        let thread = tokio::task::spawn_blocking(move || {
            let _at_work = at_work;
            let written = write(file, received).and_then(|whole| {
                if !whole {
                    return Err(ErrorKind::Interrupted.into());
                }
                fs::rename(&beside, &to)?;
                match to.parent() {
                    Some(dir) => File::open(dir)?.sync_all(),
                    None => Ok(()),
                }
            });
            if written.is_err() {
                // Nothing half-written stays; what cannot be removed is overwritten next time.
                drop(fs::remove_file(&beside));
            }
            written
        });
        Ok(Self { pieces, thread })
    }

    /// Hands over a piece; waits while the disk is behind.
    pub(super) async fn write(&mut self, octets: Vec<u8>) -> Result<(), Failure> {
        if octets.is_empty() {
            return Ok(());
        }
        let piece = Piece {
            #[cfg(test)]
            _held: held::Held::of(octets.len()),
            octets,
        };
        if self.pieces.send(Some(piece)).await.is_ok() {
            return Ok(());
        }
        // The thread ended: it knows why.
        let why = (&mut self.thread).await.map_err(|_| ErrorCode::Internal)?;
        Err(why.err().map_or(ErrorCode::Internal.into(), |e| failure(&e)))
    }

    /// Leaves nothing, once this returns.
    pub(super) async fn abandon(self) {
        drop(self.pieces);
        // Why it ended is known already.
        drop(self.thread.await);
    }

    /// Waits until the file stands under its name.
    pub(super) async fn finish(self) -> Result<(), Failure> {
        // A thread that ended already says why below.
        let _ = self.pieces.send(None).await;
        drop(self.pieces);
        self.thread.await.map_err(|_| ErrorCode::Internal)?.map_err(|e| failure(&e))
    }
}

/// Writes what comes; true when the end was among it.
fn write(file: File, mut received: mpsc::Receiver<Option<Piece>>) -> io::Result<bool> {
    let mut out = BufWriter::new(file);
    while let Some(piece) = received.blocking_recv() {
        match piece {
            Some(piece) => out.write_all(&piece.octets)?,
            None => {
                out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn failure(e: &io::Error) -> Failure {
    tracing::debug!(kind = ?e.kind(), "an export was not written");
    match e.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => ErrorCode::TargetFull,
        ErrorKind::NotFound | ErrorKind::NotADirectory => ErrorCode::TargetMissing,
        _ => ErrorCode::TargetReadOnly,
    }
    .into()
}
