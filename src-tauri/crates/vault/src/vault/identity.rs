//! The record's identity: what every key is derived from that acts for its person. Another one takes its place when somebody else may
//! have the one of now.
//!
//! ```text
//! identity 0    derived from the master key, as in every record from before
//! 1, 2, ..      32 random octets each         cabinet, "identity" / "later" = count * key 32, the oldest first
//!                                             cabinet, "identity" / "count" = u32, so that a row that is lost is missed
//! ```
//!
//! Random and derived from nothing that anybody had before: a copy of the record from before it, open as it may be, leads to none
//! of them. Those of before stay, so that what they signed can be stopped and taken back; which identity something is derived from
//! is kept beside it.

use std::sync::PoisonError;

use rand_core::CryptoRng;
use salus_wire::Category;
use sqlx::{SqliteConnection, SqlitePool};
use zeroize::Zeroizing;

use super::unlock::OWN;
use super::{Keys, Vault, cabinet};
use crate::row::DAMAGED;
use crate::{Epoch, Key, VaultError};

pub(super) const SPACE: &str = "identity";
const LATER: &[u8] = b"later";
const COUNT: &[u8] = b"count";
/// Most identities after the first: a laptop is not lost more often.
const MAX: usize = 255;

/// One of a record's identities, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity(pub u32);

impl Identity {
    /// The one that a record begins with.
    pub const FIRST: Self = Self(0);
}

/// Every identity after the first, the oldest first.
pub(super) async fn load(pool: &SqlitePool, keys: &Keys) -> Result<Vec<Key>, VaultError> {
    let later = cabinet::fetch(pool, keys, OWN, SPACE, LATER).await?;
    let count = cabinet::fetch(pool, keys, OWN, SPACE, COUNT).await?;
    let (later, count) = match (later, count) {
        (None, None) => return Ok(Vec::new()),
        (Some(later), Some(count)) => (later, count),
        // The identity of before would take the place of the one that is lost.
        (None, Some(_)) | (Some(_), None) => return Err(DAMAGED),
    };
    let count: [u8; 4] = count.as_slice().try_into().map_err(|_| DAMAGED)?;
    let (each, rest) = later.as_chunks::<32>();
    let whole = rest.is_empty() && (1..=MAX).contains(&each.len());
    if !whole || u32::try_from(each.len()).ok() != Some(u32::from_be_bytes(count)) {
        return Err(DAMAGED);
    }
    Ok(each.iter().map(Key::copied).collect())
}

/// Those of now and a fresh one.
pub(super) fn with_another(now: &[Key], rng: &mut (dyn CryptoRng + Send)) -> Result<Vec<Key>, VaultError> {
    if now.len() >= MAX {
        return Err(VaultError::OutOfBounds);
    }
    Ok(now.iter().cloned().chain([Key::random(rng)]).collect())
}

/// Stores them, in the transaction of the caller.
pub(super) async fn store(
    db: &mut SqliteConnection,
    keys: &Keys,
    later: &[Key],
    rng: &mut (dyn CryptoRng + Send),
) -> Result<(), VaultError> {
    let mut octets = Zeroizing::new(Vec::with_capacity(32 * later.len()));
    later.iter().for_each(|key| octets.extend_from_slice(key.expose()));
    let count = u32::try_from(later.len()).map_err(|_| VaultError::OutOfBounds)?.to_be_bytes();
    cabinet::store(&mut *db, keys, OWN, SPACE, LATER, &octets, rng).await?;
    cabinet::store(&mut *db, keys, OWN, SPACE, COUNT, &count, rng).await
}

impl Vault {
    /// The newest identity: everything that is made now is derived from it.
    #[must_use]
    pub fn identity(&self) -> Identity {
        let later = self.identities.read().unwrap_or_else(PoisonError::into_inner);
        Identity(u32::try_from(later.len()).unwrap_or(u32::MAX))
    }

    /// Every identity that the record had, the newest first.
    pub fn identities(&self) -> impl Iterator<Item = Identity> + use<> {
        (0..=self.identity().0).rev().map(Identity)
    }

    /// 32 octets derived from an identity for one purpose and one context, the same on every unlock. Of one that the record does not
    /// have yet they are the newest's.
    #[must_use]
    pub fn derive(&self, of: Identity, label: &str, context: &[u8]) -> Zeroizing<[u8; 32]> {
        let len = (label.len() as u64).to_be_bytes();
        let parts: [&[u8]; 4] = [b"salus/derive/v1", &len, label.as_bytes(), context];
        let later = self.identities.read().unwrap_or_else(PoisonError::into_inner);
        let place = usize::try_from(of.0).unwrap_or(usize::MAX).min(later.len());
        let identity = place.checked_sub(1).and_then(|at| later.get(at)).unwrap_or(&self.keys.identity);
        Zeroizing::new(*identity.sub(&parts).expose())
    }

    /// Begins a new identity of the record, and with it a new generation of the keys of these categories, from an epoch on: what a
    /// copy of the record from before has leads to neither. All of it or nothing.
    ///
    /// `about` are values of the cabinet, as (namespace, name, value), that become durable with it.
    ///
    /// # Errors
    /// [`VaultError::OutOfBounds`] also after 255 of them; and as [`Vault::new_generations`]: everything is as before.
    pub async fn retire(
        &self,
        categories: &[Category],
        from: Epoch,
        about: &[(&str, Vec<u8>, Vec<u8>)],
    ) -> Result<Identity, VaultError> {
        let mut state = self.ready_to_store().await?;
        let state = &mut *state;
        let now = self.identities.read().unwrap_or_else(PoisonError::into_inner).clone();
        let later = with_another(&now, &mut *state.rng)?;
        let all = self.next_generations(state, categories, from).await?;
        self.put_in_place(state, all, Some(later), about).await?;
        Ok(self.identity())
    }

    /// Takes identities into use that are stored already.
    pub(super) fn replace_identities(&self, later: Vec<Key>) {
        *self.identities.write().unwrap_or_else(PoisonError::into_inner) = later;
    }
}
