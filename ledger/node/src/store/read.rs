//! Reading what was decided.

use redb::ReadableTable;
use salus_chain::codec::Record;
use salus_chain::ids::{GrantId, Hash32, TxHash};
use tendermint::validator;
use tendermint_proto::Protobuf;
use tendermint_proto::v0_38::types::ValidatorSet as RawValidatorSet;

use super::write::{StoredCommit, StoredHead};
use super::{BLOCKS, COMMITS, GRANT_TXS, HEAD, META, Store, StoreError, TXS, VALIDATORS, guarded};
use crate::block::Block;
use crate::engine::Certificate;
use crate::state::Head;

/// Where a transaction was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TxPlace {
    /// Height of the block.
    pub height: u64,
    /// Position in it, from 0.
    pub index: u32,
    /// Result code; 0 when executed.
    pub code: u16,
}

impl Store {
    /// The head, or `None` before the genesis is recorded.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn head(&self) -> Result<Option<Head>, StoreError> {
        guarded(|| {
            let meta = self.read()?.open_table(META)?;
            let Some(octets) = meta.get(HEAD)? else { return Ok(None) };
            let head: StoredHead =
                borsh::from_slice(octets.value()).map_err(|_| StoreError::Damaged("head"))?;
            Ok(Some(Head { height: head.height, time_ms: head.time_ms, hash: Hash32(head.hash) }))
        })
    }

    /// The octets of a decided block.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn block_octets(&self, height: u64) -> Result<Option<Vec<u8>>, StoreError> {
        guarded(|| {
            let blocks = self.read()?.open_table(BLOCKS)?;
            Ok(blocks.get(height)?.map(|octets| octets.value().to_vec()))
        })
    }

    /// A decided block.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn block(&self, height: u64) -> Result<Option<Block>, StoreError> {
        let octets = self.block_octets(height)?;
        octets.map(|octets| Block::decode(&octets).map_err(|_| StoreError::Damaged("block"))).transpose()
    }

    /// The first height whose block is kept; 0 when there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn earliest(&self) -> Result<u64, StoreError> {
        guarded(|| {
            let blocks = self.read()?.open_table(BLOCKS)?;
            Ok(blocks.first()?.map_or(0, |(height, _)| height.value()))
        })
    }

    /// The certificate of a decided block.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn certificate(&self, height: u64) -> Result<Option<Certificate>, StoreError> {
        guarded(|| {
            let commits = self.read()?.open_table(COMMITS)?;
            let Some(octets) = commits.get(height)? else { return Ok(None) };
            let stored: StoredCommit =
                borsh::from_slice(octets.value()).map_err(|_| StoreError::Damaged("certificate"))?;
            Ok(Some(Certificate {
                height,
                round: stored.round,
                id: stored.id,
                signatures: stored.signatures,
            }))
        })
    }

    /// The validators of a height, up to two past the head.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn validators(&self, height: u64) -> Result<Option<validator::Set>, StoreError> {
        guarded(|| {
            let table = self.read()?.open_table(VALIDATORS)?;
            let Some(octets) = table.get(height)? else { return Ok(None) };
            <validator::Set as Protobuf<RawValidatorSet>>::decode_vec(octets.value())
                .map(Some)
                .map_err(|_| StoreError::Damaged("validators"))
        })
    }

    /// Where a transaction was recorded first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn tx_place(&self, hash: &TxHash) -> Result<Option<TxPlace>, StoreError> {
        guarded(|| {
            const DAMAGED: StoreError = StoreError::Damaged("transaction index");
            let txs = self.read()?.open_table(TXS)?;
            let Some(octets) = txs.get(hash.0.as_slice())? else { return Ok(None) };
            let octets: &[u8; 14] = octets.value().try_into().map_err(|_| DAMAGED)?;
            Ok(Some(TxPlace {
                height: u64::from_be_bytes(octets[..8].try_into().map_err(|_| DAMAGED)?),
                index: u32::from_be_bytes(octets[8..12].try_into().map_err(|_| DAMAGED)?),
                code: u16::from_be_bytes(octets[12..].try_into().map_err(|_| DAMAGED)?),
            }))
        })
    }

    /// Places of the transactions that concern `grant`, oldest first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn grant_places(&self, grant: &GrantId, limit: usize) -> Result<Vec<TxPlace>, StoreError> {
        guarded(|| {
            const DAMAGED: StoreError = StoreError::Damaged("grant index");
            let table = self.read()?.open_table(GRANT_TXS)?;
            let first = [&grant.0[..], &[0; 12]].concat();
            let last = [&grant.0[..], &[0xff; 12]].concat();
            let mut places = Vec::new();
            for entry in table.range(first.as_slice()..=last.as_slice())?.take(limit) {
                let (key, code) = entry?;
                let key: &[u8; 44] = key.value().try_into().map_err(|_| DAMAGED)?;
                let height = u64::from_be_bytes(key[32..40].try_into().map_err(|_| DAMAGED)?);
                let index = u32::from_be_bytes(key[40..].try_into().map_err(|_| DAMAGED)?);
                places.push(TxPlace { height, index, code: code.value() });
            }
            Ok(places)
        })
    }
}
