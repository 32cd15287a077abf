//! A whole block as members exchange and store it.

use prost::Message;
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::tx::{MAX_TX_BYTES, tx_hash};
use salus_chain::{block, ids};
use tendermint::block::{Commit, Header};
use tendermint_proto::Protobuf;
use tendermint_proto::v0_38::types::{Commit as RawCommit, Header as RawHeader};

use crate::engine::{BlockId, MAX_BLOCK_BYTES};

/// A header in CometBFT's protobuf takes about 600 octets.
const MAX_HEADER: usize = 2 * 1024;
/// A commit of 21 signatures takes about 2.5 KiB.
const MAX_COMMIT: usize = 8 * 1024;
/// Transactions of a block at most; the smallest takes over 100 octets.
const MAX_TXS: usize = 10_000;
const KIND: u8 = 0x61;

/// Header, the previous block's commit, and the transactions.
///
/// Fields: lp(Header), lp(Commit; empty at height 1), list of lp(transaction).
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The header.
    pub header: Header,
    /// Commit of the block before; `None` at height 1.
    pub last_commit: Option<Commit>,
    /// Transactions in order.
    pub txs: Vec<Vec<u8>>,
}

impl Block {
    /// The identity that votes name, given this block's own encoding.
    #[must_use]
    pub fn id(&self, octets: &[u8]) -> Option<BlockId> {
        BlockId::of(block::header_hash(&self.header), block::instant(self.header.time), octets)
    }

    /// Hashes of the transactions, in order.
    #[must_use]
    pub fn tx_hashes(&self) -> Vec<ids::TxHash> {
        self.txs.iter().map(|tx| tx_hash(tx)).collect()
    }
}

impl Record for Block {
    const MAX: usize = MAX_BLOCK_BYTES;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.lp(Protobuf::<RawHeader>::encode_vec(self.header.clone()));
        match &self.last_commit {
            Some(commit) => out.lp(RawCommit::from(commit.clone()).encode_to_vec()),
            None => out.lp([]),
        }
        out.list(&self.txs, |out, tx| out.lp(tx));
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != KIND {
            return Err(CodecError::Kind(kind));
        }
        let header = <Header as Protobuf<RawHeader>>::decode_vec(input.lp(MAX_HEADER)?)
            .map_err(|_| CodecError::Value("header"))?;
        let last_commit = match input.lp(MAX_COMMIT)? {
            [] => None,
            octets => Some(
                RawCommit::decode(octets)
                    .ok()
                    .and_then(|raw| Commit::try_from(raw).ok())
                    .ok_or(CodecError::Value("commit"))?,
            ),
        };
        let txs = input.list(MAX_TXS, |input| Ok(input.lp(MAX_TX_BYTES)?.to_vec()))?;
        Ok(Self { header, last_commit, txs })
    }
}
