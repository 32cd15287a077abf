//! The two writes that a decision makes.

use borsh::{BorshDeserialize, BorshSerialize};
use jmt::storage::TreeUpdateBatch;
use redb::{Durability, ReadableTable};
use salus_chain::ids::{GrantId, TxHash};
use tendermint::validator;
use tendermint_proto::Protobuf;
use tendermint_proto::v0_38::types::ValidatorSet as RawValidatorSet;

use super::tree::value_key;
use super::{
    BLOCKS, COMMITS, GRANT_TXS, HEAD, META, NODES, Store, StoreError, TXS, UNDECIDED, VALIDATORS, VALUES,
    guarded,
};
use crate::engine::{Address, BlockId, Certificate};
use crate::state::Head;

/// A certificate as it is stored.
#[derive(BorshSerialize, BorshDeserialize)]
pub(super) struct StoredCommit {
    pub(super) round: u32,
    pub(super) id: BlockId,
    pub(super) signatures: Vec<(Address, [u8; 64])>,
}

impl From<&Certificate> for StoredCommit {
    fn from(certificate: &Certificate) -> Self {
        Self { round: certificate.round, id: certificate.id, signatures: certificate.signatures.clone() }
    }
}

/// The head as it is stored.
#[derive(BorshSerialize, BorshDeserialize)]
pub(super) struct StoredHead {
    pub(super) height: u64,
    pub(super) time_ms: i64,
    pub(super) hash: [u8; 32],
}

/// Everything that one decision changes.
pub struct Decided<'a> {
    /// The new head.
    pub head: Head,
    /// The block's octets.
    pub block: &'a [u8],
    /// Who signed it.
    pub certificate: &'a Certificate,
    /// State nodes and values.
    pub tree: &'a TreeUpdateBatch,
    /// Each transaction, its result code, and the grant it concerns.
    pub txs: &'a [(TxHash, u16, Option<GrantId>)],
    /// The validators of the height after the next.
    pub validators: &'a validator::Set,
}

impl Store {
    /// Records a decided block as one durable transaction.
    ///
    /// # Errors
    /// [`StoreError`]; nothing of it is recorded then.
    pub fn record(&self, decided: &Decided<'_>) -> Result<(), StoreError> {
        guarded(|| {
            let height = decided.head.height;
            let write = self.write()?;
            {
                write.open_table(BLOCKS)?.insert(height, decided.block)?;
                write
                    .open_table(COMMITS)?
                    .insert(height, encode(&StoredCommit::from(decided.certificate))?.as_slice())?;
                put_validators(&write, height.saturating_add(2), decided.validators)?;
                put_tree(&write, decided.tree)?;
                let mut txs = write.open_table(TXS)?;
                let mut grants = write.open_table(GRANT_TXS)?;
                for (index, (hash, code, grant)) in (0u32..).zip(decided.txs) {
                    // A repeated transaction has no effect, so its first place stays, unless it failed there.
                    let executed = |place: &[u8]| place.get(12..) == Some(&[0, 0]);
                    let before = txs.get(hash.0.as_slice())?.map(|place| executed(place.value()));
                    if before == Some(true) || (before == Some(false) && *code != 0) {
                        continue;
                    }
                    let place =
                        [&height.to_be_bytes()[..], &index.to_be_bytes(), &code.to_be_bytes()].concat();
                    txs.insert(hash.0.as_slice(), place.as_slice())?;
                    if let Some(grant) = grant {
                        let key = [&grant.0[..], &height.to_be_bytes(), &index.to_be_bytes()].concat();
                        grants.insert(key.as_slice(), *code)?;
                    }
                }
                super::undecided::forget(&mut write.open_table(UNDECIDED)?, height)?;
                put_head(&write, decided.head)?;
            }
            write.commit()?;
            Ok(())
        })
    }

    /// Records the state of height 0 and the first two validator sets.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn record_genesis(
        &self,
        head: Head,
        tree: &TreeUpdateBatch,
        validators: &validator::Set,
    ) -> Result<(), StoreError> {
        guarded(|| {
            let write = self.write()?;
            put_tree(&write, tree)?;
            put_validators(&write, 1, validators)?;
            put_validators(&write, 2, validators)?;
            put_head(&write, head)?;
            write.commit()?;
            Ok(())
        })
    }

    /// Replaces a height's certificate. Not synced by itself: the one it replaces is as good.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn replace_commit(&self, certificate: &Certificate) -> Result<(), StoreError> {
        guarded(|| {
            let mut write = self.write()?;
            // The type's error cannot occur before a savepoint is made.
            let _ = write.set_durability(Durability::None);
            write
                .open_table(COMMITS)?
                .insert(certificate.height, encode(&StoredCommit::from(certificate))?.as_slice())?;
            write.commit()?;
            Ok(())
        })
    }
}

fn encode(value: &impl BorshSerialize) -> Result<Vec<u8>, StoreError> {
    borsh::to_vec(value).map_err(|_| StoreError::Damaged("encoding"))
}

fn put_head(write: &redb::WriteTransaction, head: Head) -> Result<(), StoreError> {
    let stored = StoredHead { height: head.height, time_ms: head.time_ms, hash: head.hash.0 };
    write.open_table(META)?.insert(HEAD, encode(&stored)?.as_slice())?;
    Ok(())
}

fn put_validators(
    write: &redb::WriteTransaction,
    height: u64,
    set: &validator::Set,
) -> Result<(), StoreError> {
    let octets = Protobuf::<RawValidatorSet>::encode_vec(set.clone());
    write.open_table(VALIDATORS)?.insert(height, octets.as_slice())?;
    Ok(())
}

fn put_tree(write: &redb::WriteTransaction, tree: &TreeUpdateBatch) -> Result<(), StoreError> {
    let mut nodes = write.open_table(NODES)?;
    for (key, node) in tree.node_batch.nodes() {
        nodes.insert(encode(key)?.as_slice(), encode(node)?.as_slice())?;
    }
    let mut values = write.open_table(VALUES)?;
    for ((version, key), value) in tree.node_batch.values() {
        let octets = match value {
            Some(value) => [&[1], value.as_slice()].concat(),
            None => vec![0],
        };
        values.insert(value_key(key, *version).as_slice(), octets.as_slice())?;
    }
    Ok(())
}
