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
use salus_vault::{Epoch, Series, Tree};
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
        let trees = series.iter().map(|one| cut(&one.tree, scope)).collect::<Option<Vec<_>>>();
        let of = |one: &SeriesKey| SeriesWraps {
            series: one.series.id,
            generation: one.series.generation,
            category: one.series.category,
            wraps: Vec::new(),
        };
        let content = Content {
            commitments: Vec::new(),
            series: series.iter().map(of).collect(),
            writers: writers.to_vec(),
            patient: person.to_owned(),
            scope,
            disclosures,
            devices,
            days: Vec::new(),
        };
        content.check()?;
        Ok(Self { content, trees: trees.ok_or(CapsuleError::TooLarge)? })
    }

    /// The first instant after the lease.
    #[must_use]
    pub fn until(&self) -> UnixMillis {
        time::Epoch(self.content.scope.last_epoch).end()
    }

    /// The series of one category, with what is leased of its tree.
    #[must_use]
    pub fn series(&self, category: Category) -> Option<SeriesKey> {
        let place = self.content.series.iter().position(|series| series.category == category)?;
        let SeriesWraps { series: id, generation, .. } = self.content.series.get(place)?;
        let series = Series { category, id: *id, generation: *generation };
        Some(SeriesKey { series, tree: self.trees.get(place)?.clone() })
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
        let categories: BTreeSet<Category> = content.series.iter().map(|series| series.category).collect();
        let bare = content.commitments.is_empty() && content.series.iter().all(|s| s.wraps.is_empty());
        if !bare || trees.len() != content.series.len() || categories.len() != trees.len() {
            return Err(CodecError::Value("estate"));
        }
        Ok(Self { content, trees })
    }
}

fn cut(tree: &Tree, scope: Scope) -> Option<Tree> {
    let before = scope.first_epoch.checked_sub(1).map_or(Some(tree.clone()), |last| tree.without(0, last))?;
    match scope.last_epoch.checked_add(1).filter(|first| *first <= Epoch::LAST.number()) {
        Some(first) => before.without(first, Epoch::LAST.number()),
        None => Some(before),
    }
}

impl fmt::Debug for Estate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Estate({} series, {:?}, redacted)", self.trees.len(), self.content.scope)
    }
}
