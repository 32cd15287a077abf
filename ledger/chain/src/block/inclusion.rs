//! Proof that a transaction is part of a block.

use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{Hash32, TxHash, sha256};
use crate::merkle::{self, MerklePath};

/// Place of a transaction under a header's `data_hash`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TxInclusion(pub MerklePath);

fn leaf(tx: &TxHash) -> Hash32 {
    Hash32(sha256(&[&[0], &tx.0]))
}

pub(super) fn leaves(txs: &[TxHash]) -> Vec<Hash32> {
    txs.iter().map(leaf).collect()
}

impl TxInclusion {
    /// The proof for the transaction at `index`.
    pub fn prove(txs: &[TxHash], index: usize) -> Option<Self> {
        merkle::path(&leaves(txs), index).map(Self)
    }

    /// Whether `tx` is under `data_hash`.
    pub fn proves(&self, data_hash: &Hash32, tx: &TxHash) -> bool {
        self.0.proves(data_hash, &leaf(tx))
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        self.0.write(out);
    }

    pub(crate) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        MerklePath::read(input).map(Self)
    }
}
