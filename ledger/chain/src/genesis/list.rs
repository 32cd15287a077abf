//! The members' list as a member hands it to a person: the genesis, and a newer state of the chain to begin from.
//!
//! A genesis alone vouches for its members for the trusting period. Later a person needs a member's word on what the chain
//! has come to: the header hash of a recent height, handed over as the genesis was.

use serde::{Deserialize, Serialize};

use super::validity::MAX_JSON;
use super::{Genesis, GenesisError, Member, Params};
use crate::codec::LAST_INSTANT;
use crate::ids::{ChainId, Hash32};
use crate::time::UnixMillis;

/// A header that a member vouches for in person. Its hash covers all that a light client needs of it: the validators, the
/// next ones and the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustAnchor {
    /// The chain that it is of.
    pub chain_id: ChainId,
    /// Its height, from 1.
    pub height: u64,
    /// Hash of its header.
    pub header_hash: Hash32,
    /// Its block time, milliseconds since 1970.
    pub time_ms: UnixMillis,
}

/// A genesis and, in a list that a member renewed, an anchor of the same chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Shape", from = "Shape")]
pub struct MembersList {
    /// Who the members are.
    pub genesis: Genesis,
    /// What the chain had come to when the list was made.
    pub anchor: Option<TrustAnchor>,
}

/// The JSON: a genesis with one field more, so that either is read where the other is.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    chain_name: String,
    genesis_time_ms: UnixMillis,
    members: Vec<Member>,
    params: Params,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    anchor: Option<TrustAnchor>,
}

impl From<Shape> for MembersList {
    fn from(shape: Shape) -> Self {
        let Shape { chain_name, genesis_time_ms, members, params, anchor } = shape;
        Self { genesis: Genesis { chain_name, genesis_time_ms, members, params }, anchor }
    }
}

impl From<MembersList> for Shape {
    fn from(list: MembersList) -> Self {
        let Genesis { chain_name, genesis_time_ms, members, params } = list.genesis;
        Self { chain_name, genesis_time_ms, members, params, anchor: list.anchor }
    }
}

impl From<Genesis> for MembersList {
    fn from(genesis: Genesis) -> Self {
        Self { genesis, anchor: None }
    }
}

impl MembersList {
    /// Parses and validates JSON: a genesis, with or without an anchor.
    ///
    /// # Errors
    /// [`GenesisError`] says what is wrong with it.
    pub fn from_json(text: &str) -> Result<Self, GenesisError> {
        if text.len() > MAX_JSON {
            return Err(GenesisError::TooLarge);
        }
        let list: Self = serde_json::from_str(text).map_err(|e| GenesisError::Json(e.to_string()))?;
        list.validate()?;
        Ok(list)
    }

    /// Pretty JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Checks every rule of the genesis, and that the anchor is of its chain.
    ///
    /// # Errors
    /// The first rule that does not hold.
    pub fn validate(&self) -> Result<(), GenesisError> {
        self.genesis.validate()?;
        let Some(anchor) = &self.anchor else { return Ok(()) };
        let genesis = self.genesis.chain_id();
        if anchor.chain_id != genesis {
            return Err(GenesisError::AnchorOfOtherChain { genesis, anchor: anchor.chain_id });
        }
        let rules = [
            ("height", anchor.height >= 1 && i64::try_from(anchor.height).is_ok()),
            ("header_hash", anchor.header_hash != Hash32::ZERO),
            ("time_ms", (self.genesis.genesis_time_ms..=LAST_INSTANT).contains(&anchor.time_ms)),
        ];
        match rules.iter().find(|(_, holds)| !holds) {
            Some((field, _)) => Err(GenesisError::Anchor(field)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn list() -> MembersList {
        let (genesis, ..) = fixture::genesis(4);
        let anchor = TrustAnchor {
            chain_id: genesis.chain_id(),
            height: 7,
            header_hash: Hash32([9; 32]),
            time_ms: genesis.genesis_time_ms + 1,
        };
        MembersList { genesis, anchor: Some(anchor) }
    }

    fn refused(change: impl FnOnce(&mut TrustAnchor)) -> Option<GenesisError> {
        let mut list = list();
        change(list.anchor.as_mut().unwrap());
        MembersList::from_json(&list.to_json()).err()
    }

    #[test]
    fn a_list_is_a_genesis_with_or_without_an_anchor() {
        let with = list();
        assert_eq!(MembersList::from_json(&with.to_json()), Ok(with.clone()));
        let without = MembersList::from(with.genesis.clone());
        assert_eq!(without.to_json(), with.genesis.to_json());
        assert_eq!(MembersList::from_json(&with.genesis.to_json()), Ok(without));
        assert!(matches!(Genesis::from_json(&with.to_json()), Err(GenesisError::Json(_))));
    }

    #[test]
    fn what_is_not_a_list_is_refused() {
        let json = list().to_json();
        let json_error = |text: &str| matches!(MembersList::from_json(text), Err(GenesisError::Json(_)));
        assert!(json_error(&json.replacen("\"anchor\": {", "\"anchor\": {\"extra\": 1,", 1)));
        assert!(json_error(&json.replacen('{', "{\"extra\": 1,", 1)));
        assert!(json_error(&json.replacen('{', "{\"anchor\": null,", 1)), "twice");
        assert!(json_error(&json.replacen("\"height\": 7", "\"height\": -7", 1)));
        assert_eq!(MembersList::from_json(&" ".repeat(300_000)), Err(GenesisError::TooLarge));
        let mut nobody = list();
        nobody.genesis.members.clear();
        assert_eq!(MembersList::from_json(&nobody.to_json()), Err(GenesisError::MemberCount(0)));
    }

    #[test]
    fn an_anchor_that_cannot_be_of_this_chain_is_refused() {
        assert_eq!(refused(|_| {}), None);
        let (genesis, anchor) = (list().genesis.chain_id(), ChainId([1; 32]));
        let other = GenesisError::AnchorOfOtherChain { genesis, anchor };
        assert_eq!(refused(|a| a.chain_id = anchor), Some(other));
        assert_eq!(refused(|a| a.height = 0), Some(GenesisError::Anchor("height")));
        assert_eq!(refused(|a| a.height = u64::MAX), Some(GenesisError::Anchor("height")));
        assert_eq!(refused(|a| a.header_hash = Hash32::ZERO), Some(GenesisError::Anchor("header_hash")));
        let before = list().genesis.genesis_time_ms - 1;
        assert_eq!(refused(|a| a.time_ms = before), Some(GenesisError::Anchor("time_ms")));
    }
}
