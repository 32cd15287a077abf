//! Changing what opens a record: the passphrase, the recovery key.
//!
//! The master key stays and is wrapped anew under a fresh salt; the keyslots file is replaced whole ([`super::replace`]).
//! An interrupted change leaves the old or the new one working, never neither. A copy of the old file still opens with what
//! opened it: a change protects the record here, not copies of it made before.

use rand::rngs::ChaCha20Rng;
use rand_core::{CryptoRng, SeedableRng};
use zeroize::Zeroizing;

use super::{Vault, files, recipient};
use crate::keyslot::{Keyslots, PassphraseCost};
use crate::{Key, RecoveryKey, Unlock, VaultError};

impl Vault {
    /// Checks that a passphrase opens this record: asked again before something that cannot be undone.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`].
    pub async fn check_passphrase(&self, passphrase: &str) -> Result<(), VaultError> {
        let slots = self.ready().await?.slots.clone();
        let passphrase = Zeroizing::new(passphrase.to_owned());
        hashing(move || slots.open(Unlock::Passphrase(&passphrase))).await??;
        Ok(())
    }

    /// Replaces the passphrase; the recovery key stays.
    ///
    /// The slots are those of the unlocking, not those of the file: a file that was damaged meanwhile is mended.
    ///
    /// # Errors
    /// [`VaultError::WeakPassphrase`], [`VaultError::DiskFull`]: the old one still opens. [`VaultError::Storage`]: the
    /// old one still opens, unless only the last sync failed; then the new one may.
    pub async fn set_passphrase(&self, passphrase: &str) -> Result<(), VaultError> {
        self.set_passphrase_with(passphrase, PassphraseCost::DEFAULT).await
    }

    /// [`Vault::set_passphrase`] with an explicit cost, at least the floor; for tests.
    ///
    /// # Errors
    /// As [`Vault::set_passphrase`], and [`VaultError::BadParameters`].
    #[doc(hidden)]
    pub async fn set_passphrase_with(
        &self,
        passphrase: &str,
        cost: PassphraseCost,
    ) -> Result<(), VaultError> {
        let mut state = self.ready().await?;
        // The hashing thread gets a source of its own: the record's stays here if this future is dropped.
        let rng = Box::new(ChaCha20Rng::from_rng(&mut state.rng));
        let slots = state.slots.clone();
        let (slots, _) = with_passphrase(slots, &self.keys.master, passphrase, cost, rng).await?;
        files::write_keyslots(&self.dir, &slots.encode())?;
        state.slots = slots;
        Ok(())
    }

    /// A fresh recovery key, which opens nothing yet: it is shown and kept safe before [`Vault::set_recovery_key`] lets
    /// the old one go.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Damaged`], when an operation before failed and cannot be undone.
    pub async fn fresh_recovery_key(&self) -> Result<RecoveryKey, VaultError> {
        Ok(RecoveryKey::random(&mut *self.ready().await?.rng))
    }

    /// Replaces the recovery key; the passphrase stays.
    ///
    /// # Errors
    /// As [`Vault::set_passphrase`].
    pub async fn set_recovery_key(&self, key: &RecoveryKey) -> Result<(), VaultError> {
        let mut state = self.ready().await?;
        let mut slots = state.slots.clone();
        slots.set_recovery(&self.keys.master, key, &mut *state.rng);
        // Before the slot: from the moment it counts, backups are made to its key.
        recipient::remember(&self.pool, &self.keys, &slots, key, &mut *state.rng).await?;
        files::write_keyslots(&self.dir, &slots.encode())?;
        let old = core::mem::replace(&mut state.slots, slots);
        recipient::forget(&self.pool, &self.keys, &old).await;
        Ok(())
    }
}

/// Puts the master key under a passphrase, on a thread of its own.
pub(super) async fn with_passphrase(
    mut slots: Keyslots,
    master: &Key,
    passphrase: &str,
    cost: PassphraseCost,
    mut rng: Box<dyn CryptoRng + Send>,
) -> Result<(Keyslots, Box<dyn CryptoRng + Send>), VaultError> {
    let (master, passphrase) = (master.clone(), Zeroizing::new(passphrase.to_owned()));
    hashing(move || {
        slots.set_passphrase(&master, &passphrase, cost, &mut *rng)?;
        Ok((slots, rng))
    })
    .await?
}

/// Runs the second of hashing on a thread of its own, so that the page stays alive.
pub(super) async fn hashing<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, VaultError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| VaultError::Storage)
}
