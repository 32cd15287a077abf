//! The pyramid: minutes, hours and days of each series, so that a year draws at once.
//!
//! ```text
//! closed epochs of a UTC day -> minutes -> hours -> day      one sealed row of three blocks (`crate::summary`)
//! journal, and what was sealed before it was over            added when it is read, never stored here
//! ```
//!
//! A row says what it was computed from; one that is missing, rotten or behind is computed from the readings instead, so that
//! a summary is never older than the readings. Only what a category draws is summed up, without readings that have no
//! contact, as on a screen ([`counts`](salus_wire::Reading::counts)).

mod compared;
mod minutes;
mod shelf;
mod store;
mod strays;

pub(super) use compared::Compared;
pub(super) use strays::strays;

use std::collections::{BTreeSet, HashSet};
use std::ops::RangeInclusive;

use salus_wire::measure::summary::roll_up;
use salus_wire::{Category, Level, Summary, UnixMillis};
use sha2::{Digest, Sha256};
use sqlx::{SqliteConnection, SqlitePool};

use self::shelf::{Shelf, fetch};
use super::index::{Index, Slot};
use super::{Keys, State, Vault, first_half};
use crate::summary::{Sources, day_of, day_start};
use crate::{Epoch, VaultError};

/// Most rows of one question, in intervals: 138 days of minutes, 22 years of hours.
pub const MAX_ROWS: i64 = 200_000;

/// Days that are read under one hold of the vault: 2^5, those under one node of the tree.
const STRIDE: u8 = 5;

/// What stands for a category and a day in the table.
fn tag(keys: &Keys, category: Category, day: u32) -> [u8; 16] {
    keys.tag(&[b"summary", &[category.code()], &day.to_be_bytes()])
}

/// The days that an epoch lies in, one or two.
pub(super) fn days(epoch: Epoch) -> impl Iterator<Item = u32> {
    day_of(epoch.start()).into_iter().chain(day_of(epoch.end() - 1)).collect::<BTreeSet<_>>().into_iter()
}

/// The epochs that a day lies in.
pub(super) fn epochs(day: u32) -> Option<RangeInclusive<Epoch>> {
    let last = Epoch::at(day_start(day + 1) - 1).unwrap_or(Epoch::LAST);
    Some(Epoch::at(day_start(day))?..=last)
}

/// True when the stored summaries hold this epoch's sealed readings.
pub(super) const fn stored(slot: &Slot) -> bool {
    slot.head.version > 0 && slot.head.closed
}

/// True when an epoch has readings that no stored summary holds.
pub(super) const fn loose(slot: &Slot) -> bool {
    slot.head.unsealed > 0 || (slot.head.version > 0 && !slot.head.closed)
}

fn sources(slots: &[Slot]) -> Sources {
    let mut hash = Sha256::new();
    for slot in slots.iter().filter(|s| stored(s)) {
        hash.update(slot.head.epoch.number().to_be_bytes());
        hash.update(slot.head.version.to_be_bytes());
    }
    first_half(hash.finalize().into())
}

/// Removes, in the transaction of a sealing, the summaries that it leaves behind.
pub(super) async fn outdate(db: &mut SqliteConnection, keys: &Keys, slot: &Slot) -> Result<(), VaultError> {
    if stored(slot) {
        for day in days(slot.head.epoch) {
            remove(db, keys, slot.category, day).await?;
        }
    }
    Ok(())
}

/// Removes a day's summaries; there may be none.
pub(super) async fn remove(
    db: &mut SqliteConnection,
    keys: &Keys,
    category: Category,
    day: u32,
) -> Result<(), VaultError> {
    let query = sqlx::query("DELETE FROM summary WHERE tag = ?");
    query.bind(&tag(keys, category, day)[..]).execute(db).await?;
    Ok(())
}

/// The days that should have summaries.
pub(super) fn summed(index: &Index) -> BTreeSet<(Category, u32)> {
    let slots = index.all().filter(stored);
    slots.flat_map(|s| days(s.head.epoch).map(move |day| (s.category, day))).collect()
}

/// The days that should have summaries and have none.
pub(super) async fn missing(
    pool: &SqlitePool,
    keys: &Keys,
    index: &Index,
) -> Result<BTreeSet<(u8, u32)>, VaultError> {
    let there: Vec<Vec<u8>> = sqlx::query_scalar("SELECT tag FROM summary").fetch_all(pool).await?;
    let there: HashSet<Vec<u8>> = there.into_iter().collect();
    let missing = summed(index).into_iter().filter(|(c, day)| !there.contains(&tag(keys, *c, *day)[..]));
    Ok(missing.map(|(c, day)| (c.code(), day)).collect())
}

impl State {
    /// Called after a sealing is durable.
    pub(super) fn sum_again(&mut self, slot: &Slot) {
        if let Some(todo) = self.days.as_mut().filter(|_| stored(slot)) {
            todo.extend(days(slot.head.epoch).map(|day| (slot.category.code(), day)));
        }
    }

    /// The epochs of a day that hold something, in order.
    pub(super) fn slots(&self, category: Category, day: u32) -> Vec<Slot> {
        epochs(day).into_iter().flat_map(|range| self.index.range(category, range)).collect()
    }
}

impl Vault {
    /// The summaries of a category whose intervals lie wholly in `from <= t < to`, in order of time; an interval without a
    /// value has none. Minutes, hours and days are those of UTC. They hold everything that is recorded, sealed or not.
    ///
    /// # Errors
    /// [`VaultError::OutOfBounds`] for more than [`MAX_ROWS`] intervals; [`VaultError::Damaged`] when readings that are not
    /// summed up yet fail their check; [`VaultError::Storage`].
    pub async fn summaries(
        &self,
        category: Category,
        level: Level,
        from: UnixMillis,
        to: UnixMillis,
    ) -> Result<Vec<Summary>, VaultError> {
        let (from, to) = (level.ceil(from.max(0)), level.floor(to.min(Epoch::LAST.end())));
        let (Some(first), Some(last)) = (day_of(from), day_of(to.saturating_sub(1))) else {
            return Ok(Vec::new());
        };
        if from >= to {
            return Ok(Vec::new());
        }
        if (to - from) / level.millis() > MAX_ROWS {
            return Err(VaultError::OutOfBounds);
        }
        let mut rows = Vec::new();
        for stride in first >> STRIDE..=last >> STRIDE {
            let start = stride << STRIDE;
            let days = start.max(first)..=(start + (1 << STRIDE) - 1).min(last);
            let mut state = self.ready().await?;
            rows.append(&mut self.days(&mut state, category, level, days).await?);
        }
        rows.retain(|r| r.start >= from && r.start < to);
        Ok(rows)
    }

    /// Summaries that together hold every value of the whole minutes in `from <= t < to` once: of `level` where its
    /// intervals fit, finer ones at both edges. So a day of any time zone is added up from intervals of UTC.
    ///
    /// # Errors
    /// As [`Vault::summaries`].
    pub async fn cover(
        &self,
        category: Category,
        level: Level,
        from: UnixMillis,
        to: UnixMillis,
    ) -> Result<Vec<Summary>, VaultError> {
        let mut rows = Vec::new();
        for (level, from, to) in parts(level, from, to) {
            rows.append(&mut self.summaries(category, level, from, to).await?);
        }
        Ok(rows)
    }

    /// Days under one node, each from its stored summaries where these are of now.
    async fn days(
        &self,
        state: &mut State,
        category: Category,
        level: Level,
        days: RangeInclusive<u32>,
    ) -> Result<Vec<Summary>, VaultError> {
        let slots: Vec<(u32, Vec<Slot>)> = days
            .map(|day| (day, state.slots(category, day)))
            .filter(|(_, slots)| !slots.is_empty())
            .collect();
        let Some((first, _)) = slots.first() else { return Ok(Vec::new()) };
        let (live, clean): (Vec<_>, Vec<_>) = slots.iter().partition(|(_, slots)| slots.iter().any(loose));
        let tags = |some: &[&(u32, Vec<Slot>)]| -> Vec<_> {
            some.iter().map(|(day, _)| (*day, tag(&self.keys, category, *day))).collect()
        };
        let mut sealed = fetch(&self.pool, level, &tags(&clean)).await?;
        sealed.extend(fetch(&self.pool, Level::Minute, &tags(&live)).await?);

        let shelf = Shelf::new(self, category, *first);
        let mut rows = Vec::new();
        for (day, slots) in &slots {
            let live = slots.iter().any(loose);
            let found = if live { Level::Minute } else { level };
            let block = sealed.get(day).and_then(|octets| shelf.open(*day, found, octets));
            let stored = block.filter(|b| b.sources == sources(slots)).map(|b| b.rows);
            if stored.is_none()
                && slots.iter().any(self::stored)
                && let Some(todo) = &mut state.days
            {
                todo.insert((category.code(), *day));
            }
            match stored {
                Some(mut stored) if !live => rows.append(&mut stored),
                stored => {
                    let minutes = self.live_minutes(category, *day, slots, stored).await?;
                    rows.append(&mut roll_up(level, &minutes));
                }
            }
        }
        Ok(rows)
    }
}

/// `[from, to)` in intervals of `level`, with finer ones at the edges.
fn parts(level: Level, from: UnixMillis, to: UnixMillis) -> Vec<(Level, UnixMillis, UnixMillis)> {
    let (first, last) = (level.ceil(from), level.floor(to));
    let Some(finer) = level.finer() else { return vec![(level, first, last)] };
    if first >= last {
        return parts(finer, from, to);
    }
    [parts(finer, from, first), vec![(level, first, last)], parts(finer, last, to)].concat()
}

#[cfg(test)]
mod tests;
