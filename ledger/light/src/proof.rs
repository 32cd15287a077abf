//! Checking what members prove; pure.

use salus_chain::block::TxInclusion;
use salus_chain::codec::{CodecError, Record};
use salus_chain::ids::{GrantId, Hash32, TxHash};
use salus_chain::state::{AccessRecord, GrantRecord, StateKey, access_log_head};
use salus_chain::state_tree::{ProofError, StateProof};
use salus_chain::tx::tx_hash;

/// Why a proof is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    /// The proof is malformed, or leads to another root.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// The proven value is not the record that the key names: the chain's rules are newer than this client.
    #[error("the proven value does not decode")]
    Record(#[from] CodecError),
}

/// The record that `key` has under a header's `app_hash`, or `None` when its absence is proven.
///
/// # Errors
/// [`ProofFault`].
pub fn state<T: Record>(
    app_hash: &Hash32,
    key: &StateKey,
    value: Option<&[u8]>,
    proof: &[u8],
) -> Result<Option<T>, ProofFault> {
    StateProof::decode(proof)?.verify(app_hash, key, value)?;
    Ok(value.map(T::decode).transpose()?)
}

/// Whether `log` is every receipt of the proven grant, in order: its hash chain ends in the grant's `access_head`.
#[must_use]
pub fn log_is_complete(id: &GrantId, grant: &GrantRecord, log: &[AccessRecord]) -> bool {
    u32::try_from(log.len()) == Ok(grant.access_count) && access_log_head(id, log) == grant.access_head
}

/// Whether `octets` are the transaction `hash` and its place is under the header's `data_hash`.
#[must_use]
pub fn includes(data_hash: &Hash32, hash: &TxHash, octets: &[u8], inclusion: &TxInclusion) -> bool {
    tx_hash(octets) == *hash && inclusion.proves(data_hash, hash)
}

#[cfg(test)]
mod tests;
