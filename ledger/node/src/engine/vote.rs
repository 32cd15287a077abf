//! Votes and proposals, and the canonical bytes that are signed for each.

use arc_malachitebft_core_types as core;
use borsh::{BorshDeserialize, BorshSerialize};
use core::{NilOrVal, Round, SignedExtension, VoteType};
use salus_chain::block::{VoteKind, time, vote_sign_bytes};
use salus_chain::genesis::tendermint_chain_id;
use salus_chain::ids::ChainId;
use tendermint::block;
use tendermint_proto::Protobuf;
use tendermint_proto::v0_38::types as pb;

use super::context::{Address, Height, SalusContext};
use super::guard::Step;
use super::value::BlockId;

/// A prevote or precommit.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Vote {
    /// Prevote or precommit.
    pub kind: VoteType,
    /// Height voted at.
    pub height: Height,
    /// Round voted in.
    pub round: Round,
    /// The block, or nil.
    pub id: NilOrVal<BlockId>,
    /// The voter.
    pub address: Address,
}

impl Vote {
    /// CometBFT's `CanonicalVote`, length-delimited.
    ///
    /// The timestamp is the block's time, and the Unix epoch for nil, so that the bytes are a pure function of the vote.
    /// `None` for numbers that CometBFT's format cannot hold.
    #[must_use]
    pub fn sign_bytes(&self, chain: &ChainId) -> Option<Vec<u8>> {
        let kind = match self.kind {
            VoteType::Prevote => VoteKind::Prevote,
            VoteType::Precommit => VoteKind::Precommit,
        };
        let (id, time_ms) = match &self.id {
            NilOrVal::Nil => (None, 0),
            NilOrVal::Val(id) => (Some(id.tendermint()?), id.time_ms),
        };
        vote_sign_bytes(kind, chain, self.height.0, self.round.as_u32()?, id, time_ms).ok()
    }

    /// The step that a signature under this vote commits to.
    #[must_use]
    pub fn step(&self) -> Step {
        let kind = match self.kind {
            VoteType::Prevote => Step::PREVOTE,
            VoteType::Precommit => Step::PRECOMMIT,
        };
        Step { height: self.height.0, round: self.round.as_i64(), kind }
    }
}

/// A proposal: names the block; the parts carry it.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Proposal {
    /// Height proposed at.
    pub height: Height,
    /// Round proposed in.
    pub round: Round,
    /// The block.
    pub value: BlockId,
    /// Round in which a quorum prevoted it before, or nil.
    pub pol_round: Round,
    /// The proposer.
    pub address: Address,
}

impl Proposal {
    /// CometBFT's `CanonicalProposal`, length-delimited; `None` for numbers that its format cannot hold.
    #[must_use]
    pub fn sign_bytes(&self, chain: &ChainId) -> Option<Vec<u8>> {
        let pol_round = match self.pol_round.as_u32() {
            None => None,
            Some(round) => Some(block::Round::try_from(round).ok()?),
        };
        let canonical = tendermint::proposal::CanonicalProposal {
            msg_type: tendermint::proposal::Type::Proposal,
            height: block::Height::try_from(self.height.0).ok()?,
            round: block::Round::try_from(self.round.as_u32()?).ok()?,
            pol_round,
            block_id: Some(self.value.tendermint()?),
            timestamp: Some(time(self.value.time_ms).ok()?),
            chain_id: tendermint_chain_id(chain).try_into().ok()?,
        };
        Some(Protobuf::<pb::CanonicalProposal>::encode_length_delimited_vec(canonical))
    }

    /// The step that a signature under this proposal commits to.
    #[must_use]
    pub fn step(&self) -> Step {
        Step { height: self.height.0, round: self.round.as_i64(), kind: Step::PROPOSAL }
    }
}

impl core::Vote<SalusContext> for Vote {
    fn height(&self) -> Height {
        self.height
    }

    fn round(&self) -> Round {
        self.round
    }

    fn value(&self) -> &NilOrVal<BlockId> {
        &self.id
    }

    fn take_value(self) -> NilOrVal<BlockId> {
        self.id
    }

    fn vote_type(&self) -> VoteType {
        self.kind
    }

    fn validator_address(&self) -> &Address {
        &self.address
    }

    fn extension(&self) -> Option<&SignedExtension<SalusContext>> {
        None
    }

    fn take_extension(&mut self) -> Option<SignedExtension<SalusContext>> {
        None
    }

    fn extend(self, _extension: SignedExtension<SalusContext>) -> Self {
        self
    }
}

impl core::Proposal<SalusContext> for Proposal {
    fn height(&self) -> Height {
        self.height
    }

    fn round(&self) -> Round {
        self.round
    }

    fn value(&self) -> &BlockId {
        &self.value
    }

    fn take_value(self) -> BlockId {
        self.value
    }

    fn pol_round(&self) -> Round {
        self.pol_round
    }

    fn validator_address(&self) -> &Address {
        &self.address
    }
}
