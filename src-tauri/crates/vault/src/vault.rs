//! skeleton: the vault's operations.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;

use rand_core::CryptoRng;
use salus_wire::{Category, Reading, SeriesId, UnixMillis};
use zeroize::Zeroizing;

use crate::keyslot::PassphraseCost;
use crate::{Epoch, Key, Locator, Node, Origin, RecoveryKey, Unlock, VaultError, Writer, WriterId};

/// What [`Vault::record`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recorded {
    /// Readings that were new.
    pub new: usize,
    /// Readings that were stored already; not an error.
    pub duplicates: usize,
}

/// One series of this record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Series {
    /// Its category.
    pub category: Category,
    /// Its identifier.
    pub id: SeriesId,
    /// The generation of its key.
    pub generation: u32,
}

/// What is sealed of one epoch, without the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EpochHead {
    /// The epoch.
    pub epoch: Epoch,
    /// Rises with every re-sealing.
    pub version: u64,
    /// True when it was over when it was sealed.
    pub closed: bool,
    /// Sealed readings.
    pub readings: u64,
    /// Readings still in the journal.
    pub unsealed: u64,
}

/// One epoch as sealed bytes, for upload to depots: ciphertext only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedEpoch {
    /// Whose epoch, for the reader's [`crate::shared::open_manifest`].
    pub origin: Origin,
    /// The head.
    pub head: EpochHead,
    /// Where depots keep it.
    pub locator: Locator,
    /// The sealed manifest.
    pub manifest: Vec<u8>,
    /// The sealed segments that the manifest lists, in its order.
    pub segments: Vec<Vec<u8>>,
}

/// An unlocked record.
pub struct Vault {
    _private: BTreeMap<u8, Key>,
}

impl core::fmt::Debug for Vault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Vault(redacted)")
    }
}

#[expect(clippy::unused_async, reason = "skeleton")]
impl Vault {
    /// Makes a record in `dir`, with both keyslots, before any reading can be stored.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn create(
        dir: &Path,
        passphrase: &str,
        now: UnixMillis,
        rng: impl CryptoRng + Send + 'static,
    ) -> Result<(Self, RecoveryKey), VaultError> {
        Self::create_with(dir, passphrase, PassphraseCost::DEFAULT, now, rng).await
    }

    /// [`Vault::create`] with an explicit cost, at least the floor; for tests.
    ///
    /// # Errors
    /// [`VaultError`].
    #[doc(hidden)]
    pub async fn create_with(
        _dir: &Path,
        _passphrase: &str,
        _cost: PassphraseCost,
        _now: UnixMillis,
        _rng: impl CryptoRng + Send + 'static,
    ) -> Result<(Self, RecoveryKey), VaultError> {
        Err(VaultError::Storage)
    }

    /// Opens the record in `dir`; `rng` seals what is stored from now on.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn open(
        _dir: &Path,
        _unlock: Unlock<'_>,
        _rng: impl CryptoRng + Send + 'static,
    ) -> Result<Self, VaultError> {
        Err(VaultError::Storage)
    }

    /// True when `dir` holds a record.
    #[must_use]
    pub fn exists(_dir: &Path) -> bool {
        false
    }

    /// Writes everything back, closes the files, and wipes the keys.
    ///
    /// # Errors
    /// [`VaultError`]; the keys are wiped in any case.
    pub async fn lock(self) -> Result<(), VaultError> {
        Ok(())
    }

    /// Replaces the passphrase slot.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn set_passphrase(&self, _passphrase: &str) -> Result<(), VaultError> {
        Err(VaultError::Storage)
    }

    /// Stores readings; they are durable when this returns. All or nothing.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn record(&self, _readings: &[Reading]) -> Result<Recorded, VaultError> {
        Err(VaultError::Storage)
    }

    /// The readings of a category with `from <= at < to`, in order of `at`.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn readings(
        &self,
        _category: Category,
        _from: UnixMillis,
        _to: UnixMillis,
    ) -> Result<Vec<Reading>, VaultError> {
        Err(VaultError::Storage)
    }

    /// How many readings of a category are stored.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn count(&self, _category: Category) -> Result<u64, VaultError> {
        Err(VaultError::Storage)
    }

    /// The newest live reading of a category: back-filled ones are never the latest.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn latest(&self, _category: Category) -> Result<Option<Reading>, VaultError> {
        Err(VaultError::Storage)
    }

    /// Seals every epoch that was over at `now` and has readings in the journal.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn close_epochs(&self, _now: UnixMillis) -> Result<Vec<(Category, Epoch)>, VaultError> {
        Err(VaultError::Storage)
    }

    /// Seals what an epoch holds so far, with `closed = false`; `None` when it holds nothing.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn flush_epoch(
        &self,
        _category: Category,
        _epoch: Epoch,
    ) -> Result<Option<SealedEpoch>, VaultError> {
        Err(VaultError::Storage)
    }

    /// What is stored of each epoch in a range, in order.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn epochs(
        &self,
        _category: Category,
        _range: RangeInclusive<Epoch>,
    ) -> Result<Vec<EpochHead>, VaultError> {
        Err(VaultError::Storage)
    }

    /// The sealed bytes of each sealed epoch in a range, in order, for upload.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn sealed_segments(
        &self,
        _category: Category,
        _range: RangeInclusive<Epoch>,
    ) -> Result<Vec<SealedEpoch>, VaultError> {
        Err(VaultError::Storage)
    }

    /// The series of a category.
    #[must_use]
    pub fn series(&self, category: Category) -> Series {
        Series { category, id: SeriesId([0; 16]), generation: 0 }
    }

    /// A node's key of a category's tree, for a grant; `None` when level or start is not a node's.
    #[must_use]
    pub fn node(&self, _category: Category, _level: u8, _start: u32) -> Option<Node> {
        None
    }

    /// This computer as a writer, for the capsule.
    #[must_use]
    pub fn writer(&self) -> Writer {
        Writer { id: WriterId([0; 16]), key: [0; 32] }
    }

    /// 32 octets derived from the identity master for one purpose and one context, the same on every unlock.
    #[must_use]
    pub fn derive(&self, _label: &str, _context: &[u8]) -> Zeroizing<[u8; 32]> {
        Zeroizing::new([0; 32])
    }

    /// The sealed store of the application.
    #[must_use]
    pub const fn cabinet(&self) -> Cabinet<'_> {
        Cabinet { _vault: self }
    }
}

/// A sealed store of named values: names are keyed hashes on disk, values sealed and padded.
#[derive(Debug, Clone, Copy)]
pub struct Cabinet<'a> {
    _vault: &'a Vault,
}

#[expect(clippy::unused_async, reason = "skeleton")]
impl Cabinet<'_> {
    /// Stores a value under a name, replacing an earlier one; durable when this returns.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn put(&self, _namespace: &str, _name: &[u8], _value: &[u8]) -> Result<(), VaultError> {
        Err(VaultError::Storage)
    }

    /// The value under a name.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn get(
        &self,
        _namespace: &str,
        _name: &[u8],
    ) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        Err(VaultError::Storage)
    }

    /// Removes a value; true when there was one.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn remove(&self, _namespace: &str, _name: &[u8]) -> Result<bool, VaultError> {
        Err(VaultError::Storage)
    }

    /// Every name and value of a namespace, in order of the names.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn list(&self, _namespace: &str) -> Result<Vec<(Vec<u8>, Zeroizing<Vec<u8>>)>, VaultError> {
        Err(VaultError::Storage)
    }
}
