//! To whom backups are made: the public half of the recovery key's age identity, kept sealed.
//!
//! It is named by the recovery slot that it belongs to, so that there is no moment between two recovery keys at which
//! a backup would be made to one that no longer opens the record.

use rand_core::CryptoRng;
use sqlx::SqlitePool;

use super::unlock::OWN;
use super::{Keys, Vault, cabinet};
use crate::keyring::NoKeyring;
use crate::keyslot::Keyslots;
use crate::{RecoveryKey, Unlock, VaultError, backup};

const SPACE: &str = "backup recipient";

/// Keeps the recipient of the recovery key that the slots were just given.
pub(super) async fn remember(
    pool: &SqlitePool,
    keys: &Keys,
    slots: &Keyslots,
    key: &RecoveryKey,
    rng: &mut (dyn CryptoRng + Send),
) -> Result<(), VaultError> {
    let Some(slot) = slots.recovery_slot() else { return Ok(()) };
    cabinet::store(pool, keys, OWN, SPACE, &slot, backup::recipient(key).as_bytes(), rng).await
}

/// The recipient of the slots' recovery key; `None` in a record that an earlier version made, until the key is typed once.
pub(super) async fn of(
    pool: &SqlitePool,
    keys: &Keys,
    slots: &Keyslots,
) -> Result<Option<String>, VaultError> {
    let Some(slot) = slots.recovery_slot() else { return Ok(None) };
    let stored = cabinet::fetch(pool, keys, OWN, SPACE, &slot).await?;
    Ok(stored.and_then(|octets| String::from_utf8(octets.to_vec()).ok()))
}

/// Lets the recipient of replaced slots go.
pub(super) async fn forget(pool: &SqlitePool, keys: &Keys, slots: &Keyslots) {
    let Some(slot) = slots.recovery_slot() else { return };
    // What stays is a public key that nothing asks for.
    if let Err(error) = cabinet::discard(pool, keys, OWN, SPACE, &slot).await {
        tracing::debug!(%error, "an old recipient stays");
    }
}

impl Vault {
    /// True when backups can be made: the record knows to which recovery key.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Damaged`].
    pub async fn can_back_up(&self) -> Result<bool, VaultError> {
        let state = self.ready().await?;
        Ok(of(&self.pool, &self.keys, &state.slots).await?.is_some())
    }

    /// Checks a recovery key, and keeps to whom backups are made when that is not known yet.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`] when it is not this record's; [`VaultError::DiskFull`], [`VaultError::Storage`].
    pub async fn learn(&self, key: &RecoveryKey) -> Result<(), VaultError> {
        let mut state = self.ready().await?;
        let state = &mut *state;
        state.slots.open(Unlock::RecoveryKey(key), &NoKeyring)?;
        if of(&self.pool, &self.keys, &state.slots).await?.is_none() {
            remember(&self.pool, &self.keys, &state.slots, key, &mut *state.rng).await?;
        }
        Ok(())
    }

    /// Makes this a record of the version before backups; for tests.
    ///
    /// # Errors
    /// [`VaultError`].
    #[doc(hidden)]
    pub async fn forget_recipient(&self) -> Result<(), VaultError> {
        let state = self.ready().await?;
        forget(&self.pool, &self.keys, &state.slots).await;
        Ok(())
    }
}
