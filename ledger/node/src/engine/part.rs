//! One 64 KiB part of a proposed block, provable on its own.
//!
//! The engine does not sign parts. Each one therefore names the block it belongs to and carries the Merkle path to that
//! block's part set hash, so that a relay can neither alter a part nor make a member keep bytes that belong to nothing.

use arc_malachitebft_core_types as core;
use borsh::{BorshDeserialize, BorshSerialize};
use core::Round;
use salus_chain::block::{BlockPart, PART_BYTES, PartSet};
use salus_chain::ids::Hash32;
use salus_chain::merkle::{MAX_PATH, MerklePath};

use super::context::{Address, Height, SalusContext};
use super::value::BlockId;

/// Bytes of a block at most: 1 MiB of transactions, and as much again for header, commit and framing.
pub const MAX_BLOCK_BYTES: usize = 2 << 20;
/// Parts of a block at most.
pub(crate) const MAX_PARTS: u32 = 32;
const _: () = assert!(MAX_BLOCK_BYTES == PART_BYTES * MAX_PARTS as usize);

/// A part of a block, with the proof that it is one.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Part {
    /// Height of the proposal.
    pub height: Height,
    /// Round of the proposal it is streamed for.
    pub round: Round,
    /// Proof-of-lock round, nil for a new value.
    pub pol_round: Round,
    /// Who proposed the block.
    pub proposer: Address,
    /// The block.
    pub id: BlockId,
    /// Position of this part, from 0.
    pub index: u32,
    /// At most [`PART_BYTES`].
    pub bytes: Vec<u8>,
    /// Sibling hashes from the leaf up.
    pub path: Vec<[u8; 32]>,
}

impl core::ProposalPart<SalusContext> for Part {
    fn is_first(&self) -> bool {
        self.index == 0
    }

    fn is_last(&self) -> bool {
        self.index.checked_add(1) == Some(self.id.parts)
    }
}

impl Part {
    /// Whether these bytes are this part of the block that the part names.
    #[must_use]
    pub(crate) fn proven(&self) -> bool {
        let last = self.index.checked_add(1) == Some(self.id.parts);
        let length = self.bytes.len();
        let fits = if last { (1..=PART_BYTES).contains(&length) } else { length == PART_BYTES };
        if self.id.parts > MAX_PARTS || !fits || self.path.len() > MAX_PATH {
            return false;
        }
        let Some(id) = self.id.tendermint() else { return false };
        let siblings = self.path.iter().map(|hash| Hash32(*hash)).collect();
        let path = MerklePath { index: self.index, size: self.id.parts, siblings };
        BlockPart { octets: self.bytes.clone(), path }.belongs_to(&id.part_set_header)
    }
}

/// The parts of `block`, each with its proof, for a proposal of it.
pub(crate) fn parts(
    block: &[u8],
    id: BlockId,
    height: Height,
    round: Round,
    pol_round: Round,
    proposer: Address,
) -> Vec<Part> {
    let parts = PartSet::cut(block).map(|set| set.parts).unwrap_or_default();
    let part = |part: BlockPart| {
        let path = part.path.siblings.iter().map(|hash| hash.0).collect();
        Part { height, round, pol_round, proposer, id, index: part.path.index, bytes: part.octets, path }
    };
    parts.into_iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(length: usize) -> (Vec<u8>, Vec<Part>) {
        let block: Vec<u8> = (0..length).map(|i| u8::try_from(i % 251).unwrap()).collect();
        let id = BlockId::of(Hash32([7; 32]), 1, &block).unwrap();
        let all = parts(&block, id, Height(1), Round::new(0), Round::Nil, Address([1; 20]));
        (block, all)
    }

    #[test]
    fn every_part_of_every_size_is_proven_and_nothing_else() {
        for length in [1, PART_BYTES, PART_BYTES + 1, 5 * PART_BYTES - 3] {
            let (block, all) = sample(length);
            assert_eq!(all.iter().flat_map(|p| p.bytes.clone()).collect::<Vec<_>>(), block);
            assert!(all.iter().all(Part::proven), "{length}");
            let mut bad = all[all.len() - 1].clone();
            bad.bytes[0] ^= 1;
            assert!(!bad.proven());
        }
        let (_, all) = sample(5 * PART_BYTES - 3);
        assert!(!Part { index: 1, ..all[0].clone() }.proven(), "in another's place");
        let mut inflated = all[0].clone();
        inflated.id.parts = MAX_PARTS + 1;
        assert!(!inflated.proven());
    }

    #[test]
    fn an_empty_or_oversized_block_has_no_identity() {
        let id = |length| BlockId::of(Hash32([7; 32]), 1, &vec![0; length]);
        assert_eq!(id(0), None);
        assert!(id(MAX_BLOCK_BYTES).is_some());
        assert_eq!(id(MAX_BLOCK_BYTES + 1), None);
    }
}
