//! What the engine calls its context: height, address, validators and who proposes when.

use std::fmt;

use arc_malachitebft_core_types as core;
use borsh::{BorshDeserialize, BorshSerialize};
use core::{LinearTimeouts, NilOrVal, Round};

use super::part::Part;
use super::signature::{Ed25519, PublicKey};
use super::value::BlockId;
use super::vote::{Proposal, Vote};

/// The engine's type parameter: ties our types together and holds nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SalusContext;

/// A block height; 0 is the state of the genesis.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub struct Height(pub u64);

impl fmt::Display for Height {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl core::Height for Height {
    const ZERO: Self = Self(0);
    const INITIAL: Self = Self(1);

    fn increment_by(&self, n: u64) -> Self {
        Self(self.0.saturating_add(n))
    }

    fn decrement_by(&self, n: u64) -> Option<Self> {
        self.0.checked_sub(n).map(Self)
    }

    fn as_u64(&self) -> u64 {
        self.0
    }
}

/// A validator's address: the first 20 bytes of SHA-256 of its consensus key (CometBFT).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
pub struct Address(pub [u8; 20]);

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode_upper(self.0))
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

impl core::Address for Address {}

/// One member as the engine sees it; every member has the same power.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validator {
    /// Derived from the key.
    pub address: Address,
    /// Verifies its votes.
    pub public_key: PublicKey,
    /// Voting power.
    pub power: u64,
}

impl core::Validator<SalusContext> for Validator {
    fn address(&self) -> &Address {
        &self.address
    }

    fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    fn voting_power(&self) -> u64 {
        self.power
    }
}

/// The members of one height in CometBFT's order: power descending, then address ascending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidatorSet(Vec<Validator>);

impl ValidatorSet {
    /// Sorts `validators` into the canonical order.
    #[must_use]
    pub fn new(mut validators: Vec<Validator>) -> Self {
        validators.sort_by(|a, b| b.power.cmp(&a.power).then_with(|| a.address.cmp(&b.address)));
        Self(validators)
    }
}

impl core::ValidatorSet<SalusContext> for ValidatorSet {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn iter(&self) -> impl Iterator<Item = &Validator> {
        self.0.iter()
    }

    fn total_voting_power(&self) -> u64 {
        self.0.iter().map(|v| v.power).sum()
    }

    fn get_by_address(&self, address: &Address) -> Option<&Validator> {
        self.0.iter().find(|v| v.address == *address)
    }

    fn get_by_index(&self, index: usize) -> Option<&Validator> {
        self.0.get(index)
    }
}

/// The proposer of (height, round): round robin over the canonical order.
///
/// # Panics
/// If the set is empty; the engine refuses an empty set before it asks.
#[must_use]
pub(super) fn proposer(set: &ValidatorSet, height: Height, round: Round) -> &Validator {
    let count = set.0.len() as u64;
    let turn = height.0.wrapping_sub(1).wrapping_add(u64::from(round.as_u32().unwrap_or(0)));
    let index = usize::try_from(turn % count).unwrap_or(0);
    &set.0[index]
}

impl core::Context for SalusContext {
    type Address = Address;
    type Height = Height;
    type ProposalPart = Part;
    type Proposal = Proposal;
    type Validator = Validator;
    type ValidatorSet = ValidatorSet;
    type Timeouts = LinearTimeouts;
    type Value = BlockId;
    type Vote = Vote;
    type Extension = ();
    type SigningScheme = Ed25519;

    fn select_proposer<'a>(&self, set: &'a ValidatorSet, height: Height, round: Round) -> &'a Validator {
        proposer(set, height, round)
    }

    fn new_proposal(
        &self,
        height: Height,
        round: Round,
        value: BlockId,
        pol_round: Round,
        address: Address,
    ) -> Proposal {
        Proposal { height, round, value, pol_round, address }
    }

    fn new_prevote(&self, height: Height, round: Round, id: NilOrVal<BlockId>, address: Address) -> Vote {
        Vote { kind: core::VoteType::Prevote, height, round, id, address }
    }

    fn new_precommit(&self, height: Height, round: Round, id: NilOrVal<BlockId>, address: Address) -> Vote {
        Vote { kind: core::VoteType::Precommit, height, round, id, address }
    }
}
