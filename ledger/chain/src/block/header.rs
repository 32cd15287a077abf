//! Building and hashing headers.

use prost::Message;
use tendermint::block::{self, Commit, Header};
use tendermint::crypto::default::Sha256;
use tendermint::hash::AppHash;
use tendermint::merkle::simple_hash_from_byte_vectors;
use tendermint::{Hash, Time, account, validator};
use tendermint_proto::v0_38::types::CommitSig as RawCommitSig;

use crate::genesis::{ChainContext, tendermint_chain_id};
use crate::ids::{Hash32, TxHash, sha256};
use crate::merkle;
use crate::state::TxResult;
use crate::time::UnixMillis;

/// Version of the state machine's rules; a change of any rule changes it.
pub const APP_VERSION: u64 = 1;
/// CometBFT's block protocol.
const BLOCK_VERSION: u64 = 11;

/// Why a header, vote or light block cannot be made or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BlockError {
    /// A value that CometBFT's format cannot hold.
    #[error("not possible in a block: {0}")]
    Format(&'static str),
    /// The octets do not decode.
    #[error("the block does not decode: {0}")]
    Decode(String),
}

/// What a header is made of.
#[derive(Debug, Clone)]
pub struct HeaderInput<'a> {
    /// The chain.
    pub ctx: &'a ChainContext,
    /// From 1.
    pub height: u64,
    /// Later than the previous block's.
    pub time_ms: UnixMillis,
    /// `None` for height 1.
    pub last_block_id: Option<block::Id>,
    /// The previous block's commit; `None` for height 1.
    pub last_commit: Option<&'a Commit>,
    /// Hashes of the transactions, in order.
    pub txs: &'a [TxHash],
    /// The validators of this height.
    pub validators: &'a validator::Set,
    /// The validators of the next height.
    pub next_validators: &'a validator::Set,
    /// State root after this block.
    pub app_hash: Hash32,
    /// Results of this block's transactions.
    pub results: &'a [TxResult],
    /// Who proposed.
    pub proposer: account::Id,
}

fn sha(hash: Hash32) -> Hash {
    Hash::Sha256(hash.0)
}

/// A block time; whole milliseconds.
///
/// # Errors
/// [`BlockError::Format`] outside the years 1970 to 9999.
pub fn time(instant: UnixMillis) -> Result<Time, BlockError> {
    let out_of_range = BlockError::Format("time");
    if instant < 0 {
        return Err(out_of_range);
    }
    let nanos = u32::try_from(instant % 1000).unwrap_or(0) * 1_000_000;
    Time::from_unix_timestamp(instant / 1000, nanos).map_err(|_| out_of_range)
}

/// The instant of a block time, rounded down to milliseconds.
pub fn instant(time: Time) -> UnixMillis {
    i64::try_from(time.unix_timestamp_nanos().div_euclid(1_000_000)).unwrap_or(i64::MAX)
}

/// Merkle root over the transactions' hashes.
pub fn data_hash(txs: &[TxHash]) -> Hash32 {
    merkle::root(&super::inclusion::leaves(txs))
}

/// Merkle root over (transaction hash || u16 result code).
pub fn results_hash(results: &[TxResult]) -> Hash32 {
    let leaves: Vec<Hash32> = results
        .iter()
        .map(|result| Hash32(sha256(&[&[0], &result.hash.0, &result.code().to_be_bytes()])))
        .collect();
    merkle::root(&leaves)
}

/// Merkle root over a commit's signatures.
pub fn commit_hash(commit: &Commit) -> Hash32 {
    let leaves: Vec<Vec<u8>> = commit
        .signatures
        .iter()
        .map(|signature| RawCommitSig::from(signature.clone()).encode_to_vec())
        .collect();
    Hash32(simple_hash_from_byte_vectors::<Sha256>(&leaves))
}

/// The header's hash.
pub fn header_hash(header: &Header) -> Hash32 {
    match header.hash() {
        Hash::Sha256(hash) => Hash32(hash),
        Hash::None => Hash32::ZERO,
    }
}

/// Builds a header.
///
/// # Errors
/// [`BlockError::Format`] when a value does not fit.
pub fn header(input: &HeaderInput<'_>) -> Result<Header, BlockError> {
    if input.height == 0 || (input.height == 1) != input.last_block_id.is_none() {
        return Err(BlockError::Format("height"));
    }
    if input.last_block_id.is_none() != input.last_commit.is_none() {
        return Err(BlockError::Format("last commit"));
    }
    let chain_id = tendermint_chain_id(&input.ctx.chain_id);
    Ok(Header {
        version: block::header::Version { block: BLOCK_VERSION, app: APP_VERSION },
        chain_id: chain_id.try_into().map_err(|_| BlockError::Format("chain id"))?,
        height: input.height.try_into().map_err(|_| BlockError::Format("height"))?,
        time: time(input.time_ms)?,
        last_block_id: input.last_block_id,
        last_commit_hash: Some(sha(input.last_commit.map_or_else(|| merkle::root(&[]), commit_hash))),
        data_hash: Some(sha(data_hash(input.txs))),
        validators_hash: input.validators.hash(),
        next_validators_hash: input.next_validators.hash(),
        consensus_hash: sha(input.ctx.params.hash()),
        app_hash: AppHash::try_from(input.app_hash.0.to_vec()).map_err(|_| BlockError::Format("app hash"))?,
        last_results_hash: Some(sha(results_hash(input.results))),
        evidence_hash: Some(sha(merkle::root(&[]))),
        proposer_address: input.proposer,
    })
}
