//! One 64 KiB part of a proposed block, provable on its own.
//!
//! The engine does not sign parts. Each one therefore names the block it belongs to and carries the Merkle path to that
//! block's part set hash, so that a relay can neither alter a part nor make a member keep bytes that belong to nothing.

use arc_malachitebft_core_types as core;
use borsh::{BorshDeserialize, BorshSerialize};
use core::Round;

use super::context::{Address, Height, SalusContext};
use super::value::BlockId;

/// Bytes of one part, except the last: CometBFT's part size.
pub const PART_BYTES: usize = 64 * 1024;

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
