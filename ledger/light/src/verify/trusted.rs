//! A state that later headers are judged against: the genesis, or a verified block.

use salus_chain::block::{LightBlock, instant, time, validator_set};
use salus_chain::genesis::Genesis;
use salus_chain::ids::Hash32;
use salus_chain::time::UnixMillis;
use tendermint::block::{CommitSig, Height};
use tendermint::{Hash, Time, account, chain, validator};
use tendermint_light_client_verifier::types::TrustedBlockState;

/// Why a genesis gives no anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TrustedError {
    /// A member's key, the time or the chain id cannot be expressed in a header.
    #[error("the genesis does not describe a chain")]
    Genesis,
}

/// A trusted state; made only from a genesis or by [`super::Skipping`].
#[derive(Debug, Clone)]
pub struct Trusted {
    chain_id: chain::Id,
    height: Height,
    time: Time,
    next_validators: validator::Set,
    next_validators_hash: Hash,
    block: Option<LightBlock>,
}

impl Trusted {
    /// The anchor: height 0 at the genesis time, vouching for the members of the genesis.
    ///
    /// # Errors
    /// [`TrustedError`] when the genesis is not a valid chain's.
    pub fn genesis(genesis: &Genesis) -> Result<Self, TrustedError> {
        let next_validators = validator_set(genesis).map_err(|_| TrustedError::Genesis)?;
        Ok(Self {
            chain_id: genesis.tendermint_chain_id().parse().map_err(|_| TrustedError::Genesis)?,
            height: Height::from(0_u32),
            time: time(genesis.genesis_time_ms).map_err(|_| TrustedError::Genesis)?,
            next_validators_hash: next_validators.hash(),
            next_validators,
            block: None,
        })
    }

    /// A block that was verified: just now, or before it was stored.
    pub(crate) fn verified(block: LightBlock) -> Self {
        let header = &block.signed_header.header;
        Self {
            chain_id: header.chain_id.clone(),
            height: header.height,
            time: header.time,
            next_validators: block.next_validators.clone(),
            next_validators_hash: header.next_validators_hash,
            block: Some(block),
        }
    }

    /// Its height; 0 is the genesis.
    #[must_use]
    pub fn height(&self) -> u64 {
        self.height.value()
    }

    /// Its time, milliseconds since 1970, rounded down.
    #[must_use]
    pub fn time_ms(&self) -> UnixMillis {
        instant(self.time)
    }

    /// The chain that it is of.
    #[must_use]
    pub fn chain_id(&self) -> &chain::Id {
        &self.chain_id
    }

    /// The verified block; none for the genesis.
    #[must_use]
    pub fn block(&self) -> Option<&LightBlock> {
        self.block.as_ref()
    }

    /// Hash of the header; zero for the genesis.
    #[must_use]
    pub fn header_hash(&self) -> Hash32 {
        self.block.as_ref().map_or(Hash32::ZERO, LightBlock::hash)
    }

    /// State root after the block; `None` for the genesis.
    #[must_use]
    pub fn app_hash(&self) -> Option<Hash32> {
        self.block.as_ref()?.app_hash()
    }

    /// Transaction root of the block; `None` for the genesis.
    #[must_use]
    pub fn data_hash(&self) -> Option<Hash32> {
        self.block.as_ref()?.data_hash()
    }

    /// Validators whose commit signature the block carries, in the set's order.
    #[must_use]
    pub fn signers(&self) -> Vec<account::Id> {
        let commit = self.block.iter().flat_map(|block| &block.signed_header.commit.signatures);
        commit.filter(|vote| vote.is_commit()).filter_map(CommitSig::validator_address).collect()
    }

    pub(super) fn as_state(&self) -> TrustedBlockState<'_> {
        TrustedBlockState {
            chain_id: &self.chain_id,
            header_time: self.time,
            height: self.height,
            next_validators: &self.next_validators,
            next_validators_hash: self.next_validators_hash,
        }
    }
}
