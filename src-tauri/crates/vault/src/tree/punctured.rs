//! A key tree with holes: what was deleted for ever has no key any more, and everything else keeps its own.
//!
//! ```text
//!            root                      without leaf 2: the siblings of the path from the root to it
//!          /      \                              [1]
//!        [0]      [1]           ->        [00]       ( )
//!       /   \    /   \                              /   \
//!     00    01  10   11                     leaf 2 gone   leaf 3
//! stored = 01 || count u16 || count * (level u8 || start u32 || key 32), in order of start
//! ```
//!
//! Each node's key is a one-way image of its parent's, so that the siblings of a path give neither the path nor its leaf.
//!
//! # Source
//! Green, Miers, "Forward Secure Asynchronous Messaging from Puncturable Encryption", 2015; for a GGM tree, Boneh, Waters,
//! "Constrained Pseudorandom Functions and Their Applications", 2013, section 1 (puncturing).

use zeroize::Zeroizing;

use super::{DEPTH, Epoch, Leaf, Node};
use crate::Key;

const VERSION: u8 = 1;
/// Octets of a stored node.
const NODE: usize = 1 + 4 + 32;

/// Most nodes of a tree: each deleted range leaves at most 2 * 20 siblings, so that a hundred ranges always fit, and
/// usually many more. 152 KB stored.
pub const MAX_NODES: usize = 4096;

/// What is left of a series' key tree: nodes that do not overlap, in order. Whole until something is deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree(Vec<Node>);

impl Tree {
    /// A tree without holes.
    #[must_use]
    pub fn whole(root: Key) -> Self {
        Self(vec![Node::root(root)])
    }

    /// The root's key of a tree without holes.
    #[must_use]
    pub fn root(&self) -> Option<&Key> {
        match self.0.as_slice() {
            [root] if root.level == DEPTH => Some(&root.key),
            _ => None,
        }
    }

    /// The node of `level` that starts at `start`; `None` when that is no node, or when any leaf under it is deleted.
    #[must_use]
    pub fn descend(&self, level: u8, start: u32) -> Option<Node> {
        self.above(start)?.descend(level, start)
    }

    /// True when [`Tree::descend`] gives a node; nothing is derived.
    #[must_use]
    pub fn has(&self, level: u8, start: u32) -> bool {
        let aligned = start.trailing_zeros() >= u32::from(level);
        aligned && self.above(start).is_some_and(|node| node.level >= level)
    }

    /// The leaf of an epoch; `None` when it was deleted.
    #[must_use]
    pub fn leaf(&self, epoch: Epoch) -> Option<Leaf> {
        self.above(epoch.0)?.leaf(epoch)
    }

    /// True when the leaf of this number is not deleted.
    #[must_use]
    pub fn holds(&self, number: u32) -> bool {
        self.above(number).is_some()
    }

    pub(super) fn above(&self, number: u32) -> Option<&Node> {
        let behind = self.0.partition_point(|node| node.start <= number);
        let node = self.0.get(behind.checked_sub(1)?)?;
        Epoch::new(number).is_some_and(|n| node.covers(n)).then_some(node)
    }

    /// The deleted leaves, as ranges (first, last) in order.
    #[must_use]
    pub fn holes(&self) -> Vec<(u32, u32)> {
        let mut holes = Vec::new();
        let mut next = 0;
        for node in &self.0 {
            if node.start > next {
                holes.push((next, node.start - 1));
            }
            next = last(node) + 1;
        }
        if next <= Epoch::LAST.0 {
            holes.push((next, Epoch::LAST.0));
        }
        holes
    }

    /// The tree without the leaves `first` to `last`, both deleted; `None` when it would have more than [`MAX_NODES`].
    #[must_use]
    pub fn without(&self, first: u32, last: u32) -> Option<Self> {
        let mut left = Vec::with_capacity(self.0.len() + 2 * usize::from(DEPTH));
        self.0.iter().for_each(|node| spare(node, first, last, &mut left));
        (left.len() <= MAX_NODES).then_some(Self(left))
    }

    /// The tree with a fresh key for one leaf: what was sealed under the old one is unreadable for ever.
    #[must_use]
    pub fn renewed(&self, number: u32, key: Key) -> Option<Self> {
        let mut tree = self.without(number, number)?;
        let fresh = Node::new(0, number, key)?;
        tree.0.insert(tree.0.partition_point(|node| node.start < number), fresh);
        (tree.0.len() <= MAX_NODES).then_some(tree)
    }

    /// What it opens of the leaves `first` to `last`, and nothing else; `None` when it would have more than [`MAX_NODES`].
    #[must_use]
    pub fn within(&self, first: u32, last: u32) -> Option<Self> {
        let behind = match first.checked_sub(1) {
            Some(end) => self.without(0, end)?,
            None => self.clone(),
        };
        match last.checked_add(1).filter(|next| *next <= Epoch::LAST.0) {
            Some(next) => behind.without(next, Epoch::LAST.0),
            None => Some(behind),
        }
    }

    /// This tree before the leaf `from`, and the one of a fresh root from there on; what is deleted stays deleted. Nothing of it
    /// from `from` on can be had with the keys of before. `None` when it would have more than [`MAX_NODES`].
    #[must_use]
    pub fn renewed_from(&self, from: u32, root: Key) -> Option<Self> {
        self.followed(from, &Self::whole(root))
    }

    /// This tree before the leaf `from`, and another one from there on; what is deleted in this one stays deleted. `None` when it
    /// would have more than [`MAX_NODES`].
    #[must_use]
    pub fn followed(&self, from: u32, other: &Self) -> Option<Self> {
        let mut tree = match from.checked_sub(1) {
            Some(last) => self.within(0, last)?,
            None => Self(Vec::new()),
        };
        let mut fresh = other.within(from, Epoch::LAST.0)?;
        for (first, last) in self.holes() {
            fresh = fresh.without(first, last)?;
        }
        tree.0.append(&mut fresh.0);
        (tree.0.len() <= MAX_NODES).then_some(tree)
    }

    /// True when it opens nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The stored octets.
    #[must_use]
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        let count = u16::try_from(self.0.len()).unwrap_or_else(|_| unreachable!("at most {MAX_NODES} nodes"));
        let mut out = Zeroizing::new(Vec::with_capacity(3 + self.0.len() * NODE));
        out.push(VERSION);
        out.extend_from_slice(&count.to_be_bytes());
        for node in &self.0 {
            out.push(node.level);
            out.extend_from_slice(&node.start.to_be_bytes());
            out.extend_from_slice(node.key.expose());
        }
        out
    }

    /// A tree and the octets behind it; `None` unless nodes are possible, in order, and do not overlap.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let ([version], rest) = bytes.split_first_chunk::<1>()?;
        let (count, mut rest) = rest.split_first_chunk::<2>()?;
        let count = usize::from(u16::from_be_bytes(*count));
        if *version != VERSION || count > MAX_NODES {
            return None;
        }
        let mut nodes: Vec<Node> = Vec::with_capacity(count);
        for _ in 0..count {
            let (node, behind) = rest.split_first_chunk::<NODE>()?;
            let (level, start) = (node[0], &node[1..5]);
            let key = Key::copied(node[5..].try_into().ok()?);
            let start = u32::from_be_bytes(start.try_into().ok()?);
            let node = Node::new(level, start, key)?;
            if nodes.last().is_some_and(|before| node.start <= last(before)) {
                return None;
            }
            nodes.push(node);
            rest = behind;
        }
        Some((Self(nodes), rest))
    }
}

/// The last leaf under a node.
const fn last(node: &Node) -> u32 {
    node.start + ((1 << node.level) - 1)
}

/// The largest nodes under this one that cover nothing of `first..=last`, in order.
fn spare(node: &Node, first: u32, end: u32, left: &mut Vec<Node>) {
    if first > last(node) || end < node.start {
        left.push(node.clone());
    } else if (first > node.start || end < last(node)) && node.level > 0 {
        let half = node.start + (1 << (node.level - 1));
        for start in [node.start, half] {
            let child = node.descend(node.level - 1, start);
            child.iter().for_each(|child| spare(child, first, end, left));
        }
    }
}

#[cfg(test)]
mod tests;
