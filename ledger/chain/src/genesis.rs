//! Genesis: who the members are and under which parameters the chain runs; the trust anchor of everything else.

use serde::{Deserialize, Serialize};

use crate::ids::{ChainId, KeeperSetId, KemPublicKey, VerifyingKey};
use crate::time::UnixMillis;

mod list;
#[cfg(test)]
mod tests;
mod validity;

pub use list::{MembersList, TrustAnchor};
pub use validity::{GenesisError, MAX_MEMBERS};

/// One member: a validator, a keeper and a depot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The organisation's name, shown to people.
    pub name: String,
    /// Ed25519 key that signs votes.
    pub consensus_pk: VerifyingKey,
    /// Ed25519 key that signs acks, releases, erasures and attestations.
    pub keeper_pk: VerifyingKey,
    /// X25519 key that shares are sealed to.
    pub keeper_kem_pk: KemPublicKey,
    /// libp2p identity in the public swarm.
    pub peer_id: String,
    /// Multiaddress in the public swarm; not part of the chain id.
    pub public_addr: String,
    /// Multiaddress in the members' swarm; not part of the chain id.
    pub consensus_addr: String,
}

/// Parameters that every member executes with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Leading zero bits asked of a patient transaction's proof of work.
    pub pow_bits: u8,
    /// Largest sum of transaction octets in a block.
    pub max_block_bytes: u32,
    /// Longest time from not_before to expires, in milliseconds.
    pub max_grant_ms: i64,
    /// AccessTx of one grant in one epoch at most.
    pub access_per_epoch: u32,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            pow_bits: 12,
            max_block_bytes: 1 << 20,
            // 10 years of 366 days.
            max_grant_ms: 10 * 366 * 86_400_000,
            access_per_epoch: 256,
        }
    }
}

/// The first state of a chain, as a JSON file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Genesis {
    /// A name for people.
    pub chain_name: String,
    /// Time of the chain's beginning; the first block is later.
    pub genesis_time_ms: UnixMillis,
    /// The members; keeper index i is the i-th of them, from 1.
    pub members: Vec<Member>,
    /// The parameters.
    pub params: Params,
}

/// What execution needs of a genesis, computed once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainContext {
    /// Names the chain.
    pub chain_id: ChainId,
    /// Names the ordered keepers.
    pub keeper_set_id: KeeperSetId,
    /// Keepers' signing keys; the key of index i is at i - 1.
    pub keeper_pks: Vec<VerifyingKey>,
    /// Shares needed, 2f + 1.
    pub threshold: u16,
    /// The parameters.
    pub params: Params,
    /// Time of the chain's beginning.
    pub genesis_time_ms: UnixMillis,
}

impl Genesis {
    /// Parses and validates JSON.
    ///
    /// # Errors
    /// [`GenesisError`] says what is wrong with it.
    pub fn from_json(text: &str) -> Result<Self, GenesisError> {
        if text.len() > validity::MAX_JSON {
            return Err(GenesisError::TooLarge);
        }
        let genesis: Self = serde_json::from_str(text).map_err(|e| GenesisError::Json(e.to_string()))?;
        genesis.validate()?;
        Ok(genesis)
    }

    /// Pretty JSON, as stored in `genesis.json`.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// SHA-256 of the canonical encoding of names, identity keys and parameters; addresses may change.
    pub fn chain_id(&self) -> ChainId {
        ChainId(crate::ids::sha256(&[b"hg/v1/genesis", &self.canonical()]))
    }

    /// The chain id as CometBFT headers carry it: "salus-" and 40 hex digits.
    pub fn tendermint_chain_id(&self) -> String {
        tendermint_chain_id(&self.chain_id())
    }

    /// SHA-256("hg/v1/keeper-set" || chain_id || u16 n || per keeper: u16 i, signing key, HPKE key).
    pub fn keeper_set_id(&self) -> KeeperSetId {
        let mut out = crate::codec::Writer::new();
        out.u16(self.n());
        for (index, member) in (1u16..).zip(&self.members) {
            out.u16(index);
            out.fixed(member.keeper_pk);
            out.fixed(member.keeper_kem_pk);
        }
        KeeperSetId(crate::ids::sha256(&[b"hg/v1/keeper-set", &self.chain_id().0, &out.finish()]))
    }

    /// Number of members.
    pub fn n(&self) -> u16 {
        u16::try_from(self.members.len()).unwrap_or(u16::MAX)
    }

    /// Faulty members tolerated: (n - 1) / 3.
    pub fn faults(&self) -> u16 {
        self.n().saturating_sub(1) / 3
    }

    /// Shares needed to open anything: 2f + 1.
    pub fn threshold(&self) -> u16 {
        2 * self.faults() + 1
    }

    /// The member with keeper index `index`, from 1.
    pub fn keeper(&self, index: u16) -> Option<&Member> {
        self.members.get(usize::from(index).checked_sub(1)?)
    }

    /// What execution needs.
    pub fn context(&self) -> ChainContext {
        ChainContext {
            chain_id: self.chain_id(),
            keeper_set_id: self.keeper_set_id(),
            keeper_pks: self.members.iter().map(|member| member.keeper_pk).collect(),
            threshold: self.threshold(),
            params: self.params.clone(),
            genesis_time_ms: self.genesis_time_ms,
        }
    }
}

/// "salus-" and the first 40 hex digits of the id: CometBFT allows 50 characters.
pub fn tendermint_chain_id(chain: &ChainId) -> String {
    format!("salus-{}", hex::encode(&chain.0[..20]))
}

impl ChainContext {
    /// The signing key of the keeper with index `index`, from 1.
    pub fn keeper_pk(&self, index: u16) -> Option<&VerifyingKey> {
        self.keeper_pks.get(usize::from(index).checked_sub(1)?)
    }

    /// Number of keepers.
    pub fn n(&self) -> u16 {
        u16::try_from(self.keeper_pks.len()).unwrap_or(u16::MAX)
    }
}
