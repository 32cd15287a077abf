//! The keys of each category: what of them is handed out, and how others take their place.

use std::sync::PoisonError;

use salus_wire::{Category, Level};

use super::branch::Branch;
use super::{Generation, Series, Vault};
use crate::{Epoch, Leaf, Node, Tree};

impl Vault {
    /// The series of a category.
    #[must_use]
    pub fn series(&self, category: Category) -> Series {
        self.branch(category, |b| b.series)
    }

    /// The generations of a category's keys, the oldest first.
    #[must_use]
    pub fn generations(&self, category: Category) -> Vec<Generation> {
        self.branch(category, |b| b.generations.clone())
    }

    /// A category's keys as a grant takes them: of each generation what is left of its part of the tree, the oldest first. One of
    /// which nothing is left has an empty tree.
    #[must_use]
    pub fn parts(&self, category: Category) -> Vec<(Series, Tree)> {
        self.branch(category, Branch::parts)
    }

    /// A category's key tree, of all generations: what is left of it, when something was deleted for ever.
    #[must_use]
    pub fn tree(&self, category: Category) -> Tree {
        self.branch(category, |b| b.readings.clone())
    }

    /// A node's key of a category's tree, for a grant; `None` when level or start is not a node's, or when anything under
    /// it was deleted.
    #[must_use]
    pub fn node(&self, category: Category, level: u8, start: u32) -> Option<Node> {
        self.branch(category, |b| b.readings.descend(level, start))
    }

    /// A node's key of the tree of a category's summaries, for a grant of these only: `2^height` days of one level from
    /// the day `start`. It opens no other level and no reading. `None` as of [`Vault::node`], and before the first summary.
    #[must_use]
    pub fn summary_node(&self, category: Category, level: Level, height: u8, start: u32) -> Option<Node> {
        self.branch(category, |b| b.summaries(level)?.descend(height, start))
    }

    /// The leaf of an epoch: its locator, and the keys that open it; `None` when it was deleted.
    #[must_use]
    pub fn leaf(&self, category: Category, epoch: Epoch) -> Option<Leaf> {
        self.branch(category, |b| b.readings.leaf(epoch))
    }

    /// True when readings of this epoch can be stored: it was not deleted.
    #[must_use]
    pub fn holds(&self, category: Category, epoch: Epoch) -> bool {
        self.branch(category, |b| b.readings.holds(epoch.number()))
    }

    /// The keys of every category, as they are now.
    pub(super) fn branches(&self) -> Vec<Branch> {
        self.branches.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn branch<T>(&self, category: Category, read: impl FnOnce(&Branch) -> T) -> T {
        let branches = self.branches.read().unwrap_or_else(PoisonError::into_inner);
        let found = branches.iter().find(|b| b.series.category == category);
        read(found.unwrap_or_else(|| unreachable!("unlocking makes a branch for every category")))
    }

    /// Takes keys into use that are stored already. The old ones are wiped.
    pub(super) fn replace(&self, new: Vec<Branch>) {
        *self.branches.write().unwrap_or_else(PoisonError::into_inner) = new;
    }

    pub(super) fn replace_one(&self, new: Branch) {
        let mut branches = self.branches.write().unwrap_or_else(PoisonError::into_inner);
        let same = |b: &&mut Branch| b.series.category == new.series.category;
        branches.iter_mut().filter(same).for_each(|b| *b = new.clone());
    }
}
