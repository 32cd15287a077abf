//! An epoch's head that rotted, rebuilt from the signed manifest beside it: one octet must not close the whole record.
//!
//! The row's tag says which category and epoch it is of: a keyed hash, compared with those of every category and of
//! every epoch near the known ones, or, where these do not suffice, near those that the log and the journal are of. The
//! manifest then says the rest. What cannot be rebuilt exactly stays damage.

use std::collections::{BTreeSet, HashMap, HashSet};

use salus_wire::Category;
use sqlx::SqlitePool;

use super::branch::Branch;
use super::index::{self, EpochHead, Slot};
use super::{Keys, journal, ledger};
use crate::row::DAMAGED;
use crate::shared::open_manifest;
use crate::{Epoch, Origin, VaultError, Writer};

/// How far from the known epochs a rotten one is looked for: 148 epochs are a week.
const REACH: u32 = 148;

/// The keys and names that manifests open and verify under.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a> {
    pub(super) branches: &'a [Branch],
    /// This computer, and those before it.
    pub(super) writers: &'a [Writer],
}

/// A row whose head does not open: its identifier and tag.
pub(super) type Rotten = (i64, Vec<u8>);

/// Rebuilds every rotten head, or says damage.
pub(super) async fn heads(
    pool: &SqlitePool,
    keys: &Keys,
    sources: Sources<'_>,
    known: &[Slot],
    rotten: &[Rotten],
) -> Result<Vec<Slot>, VaultError> {
    if rotten.is_empty() {
        return Ok(Vec::new());
    }
    tracing::warn!(heads = rotten.len(), "heads of epochs are rebuilt from their manifests");
    let places = found(pool, keys, known, rotten).await?;
    let mut slots = Vec::with_capacity(rotten.len());
    for (id, tag) in rotten {
        let (category, epoch) = *places.get(tag.as_slice()).ok_or(DAMAGED)?;
        let manifest: Option<Vec<u8>> =
            sqlx::query_scalar("SELECT manifest FROM epoch WHERE id = ?").bind(id).fetch_one(pool).await?;
        slots.push(rebuild(sources, *id, category, epoch, manifest.as_deref()).ok_or(DAMAGED)?);
    }
    Ok(slots)
}

/// Epochs of which the index has number and tag, and nothing can be read: they are damage where they are looked at, and never left out.
pub(super) async fn lost(
    pool: &SqlitePool,
    keys: &Keys,
    known: &[Slot],
    lost: &[Rotten],
) -> Result<Vec<Slot>, VaultError> {
    if lost.is_empty() {
        return Ok(Vec::new());
    }
    tracing::warn!(heads = lost.len(), "heads of epochs lie on a damaged page");
    let places = found(pool, keys, known, lost).await?;
    let slot = |(id, tag): &Rotten| {
        let (category, epoch) = *places.get(tag.as_slice()).ok_or(DAMAGED)?;
        // Sealed, as nearly all are. How often, and how much it held, is not known.
        let head = EpochHead { epoch, version: 1, closed: true, readings: 1, unsealed: 0 };
        Ok::<_, VaultError>(Slot { id: *id, category, head, next_seq: 1, lost: true })
    };
    lost.iter().map(slot).collect()
}

/// What a tag stands for.
type Places = HashMap<[u8; 16], (Category, Epoch)>;

/// Which category and epoch each tag stands for. With the first page of the table every head is gone, and nothing is known that the
/// others could be near: each epoch was sealed, which the log says, or has rows in the journal.
async fn found(
    pool: &SqlitePool,
    keys: &Keys,
    known: &[Slot],
    sought: &[Rotten],
) -> Result<Places, VaultError> {
    let mut near: BTreeSet<Epoch> = known.iter().map(|slot| slot.head.epoch).collect();
    let beside = places(keys, &near, sought);
    if beside.len() >= sought.len() {
        return Ok(beside);
    }
    near.append(&mut ledger::epochs(pool, keys).await?);
    near.append(&mut journal::epochs(pool, keys).await?);
    Ok(places(keys, &near, sought))
}

/// Which category and epoch near these each tag stands for, the newest first; stops when all are found.
///
/// Ten years of epochs are some millions of keyed hashes: seconds, and only until the epoch is sealed again.
fn places(keys: &Keys, near: &BTreeSet<Epoch>, sought: &[Rotten]) -> Places {
    let sought: HashSet<&[u8]> = sought.iter().map(|(_, tag)| tag.as_slice()).collect();
    let (Some(from), Some(to)) = (near.first(), near.last()) else { return HashMap::new() };
    let (from, to) = (from.number(), to.number());
    let epochs = (from.saturating_sub(REACH)..=to + REACH).rev().filter_map(Epoch::new);
    let all = epochs.flat_map(|e| Category::ALL.iter().map(move |c| (*c, e)));
    let tagged = all.map(|(c, e)| (index::tag(keys, c, e), (c, e)));
    tagged.filter(|(tag, _)| sought.contains(tag.as_slice())).take(sought.len()).collect()
}

/// `None` unless the manifest opens and verifies; without one the epoch was never sealed.
fn rebuild(
    sources: Sources<'_>,
    id: i64,
    category: Category,
    epoch: Epoch,
    manifest: Option<&[u8]>,
) -> Option<Slot> {
    let mut head = EpochHead { epoch, version: 0, closed: false, readings: 0, unsealed: 0 };
    let Some(sealed) = manifest else { return Some(Slot { id, category, head, next_seq: 1, lost: false }) };
    let branch: &Branch = sources.branches.iter().find(|b| b.series.category == category)?;
    let (series, leaf) = branch.under(epoch)?;
    let manifest = sources.writers.iter().find_map(|writer| {
        let origin = Origin { series: series.id, generation: series.generation, writer: *writer };
        open_manifest(&leaf, &origin, sealed).ok()
    })?;
    (head.version, head.closed, head.readings) = (manifest.version, manifest.closed, manifest.readings());
    // Sealing numbers the segments upwards and goes on behind the last.
    let next_seq = manifest.entries.iter().map(|e| e.seq).max()?.checked_add(1)?;
    Some(Slot { id, category, head, next_seq, lost: false })
}
