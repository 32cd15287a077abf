//! A rehearsal: a backup is restored beside the record, read through, and removed again.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use rand_core::CryptoRng;
use salus_wire::Category;
use tokio::runtime::Handle;

use super::taken;
use crate::backup::{self, AtWork, BackupError, Unpacked, Watch};
use crate::vault::slots::hashing;
use crate::vault::{Vault, files, rotten};
use crate::{Epoch, RecoveryKey, Unlock};

/// What a rehearsal walked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rehearsed {
    /// Epochs, of all categories.
    pub epochs: u64,
    /// Readings, each opened and decoded.
    pub readings: u64,
}

/// Restores a backup into `scratch`, which must not exist yet, opens every row and every reading of it, and removes it again.
///
/// This is the one thing that shows that the paper opens the file.
///
/// # Errors
/// [`BackupError`]; `scratch` is removed in any case.
pub async fn rehearse(
    file: &Path,
    key: &RecoveryKey,
    scratch: &Path,
    rng: impl CryptoRng + Send + 'static,
    watch: &Watch,
) -> Result<Rehearsed, BackupError> {
    let _stop = watch.stop_on_drop();
    files::make(scratch)?;
    let unpacked = Scratch(Some((scratch.to_owned(), watch.at_work())));
    let walked = rehearsed(file, key, scratch, rng, watch).await;
    // On a thread of its own: a large record takes seconds to write over.
    hashing(move || unpacked.clear()).await?;
    walked
}

async fn rehearsed(
    file: &Path,
    key: &RecoveryKey,
    scratch: &Path,
    rng: impl CryptoRng + Send + 'static,
    watch: &Watch,
) -> Result<Rehearsed, BackupError> {
    let Unpacked { keyslots, .. } = taken(file, backup::identity(key), scratch, watch).await?;
    files::write_keyslots(scratch, &keyslots)?;
    let vault = Vault::open(scratch, Unlock::RecoveryKey(key), rng).await?;
    let walked = walk(&vault, watch).await;
    vault.lock().await?;
    walked
}

/// Removes what a rehearsal left that was killed.
pub fn forget_rehearsal(scratch: &Path) {
    remove(scratch);
}

fn remove(scratch: &Path) {
    // Sealed rows only; a system that does not let it be removed keeps a copy of what the backup holds anyway.
    let _ = files::discard_database(scratch);
    drop(fs::remove_dir_all(scratch));
}

/// Where a rehearsal unpacks: removed however it ends. A kill leaves it to whoever rehearses, or opens the record, next.
struct Scratch(Option<(PathBuf, AtWork)>);

impl Scratch {
    /// Removes it before this returns.
    fn clear(mut self) {
        if let Some((dir, _at_work)) = self.0.take() {
            remove(&dir);
        }
    }
}

impl Drop for Scratch {
    /// The rehearsal was dropped: whoever locks the record does not wait for every octet to be written over.
    fn drop(&mut self) {
        let Some((dir, at_work)) = self.0.take() else { return };
        let removing = move || {
            remove(&dir);
            drop(at_work);
        };
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(removing)),
            Err(_) => removing(),
        }
    }
}

async fn walk(vault: &Vault, watch: &Watch) -> Result<Rehearsed, BackupError> {
    rotten::Rotten::find(&vault.pool, &vault.keys, &HashSet::new()).await?.none()?;
    let mut walked = Rehearsed { epochs: 0, readings: 0 };
    let everything = Epoch::at(0).unwrap_or(Epoch::LAST)..=Epoch::LAST;
    for category in Category::ALL {
        for head in vault.epochs(*category, everything.clone()).await? {
            let (from, to) = (head.epoch.start(), head.epoch.end());
            walked.readings += vault.readings(*category, from, to).await?.len() as u64;
            walked.epochs += 1;
            watch.step(0, 0)?;
        }
    }
    Ok(walked)
}
