//! `/salus/light/1`: status, light blocks, proven state, transactions, a grant's receipts.

mod key;
mod record;

use crate::block::{LightBlock, TxInclusion};
use crate::ids::{ChainId, GrantId, Hash32, TxHash};
use crate::state::{AccessRecord, StateKey};
use crate::time::UnixMillis;

/// Receipts in one reply at most.
pub const MAX_LOG_PAGE: usize = 256;
/// Largest value of the state: a circle with eight delegates takes 2,560 octets, a contract with its text under 2,100.
pub const MAX_VALUE_BYTES: usize = 4096;
/// Largest reply: a full page of receipts with its proof.
pub const MAX_LIGHT_REPLY_BYTES: usize = 256 * 1024;

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LightRequest {
    /// How far the member is.
    Status,
    /// The light block of a height; 0 for the newest.
    LightBlock {
        /// The height.
        height: u64,
    },
    /// A value of the state after a height, with proof; 0 for the newest.
    State {
        /// Which value.
        key: StateKey,
        /// After which height.
        height: u64,
    },
    /// A transaction with its inclusion proof.
    Tx(TxHash),
    /// A grant's record with proof, and its receipts from a place on.
    GrantLog {
        /// The grant.
        grant_id: GrantId,
        /// First receipt wanted, from 0.
        from: u32,
    },
}

/// How far a member is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusReply {
    /// Its chain.
    pub chain_id: ChainId,
    /// Its newest final height.
    pub height: u64,
    /// The first height whose block it still has.
    pub earliest: u64,
    /// Hash of the newest header.
    pub header_hash: Hash32,
    /// Time of the newest block.
    pub time_ms: UnixMillis,
}

/// A proven value, or proven absence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateReply {
    /// The state is that after this height: verify against its header's `app_hash`.
    pub height: u64,
    /// The value.
    pub value: Option<Vec<u8>>,
    /// An encoded [`crate::state_tree::StateProof`].
    pub proof: Vec<u8>,
}

/// A transaction that is in a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TxReplyFound {
    /// The block's height.
    pub height: u64,
    /// The transaction.
    pub tx: Vec<u8>,
    /// Its result; 0 when executed. Proven only by the state, not by this number.
    pub code: u16,
    /// Place under the header's `data_hash`.
    pub inclusion: TxInclusion,
}

/// A grant and a page of its receipts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantLogReply {
    /// The grant's record, proven.
    pub grant: StateReply,
    /// Receipts, in order, from the place that was asked for.
    pub receipts: Vec<AccessRecord>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAnswer {
    /// No such height, transaction or grant.
    NotFound,
    /// It was pruned.
    Pruned,
    /// Too many questions.
    Busy,
    /// The request does not decode.
    Malformed,
    /// The member failed.
    Internal,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LightReply {
    /// To [`LightRequest::Status`].
    Status(StatusReply),
    /// To [`LightRequest::LightBlock`].
    LightBlock(Box<LightBlock>),
    /// To [`LightRequest::State`].
    State(StateReply),
    /// To [`LightRequest::Tx`].
    Tx(TxReplyFound),
    /// To [`LightRequest::GrantLog`].
    GrantLog(GrantLogReply),
    /// To any.
    None(NoAnswer),
}
