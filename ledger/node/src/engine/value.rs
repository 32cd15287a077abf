//! What the members vote on: a block's identity, never its body.

use std::fmt;

use borsh::{BorshDeserialize, BorshSerialize};
use salus_chain::block::PartSet;
use salus_chain::ids::Hash32;
use salus_chain::time::UnixMillis;

/// Identity of a block: everything that a vote signs about it.
///
/// The time is part of it because a vote must be a pure function of (height, round, value, address): every precommit's
/// canonical timestamp is the block's own time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
pub struct BlockId {
    /// `Header::hash`.
    pub hash: [u8; 32],
    /// How many parts the block is cut into.
    pub parts: u32,
    /// Merkle root of the parts.
    pub parts_hash: [u8; 32],
    /// The header's time.
    pub time_ms: UnixMillis,
}

impl BlockId {
    /// The identity of `block` with this header; `None` for a block that is empty or too long.
    #[must_use]
    pub fn of(header_hash: Hash32, time_ms: UnixMillis, block: &[u8]) -> Option<Self> {
        if block.len() > super::part::MAX_BLOCK_BYTES {
            return None;
        }
        let parts = PartSet::cut(block).ok()?.header;
        let tendermint::Hash::Sha256(parts_hash) = parts.hash else { return None };
        Some(Self { hash: header_hash.0, parts: parts.total, parts_hash, time_ms })
    }

    /// In CometBFT's form.
    #[must_use]
    pub fn tendermint(&self) -> Option<tendermint::block::Id> {
        let hash = tendermint::Hash::Sha256(self.parts_hash);
        let parts = tendermint::block::parts::Header::new(self.parts, hash).ok()?;
        Some(salus_chain::block::block_id(&Hash32(self.hash), parts))
    }
}

impl fmt::Display for BlockId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.hash[..8]))
    }
}

impl fmt::Debug for BlockId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlockId({self}, {} parts, {} ms)", self.parts, self.time_ms)
    }
}

impl arc_malachitebft_core_types::Value for BlockId {
    type Id = Self;

    fn id(&self) -> Self {
        *self
    }
}
