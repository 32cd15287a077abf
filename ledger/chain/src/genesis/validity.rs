//! What a genesis must satisfy, and its canonical encoding.

use std::collections::BTreeSet;

use super::{Genesis, Params};
use crate::codec::{LAST_INSTANT, Writer};
use crate::ids::{ChainId, Hash32, sha256};

/// Members at most.
pub const MAX_MEMBERS: usize = 21;
/// A genesis file of 21 members takes about 14 KiB.
pub(super) const MAX_JSON: usize = 256 * 1024;
const MAX_NAME: usize = 100;
const MAX_ADDRESS: usize = 256;
// Four octets of zero bits take minutes on a phone; more is a misconfiguration.
const MAX_POW_BITS: u8 = 32;

/// Why a genesis is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GenesisError {
    /// The file is above 256 KiB.
    #[error("the genesis file is too large")]
    TooLarge,
    /// The file is not the JSON of a genesis.
    #[error("the genesis file does not parse: {0}")]
    Json(String),
    /// No members, or more than [`MAX_MEMBERS`].
    #[error("{0} members; between 1 and {MAX_MEMBERS} are possible")]
    MemberCount(usize),
    /// A key, name or peer id appears twice.
    #[error("the {0} of two members are the same")]
    Duplicate(&'static str),
    /// A text is empty, too long, or has control characters.
    #[error("the {0} is empty, too long or has control characters")]
    Text(&'static str),
    /// A key is not a point, or of small order.
    #[error("the {key} of member {member} is not a usable key")]
    Key {
        /// Which of the keys.
        key: &'static str,
        /// The member's name.
        member: String,
    },
    /// A parameter or the genesis time is outside its range.
    #[error("the parameter {0} is outside its range")]
    Param(&'static str),
    /// The list's anchor is of another chain than its genesis.
    #[error("the list's members are those of chain {genesis}, and its anchor is of chain {anchor}")]
    AnchorOfOtherChain {
        /// The genesis' chain.
        genesis: ChainId,
        /// The anchor's chain.
        anchor: ChainId,
    },
    /// A field of the list's anchor is outside its range.
    #[error("the {0} of the list's anchor is outside its range")]
    Anchor(&'static str),
}

impl Genesis {
    /// Checks every rule.
    ///
    /// # Errors
    /// The first rule that does not hold.
    pub fn validate(&self) -> Result<(), GenesisError> {
        if self.members.is_empty() || self.members.len() > MAX_MEMBERS {
            return Err(GenesisError::MemberCount(self.members.len()));
        }
        text("chain name", &self.chain_name, MAX_NAME)?;
        if !(0..=LAST_INSTANT).contains(&self.genesis_time_ms) {
            return Err(GenesisError::Param("genesis_time_ms"));
        }
        params(&self.params)?;
        for member in &self.members {
            text("member name", &member.name, MAX_NAME)?;
            text("peer id", &member.peer_id, MAX_ADDRESS)?;
            text("public address", &member.public_addr, MAX_ADDRESS)?;
            text("consensus address", &member.consensus_addr, MAX_ADDRESS)?;
            for (key, octets) in [("consensus_pk", member.consensus_pk), ("keeper_pk", member.keeper_pk)] {
                let parsed = ed25519_dalek::VerifyingKey::from_bytes(&octets.0);
                if !parsed.is_ok_and(|point| !point.is_weak()) {
                    return Err(GenesisError::Key { key, member: member.name.clone() });
                }
            }
            if member.keeper_kem_pk.0 == [0; 32] {
                return Err(GenesisError::Key { key: "keeper_kem_pk", member: member.name.clone() });
            }
        }
        // One set for both kinds of Ed25519 key: a key with two duties would let one kind of signature serve as the other.
        let keys = self.members.iter().flat_map(|m| [m.consensus_pk, m.keeper_pk]);
        distinct("signing keys", 2 * self.members.len(), keys)?;
        distinct("HPKE keys", self.members.len(), self.members.iter().map(|m| m.keeper_kem_pk))?;
        distinct("names", self.members.len(), self.members.iter().map(|m| &m.name))?;
        distinct("peer ids", self.members.len(), self.members.iter().map(|m| &m.peer_id))
    }

    pub(super) fn canonical(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.lp(&self.chain_name);
        out.instant(self.genesis_time_ms);
        out.fixed(self.params.canonical());
        out.list(&self.members, |out, member| {
            out.lp(&member.name);
            out.fixed(member.consensus_pk);
            out.fixed(member.keeper_pk);
            out.fixed(member.keeper_kem_pk);
            out.lp(&member.peer_id);
        });
        out.finish()
    }
}

impl Params {
    fn canonical(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.u8(self.pow_bits);
        out.u32(self.max_block_bytes);
        out.instant(self.max_grant_ms);
        out.u32(self.access_per_epoch);
        out.finish()
    }

    /// What a header's `consensus_hash` is: SHA-256("hg/v1/params" || parameters).
    pub fn hash(&self) -> Hash32 {
        Hash32(sha256(&[b"hg/v1/params", &self.canonical()]))
    }
}

fn params(params: &Params) -> Result<(), GenesisError> {
    let ranges = [
        ("pow_bits", params.pow_bits <= MAX_POW_BITS),
        ("max_block_bytes", (1 << 12..=1 << 22).contains(&params.max_block_bytes)),
        ("max_grant_ms", (1..=100 * 366 * 86_400_000).contains(&params.max_grant_ms)),
        ("access_per_epoch", params.access_per_epoch >= 1),
    ];
    match ranges.iter().find(|(_, holds)| !holds) {
        Some((name, _)) => Err(GenesisError::Param(name)),
        None => Ok(()),
    }
}

fn text(what: &'static str, value: &str, limit: usize) -> Result<(), GenesisError> {
    if value.is_empty() || value.len() > limit || value.chars().any(char::is_control) {
        return Err(GenesisError::Text(what));
    }
    Ok(())
}

fn distinct<T: Ord>(
    what: &'static str,
    count: usize,
    values: impl Iterator<Item = T>,
) -> Result<(), GenesisError> {
    if values.collect::<BTreeSet<_>>().len() == count { Ok(()) } else { Err(GenesisError::Duplicate(what)) }
}
