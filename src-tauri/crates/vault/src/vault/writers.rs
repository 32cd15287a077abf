//! The computers that sealed a record's epochs: a restored copy is another one, and what was sealed before stays readable.
//!
//! ```text
//! earlier writers at rest = count * (id 16 || Ed25519 verifying key 32), the newest first
//! ```
//!
//! The signing key of an earlier computer is not kept: two copies of a record can never sign as one.

use ed25519_dalek::Signer;
use rand_core::CryptoRng;
use salus_wire::Category;
use sqlx::SqlitePool;

use super::index::Slot;
use super::unlock::OWN;
use super::{Keys, Series, Vault, cabinet, unlock};
use crate::error::Part;
use crate::row::DAMAGED;
use crate::seal::SealError;
use crate::secret::wipe_deep_stack;
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
    /// Whose a category's epochs of the newest generation are that this computer seals.
    #[must_use]
    pub fn origin(&self, category: Category) -> Origin {
        self.origin_as(self.series(category))
    }

    /// What this computer seals of a series.
    pub(super) fn origin_as(&self, Series { id, generation, .. }: Series) -> Origin {
        Origin { series: id, generation, writer: self.writer() }
    }

    /// This computer as a writer.
    #[must_use]
    pub fn writer(&self) -> Writer {
        Writer { id: self.writer, key: self.signing.verifying_key().to_bytes() }
    }

    /// This computer, and behind it those that sealed earlier epochs of this record, the newest first.
    #[must_use]
    pub fn writers(&self) -> &[Writer] {
        &self.writers
    }

    /// Signs with this computer's key: Ed25519("hg/v1/" || type || 00 || 0^32 || body), as a manifest is signed.
    #[must_use]
    pub fn sign(&self, kind: &str, body: &[u8]) -> [u8; 64] {
        let message = [b"hg/v1/".as_slice(), kind.as_bytes(), &[0], &[0; 32], body].concat();
        let signature = self.signing.sign(&message).to_bytes();
        wipe_deep_stack();
        signature
    }

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
