//! A record out of a backup: on another computer, or for a rehearsal.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use rand_core::CryptoRng;
use salus_wire::Category;
use tokio::runtime::Handle;
use zeroize::Zeroizing;

use super::slots::{hashing, with_passphrase};
use super::unlock::OWN;
use super::{Keys, Vault, cabinet, database, files, recipient, rotten, writers};
use crate::backup::{self, AtWork, BackupError, Unpacked, Watch, unpack};
use crate::keyring::NoKeyring;
use crate::keyslot::{Checks, Keyslots, PassphraseCost, Share, check_passphrase};
use crate::row::DAMAGED;
use crate::{Epoch, RecoveryKey, Unlock, VaultError};

/// What a rehearsal walked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rehearsed {
    /// Epochs, of all categories.
    pub epochs: u64,
    /// Readings, each opened and decoded.
    pub readings: u64,
}

/// What guardians gave back, and the recovery key that takes the place of the lost one.
#[derive(Debug, Clone, Copy)]
pub struct Returned<'a> {
    /// Which parts fit.
    pub checks: &'a Checks,
    /// The parts.
    pub shares: &'a [Share],
    /// The new recovery key.
    pub recovery: &'a RecoveryKey,
}

/// What opens a backup.
#[derive(Clone, Copy)]
enum By<'a> {
    Paper(&'a RecoveryKey),
    Guardians(Returned<'a>),
}

impl<'a> By<'a> {
    /// The age identity of it.
    fn identity(self) -> Result<Zeroizing<String>, BackupError> {
        Ok(match self {
            By::Paper(key) => backup::identity(key),
            By::Guardians(back) => backup::identity_of_parts(back.checks, back.shares)?,
        })
    }

    /// What opens the record inside.
    const fn unlock(self) -> Unlock<'a> {
        match self {
            By::Paper(key) => Unlock::RecoveryKey(key),
            By::Guardians(back) => Unlock::Guardians(back.shares),
        }
    }

    /// The recovery key that opens the record from then on.
    const fn recovery(self) -> &'a RecoveryKey {
        match self {
            By::Paper(key) => key,
            By::Guardians(back) => back.recovery,
        }
    }
}

/// A record out of a backup that does not count as one yet: its keyslots are not written. Dropped, it leaves no record.
pub struct Restored {
    vault: Vault,
    profile: Option<Vec<u8>>,
    keyslots: Vec<u8>,
}

impl core::fmt::Debug for Restored {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Restored").finish_non_exhaustive()
    }
}

impl Restored {
    /// The record, open: what must be in it from its first moment on is stored now.
    #[must_use]
    pub const fn vault(&self) -> &Vault {
        &self.vault
    }

    /// The application's own small file beside it.
    #[must_use]
    pub fn profile(&self) -> Option<&[u8]> {
        self.profile.as_deref()
    }

    /// Makes it a record, durable with everything that was stored in it.
    ///
    /// # Errors
    /// [`BackupError::Vault`]; what is left is no record.
    pub async fn finish(self) -> Result<(Vault, Option<Vec<u8>>), BackupError> {
        let Self { vault, profile, keyslots } = self;
        let done = async {
            database::checkpoint(&vault.pool).await?;
            files::write_keyslots(&vault.dir, &keyslots)
        };
        match done.await {
            Ok(()) => {
                files::finish(&vault.dir);
                Ok((vault, profile))
            }
            Err(e) => {
                discard(vault).await;
                Err(e.into())
            }
        }
    }

    /// Removes what was restored.
    pub async fn discard(self) {
        discard(self.vault).await;
    }
}

async fn discard(vault: Vault) {
    vault.pool.close().await;
    files::discard_keyslots(&vault.dir);
    // What cannot be removed is sealed, and the next attempt removes it.
    let _ = files::discard_database(&vault.dir);
}

impl Vault {
    /// Makes a record in `dir` out of a backup, opens it, and returns the application's own small file beside it.
    ///
    /// The recovery key stays; the passphrase is new. The copy is a computer of its own ([`writers`]): it signs under a
    /// fresh identity, and what was sealed before is read under the earlier ones. Dropping the future stops the work; what
    /// it leaves is no record, because the keyslots are written last.
    ///
    /// # Errors
    /// [`BackupError`]; [`VaultError::ProfileExists`] when `dir` holds a record, which is not touched;
    /// [`VaultError::WeakPassphrase`] before anything is read.
    pub async fn restore(
        file: &Path,
        key: &RecoveryKey,
        dir: &Path,
        passphrase: &str,
        rng: impl CryptoRng + Send + 'static,
        watch: &Watch,
    ) -> Result<(Self, Option<Vec<u8>>), BackupError> {
        Self::restore_with(file, key, dir, (passphrase, PassphraseCost::DEFAULT), rng, watch).await
    }

    /// [`Vault::restore`] with an explicit cost of the passphrase, at least the floor.
    ///
    /// # Errors
    /// As [`Vault::restore`], and [`VaultError::BadParameters`].
    pub async fn restore_with(
        file: &Path,
        key: &RecoveryKey,
        dir: &Path,
        new: (&str, PassphraseCost),
        rng: impl CryptoRng + Send + 'static,
        watch: &Watch,
    ) -> Result<(Self, Option<Vec<u8>>), BackupError> {
        Self::restore_unfinished(file, key, dir, new, rng, watch).await?.finish().await
    }

    /// [`Vault::restore_with`] up to where the record counts as one, which [`Restored::finish`] is: killed in between, it can be
    /// restored again.
    ///
    /// # Errors
    /// As [`Vault::restore_with`].
    pub async fn restore_unfinished(
        file: &Path,
        key: &RecoveryKey,
        dir: &Path,
        new: (&str, PassphraseCost),
        rng: impl CryptoRng + Send + 'static,
        watch: &Watch,
    ) -> Result<Restored, BackupError> {
        restored(file, By::Paper(key), dir, new, Box::new(rng), watch).await
    }

    /// As [`Vault::restore_unfinished`], by guardians' parts. The recovery key is the new one, and no guardian opens the
    /// record any more: the parts were seen together.
    ///
    /// # Errors
    /// As [`Vault::restore_with`]; [`VaultError::TooFewGuardians`] before anything is read. [`BackupError::WrongKey`] for a
    /// backup of other guardians, or from before there were any.
    pub async fn restore_by_guardians(
        file: &Path,
        back: Returned<'_>,
        dir: &Path,
        new: (&str, PassphraseCost),
        rng: impl CryptoRng + Send + 'static,
        watch: &Watch,
    ) -> Result<Restored, BackupError> {
        restored(file, By::Guardians(back), dir, new, Box::new(rng), watch).await
    }
}

async fn restored(
    file: &Path,
    by: By<'_>,
    dir: &Path,
    (passphrase, cost): (&str, PassphraseCost),
    mut rng: Box<dyn CryptoRng + Send>,
    watch: &Watch,
) -> Result<Restored, BackupError> {
    let _stop = watch.stop_on_drop();
    check_passphrase(passphrase)?;
    let identity = by.identity()?;
    if Vault::exists(dir) {
        return Err(VaultError::ProfileExists.into());
    }
    files::make(dir)?;
    let guard = files::guard(dir)?;
    if Vault::exists(dir) {
        return Err(VaultError::ProfileExists.into());
    }
    files::begin(dir)?;
    let made = async {
        let Unpacked { keyslots, profile } = taken(file, identity, dir, watch).await?;
        let mut slots = Keyslots::decode(&keyslots)?;
        let master = slots.open(by.unlock(), &NoKeyring)?;
        let lost = slots.clone();
        if let By::Guardians(back) = by {
            slots.set_recovery(&master, back.recovery, &mut *rng);
            slots.remove_guardians()?;
        }
        let (slots, mut rng) = with_passphrase(slots, &master, passphrase, cost, rng).await?;
        let pool = database::open(dir).await?;
        let keys = Keys::new(master);
        let own = async {
            same_record(&pool, &keys, &slots).await?;
            writers::replace(&pool, &keys, &mut *rng).await?;
            recipient::remember(&pool, &keys, &slots, by.recovery(), &mut *rng).await?;
            if let By::Guardians(_) = by {
                recipient::forget(&pool, &keys, &lost).await;
                recipient::forget_guardians(&pool, &keys, &lost).await;
            }
            database::checkpoint(&pool).await
        };
        if let Err(e) = own.await {
            pool.close().await;
            return Err(e.into());
        }
        let keyslots = slots.encode();
        // The passphrase is bound to this computer's keyring when it next opens the record.
        let keyring = std::sync::Arc::new(NoKeyring);
        let vault = Vault::unlocked(dir, pool, keys, slots, guard, keyring, rng).await?;
        Ok(Restored { vault, profile, keyslots })
    };
    let made: Result<_, BackupError> = made.await;
    if made.is_err() {
        // A half-restored database is sealed, and the next attempt removes it.
        let _ = files::discard_database(dir);
    }
    made
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

/// Unpacks on a thread of its own.
async fn taken(
    file: &Path,
    identity: Zeroizing<String>,
    dir: &Path,
    watch: &Watch,
) -> Result<Unpacked, BackupError> {
    let (file, dir) = (file.to_owned(), dir.to_owned());
    let (watch, at_work) = (watch.clone(), watch.at_work());
    hashing(move || {
        let _at_work = at_work;
        unpack(&file, &identity, &dir, &watch)
    })
    .await?
}

/// Damage when the database is not of the record that the keyslots are of.
async fn same_record(pool: &sqlx::SqlitePool, keys: &Keys, slots: &Keyslots) -> Result<(), VaultError> {
    let id = cabinet::fetch(pool, keys, OWN, "record", b"id").await?;
    if id.as_deref().map(Vec::as_slice) == Some(&slots.record[..]) { Ok(()) } else { Err(DAMAGED) }
}
