//! A category's series and its key trees: one of its readings, one of each level of its summaries.
//!
//! ```text
//! series    = id 16 || generation u32 || K_root 32              as long as nothing was deleted, and there is one generation
//!           | id 16 || generation u32 || tree                   when something was (`tree::Tree`)
//!           | id 16 || generation u32 || tree || generations    when there are several (`generation`); the first is the newest
//! summaries = tree of the minutes || of the hours || of the days, all three random; made with the first summary
//! holes     = 01 || count u16 || count * (first u32 || last u32 || at i64 || readings u64 || refused u64)
//! ```
//!
//! Stored under names of the vault's own, replaced in place: with `secure_delete` nothing of a replaced tree stays in the
//! file once it is checkpointed.

use rand_core::CryptoRng;
use salus_wire::{Category, Level, SeriesId, UnixMillis};
use sqlx::{SqliteExecutor, SqlitePool};
use zeroize::Zeroizing;

use super::cabinet::{self, Owner};
use super::generation::{self, Generation};
use super::unlock::own;
use super::{Keys, Series};
use crate::row::DAMAGED;
use crate::{Epoch, Key, Tree, VaultError};

pub(super) const SERIES: &str = "series";
const SUMMARIES: &str = "summaries";
const HOLES: &str = "shredded";

/// Octets of a series without holes, and of what stands before its tree.
const WHOLE: usize = 52;
const HEAD: usize = 20;

const VERSION: u8 = 1;
const HOLE: usize = 4 + 4 + 8 + 8 + 8;
/// Most deleted ranges that are remembered of a category; one that another covers is not counted.
pub(super) const MAX_HOLES: usize = 4096;

/// A range that was deleted for ever: every copy of the record has to go without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shredded {
    /// Of which category.
    pub category: Category,
    /// The first epoch.
    pub first: Epoch,
    /// The last epoch.
    pub last: Epoch,
    /// When it was deleted, or the newest part of it.
    pub at: UnixMillis,
    /// How many readings it held.
    pub readings: u64,
    /// How many arrived for it afterwards and were not kept.
    pub refused: u64,
}

/// A category's keys.
#[derive(Clone)]
pub(super) struct Branch {
    /// As of the newest generation.
    pub(super) series: Series,
    /// The oldest first.
    pub(super) generations: Vec<Generation>,
    /// Of all generations: each epoch's leaf is that of its own.
    pub(super) readings: Tree,
    /// In the order of [`Level::ALL`]; `None` before the first summary.
    pub(super) summaries: Option<[Tree; 3]>,
    pub(super) holes: Vec<Shredded>,
}

impl Branch {
    pub(super) fn summaries(&self, level: Level) -> Option<&Tree> {
        let position = Level::ALL.iter().position(|l| *l == level)?;
        self.summaries.as_ref()?.get(position)
    }
}

/// Every category's, made on first use.
pub(super) async fn load(
    pool: &SqlitePool,
    keys: &Keys,
    rng: &mut (dyn CryptoRng + Send),
) -> Result<Vec<Branch>, VaultError> {
    let mut branches = Vec::with_capacity(Category::ALL.len());
    for category in Category::ALL {
        branches.push(one(pool, keys, *category, rng).await?);
    }
    Ok(branches)
}

async fn one(
    pool: &SqlitePool,
    keys: &Keys,
    category: Category,
    rng: &mut (dyn CryptoRng + Send),
) -> Result<Branch, VaultError> {
    let name = [category.code()];
    let stored = match cabinet::fetch(pool, keys, Owner::Vault, SERIES, &name).await? {
        Some(stored) => stored,
        None => {
            let fill = |octets: &mut [u8], rng: &mut (dyn CryptoRng + Send)| {
                rng.fill_bytes(octets);
                octets[16..HEAD].fill(0);
            };
            own(pool, keys, (SERIES, &name, Some(category)), rng, (WHOLE, fill)).await?
        }
    };
    let (series, generations, readings) = series(category, &stored).ok_or(DAMAGED)?;
    // Summaries can be computed again under new keys: a rotten row of theirs closes nothing.
    let summaries = match cabinet::fetch(pool, keys, Owner::Vault, SUMMARIES, &name).await {
        Ok(stored) => stored.and_then(|s| three(&s)),
        Err(VaultError::Damaged { .. }) => {
            tracing::warn!("the keys of summaries are made anew");
            None
        }
        Err(e) => return Err(e),
    };
    let listed = match cabinet::fetch(pool, keys, Owner::Vault, HOLES, &name).await {
        Ok(stored) => stored.and_then(|s| decode(category, &s)).unwrap_or_default(),
        Err(VaultError::Damaged { .. }) => Vec::new(),
        Err(e) => return Err(e),
    };
    let holes = agreed(category, &readings, listed);
    Ok(Branch { series, generations, readings, summaries, holes })
}

/// What the list says of the deleted ranges, as far as it agrees with the tree: the tree is what was deleted.
fn agreed(category: Category, tree: &Tree, listed: Vec<Shredded>) -> Vec<Shredded> {
    let mut spans: Vec<(u32, u32)> = listed.iter().map(|h| (h.first.number(), h.last.number())).collect();
    spans.sort_unstable();
    let mut merged: Vec<(u32, u32)> = Vec::new();
    for (first, last) in spans {
        match merged.last_mut().filter(|before| before.1 + 1 >= first) {
            Some(before) => before.1 = before.1.max(last),
            None => merged.push((first, last)),
        }
    }
    if merged == tree.holes() {
        return listed;
    }
    tracing::warn!("the list of deleted ranges is made anew from the keys");
    let bare = |(first, last)| {
        let (first, last) = (Epoch::new(first)?, Epoch::new(last)?);
        Some(Shredded { category, first, last, at: 0, readings: 0, refused: 0 })
    };
    tree.holes().into_iter().filter_map(bare).collect()
}

/// Another computer's keys of a series in their stored form, without summaries: those are each computer's own.
pub(super) fn given(category: Category, stored: &[u8]) -> Option<Branch> {
    let (series, generations, readings) = series(category, stored)?;
    Some(Branch { series, generations, readings, summaries: None, holes: Vec::new() })
}

/// True for octets that are a series' keys in their stored form.
pub(super) fn is_series(category: Category, stored: &[u8]) -> bool {
    series(category, stored).is_some()
}

fn series(category: Category, stored: &[u8]) -> Option<(Series, Vec<Generation>, Tree)> {
    let (id, rest) = stored.split_first_chunk::<16>()?;
    let (newest, keys) = rest.split_first_chunk::<4>()?;
    let newest = u32::from_be_bytes(*newest);
    let (tree, generations) = match <&[u8; 32]>::try_from(keys) {
        Ok(root) => (Tree::whole(Key::copied(root)), Generation::first(newest)),
        Err(_) => match Tree::decode(keys)? {
            (tree, []) => (tree, Generation::first(newest)),
            (tree, several) => (tree, generation::decode(several, newest)?),
        },
    };
    Some((Series { category, id: SeriesId(*id), generation: newest }, generations, tree))
}

fn three(stored: &[u8]) -> Option<[Tree; 3]> {
    let (minutes, rest) = Tree::decode(stored)?;
    let (hours, rest) = Tree::decode(rest)?;
    let (days, rest) = Tree::decode(rest)?;
    rest.is_empty().then_some([minutes, hours, days])
}

/// Stores the tree of a category's readings.
pub(super) async fn store_series(
    db: impl SqliteExecutor<'_>,
    keys: &Keys,
    branch: &Branch,
    rng: &mut (dyn CryptoRng + Send),
) -> Result<(), VaultError> {
    let Series { category, id, generation } = branch.series;
    let mut octets = Zeroizing::new([id.as_bytes().as_slice(), &generation.to_be_bytes()].concat());
    match branch.readings.root() {
        Some(root) => octets.extend_from_slice(root.expose()),
        None => octets.extend_from_slice(&branch.readings.encode()),
    }
    if branch.generations.len() > 1 {
        octets.extend_from_slice(&generation::encode(&branch.generations));
    }
    cabinet::store(db, keys, Owner::Vault, SERIES, &[category.code()], &octets, rng).await
}

/// Stores the trees of a category's summaries.
pub(super) async fn store_summaries(
    db: impl SqliteExecutor<'_>,
    keys: &Keys,
    branch: &Branch,
    rng: &mut (dyn CryptoRng + Send),
) -> Result<(), VaultError> {
    let Some(trees) = &branch.summaries else { return Ok(()) };
    let mut octets = Zeroizing::new(Vec::new());
    trees.iter().for_each(|tree| octets.extend_from_slice(&tree.encode()));
    let name = [branch.series.category.code()];
    cabinet::store(db, keys, Owner::Vault, SUMMARIES, &name, &octets, rng).await
}

/// Stores which ranges were deleted.
pub(super) async fn store_holes(
    db: impl SqliteExecutor<'_>,
    keys: &Keys,
    branch: &Branch,
    rng: &mut (dyn CryptoRng + Send),
) -> Result<(), VaultError> {
    let name = [branch.series.category.code()];
    cabinet::store(db, keys, Owner::Vault, HOLES, &name, &encode(&branch.holes), rng).await
}

fn encode(holes: &[Shredded]) -> Vec<u8> {
    let count = u16::try_from(holes.len()).unwrap_or_else(|_| unreachable!("at most {MAX_HOLES} ranges"));
    let mut out = vec![VERSION];
    out.extend_from_slice(&count.to_be_bytes());
    for hole in holes {
        out.extend_from_slice(&hole.first.number().to_be_bytes());
        out.extend_from_slice(&hole.last.number().to_be_bytes());
        out.extend_from_slice(&hole.at.to_be_bytes());
        out.extend_from_slice(&hole.readings.to_be_bytes());
        out.extend_from_slice(&hole.refused.to_be_bytes());
    }
    out
}

fn decode(category: Category, bytes: &[u8]) -> Option<Vec<Shredded>> {
    let ([VERSION], rest) = bytes.split_first_chunk::<1>()? else { return None };
    let (count, rest) = rest.split_first_chunk::<2>()?;
    let count = usize::from(u16::from_be_bytes(*count));
    if count > MAX_HOLES || rest.len() != count * HOLE {
        return None;
    }
    let hole = |octets: &[u8]| {
        let (first, rest) = octets.split_first_chunk::<4>()?;
        let (last, rest) = rest.split_first_chunk::<4>()?;
        let (at, rest) = rest.split_first_chunk::<8>()?;
        let (readings, rest) = rest.split_first_chunk::<8>()?;
        Some(Shredded {
            category,
            first: Epoch::new(u32::from_be_bytes(*first))?,
            last: Epoch::new(u32::from_be_bytes(*last))?,
            at: i64::from_be_bytes(*at),
            readings: u64::from_be_bytes(*readings),
            refused: u64::from_be_bytes(rest.try_into().ok()?),
        })
    };
    rest.chunks_exact(HOLE).map(hole).collect()
}

#[cfg(test)]
mod tests;
