//! Epochs read some at once: all of their segments by one query, opened while the database reads on, and their keys along one way
//! down the tree.
//!
//! By itself an epoch costs a question to the database's thread, the answer, and twenty keyed hashes: over a year more than its
//! octets cost the cipher.

use std::collections::HashMap;
use std::iter;

use futures::TryStreamExt;
use sqlx::{QueryBuilder, Sqlite};

use super::index::Slot;
use super::reading::DAMAGED;
use super::{Series, Vault};
use crate::segment::Columns;
use crate::shared::{KIND_SEGMENT, context};
use crate::{Epoch, Key, Leaf, VaultError, WriterId, seal};

/// Epochs of one query: a day and a half, some 130 KB of a reading a second.
const TOGETHER: usize = 32;

/// Readings of one query, where it is of more than one epoch: twice as many as a reading a second makes of [`TOGETHER`]. One of the
/// busiest epochs has four times as many.
const READINGS: u64 = 1 << 18;

/// Epochs in the pieces that are read together: of busy ones fewer, so that what lies in memory does not grow with their number.
pub(super) fn pieces(mut slots: &[Slot]) -> impl Iterator<Item = &[Slot]> {
    iter::from_fn(move || {
        let mut readings = 0_u64;
        let fits = |slot: &&Slot| {
            readings = readings.saturating_add(slot.head.readings);
            readings <= READINGS
        };
        let some = slots.iter().take(TOGETHER).take_while(fits).count().max(1);
        let (some, rest) = slots.split_at_checked(some)?;
        slots = rest;
        Some(some)
    })
}

/// What opens the segments of one epoch.
pub(super) struct Opener {
    series: Series,
    epoch: Epoch,
    key: Key,
    /// One computer sealed all of them: the one that the first opens under.
    by: Option<WriterId>,
}

impl Opener {
    pub(super) fn new((series, leaf): (Series, Leaf)) -> Self {
        Self { series, epoch: leaf.epoch(), key: leaf.segment_key(), by: None }
    }

    /// Opens and decodes a stored segment.
    pub(super) fn open(&mut self, vault: &Vault, seq: i64, sealed: &[u8]) -> Result<Columns, VaultError> {
        let seq = u64::try_from(seq).map_err(|_| DAMAGED)?;
        let (series, epoch, key) = (self.series, self.epoch, &self.key);
        let of = |writer| context(series.id, series.generation, epoch, writer, seq, KIND_SEGMENT);
        let plain = vault.open_by(&mut self.by, |writer| seal::open_padded(key, &of(writer), sealed))?;
        Columns::decode(&plain).map_err(|_| DAMAGED)
    }
}

impl Vault {
    /// The segments of epochs of one category, one of their [`pieces`], as [`Vault::sealed_columns`] of each.
    pub(super) async fn sealed_together(&self, slots: &[Slot]) -> Result<Vec<Vec<Columns>>, VaultError> {
        if slots.iter().any(|slot| slot.lost) {
            return Err(DAMAGED);
        }
        let wanted: Vec<Slot> = slots.iter().filter(|slot| slot.head.readings > 0).copied().collect();
        let mut found = self.openers(&wanted)?;
        if let Some(last) = wanted.last() {
            let mut select =
                QueryBuilder::<Sqlite>::new("SELECT epoch, seq, sealed FROM segment WHERE epoch IN (");
            let mut asked = select.separated(", ");
            // Always as many, so that the statement stays prepared: the last is asked for again.
            for slot in wanted.iter().chain(iter::repeat(last)).take(TOGETHER.max(wanted.len())) {
                asked.push_bind(slot.id);
            }
            select.push(") ORDER BY epoch, id");
            let mut left: u64 = wanted.iter().map(|slot| slot.head.readings).sum();
            let mut rows = select.build_query_as::<(i64, i64, Vec<u8>)>().fetch(&self.pool);
            while let Some((epoch, seq, sealed)) = rows.try_next().await? {
                let (opener, columns) = found.get_mut(&epoch).ok_or(DAMAGED)?;
                let opened = opener.open(self, seq, &sealed)?;
                // One row, copied without end, does not fill the memory before anybody counts.
                left = left.checked_sub(opened.len() as u64).ok_or(DAMAGED)?;
                columns.push(opened);
            }
        }
        let columns = |slot: &Slot| {
            let stored = found.remove(&slot.id).map(|(_, columns)| columns);
            counted(slot, stored.unwrap_or_default())
        };
        slots.iter().map(columns).collect()
    }

    /// By the number of its row, what opens each epoch, and room for what it opens.
    fn openers(&self, slots: &[Slot]) -> Result<HashMap<i64, (Opener, Vec<Columns>)>, VaultError> {
        let Some(first) = slots.first() else { return Ok(HashMap::new()) };
        self.branch(first.category, |branch| {
            let leaves = branch.readings.leaves(slots.iter().map(|slot| slot.head.epoch));
            let opener = |(slot, leaf): (&Slot, Option<Leaf>)| {
                let under = (branch.series_at(slot.head.epoch), leaf.ok_or(VaultError::Shredded)?);
                Ok::<_, VaultError>((slot.id, (Opener::new(under), Vec::new())))
            };
            slots.iter().zip(leaves).map(opener).collect()
        })
    }
}

/// An epoch's segments, when they hold as many readings as its head says.
pub(super) fn counted(slot: &Slot, found: Vec<Columns>) -> Result<Vec<Columns>, VaultError> {
    let readings: usize = found.iter().map(Columns::len).sum();
    if readings as u64 == slot.head.readings { Ok(found) } else { Err(DAMAGED) }
}

#[cfg(test)]
mod tests {
    use salus_wire::Category;

    use super::*;
    use crate::vault::index::EpochHead;

    fn slots(readings: &[u64]) -> Vec<Slot> {
        let slot = |(number, readings): (u32, &u64)| {
            let epoch = Epoch::new(number).unwrap();
            let head = EpochHead { epoch, version: 1, closed: true, readings: *readings, unsealed: 0 };
            Slot { id: i64::from(number), category: Category::HeartRate, head, next_seq: 2, lost: false }
        };
        (0..).zip(readings).map(slot).collect()
    }

    fn lengths(readings: &[u64]) -> Vec<usize> {
        pieces(&slots(readings)).map(<[Slot]>::len).collect()
    }

    #[test]
    fn busy_epochs_are_read_fewer_at_a_time() {
        assert_eq!(lengths(&[4096; 70]), [32, 32, 6]);
        assert_eq!(lengths(&[READINGS / 2, READINGS / 2, 1]), [2, 1]);
        assert_eq!(lengths(&[1 << 20, 1 << 20, 10]), [1, 1, 1]);
        assert!(lengths(&[]).is_empty());
    }
}
