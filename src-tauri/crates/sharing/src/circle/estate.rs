//! The estate of a steward: what they read with and permit out of, for as long as the lease goes.
//!
//! ```text
//! estate = lp(content without wraps, as in a capsule) || trees: lp(tree) each, in the content's order
//! ```

use core::fmt;
use std::collections::BTreeSet;

use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::time;
use salus_keeper::Scope;
use salus_vault::tree::MAX_NODES;
use salus_vault::{Series, Tree};
use salus_wire::{Category, UnixMillis};

use crate::capsule::{CapsuleError, Content, Disclosure, MAX_CAPSULE, MAX_SERIES, SeriesWraps, ToldDevice};
use crate::issue::SeriesKey;

/// Octets of a stored tree at most.
const MAX_TREE: usize = 3 + 37 * MAX_NODES;

/// What a steward reads with, and permits out of.
#[derive(Clone, PartialEq, Eq)]
pub struct Estate {
    /// Series, writers, enrolments, devices, the person's name and the leased epochs; it has no wraps and no commitments.
    pub content: Content,
    /// What is leased of each series' tree, in the content's order.
    pub trees: Vec<Tree>,
}

impl Estate {
    /// What a steward gets for the epochs of a lease: of each tree no node that opens anything outside of it.
    ///
    /// # Errors
    /// [`CapsuleError::TooLarge`] when so much was deleted in pieces that a tree does not fit.
    pub fn lease(
        series: &[SeriesKey],
        scope: Scope,
        person: &str,
        writers: &[salus_vault::Writer],
        disclosures: Vec<Disclosure>,
        devices: Vec<ToldDevice>,
    ) -> Result<Self, CapsuleError> {
        let (mut wraps, mut trees) = (Vec::with_capacity(series.len()), Vec::with_capacity(series.len()));
        for one in series {
            let Series { id: series, generation, category } = one.series;
            let tree = one.tree.within(scope.first_epoch, scope.last_epoch).ok_or(CapsuleError::TooLarge)?;
            // A generation that seals nothing of the lease is not told of.
            if !tree.is_empty() {
                wraps.push(SeriesWraps { series, generation, category, wraps: Vec::new() });
                trees.push(tree);
            }
        }
        let content = Content {
            commitments: Vec::new(),
            series: wraps,
            writers: writers.to_vec(),
            patient: person.to_owned(),
            scope,
            disclosures,
            devices,
            days: Vec::new(),
        };
        content.check()?;
        Ok(Self { content, trees })
    }

    /// The first instant after the lease.
    #[must_use]
    pub fn until(&self) -> UnixMillis {
        time::Epoch(self.content.scope.last_epoch).end()
    }

    /// The series of one category, with what is leased of its tree: of each generation that seals something of the lease. None
    /// when none of it is leased.
    #[must_use]
    pub fn series(&self, category: Category) -> Vec<SeriesKey> {
        let of = self.content.series.iter().zip(&self.trees).filter(|(one, _)| one.category == category);
        of.map(|(one, tree)| SeriesKey { series: series_of(one), tree: tree.clone() }).collect()
    }

    /// The newest generation of a category's keys that seals something of these epochs; none when nothing of them is leased.
    #[must_use]
    pub fn generation(&self, category: Category, scope: Scope) -> Option<u32> {
        let seals =
            |tree: &Tree| tree.within(scope.first_epoch, scope.last_epoch).is_some_and(|t| !t.is_empty());
        let of = self.content.series.iter().zip(&self.trees).filter(|(one, _)| one.category == category);
        of.filter(|(_, tree)| seals(tree)).map(|(one, _)| one.generation).max()
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.lp(self.content.encode());
        out.list(&self.trees, |out, tree| out.lp(&*tree.encode()));
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let content = Content::decode(input.lp(MAX_CAPSULE)?)?;
        let trees = input.list(MAX_SERIES, |input| match Tree::decode(input.lp(MAX_TREE)?) {
            Some((tree, [])) => Ok(tree),
            _ => Err(CodecError::Value("tree")),
        })?;
        let generations: BTreeSet<(Category, u32)> =
            content.series.iter().map(|series| (series.category, series.generation)).collect();
        let bare = content.commitments.is_empty() && content.series.iter().all(|s| s.wraps.is_empty());
        if !bare || trees.len() != content.series.len() || generations.len() != trees.len() {
            return Err(CodecError::Value("estate"));
        }
        Ok(Self { content, trees })
    }
}

const fn series_of(one: &SeriesWraps) -> Series {
    Series { category: one.category, id: one.series, generation: one.generation }
}

impl fmt::Debug for Estate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Estate({} series, {:?}, redacted)", self.trees.len(), self.content.scope)
    }
}
