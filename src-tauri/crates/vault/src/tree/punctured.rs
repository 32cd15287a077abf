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

    fn above(&self, number: u32) -> Option<&Node> {
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tree() -> Tree {
        Tree::whole(Key::new([7; 32]))
    }

    fn epoch(n: u32) -> Epoch {
        Epoch::new(n).unwrap()
    }

    #[test]
    fn the_deleted_leaf_is_gone_and_the_siblings_of_its_path_are_left() {
        let left = tree().without(438_232, 438_232).unwrap();
        assert_eq!(left.0.len(), usize::from(DEPTH));
        assert!(left.leaf(epoch(438_232)).is_none() && !left.holds(438_232) && left.root().is_none());
        for near in [0, 438_231, 438_233, Epoch::LAST.0] {
            assert_eq!(left.leaf(epoch(near)), tree().leaf(epoch(near)), "{near}");
        }
        for (level, start) in
            [(0, 438_232), (0, 438_233), (3, 438_232), (3, 438_240), (20, 0), (3, 438_241), (19, 0)]
        {
            assert_eq!(left.has(level, start), left.descend(level, start).is_some(), "{level} {start}");
        }
        // No node above it can be had, and those beside it can.
        assert!((0..=DEPTH).all(|level| left.descend(level, 438_232 >> level << level).is_none()));
        assert_eq!(left.descend(3, 438_240), tree().descend(3, 438_240));
    }

    #[test]
    fn a_renewed_leaf_has_another_key_and_its_neighbours_the_old_ones() {
        let renewed = tree().renewed(40, Key::new([9; 32])).unwrap();
        assert!(renewed.leaf(epoch(40)).is_some());
        assert_ne!(renewed.leaf(epoch(40)), tree().leaf(epoch(40)));
        assert_eq!(renewed.leaf(epoch(41)), tree().leaf(epoch(41)));
        assert!(renewed.descend(1, 40).is_none(), "a node above would give the old key");
        assert_eq!(Tree::decode(&renewed.encode()), Some((renewed.clone(), &[][..])));
    }

    #[test]
    fn a_tree_that_is_renewed_from_a_leaf_on_is_the_old_one_before_and_another_one_behind() {
        let left = tree().without(30, 39).unwrap().without(60, 61).unwrap();
        let fresh = Tree::whole(Key::new([9; 32]));
        let renewed = left.renewed_from(50, Key::new([9; 32])).unwrap();
        for number in [0, 29, 40, 49] {
            assert_eq!(renewed.leaf(epoch(number)), tree().leaf(epoch(number)), "{number}");
        }
        for number in [50, 59, 62, 438_232, Epoch::LAST.0] {
            assert_eq!(renewed.leaf(epoch(number)), fresh.leaf(epoch(number)), "{number}");
            assert_ne!(renewed.leaf(epoch(number)), tree().leaf(epoch(number)), "{number}");
        }
        // What was deleted for ever is not there again, on either side.
        assert_eq!(renewed.holes(), [(30, 39), (60, 61)]);
        assert!(renewed.root().is_none() && renewed.descend(6, 0).is_none(), "a node above would give both");
        assert_eq!(Tree::decode(&renewed.encode()), Some((renewed.clone(), &[][..])));
        assert_eq!(left.renewed_from(0, Key::new([9; 32])).unwrap().holes(), left.holes());
        let (before, behind) = (renewed.within(0, 49).unwrap(), renewed.within(50, Epoch::LAST.0).unwrap());
        assert_eq!([before.0, behind.0].concat(), renewed.0);
        assert!(renewed.within(30, 39).unwrap().is_empty());
    }

    #[test]
    fn the_stored_form_is_the_documented_one() {
        let left = tree().without(1, Epoch::LAST.0).unwrap();
        let key = tree().descend(0, 0).unwrap();
        let octets = [&[1, 0, 1, 0, 0, 0, 0, 0][..], key.key().expose()].concat();
        assert_eq!(left.encode()[..], octets);
        // HMAC-SHA256(K, "hg/v1/ggm" || 00) twenty times, from 07 repeated, by Python's hmac.
        assert_eq!(
            hex::encode(key.key().expose()),
            "b1b0ce18978d941ea9abcf250f61feef2168da363288966efefe5325cade12c2"
        );
        for cut in 0..octets.len() {
            assert_eq!(Tree::decode(&octets[..cut]), None);
        }
        let node = |level: u8, start: u32| [&[level][..], &start.to_be_bytes(), &[3; 32]].concat();
        for nodes in [[node(1, 0), node(0, 1)], [node(0, 1), node(0, 0)], [node(1, 1), node(0, 3)]] {
            assert_eq!(Tree::decode(&[&[1, 0, 2][..], &nodes.concat()].concat()), None, "{nodes:?}");
        }
    }

    #[test]
    fn many_holes_are_refused_before_they_are_too_many() {
        let mut tree = tree();
        let mut holes = 0;
        while let Some(left) = tree.without(holes * 512, holes * 512) {
            tree = left;
            holes += 1;
        }
        assert!((400..2048).contains(&holes), "{holes}");
    }

    proptest! {
        #[test]
        fn exactly_the_deleted_leaves_are_gone(
            ranges in proptest::collection::vec((0u32..400, 0u32..60), 0..6),
            probes in proptest::collection::vec(0u32..480, 40),
        ) {
            let mut left = tree();
            for (first, length) in &ranges {
                left = left.without(*first, first + length).unwrap();
            }
            for probe in probes {
                let deleted = ranges.iter().any(|(first, length)| (*first..=first + length).contains(&probe));
                let expected = (!deleted).then(|| tree().leaf(epoch(probe)).unwrap());
                prop_assert_eq!(left.leaf(epoch(probe)), expected);
                prop_assert_eq!(left.holds(probe), !deleted);
            }
            let listed: Vec<u32> = left.holes().into_iter().flat_map(|(first, last)| first..=last).collect();
            prop_assert_eq!(listed, (0..480).filter(|n| !left.holds(*n)).collect::<Vec<_>>());
            let stored = left.encode();
            prop_assert_eq!(Tree::decode(&stored), Some((left, &[][..])));
        }

        #[test]
        fn each_leaf_of_a_tree_that_was_renewed_again_and_again_is_of_the_last_root_that_began_before_it(
            from in proptest::collection::vec(0u32..400, 0..8), probes in proptest::collection::vec(0u32..480, 20),
        ) {
            let mut renewed = tree();
            let mut roots = vec![(0, Key::new([7; 32]))];
            for (n, from) in (10u8..).zip(from) {
                renewed = renewed.renewed_from(from, Key::new([n; 32])).unwrap();
                roots.retain(|(earlier, _)| *earlier < from);
                roots.push((from, Key::new([n; 32])));
            }
            prop_assert!(renewed.holes().is_empty());
            for probe in probes {
                let of = roots.iter().rev().find(|(from, _)| *from <= probe).unwrap();
                prop_assert_eq!(renewed.leaf(epoch(probe)), Node::root(of.1.clone()).leaf(epoch(probe)));
            }
        }

        #[test]
        fn random_octets_never_panic(octets in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Some((tree, rest)) = Tree::decode(&octets) {
                prop_assert_eq!([&tree.encode()[..], rest].concat(), octets);
            }
        }
    }
}
