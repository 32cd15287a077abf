//! The Merkle tree of RFC 6962: leaves under 00, inner nodes under 01, the left subtree the largest power of two.
//!
//! # Source
//! RFC 6962 section 2.1 (tree, audit path, consistency proof); RFC 9162 sections 2.1.3.2 and 2.1.4.2 (verifying them).

mod proof;

use sha2::{Digest, Sha256};

pub use proof::{consistency, inclusion, verify_consistency, verify_inclusion};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The hash of a leaf's octets.
#[must_use]
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(leaf).finalize().into()
}

fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root over leaves that are hashes of their octets already.
#[must_use]
pub fn root(leaves: impl IntoIterator<Item = Hash>) -> Hash {
    let mut frontier = Frontier::default();
    for leaf in leaves {
        frontier.push(leaf);
    }
    frontier.root()
}

/// The complete subtrees that a tree of some size consists of, the largest first: all that appending needs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    /// One for each bit of the size that is set.
    nodes: Vec<Hash>,
}

impl Frontier {
    /// `None` unless there is a node for each bit of the size that is set.
    #[must_use]
    pub fn new(size: u64, nodes: Vec<Hash>) -> Option<Self> {
        (nodes.len() == size.count_ones() as usize).then_some(Self { size, nodes })
    }

    /// How many leaves there are.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The subtrees.
    #[must_use]
    pub fn nodes(&self) -> &[Hash] {
        &self.nodes
    }

    /// Appends the hash of a leaf; returns the hash of the largest complete subtree that ends at it.
    pub fn push(&mut self, leaf: Hash) -> Hash {
        let mut node = leaf;
        // Each low bit that is set is a complete subtree to the left, and becomes a part of this one.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.nodes.pop() {
                node = node_hash(&left, &node);
            }
        }
        self.nodes.push(node);
        self.size += 1;
        node
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> Hash {
        match self.nodes.split_last() {
            None => Sha256::digest([]).into(),
            Some((last, rest)) => rest.iter().rev().fold(*last, |right, left| node_hash(left, &right)),
        }
    }

    /// The leaves, from 1, at which the subtrees of a tree of this size end: each is the largest one that ends there.
    pub fn ends(size: u64) -> impl Iterator<Item = u64> {
        let bits = (0..u64::BITS).rev().filter(move |bit| size >> bit & 1 == 1);
        bits.scan(0, |end, bit| {
            *end += 1 << bit;
            Some(*end)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::proof::tests::{LEAVES, ROOTS, hashes};
    use super::*;

    #[test]
    fn the_roots_are_those_of_the_reference_implementation() {
        for (n, expected) in (0..).zip(ROOTS) {
            assert_eq!(hex::encode(root(hashes(n))), expected, "{n} leaves");
        }
        assert_eq!(LEAVES.len() + 1, ROOTS.len());
    }

    #[test]
    fn every_earlier_root_follows_from_the_subtrees_that_were_handed_out() {
        let leaves: Vec<Hash> = (0u8..100).map(|n| leaf_hash(&[n])).collect();
        let mut frontier = Frontier::default();
        let (mut handed_out, mut roots) = (Vec::new(), vec![frontier.root()]);
        for leaf in &leaves {
            handed_out.push(frontier.push(*leaf));
            roots.push(frontier.root());
        }
        for (size, expected) in (0u64..).zip(roots) {
            let ends = Frontier::ends(size).map(|end| handed_out[usize::try_from(end).unwrap() - 1]);
            let earlier = Frontier::new(size, ends.collect()).unwrap();
            assert_eq!(earlier.root(), expected);
            assert_eq!(root(leaves[..usize::try_from(size).unwrap()].iter().copied()), expected);
            assert_eq!(Frontier::new(size + 1, earlier.nodes().to_vec()).is_some(), {
                (size + 1).count_ones() == size.count_ones()
            });
        }
    }
}
