//! Making a backup of an open record.

use std::path::Path;

use salus_wire::UnixMillis;

use super::slots::hashing;
use super::{Vault, database, files, recipient};
use crate::VaultError;
use crate::backup::{self, Backup, BackupError, Job, MAX_SMALL, Watch};

impl Vault {
    /// Makes one verified backup in `folder`, which exists; `profile` is the application's own small file, kept beside.
    ///
    /// Readings are stored meanwhile: the record waits only while its pages are copied within its own directory, which
    /// needs room for them there; encrypting and writing to the folder, perhaps a slow disk, does not hold it up.
    /// Dropping the future stops the work.
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
        let job = {
            let state = self.ready().await?;
            let to = recipient::of(&self.pool, &self.keys, &state.slots).await?;
            let recipient = to.ok_or(BackupError::NoRecipient)?;
            let snapshot = files::make_snapshot(&self.dir)?;
            let copied = database::copy(&self.pool, &snapshot).await;
            if let Err(e) = copied {
                files::discard_snapshot(&self.dir);
                return Err(e.into());
            }
            Job {
                folder: folder.to_owned(),
                record: state.slots.record,
                name: backup::file_name(state.slots.record, now),
                recipient,
                keyslots: state.slots.encode(),
                profile: profile.map(<[u8]>::to_vec),
                snapshot,
                at: now,
            }
        };
        let (watch, dir) = (watch.clone(), self.dir.clone());
        hashing(move || {
            let written = backup::write(&job, &watch);
            files::discard_snapshot(&dir);
            written
        })
        .await?
    }
}
