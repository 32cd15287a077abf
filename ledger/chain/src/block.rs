//! Blocks in CometBFT's format, so that other people's verifiers accept the chain unmodified.
//!
//! `app_hash` and `last_results_hash` are those AFTER this block's transactions. Hashing, Merkle shape and
//! sign bytes are the `tendermint` crate's; nothing of them is written again.

mod header;
mod inclusion;
mod light;
mod parts;
#[cfg(test)]
mod tests;
mod vote;

pub use header::{
    APP_VERSION, BlockError, HeaderInput, commit_hash, data_hash, header, header_hash, instant, results_hash,
    time,
};
pub use inclusion::TxInclusion;
pub use light::{LightBlock, MAX_LIGHT_BLOCK_BYTES};
pub use parts::{BlockPart, MAX_PARTS, PART_BYTES, PartSet};
pub use vote::{VoteKind, account_id, block_id, commit, validator_set, vote_sign_bytes};
