//! The pyramid: minutes, hours and days of each series, so that a year draws at once.
//!
//! ```text
//! closed epochs of a UTC day -> minutes -> hours -> day      one sealed row of three blocks (`crate::summary`)
//! journal, and what was sealed before it was over            added when it is read, never stored here
//! ```
//!
//! A row says what it was computed from; one that is missing, rotten or behind is computed from the readings instead, so that
//! a summary is never older than the readings. Only what a category draws is summed up, without readings that have no
//! contact, as on a screen ([`Reading::counts`]).

mod compared;
mod strays;

pub(super) use compared::Compared;
pub(super) use strays::strays;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::RangeInclusive;

use salus_wire::measure::summary::roll_up;
use salus_wire::{Category, Decimal, Level, Quality, Quantity, Reading, Summary, UnixMillis};
use sha2::{Digest, Sha256};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, SqlitePool};

use super::branch::{self, Branch};
use super::index::{Index, Slot};
use super::{Keys, Series, State, Vault, database, first_half};
use crate::summary::{self, Block, Place, Sources, day_of, day_start};
use crate::{Epoch, Key, Node, Tree, VaultError};

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

/// Minutes under construction; readings come in order of time.
struct Minutes {
    category: Category,
    rows: Vec<Summary>,
}

impl Minutes {
    fn push(&mut self, reading: &Reading) {
        let drawn = self.category.drawn();
        for c in reading.components.iter().filter(|c| drawn.contains(&c.quantity)) {
            self.value(reading.at, reading.quality, c.quantity, c.value);
        }
    }

    fn value(&mut self, at: UnixMillis, quality: Quality, quantity: Quantity, value: Decimal) {
        if quality.has(Quality::NO_CONTACT) {
            return;
        }
        let start = Level::Minute.floor(at);
        let mut newest = self.rows.iter_mut().rev().take_while(|r| r.start == start);
        match newest.find(|r| r.quantity == quantity) {
            Some(row) => row.push(at, value),
            None => self.rows.push(Summary::of(Level::Minute, quantity, at, value)),
        }
    }
}

/// Which readings of an epoch count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Sealed,
    All,
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

    /// A day's minutes from the stored ones and from the readings of epochs that these do not hold.
    async fn live_minutes(
        &self,
        category: Category,
        day: u32,
        slots: &[Slot],
        stored: Option<Vec<Summary>>,
    ) -> Result<Vec<Summary>, VaultError> {
        let Some(mut rows) = stored else {
            return self.minutes(category, day, slots, Which::All, |_| true).await;
        };
        // A minute that lies across the end of an epoch is computed from both.
        let touches = |slot: &Slot, minute: UnixMillis| {
            slot.head.epoch.start() < minute + Level::Minute.millis() && minute < slot.head.epoch.end()
        };
        let new = |minute: UnixMillis| slots.iter().any(|s| loose(s) && touches(s, minute));
        rows.retain(|row| !new(row.start));
        let beside = |slot: &&Slot| {
            let number = slot.head.epoch.number();
            slots.iter().any(|s| loose(s) && s.head.epoch.number().abs_diff(number) <= 1)
        };
        let near: Vec<Slot> = slots.iter().filter(beside).copied().collect();
        rows.append(&mut self.minutes(category, day, &near, Which::All, new).await?);
        rows.sort_by_key(|row| (row.start, row.quantity));
        Ok(rows)
    }

    /// A day's minutes from the readings of epochs, as far as a minute is wanted.
    async fn minutes(
        &self,
        category: Category,
        day: u32,
        slots: &[Slot],
        which: Which,
        wanted: impl Fn(UnixMillis) -> bool,
    ) -> Result<Vec<Summary>, VaultError> {
        let span = day_start(day)..day_start(day + 1);
        let mut minutes = Minutes { category, rows: Vec::new() };
        for slot in slots {
            let wanted = |at: UnixMillis| span.contains(&at) && wanted(Level::Minute.floor(at));
            if which == Which::Sealed || slot.head.unsealed == 0 {
                // Sealed in order of time: no reading has to be made of what is only added up.
                for columns in self.sealed_columns(slot).await? {
                    columns.each(category.drawn(), |at, quality, quantity, value| {
                        if wanted(at) {
                            minutes.value(at, quality, quantity, value);
                        }
                    });
                }
                continue;
            }
            let mut readings = self.epoch_readings(slot).await?;
            readings.retain(|r| wanted(r.at));
            readings.sort_by_key(|r| (r.at, r.arrived));
            readings.iter().for_each(|r| minutes.push(r));
        }
        minutes.rows.sort_by_key(|row| (row.start, row.quantity));
        Ok(minutes.rows)
    }

    /// What a day's epochs, all of them closed, come to; the finest level first.
    pub(super) async fn blocks(
        &self,
        category: Category,
        day: u32,
        slots: &[Slot],
    ) -> Result<[Block; 3], VaultError> {
        let sources = sources(slots);
        let minutes = self.minutes(category, day, slots, Which::Sealed, |_| true).await?;
        Ok(Level::ALL.map(|level| Block { level, day, sources, rows: roll_up(level, &minutes) }))
    }

    /// Computes and stores a day's summaries from its epochs that are closed.
    pub(super) async fn sum_up(
        &self,
        state: &mut State,
        category: Category,
        day: u32,
    ) -> Result<(), VaultError> {
        let slots: Vec<Slot> = state.slots(category, day).into_iter().filter(stored).collect();
        let blocks = self.blocks(category, day, &slots).await?;
        let mut branch = self.branch(category, Clone::clone);
        let new = branch.summaries.is_none();
        let series = branch.series_of_day(day);
        let trees = branch
            .summaries
            .get_or_insert_with(|| Level::ALL.map(|_| Tree::whole(Key::random(&mut *state.rng))));
        let mut sealed: Vec<Vec<u8>> = Vec::with_capacity(Level::ALL.len());
        for (block, tree) in blocks.iter().zip(trees.iter()) {
            let place = Place { level: block.level, ..place(series, day) };
            let node: Node = tree.descend(0, day).ok_or(VaultError::Shredded)?;
            let octets = summary::seal(&node, &place, block, &mut *state.rng);
            sealed.push(octets.ok_or(VaultError::OutOfBounds)?);
        }
        state.index.begin();
        let mut db = database::begin(&self.pool).await?;
        if new {
            branch::store_summaries(&mut *db, &self.keys, &branch, &mut *state.rng).await?;
        }
        let [minute, hour, day_row]: [Vec<u8>; 3] =
            sealed.try_into().unwrap_or_else(|_| unreachable!("three levels"));
        sqlx::query("INSERT OR REPLACE INTO summary (tag, day, hour, minute) VALUES (?, ?, ?, ?)")
            .bind(&tag(&self.keys, category, day)[..])
            .bind(day_row)
            .bind(hour)
            .bind(minute)
            .execute(&mut *db)
            .await?;
        database::commit(db).await?;
        state.index.commit([]);
        if new {
            self.replace_one(branch);
        }
        if let Some(todo) = &mut state.days {
            todo.remove(&(category.code(), day));
        }
        Ok(())
    }
}

/// A day's place, as the generation of the series that seals it.
const fn place(series: Series, day: u32) -> Place {
    Place { series: series.id, generation: series.generation, level: Level::Day, day }
}

/// The keys of a stride of days, by level: derived once where nothing of the stride was deleted, and one generation seals it.
struct Shelf {
    branch: Branch,
    common: [Option<Node>; 3],
}

impl Shelf {
    fn new(vault: &Vault, category: Category, day: u32) -> Self {
        let branch = vault.branch(category, Clone::clone);
        let start = day >> STRIDE << STRIDE;
        let common = Level::ALL.map(|level| branch.summaries(level)?.descend(STRIDE, start));
        Self { branch, common }
    }

    /// `None` for what does not open or decode: it is computed again.
    fn open(&self, day: u32, level: Level, sealed: &[u8]) -> Option<Block> {
        let position = Level::ALL.iter().position(|l| *l == level)?;
        let node = match self.common.get(position)? {
            Some(common) => common.clone(),
            None => self.branch.summaries(level)?.descend(0, day)?,
        };
        let place = Place { level, ..place(self.branch.series_of_day(day), day) };
        summary::open(&node, &place, sealed).ok()
    }
}

/// One level of the days of these tags, as far as they are stored.
async fn fetch(
    pool: &SqlitePool,
    level: Level,
    tags: &[(u32, [u8; 16])],
) -> Result<HashMap<u32, Vec<u8>>, VaultError> {
    if tags.is_empty() {
        return Ok(HashMap::new());
    }
    let column = match level {
        Level::Minute => "minute",
        Level::Hour => "hour",
        Level::Day => "day",
    };
    let mut query = QueryBuilder::<Sqlite>::new("SELECT tag, ");
    query.push(column).push(" FROM summary WHERE tag IN (");
    let mut list = query.separated(", ");
    for (_, tag) in tags {
        list.push_bind(tag.to_vec());
    }
    query.push(")");
    let rows: Vec<(Vec<u8>, Vec<u8>)> = query.build_query_as().fetch_all(pool).await?;
    let days: HashMap<&[u8], u32> = tags.iter().map(|(day, tag)| (tag.as_slice(), *day)).collect();
    Ok(rows.into_iter().filter_map(|(tag, sealed)| Some((*days.get(tag.as_slice())?, sealed))).collect())
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
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    #[test]
    fn a_span_is_covered_once_by_the_coarsest_intervals_that_fit() {
        let (from, to) = (HOUR * 5 + 30 * 60_000, HOUR * 24 * 4 - HOUR * 18 - 30 * 60_000);
        let parts = parts(Level::Day, from, to);
        let mut at = from;
        for (level, from, to) in parts.into_iter().filter(|(_, from, to)| from < to) {
            assert_eq!((from, from % level.millis(), to % level.millis()), (at, 0, 0));
            at = to;
        }
        assert_eq!(at, to);
    }

    #[test]
    fn days_and_epochs_agree() {
        for number in [0, 21, 22, 438_232, Epoch::LAST.number()] {
            let epoch = Epoch::new(number).unwrap();
            for day in days(epoch) {
                assert!(epochs(day).unwrap().contains(&epoch), "{number} {day}");
            }
        }
        assert_eq!(days(Epoch::new(21).unwrap()).collect::<Vec<_>>(), [0, 1]);
    }
}
