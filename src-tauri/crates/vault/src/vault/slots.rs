//! Changing what opens a record: the passphrase, the recovery key, the guardians.
//!
//! The master key stays and is wrapped anew under a fresh salt; the keyslots file is replaced whole ([`super::replace`]).
//! An interrupted change leaves the old or the new one working, never neither. A copy of the old file still opens with what
//! opened it: a change protects the record here, not copies of it made before.
//!
//! The recovery key or the guardians stay in any case: what depends on a memory or on this computer alone can be lost.

use std::sync::Arc;

use rand::rngs::ChaCha20Rng;
use rand_core::{CryptoRng, SeedableRng};
use salus_wire::view::PassphraseDoor;
use zeroize::Zeroizing;

use super::bind::{Settled, settled};
use super::{State, Vault, files, recipient};
use crate::keyring::Keyring;
use crate::keyslot::{Checks, GuardianSlot, Keyslots, PassphraseCost, SealedShare};
use crate::secret::wipe_deep_stack;
use crate::{Key, RecoveryKey, Unlock, VaultError};

/// A way to open the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// The passphrase.
    Passphrase,
    /// The recovery key.
    RecoveryKey,
    /// The guardians.
    Guardians,
}

/// Every way to open the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doors {
    /// How the passphrase opens it.
    pub passphrase: PassphraseDoor,
    /// True when there is a recovery key.
    pub recovery_key: bool,
    /// How many of how many guardians open it.
    pub guardians: Option<(u8, u8)>,
}

impl Vault {
    /// Checks that a passphrase opens this record: asked again before something that cannot be undone.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`].
    pub async fn check_passphrase(&self, passphrase: &str) -> Result<(), VaultError> {
        let slots = self.ready().await?.slots.clone();
        let (passphrase, keyring) = (Zeroizing::new(passphrase.to_owned()), self.keyring.clone());
        hashing(move || slots.open(Unlock::Passphrase(&passphrase), &*keyring)).await??;
        Ok(())
    }

    /// Checks that a recovery key opens this record. Changes nothing.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`].
    pub async fn check_recovery_key(&self, key: &RecoveryKey) -> Result<(), VaultError> {
        let slots = self.ready().await?.slots.clone();
        slots.open(Unlock::RecoveryKey(key), &*self.keyring).map(drop)
    }

    /// What opens this record.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Damaged`], when an operation before failed and cannot be undone.
    pub async fn doors(&self) -> Result<Doors, VaultError> {
        let state = self.ready().await?;
        let passphrase = match (state.slots.is_bound(), state.slots.unbound(), state.in_keyring) {
            (true, ..) => PassphraseDoor::WithKeyring,
            (false, None, _) => PassphraseDoor::Absent,
            (false, Some(_), true) => PassphraseDoor::Soon,
            (false, Some(_), false) => PassphraseDoor::Alone,
        };
        let recovery_key = state.slots.has_recovery();
        Ok(Doors { passphrase, recovery_key, guardians: state.slots.guardians() })
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

    /// [`Vault::set_passphrase`] with an explicit cost, at least the floor.
    ///
    /// # Errors
    /// As [`Vault::set_passphrase`], and [`VaultError::BadParameters`].
    pub async fn set_passphrase_with(
        &self,
        passphrase: &str,
        cost: PassphraseCost,
    ) -> Result<(), VaultError> {
        let mut state = self.ready().await?;
        let (slots, settled) = self.wrapped(&mut state, passphrase, cost, true).await?;
        files::write_keyslots(&self.dir, &slots.encode())?;
        state.in_keyring = settled.is_kept();
        state.slots = slots;
        Ok(())
    }

    /// The slots of now with the passphrase's wrapped anew: with the secret that the keyring gave back, and where it gave none with the
    /// passphrase `alone`, or not at all. How the keyring stands comes with them; nothing is written.
    pub(super) async fn wrapped(
        &self,
        state: &mut State,
        passphrase: &str,
        cost: PassphraseCost,
        alone: bool,
    ) -> Result<(Keyslots, Settled), VaultError> {
        // The hashing thread gets a source of its own: the record's stays here if this future is dropped.
        let mut rng = ChaCha20Rng::from_rng(&mut state.rng);
        let mut slots = state.slots.clone();
        let (master, passphrase) = (self.keys.master.clone(), Zeroizing::new(passphrase.to_owned()));
        let keyring = self.keyring.clone();
        hashing(move || {
            let settled = settled(&*keyring, &slots, &mut rng);
            let secret = settled.to_bind();
            if alone || secret.is_some() {
                slots.set_passphrase(&master, &passphrase, cost, secret, &mut rng)?;
            }
            Ok((slots, settled))
        })
        .await?
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

    /// A slot that `needed` of these guardians open (X25519 public keys), and the sealed part of each, in their order. It
    /// opens nothing yet: the parts are handed over before [`Vault::set_guardians`] lets the guardians before go.
    ///
    /// # Errors
    /// [`VaultError::OutOfBounds`]: two to ten guardians, of whom at least two are needed, each of another key.
    pub async fn fresh_guardians(
        &self,
        guardians: &[[u8; 32]],
        needed: u8,
    ) -> Result<(GuardianSlot, Vec<SealedShare>), VaultError> {
        let mut state = self.ready().await?;
        let record = state.slots.record;
        GuardianSlot::fresh(record, guardians, needed, &mut *state.rng)
    }

    /// Replaces the guardians; the other ways in stay. Backups from now on are opened by enough of their parts too; those
    /// made before still are by the parts of before.
    ///
    /// # Errors
    /// As [`Vault::set_passphrase`]; [`VaultError::OutOfBounds`] for a slot of another record.
    pub async fn set_guardians(&self, slot: &GuardianSlot) -> Result<(), VaultError> {
        let mut state = self.ready().await?;
        let mut slots = state.slots.clone();
        slots.set_guardians(slot, &self.keys.master)?;
        // Before the slot, as with a recovery key.
        recipient::remember_guardians(&self.pool, &self.keys, &slots, slot, &mut *state.rng).await?;
        files::write_keyslots(&self.dir, &slots.encode())?;
        let old = core::mem::replace(&mut state.slots, slots);
        recipient::forget_guardians(&self.pool, &self.keys, &old).await;
        Ok(())
    }

    /// Which parts fit the guardians of now; `None` without any.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Damaged`], when an operation before failed and cannot be undone.
    pub async fn guardian_checks(&self) -> Result<Option<Checks>, VaultError> {
        Ok(self.ready().await?.slots.checks())
    }

    /// Removes a way in; one that is not there is removed already.
    ///
    /// # Errors
    /// [`VaultError::LastDoor`] when neither recovery key nor guardians would be left; [`VaultError::DiskFull`],
    /// [`VaultError::Storage`].
    pub async fn remove_door(&self, door: Door) -> Result<(), VaultError> {
        let mut state = self.ready().await?;
        let mut slots = state.slots.clone();
        match door {
            Door::Passphrase => slots.remove_passphrase()?,
            Door::RecoveryKey => slots.remove_recovery()?,
            Door::Guardians => slots.remove_guardians()?,
        }
        files::write_keyslots(&self.dir, &slots.encode())?;
        let old = core::mem::replace(&mut state.slots, slots);
        if door == Door::Guardians {
            recipient::forget_guardians(&self.pool, &self.keys, &old).await;
        }
        Ok(())
    }
}

/// Puts the master key of a new record under a passphrase, on a thread of its own. The keyring comes later ([`super::bind`]).
pub(super) async fn with_passphrase(
    mut slots: Keyslots,
    master: &Key,
    passphrase: &str,
    cost: PassphraseCost,
    mut rng: Box<dyn CryptoRng + Send>,
) -> Result<(Keyslots, Box<dyn CryptoRng + Send>), VaultError> {
    let (master, passphrase) = (master.clone(), Zeroizing::new(passphrase.to_owned()));
    hashing(move || {
        slots.set_passphrase(&master, &passphrase, cost, None, &mut *rng)?;
        Ok((slots, rng))
    })
    .await?
}

/// Opens a slot: with a passphrase, or with a keyring to ask, on a thread of its own.
pub(super) async fn open(
    slots: &Keyslots,
    unlock: Unlock<'_>,
    keyring: &Arc<dyn Keyring>,
) -> Result<Key, VaultError> {
    let Unlock::Passphrase(passphrase) = unlock else { return slots.open(unlock, &**keyring) };
    let (slots, keyring) = (slots.clone(), keyring.clone());
    let passphrase = Zeroizing::new(passphrase.to_owned());
    hashing(move || slots.open(Unlock::Passphrase(&passphrase), &*keyring)).await?
}

/// Runs the second of hashing on a thread of its own, so that the page stays alive.
pub(super) async fn hashing<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, VaultError> {
    let work = || {
        let done = work();
        // The thread goes on to other work, and its stack is never given back.
        wipe_deep_stack();
        done
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| VaultError::Storage)
}
