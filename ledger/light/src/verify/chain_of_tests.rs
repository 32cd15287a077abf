//! Self-signed chains for the tests of this crate.

use salus_chain::block::LightBlock;
use salus_chain::sign::SigningKey;
use salus_chain::time::UnixMillis;
use tendermint::block::header::Version;
use tendermint::block::parts::Header as PartSetHeader;
use tendermint::block::{Commit, CommitSig, Header, Height, Id, Round};
use tendermint::validator::{Info, Set};
use tendermint::vote::{Type, ValidatorIndex, Vote};
use tendermint::{AppHash, Hash, PublicKey, Signature, account, chain, vote};

pub(crate) const START_MS: UnixMillis = 1_795_000_000_000;

/// Five seconds between blocks.
pub(crate) const BLOCK_MS: i64 = 5_000;

pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn public(key: &SigningKey) -> PublicKey {
    PublicKey::from_raw_ed25519(&key.verifying_key().0).unwrap()
}

pub(crate) fn set(seeds: &[u8]) -> Set {
    let info = |seed: &u8| Info::new(public(&key(*seed)), vote::Power::from(1_u8));
    Set::without_proposer(seeds.iter().map(info).collect())
}

pub(crate) fn time_at(height: u64) -> UnixMillis {
    START_MS + i64::try_from(height).unwrap() * BLOCK_MS
}

/// A chain whose validators at each height are what `seeds` says.
pub(crate) struct TestChain {
    pub(crate) id: chain::Id,
    pub(crate) seeds: fn(u64) -> Vec<u8>,
}

impl TestChain {
    /// The block at `height`, signed by every validator of it.
    pub(crate) fn block(&self, height: u64) -> LightBlock {
        self.block_with(height, [7; 32], &(self.seeds)(height))
    }

    /// The block at `height` with a state root, signed by `signers` only.
    pub(crate) fn block_with(&self, height: u64, root: [u8; 32], signers: &[u8]) -> LightBlock {
        let validators = set(&(self.seeds)(height));
        let next_validators = set(&(self.seeds)(height + 1));
        let header = Header {
            version: Version { block: 11, app: 1 },
            chain_id: self.id.clone(),
            height: Height::try_from(height).unwrap(),
            time: salus_chain::block::time(time_at(height)).unwrap(),
            last_block_id: None,
            last_commit_hash: None,
            data_hash: None,
            validators_hash: validators.hash(),
            next_validators_hash: next_validators.hash(),
            consensus_hash: Hash::Sha256([3; 32]),
            app_hash: AppHash::try_from(root.to_vec()).unwrap(),
            last_results_hash: None,
            evidence_hash: None,
            proposer_address: validators.validators()[0].address,
        };
        let commit = self.commit(&header, &validators, signers);
        LightBlock {
            signed_header: tendermint::block::signed_header::SignedHeader::new(header, commit).unwrap(),
            validators,
            next_validators,
        }
    }

    fn commit(&self, header: &Header, validators: &Set, signers: &[u8]) -> Commit {
        let part_set_header = PartSetHeader::new(1, Hash::Sha256([5; 32])).unwrap();
        let block_id = Id { hash: header.hash(), part_set_header };
        let vote = |address: account::Id| {
            let Some(signer) =
                signers.iter().map(|s| key(*s)).find(|k| account::Id::from(public(k)) == address)
            else {
                return CommitSig::BlockIdFlagAbsent;
            };
            let vote = Vote {
                vote_type: Type::Precommit,
                height: header.height,
                round: Round::from(0_u8),
                block_id: Some(block_id),
                timestamp: Some(header.time),
                validator_address: address,
                validator_index: ValidatorIndex::try_from(0_u32).unwrap(),
                signature: None,
                extension: Vec::new(),
                extension_signature: None,
            };
            let octets = vote.into_signable_vec(self.id.clone());
            CommitSig::BlockIdFlagCommit {
                validator_address: address,
                timestamp: header.time,
                signature: Signature::new(signer.sign_octets(&octets).0).unwrap(),
            }
        };
        Commit {
            height: header.height,
            round: Round::from(0_u8),
            block_id,
            signatures: validators.validators().iter().map(|info| vote(info.address)).collect(),
        }
    }
}
