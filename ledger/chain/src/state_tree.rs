//! The authenticated state: a Jellyfish Merkle tree whose root after a block is the header's `app_hash`.
//!
//! The tree's version is the block height; version 0 holds [`crate::state::genesis_writes`]. Nodes are stored
//! by whoever implements [`TreeReader`]. A value's proof is at most a few hundred octets a level.

use jmt::proof::SparseMerkleProof;
use jmt::storage::{TreeReader, TreeUpdateBatch};
use jmt::{KeyHash, RootHash, Sha256Jmt};

use crate::ids::Hash32;
use crate::state::{StateKey, StateWrite};

pub use jmt;

#[cfg(any(test, feature = "memory"))]
mod memory;

#[cfg(any(test, feature = "memory"))]
pub use memory::MemoryTree;

type Proof = SparseMerkleProof<tendermint::crypto::default::Sha256>;

/// Largest encoded proof: 256 levels of siblings would take 17 KiB.
pub const MAX_PROOF_BYTES: usize = 20 * 1024;

/// Why the tree could not be updated or read.
#[derive(Debug, thiserror::Error)]
#[error("the state tree failed: {0}")]
pub struct TreeError(String);

/// Why a proof proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Not the encoding of a proof, or above [`MAX_PROOF_BYTES`].
    #[error("the proof is malformed")]
    Malformed,
    /// The proof is for another root, key or value.
    #[error("the proof does not hold")]
    Mismatch,
}

/// Proof that a key has a value, or has none, under one root.
#[derive(Debug, Clone)]
pub struct StateProof(Proof);

fn key_hash(key: &StateKey) -> KeyHash {
    KeyHash(key.hash().0)
}

fn failed(error: impl std::fmt::Display) -> TreeError {
    TreeError(error.to_string())
}

/// The root and the new nodes after `writes` at `version`; the caller stores the nodes with the block.
///
/// # Errors
/// [`TreeError`] when the reader fails.
pub fn apply<R: TreeReader>(
    reader: &R,
    version: u64,
    writes: &[StateWrite],
) -> Result<(Hash32, TreeUpdateBatch), TreeError> {
    let values = writes.iter().map(|(key, value)| (key_hash(key), value.clone()));
    let (RootHash(root), batch) = Sha256Jmt::new(reader).put_value_set(values, version).map_err(failed)?;
    Ok((Hash32(root), batch))
}

/// The value at `version`, without proof.
///
/// # Errors
/// [`TreeError`] when the reader fails.
pub fn value<R: TreeReader>(reader: &R, version: u64, key: &StateKey) -> Result<Option<Vec<u8>>, TreeError> {
    reader.get_value_option(version, key_hash(key)).map_err(failed)
}

/// The value at `version` with a proof of it, or of its absence.
///
/// # Errors
/// [`TreeError`] when the reader fails or the version was pruned.
pub fn prove<R: TreeReader>(
    reader: &R,
    version: u64,
    key: &StateKey,
) -> Result<(Option<Vec<u8>>, StateProof), TreeError> {
    let (value, proof) = Sha256Jmt::new(reader).get_with_proof(key_hash(key), version).map_err(failed)?;
    Ok((value, StateProof(proof)))
}

/// The root at `version`.
///
/// # Errors
/// [`TreeError`] when there is none.
pub fn root<R: TreeReader>(reader: &R, version: u64) -> Result<Hash32, TreeError> {
    let RootHash(root) = Sha256Jmt::new(reader).get_root_hash(version).map_err(failed)?;
    Ok(Hash32(root))
}

impl StateProof {
    /// Borsh octets.
    ///
    /// # Errors
    /// [`TreeError`] when the proof does not encode.
    pub fn encode(&self) -> Result<Vec<u8>, TreeError> {
        borsh::to_vec(&self.0).map_err(failed)
    }

    /// The proof that `octets` is the only encoding of.
    ///
    /// # Errors
    /// [`ProofError::Malformed`].
    pub fn decode(octets: &[u8]) -> Result<Self, ProofError> {
        if octets.len() > MAX_PROOF_BYTES {
            return Err(ProofError::Malformed);
        }
        let proof: Proof = borsh::from_slice(octets).map_err(|_| ProofError::Malformed)?;
        match borsh::to_vec(&proof) {
            Ok(again) if again == octets => Ok(Self(proof)),
            _ => Err(ProofError::Malformed),
        }
    }

    /// Checks that `key` has `value` under `app_hash`.
    ///
    /// # Errors
    /// [`ProofError::Mismatch`].
    pub fn verify_presence(&self, app_hash: &Hash32, key: &StateKey, value: &[u8]) -> Result<(), ProofError> {
        let root = RootHash(app_hash.0);
        self.0.verify_existence(root, key_hash(key), value).map_err(|_| ProofError::Mismatch)
    }

    /// Checks that `key` has no value under `app_hash`.
    ///
    /// # Errors
    /// [`ProofError::Mismatch`].
    pub fn verify_absence(&self, app_hash: &Hash32, key: &StateKey) -> Result<(), ProofError> {
        let root = RootHash(app_hash.0);
        self.0.verify_nonexistence(root, key_hash(key)).map_err(|_| ProofError::Mismatch)
    }

    /// Presence when `value` is some, absence when it is none.
    ///
    /// # Errors
    /// [`ProofError::Mismatch`].
    pub fn verify(&self, app_hash: &Hash32, key: &StateKey, value: Option<&[u8]>) -> Result<(), ProofError> {
        match value {
            Some(value) => self.verify_presence(app_hash, key, value),
            None => self.verify_absence(app_hash, key),
        }
    }
}
