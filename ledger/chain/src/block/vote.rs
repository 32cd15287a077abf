//! Validators, canonical vote octets, and commits.

use std::collections::BTreeMap;

use tendermint::block::{self, Commit, CommitSig, parts};
use tendermint::vote::{CanonicalVote, Type};
use tendermint::{Hash, PublicKey, account, validator};
use tendermint_proto::Protobuf;
use tendermint_proto::v0_38::types::CanonicalVote as RawCanonicalVote;

use super::header::{BlockError, time};
use crate::genesis::{Genesis, tendermint_chain_id};
use crate::ids::{ChainId, Hash32, Signature, VerifyingKey};
use crate::time::UnixMillis;

/// Which of the two votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VoteKind {
    /// First.
    Prevote,
    /// Second; what commits are made of.
    Precommit,
}

/// A validator's address: the first 20 octets of the SHA-256 of its key.
///
/// # Errors
/// [`BlockError::Format`] when the key is not a point.
pub fn account_id(key: &VerifyingKey) -> Result<account::Id, BlockError> {
    Ok(account::Id::from(public_key(key)?))
}

fn public_key(key: &VerifyingKey) -> Result<PublicKey, BlockError> {
    PublicKey::from_raw_ed25519(&key.0).ok_or(BlockError::Format("consensus key"))
}

/// The members as validators of equal power 1.
///
/// # Errors
/// [`BlockError::Format`] when a key is not a point.
pub fn validator_set(genesis: &Genesis) -> Result<validator::Set, BlockError> {
    let infos = genesis
        .members
        .iter()
        .map(|member| Ok(validator::Info::new(public_key(&member.consensus_pk)?, 1u32.into())));
    Ok(validator::Set::without_proposer(infos.collect::<Result<_, BlockError>>()?))
}

/// A block's id.
pub fn block_id(header_hash: &Hash32, parts: parts::Header) -> block::Id {
    block::Id { hash: Hash::Sha256(header_hash.0), part_set_header: parts }
}

/// The octets that a vote's signature is over: length-delimited CanonicalVote. `None` votes for nil.
///
/// # Errors
/// [`BlockError::Format`] when a value does not fit.
pub fn vote_sign_bytes(
    kind: VoteKind,
    chain: &ChainId,
    height: u64,
    round: u32,
    block_id: Option<block::Id>,
    time_ms: UnixMillis,
) -> Result<Vec<u8>, BlockError> {
    let vote = CanonicalVote {
        vote_type: match kind {
            VoteKind::Prevote => Type::Prevote,
            VoteKind::Precommit => Type::Precommit,
        },
        height: height.try_into().map_err(|_| BlockError::Format("height"))?,
        round: round.try_into().map_err(|_| BlockError::Format("round"))?,
        block_id,
        timestamp: Some(time(time_ms)?),
        chain_id: tendermint_chain_id(chain).try_into().map_err(|_| BlockError::Format("chain id"))?,
    };
    Ok(Protobuf::<RawCanonicalVote>::encode_length_delimited_vec(vote))
}

/// A commit in the order of `validators`; a validator without a signature is absent.
///
/// # Errors
/// [`BlockError::Format`] when a value does not fit.
pub fn commit(
    height: u64,
    round: u32,
    block_id: block::Id,
    time_ms: UnixMillis,
    validators: &validator::Set,
    signatures: &BTreeMap<account::Id, Signature>,
) -> Result<Commit, BlockError> {
    let timestamp = time(time_ms)?;
    let slots = validators.validators().iter().map(|info| match signatures.get(&info.address) {
        None => Ok(CommitSig::BlockIdFlagAbsent),
        Some(signature) => Ok(CommitSig::BlockIdFlagCommit {
            validator_address: info.address,
            timestamp,
            signature: tendermint::Signature::new(signature.0)
                .map_err(|_| BlockError::Format("signature"))?,
        }),
    });
    Ok(Commit {
        height: height.try_into().map_err(|_| BlockError::Format("height"))?,
        round: round.try_into().map_err(|_| BlockError::Format("round"))?,
        block_id,
        signatures: slots.collect::<Result<_, BlockError>>()?,
    })
}
