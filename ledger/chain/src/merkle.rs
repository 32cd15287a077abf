//! Merkle trees over already hashed leaves: RFC 9162 section 2.1, which is also CometBFT's shape.

use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{Hash32, sha256};

/// Leaves in a tree at most: 2^16.
pub const MAX_LEAVES: u32 = 1 << 16;
/// Hashes in a path at most: log2 of [`MAX_LEAVES`].
pub const MAX_PATH: usize = 16;

/// Where a leaf is in a tree, and the siblings from it up to the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MerklePath {
    /// Position of the leaf, from 0.
    pub index: u32,
    /// Number of leaves.
    pub size: u32,
    /// Siblings, from the leaf upwards.
    pub siblings: Vec<Hash32>,
}

fn parent(left: &Hash32, right: &Hash32) -> Hash32 {
    Hash32(sha256(&[&[1], &left.0, &right.0]))
}

fn split(size: usize) -> usize {
    size.next_power_of_two() / 2
}

/// The root over `leaves`; of no leaves, SHA-256 of nothing.
pub fn root(leaves: &[Hash32]) -> Hash32 {
    match leaves {
        [] => Hash32(sha256(&[])),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            parent(&root(left), &root(right))
        }
    }
}

/// The path of the leaf at `index`; `None` when there is no such leaf or the tree is too large.
pub fn path(leaves: &[Hash32], index: usize) -> Option<MerklePath> {
    let size = u32::try_from(leaves.len()).ok().filter(|size| *size <= MAX_LEAVES)?;
    if index >= leaves.len() {
        return None;
    }
    let mut siblings = Vec::new();
    let (mut rest, mut at) = (leaves, index);
    while rest.len() > 1 {
        let (left, right) = rest.split_at(split(rest.len()));
        if at < left.len() {
            siblings.push(root(right));
            rest = left;
        } else {
            siblings.push(root(left));
            at -= left.len();
            rest = right;
        }
    }
    siblings.reverse();
    Some(MerklePath { index: u32::try_from(index).ok()?, size, siblings })
}

impl MerklePath {
    /// The path in a tree of one leaf, whose root is the leaf.
    pub fn single() -> Self {
        Self { index: 0, size: 1, siblings: Vec::new() }
    }

    /// Whether `leaf` is at this place under `root`.
    pub fn proves(&self, root: &Hash32, leaf: &Hash32) -> bool {
        self.climb(*leaf).is_some_and(|reached| reached == *root)
    }

    // Walks down by size to learn on which side each sibling is, then up. Exact number of siblings required.
    fn climb(&self, leaf: Hash32) -> Option<Hash32> {
        if self.size == 0 || self.size > MAX_LEAVES || self.index >= self.size {
            return None;
        }
        let (mut size, mut at) = (self.size, self.index);
        let mut on_left = Vec::new();
        while size > 1 {
            let left = size.next_power_of_two() / 2;
            if at < left {
                on_left.push(true);
                size = left;
            } else {
                on_left.push(false);
                at -= left;
                size -= left;
            }
        }
        if on_left.len() != self.siblings.len() {
            return None;
        }
        let sides = on_left.iter().rev();
        Some(self.siblings.iter().zip(sides).fold(leaf, |node, (sibling, left)| {
            if *left { parent(&node, sibling) } else { parent(sibling, &node) }
        }))
    }

    /// Writes it.
    pub fn write(&self, out: &mut Writer) {
        out.u32(self.index);
        out.u32(self.size);
        out.list(&self.siblings, |out, hash| out.fixed(hash));
    }

    /// Reads it.
    ///
    /// # Errors
    /// When the octets end before, or there are more siblings than any tree has.
    pub fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let (index, size) = (input.u32()?, input.u32()?);
        let siblings = input.list(MAX_PATH, Reader::hash)?;
        Ok(Self { index, size, siblings })
    }
}
