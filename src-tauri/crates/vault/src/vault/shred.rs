//! Deleting a range of one's own data for ever: its keys are destroyed, and so is everything that they opened.
//!
//! ```text
//! asked      from |-------------------------| to
//! epochs     [  e0  ][  e1  ][  e2  ][  e3  ]          whole epochs, rounded outwards: what was asked for is surely gone
//! readings   the tree of the series without leaves e0 to e3 (`tree::Tree::without`); rows, segments, manifests removed
//! summaries  of whole days: the three trees without these days; of days that lose a part: a fresh leaf, computed again
//! ```
//!
//! One transaction: after a kill either everything is as it was or all of it is gone. It notes that the file is to be scrubbed;
//! an interrupted scrub is taken up when the record is unlocked.
//!
//! What was in a segment is unreadable without its key. A reading was a row of the journal before, and the tree a row of the
//! cabinet: both sealed under keys that stay. They are gone because every place of theirs is written over: the rows
//! (`secure_delete`), what moving them between pages left (both tables are written anew), the log and the end of the file before
//! they are cut off (`cut`). A sealing does the same to the log and the end of the file when it empties the journal.
//!
//! Not promised: what was copied or opened before stays where it is. A permission that was given holds keys of its own until
//! it ends, and a backup made before holds the old keys until it is rewritten ([`Vault::shredded`] says which ranges must go).
//! A solid-state disk, or a file system that copies on write, may keep old blocks that no program reaches.

use std::fs::File;
use std::ops::RangeInclusive;

use salus_wire::{Category, Level, UnixMillis};
use sqlx::SqlitePool;

use super::branch::{self, Branch, MAX_HOLES, Shredded};
use super::cabinet::{self, Owner};
use super::index::Slot;
use super::unlock::OWN;
use super::{Keys, State, Vault, database, pyramid};
use crate::log::Leaf;
use crate::summary::{day_of, day_start};
use crate::{Epoch, Key, Tree, VaultError};

/// Where it is kept that the file is still to be scrubbed.
const SPACE: &str = "shred";
const OWED: &[u8] = b"scrub";

/// What would go, exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shred {
    /// Of which category.
    pub category: Category,
    /// The first epoch.
    pub first: Epoch,
    /// The last epoch; it was over.
    pub last: Epoch,
    /// How many readings.
    pub readings: u64,
}

impl Shred {
    /// The first millisecond that goes.
    #[must_use]
    pub fn from(&self) -> UnixMillis {
        self.first.start()
    }

    /// The first millisecond that stays.
    #[must_use]
    pub fn to(&self) -> UnixMillis {
        self.last.end()
    }

    fn epochs(&self) -> RangeInclusive<Epoch> {
        self.first..=self.last
    }
}

/// What a deletion did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShredOutcome {
    /// It is gone.
    Done(Shredded),
    /// Nothing was deleted: other readings are there than were shown. This would go now.
    Changed(Shred),
}

impl Vault {
    /// What deleting `from <= t < to` would take with it: whole epochs, rounded outwards, as far as they were over at `now`.
    /// `None` when none is, or the range is empty.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Damaged`].
    pub async fn preview_shred(
        &self,
        category: Category,
        from: UnixMillis,
        to: UnixMillis,
        now: UnixMillis,
    ) -> Result<Option<Shred>, VaultError> {
        let state = self.ready().await?;
        let over =
            Epoch::at(now.min(Epoch::LAST.end() - 1)).and_then(|e| Epoch::new(e.number().checked_sub(1)?));
        let first = Epoch::at(from.max(0));
        let asked = Epoch::at(to.min(Epoch::LAST.end()).saturating_sub(1));
        let (Some(first), Some(asked), Some(over)) = (first, asked, over) else { return Ok(None) };
        let last = asked.min(over);
        if from >= to || first > last {
            return Ok(None);
        }
        Ok(Some(counted(&state, Shred { category, first, last, readings: 0 })))
    }

    /// Deletes for ever what `shown` says, and the values of the cabinet that are about it. All or nothing.
    ///
    /// # Errors
    /// [`VaultError::OutOfBounds`] when so many separate ranges were deleted that the keys cannot hold another hole;
    /// [`VaultError::DiskFull`], [`VaultError::Storage`]: nothing was deleted.
    pub async fn shred(
        &self,
        shown: &Shred,
        now: UnixMillis,
        about: &[(&str, Vec<u8>)],
    ) -> Result<ShredOutcome, VaultError> {
        let outcome = self.delete(shown, now, about).await?;
        // Where something else failed meanwhile, it stays owed.
        if matches!(outcome, ShredOutcome::Done(_))
            && let Ok(mut state) = self.ready().await
        {
            // Dropped in the middle, what it began is abandoned by whoever comes next.
            state.index.begin();
            scrub(&self.pool, &self.keys, &self.file).await;
            state.index.commit([]);
        }
        Ok(outcome)
    }

    /// Everything but the scrub, which a kill may keep from coming.
    async fn delete(
        &self,
        shown: &Shred,
        now: UnixMillis,
        about: &[(&str, Vec<u8>)],
    ) -> Result<ShredOutcome, VaultError> {
        let mut state = self.ready_to_store().await?;
        let state = &mut *state;
        let current = counted(state, *shown);
        if current != *shown || shown.last.end() > now {
            return Ok(ShredOutcome::Changed(current));
        }
        let Shred { category, first, last, readings } = *shown;
        let done = Shredded { category, first, last, at: now, readings, refused: 0 };
        let mut branch = self.branch(category, Clone::clone);
        puncture(&mut branch, state, done)?;
        let slots: Vec<Slot> = state.index.range(category, shown.epochs()).collect();

        let mut log = state.log.next();
        state.index.begin();
        let mut db = database::begin(&self.pool).await?;
        for slot in &slots {
            if slot.head.version > 0 {
                let leaf = Leaf::Shredded { category, epoch: slot.head.epoch, version: slot.head.version };
                log.append(&mut db, &self.keys, &leaf, &mut *state.rng).await?;
            }
            for table in ["segment", "journal", "lasting"] {
                let query = format!("DELETE FROM {table} WHERE epoch = ?");
                sqlx::query(sqlx::AssertSqlSafe(query)).bind(slot.id).execute(&mut *db).await?;
            }
            sqlx::query("DELETE FROM epoch WHERE id = ?").bind(slot.id).execute(&mut *db).await?;
            for day in pyramid::days(slot.head.epoch) {
                pyramid::remove(&mut db, &self.keys, category, day).await?;
            }
        }
        // The days at the edges have fresh keys, also where no reading of theirs goes.
        for day in pyramid::days(first).chain(pyramid::days(last)) {
            pyramid::remove(&mut db, &self.keys, category, day).await?;
        }
        for (namespace, name) in about {
            cabinet::erase(&mut *db, &self.keys, Owner::Application, namespace, name).await?;
        }
        branch::store_series(&mut *db, &self.keys, &branch, &mut *state.rng).await?;
        branch::store_summaries(&mut *db, &self.keys, &branch, &mut *state.rng).await?;
        branch::store_holes(&mut *db, &self.keys, &branch, &mut *state.rng).await?;
        cabinet::store(&mut *db, &self.keys, OWN, SPACE, OWED, b"", &mut *state.rng).await?;
        if log.size() > state.log.size() {
            log.write_checkpoint(&mut db, &self.keys, &self.signing, &mut *state.rng).await?;
        }
        log.write(&mut db, &self.keys, &mut *state.rng).await?;
        database::commit(db).await?;

        self.replace_one(branch);
        for slot in &slots {
            state.seen.forget(category, slot.head.epoch);
        }
        state.index.remove(slots);
        self.landed(state, [], log);
        // Days at the edges lost a part: which are to be computed again is looked up anew.
        state.days = None;
        Ok(ShredOutcome::Done(done))
    }

    /// Every range that was deleted for ever, in no order: a copy of the record has to be rewritten without them.
    #[must_use]
    pub fn shredded(&self) -> Vec<Shredded> {
        Category::ALL.iter().flat_map(|c| self.branch(*c, |b| b.holes.clone())).collect()
    }
}

/// Overwrites in the file and its log what was deleted. What fails is done at the next unlocking: the deletion itself is durable.
async fn scrub(pool: &SqlitePool, keys: &Keys, file: &File) {
    let renewed = database::renew(pool).await;
    // Also where a table cannot be read to its end.
    let shrunk = database::shrink(pool, file).await;
    let scrubbed = match renewed.and(shrunk) {
        Ok(()) => cabinet::erase(pool, keys, OWN, SPACE, OWED).await,
        failed => failed,
    };
    if let Err(error) = scrubbed {
        tracing::warn!(%error, "what was deleted is overwritten later");
    }
}

/// Takes up a scrub that was owed when the record was closed.
pub(super) async fn scrub_owed(pool: &SqlitePool, keys: &Keys, file: &File) {
    match cabinet::fetch(pool, keys, OWN, SPACE, OWED).await {
        Ok(None) => {}
        // One that does not open says it too.
        Ok(Some(_)) | Err(_) => scrub(pool, keys, file).await,
    }
}

fn counted(state: &State, shred: Shred) -> Shred {
    let slots = state.index.range(shred.category, shred.epochs());
    Shred { readings: slots.map(|s| s.head.readings + s.head.unsealed).sum(), ..shred }
}

/// The keys without the range, and the list with it.
fn puncture(branch: &mut Branch, state: &mut State, done: Shredded) -> Result<(), VaultError> {
    let (first, last) = (done.first, done.last);
    let full = || VaultError::OutOfBounds;
    branch.readings = branch.readings.without(first.number(), last.number()).ok_or_else(full)?;
    if let Some(trees) = &mut branch.summaries {
        for tree in trees.iter_mut() {
            *tree = without_days(tree, first, last, state).ok_or_else(full)?;
        }
    }
    let covers = |h: &Shredded| first <= h.first && h.last <= last;
    let mut done = done;
    for inner in branch.holes.iter().filter(|h| covers(h)) {
        done.readings = done.readings.saturating_add(inner.readings);
        done.refused = done.refused.saturating_add(inner.refused);
    }
    branch.holes.retain(|h| !covers(h));
    branch.holes.push(done);
    if branch.holes.len() > MAX_HOLES { Err(full()) } else { Ok(()) }
}

/// A tree of days without those that go whole; those that lose a part get a fresh leaf, so that summaries which still hold
/// the part are unreadable too.
fn without_days(tree: &Tree, first: Epoch, last: Epoch, state: &mut State) -> Option<Tree> {
    let day = Level::Day.millis();
    let (from, to) = (day_of(Level::Day.ceil(first.start()))?, day_of(last.end())?);
    // Whole days, `from` to `to - 1`.
    let mut left = if from < to { tree.without(from, to - 1)? } else { tree.clone() };
    for edge in [day_of(first.start())?, day_of(last.end() - 1)?] {
        let whole = first.start() <= day_start(edge) && day_start(edge) + day <= last.end();
        if !whole && left.holds(edge) {
            left = left.renewed(edge, Key::random(&mut *state.rng))?;
        }
    }
    Some(left)
}

#[cfg(test)]
mod tests;
