//! Beginning the log: in a new record, in one made before there was a log, and after damage.

use ed25519_dalek::SigningKey;
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use sqlx::SqlitePool;
use zeroize::Zeroizing;

use super::branch::Branch;
use super::index::{Index, Slot};
use super::ledger::{self, Ledger};
use super::mend::Sources;
use super::unlock::OWN;
use super::{Keys, cabinet, database};
use crate::log::{Hash, Leaf};
use crate::shared::{KIND_MANIFEST, context};
use crate::{VaultError, seal};

/// Where it is kept that there is one.
const SPACE: &str = "log";
const BEGUN: &[u8] = b"begun";

/// Where to begin it.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) pool: &'a SqlitePool,
    pub(super) keys: &'a Keys,
    pub(super) signing: &'a SigningKey,
}

/// Begins the log with a leaf for each epoch that is sealed already, in one transaction: interrupted, it begins again.
///
/// An epoch whose manifest does not open has no leaf; verifying the record tells it.
pub(super) async fn begin(
    Place { pool, keys, signing }: Place<'_>,
    sources: Sources<'_>,
    index: &Index,
    (first, count): (Option<Leaf>, Ledger),
    rng: &mut (dyn CryptoRng + Send),
) -> Result<Ledger, VaultError> {
    let mut log = count.emptied();
    let mut db = database::begin(pool).await?;
    ledger::clear(&mut db).await?;
    if let Some(leaf) = first {
        log.append(&mut db, keys, &leaf, rng).await?;
    }
    for slot in index.all().filter(|s| s.head.version > 0) {
        let sealed = sqlx::query_scalar("SELECT manifest FROM epoch WHERE id = ?").bind(slot.id);
        let sealed: Option<Vec<u8>> = match sealed.fetch_one(&mut *db).await.map_err(VaultError::from) {
            Err(VaultError::Damaged { .. }) => None,
            sealed => sealed?,
        };
        let Some(signed) = sealed.and_then(|s| signed(sources, &slot, &s)) else { continue };
        log.append(&mut db, keys, &leaf(&slot, &signed), rng).await?;
    }
    if log.size() > 0 {
        log.write_checkpoint(&mut db, keys, signing, rng).await?;
    }
    log.write(&mut db, keys, rng).await?;
    cabinet::store(&mut *db, keys, OWN, SPACE, BEGUN, b"", rng).await?;
    database::commit(db).await?;
    Ok(log)
}

/// True when a log was begun here once: then its tables are not empty, or somebody emptied them.
pub(super) async fn is_begun(pool: &SqlitePool, keys: &Keys) -> Result<bool, VaultError> {
    match cabinet::fetch(pool, keys, OWN, SPACE, BEGUN).await {
        Ok(mark) => Ok(mark.is_some()),
        Err(VaultError::Damaged { .. }) => Ok(true),
        Err(e) => Err(e),
    }
}

/// The leaf of an epoch's sealing.
pub(super) fn leaf(slot: &Slot, signed: &[u8]) -> Leaf {
    Leaf::Sealed {
        category: slot.category,
        epoch: slot.head.epoch,
        version: slot.head.version,
        manifest: hash(signed),
    }
}

/// What a leaf says of a signed manifest.
pub(super) fn hash(signed: &[u8]) -> Hash {
    Sha256::digest(signed).into()
}

/// An epoch's signed manifest, opened but not verified.
pub(super) fn signed(sources: Sources<'_>, slot: &Slot, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let branch: &Branch = sources.branches.iter().find(|b| b.series.category == slot.category)?;
    let epoch = slot.head.epoch;
    let (series, leaf) = branch.under(epoch)?;
    let key = leaf.segment_key();
    sources.writers.iter().find_map(|writer| {
        let context = context(series.id, series.generation, epoch, writer.id, 0, KIND_MANIFEST);
        seal::open_padded(&key, &context, sealed).ok()
    })
}
