//! Making a backup of an open record.

use std::path::{Path, PathBuf};

use salus_wire::UnixMillis;
use tokio::runtime::Handle;

use super::slots::hashing;
use super::{Vault, database, files, recipient};
use crate::VaultError;
use crate::backup::{self, AtWork, Backup, BackupError, Job, MAX_SMALL, Watch};

impl Vault {
    /// Makes one verified backup in `folder`, which exists; `profile` is the application's own small file, kept beside.
    ///
    /// Readings are stored meanwhile: the record waits only while its pages are copied within its own directory, which
    /// needs room for them there; encrypting and writing to the folder, perhaps a slow disk, does not hold it up.
    /// Dropping the future stops the work; [`Watch::at_rest`] waits until nothing is left of it.
    ///
    /// # Errors
    /// [`BackupError`]; nothing is left in the folder then but what was there.
    pub async fn back_up(
        &self,
        folder: &Path,
        now: UnixMillis,
        profile: Option<&[u8]>,
        watch: &Watch,
    ) -> Result<Backup, BackupError> {
        let _stop = watch.stop_on_drop();
        if profile.is_some_and(|p| p.len() as u64 > MAX_SMALL) {
            return Err(VaultError::OutOfBounds.into());
        }
        let (job, snapshot) = {
            let state = self.ready().await?;
            let to = recipient::of(&self.pool, &self.keys, &state.slots).await?;
            let recipient = to.ok_or(BackupError::NoRecipient)?;
            let guardians = recipient::of_guardians(&self.pool, &self.keys, &state.slots).await?;
            let snapshot = self.copied(watch).await?;
            let job = Job {
                folder: folder.to_owned(),
                record: state.slots.record,
                name: backup::file_name(state.slots.record, now),
                recipient,
                guardians,
                keyslots: state.slots.encode(),
                profile: profile.map(<[u8]>::to_vec),
                snapshot: files::snapshot(&self.dir),
                at: now,
            };
            (job, snapshot)
        };
        let (watch, at_work) = (watch.clone(), watch.at_work());
        hashing(move || {
            let _at_work = at_work;
            let written = backup::write(&job, &watch);
            drop(snapshot);
            written
        })
        .await?
    }

    /// Copies the database beside itself, on a thread of its own: dropped half way, the copying would go on unseen on the one
    /// connection; there it stops at the word, and takes with it what it wrote.
    async fn copied(&self, watch: &Watch) -> Result<Snapshot, BackupError> {
        let (pool, dir) = (self.pool.clone(), self.dir.clone());
        let (watch, at_work, runtime) = (watch.clone(), watch.at_work(), Handle::current());
        hashing(move || -> Result<Snapshot, BackupError> {
            let to = files::make_snapshot(&dir)?;
            let snapshot = Snapshot { dir, _at_work: at_work };
            let asked = watch.clone();
            let copied = runtime.block_on(database::copy(&pool, &to, move || !asked.is_stopped()));
            if watch.is_stopped() {
                return Err(BackupError::Cancelled);
            }
            copied?;
            Ok(snapshot)
        })
        .await?
    }
}

/// The copy of the database, in this directory; removed when it is dropped, and until then somebody is at work.
struct Snapshot {
    dir: PathBuf,
    _at_work: AtWork,
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        files::discard_snapshot(&self.dir);
    }
}
