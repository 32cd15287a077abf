//! To whom backups are made: the public half of the recovery key's age identity, and of the one that guardians' parts stand for
//! together, kept sealed.
//!
//! Each is named by the slot that it belongs to, so that there is no moment between two recovery keys, or between guardians
//! and the next, at which a backup would be made to what no longer opens the record.

use rand_core::CryptoRng;
use sqlx::SqlitePool;

use super::unlock::OWN;
use super::{Keys, Vault, cabinet};
use crate::keyring::NoKeyring;
use crate::keyslot::{GuardianSlot, Keyslots};
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
    stored(pool, keys, slots.recovery_slot()).await
}

/// Keeps the recipient of the guardians' slot that the slots were just given.
pub(super) async fn remember_guardians(
    pool: &SqlitePool,
    keys: &Keys,
    slots: &Keyslots,
    given: &GuardianSlot,
    rng: &mut (dyn CryptoRng + Send),
) -> Result<(), VaultError> {
    let Some(slot) = slots.guardians_slot() else { return Ok(()) };
    cabinet::store(pool, keys, OWN, SPACE, &slot, given.recipient().as_bytes(), rng).await
}

/// The recipient of the slots' guardians; `None` without guardians, and where an earlier version made their slot.
pub(super) async fn of_guardians(
    pool: &SqlitePool,
    keys: &Keys,
    slots: &Keyslots,
) -> Result<Option<String>, VaultError> {
    stored(pool, keys, slots.guardians_slot()).await
}

async fn stored(
    pool: &SqlitePool,
    keys: &Keys,
    slot: Option<[u8; 32]>,
) -> Result<Option<String>, VaultError> {
    let Some(slot) = slot else { return Ok(None) };
    let stored = cabinet::fetch(pool, keys, OWN, SPACE, &slot).await?;
    Ok(stored.and_then(|octets| String::from_utf8(octets.to_vec()).ok()))
}

/// Lets the recipient of a replaced recovery key go.
pub(super) async fn forget(pool: &SqlitePool, keys: &Keys, slots: &Keyslots) {
    discard(pool, keys, slots.recovery_slot()).await;
}

/// Lets the recipient of replaced guardians go.
pub(super) async fn forget_guardians(pool: &SqlitePool, keys: &Keys, slots: &Keyslots) {
    discard(pool, keys, slots.guardians_slot()).await;
}

async fn discard(pool: &SqlitePool, keys: &Keys, slot: Option<[u8; 32]>) {
    let Some(slot) = slot else { return };
    // What stays is a public key that nothing asks for.
    if let Err(error) = cabinet::erase(pool, keys, OWN, SPACE, &slot).await {
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
