//! The computers that sealed a record's epochs: a restored copy is another one, and what was sealed before stays readable.
//!
//! ```text
//! earlier writers at rest = count * (id 16 || Ed25519 verifying key 32), the newest first
//! ```
//!
//! The signing key of an earlier computer is not kept: two copies of a record can never sign as one.

use rand_core::CryptoRng;
use sqlx::SqlitePool;

use super::index::Slot;
use super::unlock::OWN;
use super::{Keys, Vault, cabinet, unlock};
use crate::error::Part;
use crate::row::DAMAGED;
use crate::seal::SealError;
use crate::shared::open_manifest;
use crate::{Origin, VaultError, Writer, WriterId};

const SPACE: &str = "writers";
const EARLIER: &[u8] = b"earlier";
const OCTETS: usize = 48;
/// Most earlier computers that are kept; a capsule names 64 writers in all.
const MAX: usize = 63;

/// The computers before this one.
pub(super) async fn earlier(pool: &SqlitePool, keys: &Keys) -> Result<Vec<Writer>, VaultError> {
    let stored = cabinet::fetch(pool, keys, OWN, SPACE, EARLIER).await?;
    let stored = stored.as_deref().map(Vec::as_slice).unwrap_or_default();
    if stored.len() > MAX * OCTETS || stored.len() % OCTETS != 0 {
        return Err(DAMAGED);
    }
    let one = |octets: &[u8]| {
        let (id, key) = octets.split_first_chunk::<16>().ok_or(DAMAGED)?;
        Ok(Writer { id: WriterId(*id), key: key.try_into().map_err(|_| DAMAGED)? })
    };
    stored.chunks_exact(OCTETS).map(one).collect()
}

/// Makes this copy a computer of its own: a fresh identity, and the one before among the earlier ones.
///
/// # Errors
/// [`VaultError::OutOfBounds`] after [`MAX`] restorations: none of them may be forgotten.
pub(super) async fn replace(
    pool: &SqlitePool,
    keys: &Keys,
    rng: &mut (dyn CryptoRng + Send),
) -> Result<(), VaultError> {
    let (id, signing) = unlock::writer(pool, keys, rng).await?;
    let mut all = vec![Writer { id, key: signing.verifying_key().to_bytes() }];
    all.extend(earlier(pool, keys).await?);
    if all.len() > MAX {
        return Err(VaultError::OutOfBounds);
    }
    let octets: Vec<u8> = all.iter().flat_map(|w| [&w.id.0[..], &w.key[..]].concat()).collect();
    cabinet::store(pool, keys, OWN, SPACE, EARLIER, &octets, rng).await?;
    let mut fresh = zeroize::Zeroizing::new(vec![0; OCTETS]);
    rng.fill_bytes(&mut fresh);
    cabinet::store(pool, keys, OWN, "writer", b"", &fresh, rng).await
}

impl Vault {
    /// Opens sealed bytes under the first writer that they are of; `by` remembers which it was.
    pub(super) fn open_by<T>(
        &self,
        by: &mut Option<WriterId>,
        open: impl Fn(WriterId) -> Result<T, SealError>,
    ) -> Result<T, VaultError> {
        const DAMAGED: VaultError = VaultError::Damaged { part: Part::Segment };
        if let Some(writer) = *by {
            return open(writer).map_err(|_| DAMAGED);
        }
        for writer in self.writers.iter().map(|w| w.id) {
            match open(writer) {
                Ok(opened) => {
                    *by = Some(writer);
                    return Ok(opened);
                }
                // Told by the commitment, before anything is decrypted.
                Err(SealError::WrongKey) => {}
                Err(_) => return Err(DAMAGED),
            }
        }
        Err(DAMAGED)
    }

    /// Whose a sealed epoch is.
    pub(super) fn origin_of(&self, slot: &Slot, manifest: &[u8]) -> Origin {
        let epoch = slot.head.epoch;
        let (series, leaf) = self.branch(slot.category, |b| (b.series_at(epoch), b.readings.leaf(epoch)));
        let own = self.origin_as(series);
        let Some(leaf) = leaf else { return own };
        let others = self.writers.iter().skip(1).map(|writer| Origin { writer: *writer, ..own });
        // A rotten manifest is of nobody, and told by whoever opens it.
        let mut of_earlier = others.filter(|origin| open_manifest(&leaf, origin, manifest).is_ok());
        of_earlier.next().unwrap_or(own)
    }
}
