//! Days for a permission that gives daily summaries only: their keys, and what the depots are to hold of them.
//!
//! ```text
//! day_tree     a tree apart from that of the readings: nothing of it opens a reading
//! summed_days  days that are over, all of whose epochs are sealed and closed; what has come late is waited for
//! give_day     one of them, summed up from its readings, signed and sealed (`crate::summary::given`)
//! ```

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use salus_wire::{Category, Level, UnixMillis};

use super::index::Slot;
use super::pyramid::{self, loose, stored};
use super::{Series, Vault, branch, database};
use crate::summary::given;
use crate::{Key, Locator, Origin, Tree, VaultError};

/// One day's summary as sealed bytes, for upload to depots: ciphertext only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedDay {
    /// Whose it is, for the reader's [`given::open`].
    pub origin: Origin,
    /// Days since 1970 in UTC.
    pub day: u32,
    /// Rises whenever readings of the day are sealed again.
    pub version: u64,
    /// Where depots keep it.
    pub locator: Locator,
    /// The sealed octets.
    pub octets: Vec<u8>,
}

impl Vault {
    /// The tree of a category's days, for a permission that gives these only; made when there is none yet.
    ///
    /// # Errors
    /// [`VaultError::OlderCopy`], [`VaultError::DiskFull`], [`VaultError::Storage`].
    pub async fn day_tree(&self, category: Category) -> Result<Tree, VaultError> {
        let mut state = self.ready_to_store().await?;
        let state = &mut *state;
        let mut branch = self.branch(category, Clone::clone);
        if let Some(tree) = branch.summaries(Level::Day) {
            return Ok(tree.clone());
        }
        let trees = Level::ALL.map(|_| Tree::whole(Key::random(&mut *state.rng)));
        let [_, _, days] = trees.clone();
        branch.summaries = Some(trees);
        state.index.begin();
        let mut db = database::begin(&self.pool).await?;
        branch::store_summaries(&mut *db, &self.keys, &branch, &mut *state.rng).await?;
        database::commit(db).await?;
        state.index.commit([]);
        self.replace_one(branch);
        Ok(days)
    }

    /// [`Vault::day_tree`] as a grant takes it: of each generation that has a day what is left of its part, the oldest first.
    ///
    /// # Errors
    /// As [`Vault::day_tree`].
    pub async fn day_parts(&self, category: Category) -> Result<Vec<(Series, Tree)>, VaultError> {
        let days = self.day_tree(category).await?;
        Ok(self.branch(category, |b| b.day_parts(b.summaries(Level::Day).unwrap_or(&days))))
    }

    /// Which of these days can be given at `now`, each with its version: they are over, and everything of them is sealed.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Damaged`].
    pub async fn summed_days(
        &self,
        category: Category,
        days: RangeInclusive<u32>,
        now: UnixMillis,
    ) -> Result<Vec<(u32, u64)>, VaultError> {
        let state = self.ready().await?;
        let (Some(first), Some(last)) = (pyramid::epochs(*days.start()), pyramid::epochs(*days.end())) else {
            return Ok(Vec::new());
        };
        let mut found: BTreeMap<u32, Option<u64>> = BTreeMap::new();
        for slot in state.index.range(category, *first.start()..=*last.end()) {
            let version = (!loose(&slot)).then_some(slot.head.version);
            for day in pyramid::days(slot.head.epoch).filter(|day| days.contains(day)) {
                let sum = found.entry(day).or_insert(Some(0));
                *sum = sum.zip(version).map(|(sum, version)| sum.saturating_add(version));
            }
        }
        let over = |day: u32| pyramid::epochs(day).is_some_and(|epochs| epochs.end().end() <= now);
        let found = found.into_iter().filter(|(day, _)| over(*day));
        Ok(found.filter_map(|(day, version)| Some((day, version.filter(|v| *v > 0)?))).collect())
    }

    /// One day of [`Vault::summed_days`], as the depots are to hold it. `None` when something of it is not sealed, when it has no
    /// value that a summary counts, and when the day was deleted for ever.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Damaged`].
    pub async fn give_day(&self, category: Category, day: u32) -> Result<Option<SealedDay>, VaultError> {
        let mut state = self.ready().await?;
        let state = &mut *state;
        let mut slots = state.slots(category, day);
        let Some(node) = self.summary_node(category, Level::Day, 0, day) else { return Ok(None) };
        if slots.iter().any(loose) {
            return Ok(None);
        }
        slots.retain(stored);
        let version = slots.iter().fold(0u64, |sum, slot: &Slot| sum.saturating_add(slot.head.version));
        let [_, _, block] = self.blocks(category, day, &slots).await?;
        if block.rows.is_empty() {
            return Ok(None);
        }
        let origin = self.origin_as(self.branch(category, |b| b.series_of_day(day)));
        let sign = |body: &[u8]| self.sign(given::KIND, body);
        let octets = given::give(&node, &origin, day, version, &block.rows, sign, &mut *state.rng);
        let (Some(octets), Some(locator)) = (octets, given::locator(&node, day)) else {
            return Err(VaultError::OutOfBounds);
        };
        Ok(Some(SealedDay { origin, day, version, locator, octets }))
    }
}
