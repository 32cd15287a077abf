//! Generations of a series' keys: which of them seals an epoch.
//!
//! ```text
//! epochs       0 . . . . . . . . |from 1 . . . . . |from 2 . . .
//! generation   0                 |1                |2              a reading that comes late is of its epoch's generation
//! days         0 . . . . . . |day in which `from 1` begins  . . .  the same for the trees of the summaries
//! ```
//!
//! A generation begins with an epoch and not with an instant, so that an epoch has one key. Of a day that two share, the summary
//! is the later one's: it is not over before, so that nobody was given it.

use super::Series;
use super::branch::Branch;
use crate::summary::day_of;
use crate::{Epoch, Leaf, Tree};

/// Most generations of a series. Each takes some forty nodes of its tree, which usually hold a hundred of them.
pub(super) const MAX_GENERATIONS: usize = 1024;
const OCTETS: usize = 8;

/// A generation of a series' keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Generation {
    /// Its number: rises by one each time.
    pub number: u32,
    /// The first epoch that it seals; the last is the one before the next generation's first.
    pub from: Epoch,
}

impl Generation {
    /// The one that a series begins with.
    pub(super) fn first(number: u32) -> Vec<Self> {
        Epoch::new(0).map(|from| Self { number, from }).into_iter().collect()
    }

    /// The first day whose summaries it seals.
    fn day(&self) -> u32 {
        day_of(self.from.start()).unwrap_or_default()
    }
}

/// The octets of the generations: count u16 || count * (number u32 || first epoch u32), the oldest first.
pub(super) fn encode(all: &[Generation]) -> Vec<u8> {
    let count = u16::try_from(all.len()).unwrap_or_else(|_| unreachable!("at most {MAX_GENERATIONS}"));
    let mut out = count.to_be_bytes().to_vec();
    for one in all {
        out.extend_from_slice(&one.number.to_be_bytes());
        out.extend_from_slice(&one.from.number().to_be_bytes());
    }
    out
}

/// `None` unless there are several, of which the first begins with the first epoch, each is newer than the one before it, and the
/// last is `newest`.
pub(super) fn decode(octets: &[u8], newest: u32) -> Option<Vec<Generation>> {
    let (count, rest) = octets.split_first_chunk::<2>()?;
    let count = usize::from(u16::from_be_bytes(*count));
    if !(2..=MAX_GENERATIONS).contains(&count) || rest.len() != count * OCTETS {
        return None;
    }
    let one = |octets: &[u8]| {
        let (number, from) = octets.split_first_chunk::<4>()?;
        let from = Epoch::new(u32::from_be_bytes(from.try_into().ok()?))?;
        Some(Generation { number: u32::from_be_bytes(*number), from })
    };
    let all: Vec<Generation> = rest.chunks_exact(OCTETS).map(one).collect::<Option<_>>()?;
    let rises = all.windows(2).all(|two| two[0].number < two[1].number && two[0].from < two[1].from);
    let begins = all.first().is_some_and(|first| first.from.number() == 0);
    (rises && begins && all.last().is_some_and(|last| last.number == newest)).then_some(all)
}

impl Branch {
    /// The series as the generation that seals an epoch.
    pub(super) fn series_at(&self, epoch: Epoch) -> Series {
        self.generation(|one| one.from <= epoch)
    }

    /// The series as the generation that seals a day's summaries.
    pub(super) fn series_of_day(&self, day: u32) -> Series {
        self.generation(|one| one.day() <= day)
    }

    /// Whose an epoch is, and its key; `None` when that was deleted.
    pub(super) fn under(&self, epoch: Epoch) -> Option<(Series, Leaf)> {
        Some((self.series_at(epoch), self.readings.leaf(epoch)?))
    }

    fn generation(&self, began: impl Fn(&Generation) -> bool) -> Series {
        let number = self.generations.iter().rev().find(|one| began(one)).map(|one| one.number);
        Series { generation: number.unwrap_or(self.series.generation), ..self.series }
    }

    /// What is left of the readings' tree, by generations, the oldest first; one of which nothing is left has an empty tree.
    pub(super) fn parts(&self) -> Vec<(Series, Tree)> {
        self.split(&self.readings, |one| one.from.number())
    }

    /// The same of the tree of the days.
    pub(super) fn day_parts(&self, days: &Tree) -> Vec<(Series, Tree)> {
        self.split(days, Generation::day)
    }

    fn split(&self, tree: &Tree, first: impl Fn(&Generation) -> u32) -> Vec<(Series, Tree)> {
        let mut parts = Vec::with_capacity(self.generations.len());
        for (place, one) in self.generations.iter().enumerate() {
            let from = first(one);
            let last = match self.generations.get(place + 1).map(&first) {
                // Two that begin within a day: all of its summaries are of the later one.
                Some(next) if next <= from => continue,
                Some(next) => next - 1,
                None => Epoch::LAST.number(),
            };
            // A tree was split where its generations begin, so that a part of it has no more nodes than it.
            let part = tree.within(from, last);
            parts.extend(part.map(|tree| (Series { generation: one.number, ..self.series }, tree)));
        }
        parts
    }

    /// The next generation's keys in the place of the present ones from an epoch on, for readings and summaries; `None` when there
    /// would be more nodes or generations than can be stored.
    pub(super) fn renewed(&self, from: Epoch, mut root: impl FnMut() -> crate::Key) -> Option<Self> {
        let mut next = self.clone();
        let number = self.series.generation.checked_add(1)?;
        next.readings = self.readings.renewed_from(from.number(), root())?;
        let begun = Generation { number, from };
        if let Some(trees) = &mut next.summaries {
            for tree in trees.iter_mut() {
                *tree = tree.renewed_from(begun.day(), root())?;
            }
        }
        // One that began with the same epoch, or later by a clock that was ahead, seals nothing any more.
        next.generations.retain(|earlier| earlier.from < from);
        next.generations.push(begun);
        next.series.generation = number;
        (next.generations.len() <= MAX_GENERATIONS).then_some(next)
    }
}

impl Branch {
    /// The keys that another computer of the same record began since, behind those that are here, and the first epoch of them;
    /// what was deleted here stays so. `None` when nothing there is newer, when it is another series, or when there would be more
    /// nodes or generations than can be stored.
    pub(super) fn followed(
        &self,
        newer: &Self,
        mut root: impl FnMut() -> crate::Key,
    ) -> Option<(Self, Epoch)> {
        let begun = newer.generations.iter().position(|one| one.number > self.series.generation)?;
        let begun = newer.generations.get(begun..)?;
        let first = begun.first()?;
        if newer.series.id != self.series.id || newer.series.category != self.series.category {
            return None;
        }
        let mut next = self.clone();
        next.readings = self.readings.followed(first.from.number(), &newer.readings)?;
        // Summaries are this computer's own: nobody else has their keys, and those who had them here are not meant.
        if let Some(trees) = &mut next.summaries {
            for tree in trees.iter_mut() {
                *tree = tree.renewed_from(first.day(), root())?;
            }
        }
        next.generations.retain(|earlier| earlier.from < first.from);
        next.generations.extend_from_slice(begun);
        next.series.generation = newer.series.generation;
        (next.generations.len() <= MAX_GENERATIONS).then_some((next, first.from))
    }
}

#[cfg(test)]
mod tests;
