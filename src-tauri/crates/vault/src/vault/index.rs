//! Which epochs hold readings: read once at unlock, kept in memory, written beside what changes it.
//!
//! ```text
//! head = category u8 || epoch u32 || version u64 || closed u8 || next seq u64 || sealed readings u64
//! ```

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;

use rand_core::CryptoRng;
use salus_wire::Category;
use sqlx::{SqliteConnection, SqlitePool};

use super::heads::{self, Heads};
use super::{Keys, mend};
use crate::error::Part;
use crate::row::DAMAGED;
use crate::{Epoch, VaultError};

pub(super) const TABLE: &str = "epoch";

/// What is stored of one epoch, without the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EpochHead {
    /// The epoch.
    pub epoch: Epoch,
    /// Rises with every re-sealing; zero before the first.
    pub version: u64,
    /// True when it was over when it was sealed.
    pub closed: bool,
    /// Sealed readings.
    pub readings: u64,
    /// Readings still in the journal.
    pub unsealed: u64,
}

/// One epoch's row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) id: i64,
    pub(super) category: Category,
    pub(super) head: EpochHead,
    pub(super) next_seq: u64,
    /// The page of its row is damaged: what the head says is not known, and it is damage wherever it is read.
    pub(super) lost: bool,
}

/// Every epoch of every series, in order.
#[derive(Default)]
pub(super) struct Index {
    slots: BTreeMap<(u8, Epoch), Slot>,
    /// Set while a transaction may have changed the file without this index: read it again before the next use.
    stale: bool,
}

impl Index {
    /// Reads every head; one that rotted is rebuilt, and one whose page is damaged is known by its tag ([`mend`]).
    pub(super) async fn load(
        pool: &SqlitePool,
        keys: &Keys,
        sources: mend::Sources<'_>,
    ) -> Result<Self, VaultError> {
        let mut counts = counts(pool).await?;
        let Heads { opened: heads, rotten, lost } = heads::read(pool, keys).await?;
        let mended = mend::heads(pool, keys, sources, &heads, &rotten).await?;
        let lost = mend::lost(pool, keys, &heads, &lost).await?;
        let placed = |mut slot: Slot| {
            slot.head.unsealed = counts.remove(&slot.id).and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
            ((slot.category.code(), slot.head.epoch), slot)
        };
        let slots = heads.into_iter().chain(mended).chain(lost).map(placed).collect();
        // Rows of no epoch that is known would never be read.
        if !counts.is_empty() {
            return Err(VaultError::Damaged { part: Part::Database });
        }
        Ok(Self { slots, stale: false })
    }

    /// True after an operation that failed or was cancelled between [`Index::begin`] and [`Index::commit`].
    pub(super) const fn is_stale(&self) -> bool {
        self.stale
    }

    /// Called before a transaction begins.
    pub(super) const fn begin(&mut self) {
        self.stale = true;
    }

    /// Called after the transaction is durable, with what it changed.
    pub(super) fn commit(&mut self, changed: impl IntoIterator<Item = Slot>) {
        self.slots.extend(changed.into_iter().map(|s| ((s.category.code(), s.head.epoch), s)));
        self.stale = false;
    }

    /// Called after a deletion is durable.
    pub(super) fn remove(&mut self, gone: impl IntoIterator<Item = Slot>) {
        for slot in gone {
            self.slots.remove(&(slot.category.code(), slot.head.epoch));
        }
        self.stale = false;
    }

    pub(super) fn slot(&self, category: Category, epoch: Epoch) -> Option<Slot> {
        self.slots.get(&(category.code(), epoch)).copied()
    }

    /// The epochs of a category in a range, in order.
    pub(super) fn range(
        &self,
        category: Category,
        range: RangeInclusive<Epoch>,
    ) -> impl DoubleEndedIterator<Item = Slot> {
        let code = category.code();
        // An inverted range would panic in the map; it holds nothing.
        let range = (!range.is_empty()).then(|| (code, *range.start())..=(code, *range.end()));
        range.into_iter().flat_map(|r| self.slots.range(r)).map(|(_, slot)| *slot)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = Slot> {
        self.slots.values().copied()
    }
}

/// How many rows of the journal each epoch has, by the epoch's number in the table.
///
/// From the rows themselves: reading back goes by the index, and the two have to agree. Where a page of them is damaged, from the index:
/// the hours that lie on it are told when they are read, and the record opens for all the others.
async fn counts(pool: &SqlitePool) -> Result<HashMap<i64, i64>, VaultError> {
    let rows = sqlx::query_as("SELECT epoch, COUNT(*) FROM journal NOT INDEXED GROUP BY epoch");
    let counted: Result<Vec<(i64, i64)>, _> = rows.fetch_all(pool).await;
    let counted: Vec<(i64, i64)> = match counted.map_err(VaultError::from) {
        Err(VaultError::Damaged { .. }) => {
            tracing::warn!("a part of the journal is damaged; its rows are counted by their index");
            let entries = "SELECT epoch, COUNT(*) FROM journal INDEXED BY journal_epoch GROUP BY epoch";
            sqlx::query_as(entries).fetch_all(pool).await?
        }
        counted => counted?,
    };
    Ok(counted.into_iter().collect())
}

/// Damage when an epoch of this category, or of any, is stored: what opens it cannot be made anew.
pub(super) async fn unused(
    pool: &SqlitePool,
    keys: &Keys,
    category: Option<Category>,
) -> Result<(), VaultError> {
    let rows: Vec<(i64, Vec<u8>, Vec<u8>)> =
        sqlx::query_as("SELECT id, tag, head FROM epoch").fetch_all(pool).await?;
    for (id, tag, sealed) in rows {
        let slot = decode(id, &keys.rows.open(TABLE, &tag, &sealed)?).ok_or(DAMAGED)?;
        if category.is_none_or(|c| c == slot.category) {
            return Err(DAMAGED);
        }
    }
    Ok(())
}

/// Adds an epoch's row.
pub(super) async fn insert(
    db: &mut SqliteConnection,
    keys: &Keys,
    category: Category,
    epoch: Epoch,
    rng: &mut (dyn CryptoRng + Send),
) -> Result<Slot, VaultError> {
    let head = EpochHead { epoch, version: 0, closed: false, readings: 0, unsealed: 0 };
    let mut slot = Slot { id: 0, category, head, next_seq: 1, lost: false };
    let tag = tag(keys, category, epoch);
    let sealed = keys.rows.seal(TABLE, &tag, &encode(&slot), rng);
    slot.id = sqlx::query_scalar("INSERT INTO epoch (tag, head) VALUES (?, ?) RETURNING id")
        .bind(&tag[..])
        .bind(sealed)
        .fetch_one(db)
        .await?;
    Ok(slot)
}

/// Writes an epoch's head and manifest.
pub(super) async fn update(
    db: &mut SqliteConnection,
    keys: &Keys,
    slot: &Slot,
    manifest: &[u8],
    rng: &mut (dyn CryptoRng + Send),
) -> Result<(), VaultError> {
    let tag = tag(keys, slot.category, slot.head.epoch);
    let sealed = keys.rows.seal(TABLE, &tag, &encode(slot), rng);
    sqlx::query("UPDATE epoch SET head = ?, manifest = ? WHERE id = ?")
        .bind(sealed)
        .bind(manifest)
        .bind(slot.id)
        .execute(db)
        .await?;
    Ok(())
}

/// What stands for a category and an epoch in the table.
pub(super) fn tag(keys: &Keys, category: Category, epoch: Epoch) -> [u8; 16] {
    keys.tag(&[b"epoch", &[category.code()], &epoch.number().to_be_bytes()])
}

fn encode(slot: &Slot) -> Vec<u8> {
    let EpochHead { epoch, version, closed, readings, .. } = slot.head;
    [
        [slot.category.code()].as_slice(),
        &epoch.number().to_be_bytes(),
        &version.to_be_bytes(),
        &[u8::from(closed)],
        &slot.next_seq.to_be_bytes(),
        &readings.to_be_bytes(),
    ]
    .concat()
}

/// A row's head from its octets.
pub(super) fn decode(id: i64, bytes: &[u8]) -> Option<Slot> {
    let ([category], at) = bytes.split_first_chunk::<1>()?;
    let (epoch, at) = at.split_first_chunk::<4>()?;
    let (version, at) = at.split_first_chunk::<8>()?;
    let ([closed], at) = at.split_first_chunk::<1>()?;
    let (next_seq, at) = at.split_first_chunk::<8>()?;
    let readings = <&[u8; 8]>::try_from(at).ok()?;
    let head = EpochHead {
        epoch: Epoch::new(u32::from_be_bytes(*epoch))?,
        version: u64::from_be_bytes(*version),
        closed: *closed == 1,
        readings: u64::from_be_bytes(*readings),
        unsealed: 0,
    };
    Some(Slot {
        id,
        category: Category::from_code(*category)?,
        head,
        next_seq: u64::from_be_bytes(*next_seq),
        lost: false,
    })
}
