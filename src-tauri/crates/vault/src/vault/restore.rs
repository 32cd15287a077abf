//! A record out of a backup: on another computer, or for a rehearsal.

mod rehearsal;

use std::path::Path;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::slots::{hashing, with_passphrase};
use super::unlock::OWN;
use super::{Keys, Vault, cabinet, database, files, recipient, writers};
use crate::backup::{self, BackupError, Unpacked, Watch, unpack};
use crate::keyring::NoKeyring;
use crate::keyslot::{Checks, Keyslots, PassphraseCost, Share, check_passphrase};
use crate::row::DAMAGED;
use crate::{RecoveryKey, Unlock, VaultError};

pub use rehearsal::{Rehearsed, forget_rehearsal, rehearse};

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
