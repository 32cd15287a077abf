//! A chain of four members in memory: shared by the tests of this crate.

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;

use crate::block::{self, HeaderInput, LightBlock, VoteKind};
use crate::codec::Record;
use crate::genesis::{ChainContext, Genesis, Member, Params};
use crate::ids::{GrantId, Hash32, KemPublicKey, Nonce16, ReaderKey, TxHash};
use crate::merkle::MerklePath;
use crate::sign::{Label, SigningKey};
use crate::state::{BlockEffects, GrantRecord, StateKey, StateReader, execute_block, genesis_writes};
use crate::state_tree::MemoryTree;
use crate::tx::{
    AccessBody, AccessTx, EnrolBody, ErasureAckBody, GrantAck, GrantBody, GrantTerms, GrantTx, RevokeBody,
    Tx, WithdrawBody, ack_body, enrolment_commitment, tx_hash,
};

mod consent;
mod duty;

/// A Sunday in November 2026.
pub(crate) const START: i64 = 1_795_000_000_000;
pub(crate) const DAY: i64 = 86_400_000;

pub(crate) struct Chain {
    pub(crate) genesis: Genesis,
    pub(crate) ctx: ChainContext,
    pub(crate) consensus: Vec<SigningKey>,
    pub(crate) keepers: Vec<SigningKey>,
    pub(crate) tree: MemoryTree,
    pub(crate) height: u64,
    pub(crate) time_ms: i64,
    pub(crate) blocks: Vec<LightBlock>,
}

pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

pub(crate) fn genesis(n: u8) -> (Genesis, Vec<SigningKey>, Vec<SigningKey>) {
    let mut rng = ChaCha20Rng::seed_from_u64(u64::from(n));
    let mut keys = || (0..n).map(|_| SigningKey::generate(&mut rng)).collect::<Vec<_>>();
    let (consensus, keepers) = (keys(), keys());
    let members = (0..n).map(|i| Member {
        name: format!("Member {i}"),
        consensus_pk: consensus[usize::from(i)].verifying_key(),
        keeper_pk: keepers[usize::from(i)].verifying_key(),
        keeper_kem_pk: KemPublicKey([i + 1; 32]),
        peer_id: format!("peer{i}"),
        public_addr: format!("/ip4/127.0.0.1/udp/{i}/quic-v1"),
        consensus_addr: format!("/ip4/127.0.0.1/udp/10{i}/quic-v1"),
    });
    let genesis = Genesis {
        chain_name: "Test".into(),
        genesis_time_ms: START,
        members: members.collect(),
        params: Params { pow_bits: 4, access_per_epoch: 3, ..Params::default() },
    };
    (genesis, consensus, keepers)
}

impl Chain {
    pub(crate) fn new(n: u8) -> Self {
        let (genesis, consensus, keepers) = genesis(n);
        genesis.validate().unwrap();
        let ctx = genesis.context();
        let mut tree = MemoryTree::default();
        tree.commit(0, &genesis_writes(&ctx)).unwrap();
        Self { genesis, ctx, consensus, keepers, tree, height: 0, time_ms: START, blocks: Vec::new() }
    }

    /// Executes a block `after` milliseconds later, signed by the first `signers` members.
    pub(crate) fn block_signed(&mut self, after: i64, txs: &[Tx], signers: usize) -> BlockEffects {
        let octets: Vec<Vec<u8>> = txs.iter().map(Record::encode).collect();
        self.raw_block(after, &octets, signers)
    }

    pub(crate) fn block(&mut self, after: i64, txs: &[Tx]) -> BlockEffects {
        self.block_signed(after, txs, self.consensus.len())
    }

    pub(crate) fn raw_block(&mut self, after: i64, txs: &[Vec<u8>], signers: usize) -> BlockEffects {
        self.height += 1;
        self.time_ms += after;
        let effects = execute_block(&self.ctx, &self.tree, self.height, self.time_ms, txs).unwrap();
        let app_hash = self.tree.commit(self.height, &effects.writes).unwrap();
        let hashes: Vec<TxHash> = txs.iter().map(|tx| tx_hash(tx)).collect();
        let set = block::validator_set(&self.genesis).unwrap();
        let last = self.blocks.last().map(|block| &block.signed_header.commit);
        let header = block::header(&HeaderInput {
            ctx: &self.ctx,
            height: self.height,
            time_ms: self.time_ms,
            last_block_id: last.map(|commit| commit.block_id),
            last_commit: last,
            txs: &hashes,
            validators: &set,
            next_validators: &set,
            app_hash,
            results: &effects.results,
            proposer: set.validators()[0].address,
        })
        .unwrap();
        let parts = block::PartSet::cut(&hashes.concat_or_one()).unwrap().header;
        let id = block::block_id(&block::header_hash(&header), parts);
        let chain = &self.ctx.chain_id;
        let octets =
            block::vote_sign_bytes(VoteKind::Precommit, chain, self.height, 0, Some(id), self.time_ms)
                .unwrap();
        let signatures: BTreeMap<_, _> = self.consensus[..signers]
            .iter()
            .map(|key| (block::account_id(&key.verifying_key()).unwrap(), key.sign_octets(&octets)))
            .collect();
        let commit = block::commit(self.height, 0, id, self.time_ms, &set, &signatures).unwrap();
        self.blocks.push(LightBlock {
            signed_header: tendermint::block::signed_header::SignedHeader::new(header, commit).unwrap(),
            validators: set.clone(),
            next_validators: set,
        });
        effects
    }

    pub(crate) fn reader_pk(&self, seed: u8) -> ReaderKey {
        ReaderKey::new(key(seed).verifying_key(), KemPublicKey([seed; 32]))
    }

    /// The terms of a permission by the patient key `seed`, for the reader key `seed` + 100, for a day.
    pub(crate) fn body(&self, seed: u8) -> GrantBody {
        let (pk, nonce) = (key(seed).verifying_key(), Nonce16([seed; 16]));
        let terms = GrantTerms {
            grant_id: GrantId::derive(&self.ctx.chain_id, &pk, &nonce),
            patient_grant_pk: pk,
            reader_pk_root: self.reader_pk(seed + 100).leaf(),
            keeper_set_id: self.ctx.keeper_set_id,
            threshold: self.ctx.threshold,
            commit_hash: Hash32([seed; 32]),
            capsule_hash: Hash32([1; 32]),
            not_before_ms: self.time_ms,
            expires_ms: self.time_ms + DAY,
            contract_hash: Hash32::ZERO,
            revoker_root: Hash32::ZERO,
        };
        let acks = (1..=self.ctx.n()).map(|keeper| self.ack(&terms, keeper));
        GrantBody { nonce, valid_until_height: 1000, acks: acks.collect(), terms }
    }

    pub(crate) fn ack(&self, terms: &GrantTerms, keeper: u16) -> GrantAck {
        let body = ack_body(&terms.grant_id, &terms.keeper_set_id, &terms.commit_hash, keeper);
        let key = &self.keepers[usize::from(keeper) - 1];
        GrantAck { keeper, signature: key.sign(Label::Ack, &self.ctx.chain_id, &body) }
    }

    pub(crate) fn sign(&self, seed: u8, body: GrantBody) -> Tx {
        let tx: GrantTx = body.sign(&self.ctx.chain_id, self.ctx.params.pow_bits, &key(seed));
        Tx::Grant(Box::new(tx))
    }

    pub(crate) fn grant_tx(&self, seed: u8) -> Tx {
        self.sign(seed, self.body(seed))
    }

    pub(crate) fn access_tx(&self, seed: u8, request: u8) -> Tx {
        let body = AccessBody {
            grant_id: self.grant_id(seed),
            reader_pk: self.reader_pk(seed + 100),
            path: MerklePath::single(),
            request_hash: Hash32([request; 32]),
            epk_hash: Hash32([request; 32]),
        };
        let tx: AccessTx = body.sign(&self.ctx.chain_id, &key(seed + 100));
        Tx::Access(tx)
    }

    pub(crate) fn revoke_tx(&self, seed: u8, by: u8, path: MerklePath) -> Tx {
        let body = RevokeBody { grant_id: self.grant_id(seed), revoker_pk: key(by).verifying_key(), path };
        Tx::Revoke(body.sign(&self.ctx.chain_id, self.ctx.params.pow_bits, &key(by)))
    }

    pub(crate) fn erasure_tx(&self, seed: u8, keeper: u16) -> Tx {
        let body = ErasureAckBody { grant_id: self.grant_id(seed), keeper };
        Tx::ErasureAck(body.sign(&self.ctx.chain_id, &self.keepers[usize::from(keeper) - 1]))
    }

    /// The gateway key `seed` + 50, salted with `seed`, under the one-time key `seed`.
    pub(crate) fn enrol_tx(&self, seed: u8) -> Tx {
        let gateway = key(seed + 50).verifying_key();
        let body = EnrolBody {
            enrolment_pk: key(seed).verifying_key(),
            commitment: enrolment_commitment(&self.ctx.chain_id, &[seed; 32], &gateway),
        };
        Tx::Enrol(body.sign(&self.ctx.chain_id, self.ctx.params.pow_bits, &key(seed)))
    }

    pub(crate) fn withdraw_tx(&self, seed: u8) -> Tx {
        let body = WithdrawBody { enrolment_pk: key(seed).verifying_key() };
        Tx::Withdraw(body.sign(&self.ctx.chain_id, self.ctx.params.pow_bits, &key(seed)))
    }

    pub(crate) fn enrolment(&self, seed: u8) -> StateKey {
        StateKey::Enrolment(key(seed).verifying_key())
    }

    pub(crate) fn grant_id(&self, seed: u8) -> GrantId {
        GrantId::derive(&self.ctx.chain_id, &key(seed).verifying_key(), &Nonce16([seed; 16]))
    }

    pub(crate) fn grant(&self, seed: u8) -> Option<GrantRecord> {
        self.record(&StateKey::Grant(self.grant_id(seed)))
    }

    pub(crate) fn record<T: Record>(&self, key: &StateKey) -> Option<T> {
        self.tree.get(key).unwrap().map(|octets| T::decode(&octets).unwrap())
    }
}

trait ConcatOrOne {
    fn concat_or_one(&self) -> Vec<u8>;
}

impl ConcatOrOne for Vec<TxHash> {
    // What stands for the block's octets; a part set cannot be empty.
    fn concat_or_one(&self) -> Vec<u8> {
        let octets: Vec<u8> = self.iter().flat_map(|hash| hash.0).collect();
        if octets.is_empty() { vec![0] } else { octets }
    }
}
