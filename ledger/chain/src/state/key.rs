//! Keys of the state: SHA-256(domain || id).

use crate::ids::{CircleId, GrantId, Hash32, TxHash, VerifyingKey, sha256};

/// Names one value of the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateKey {
    /// The one [`super::ChainRecord`].
    Chain,
    /// A [`super::GrantRecord`].
    Grant(GrantId),
    /// An [`super::AccessPointer`].
    Access(TxHash),
    /// The [`super::AccessRecord`] with this place in the grant's log, from 0.
    AccessLog(GrantId, u32),
    /// A [`super::CredentialRecord`].
    Credential(VerifyingKey),
    /// Node of the expiry heap, from 0.
    Expiry(u32),
    /// The [`super::EnrolmentRecord`] of this one-time key.
    Enrolment(VerifyingKey),
    /// The [`super::ContractRecord`] with this [`crate::contract::contract_hash`].
    Contract(Hash32),
    /// The [`super::StatementRecord`] of the receipt that this transaction recorded.
    Statement(TxHash),
    /// The [`super::EmergencyRecord`] of a permission.
    Emergency(GrantId),
    /// The [`super::ActRecord`] of the announcement or emergency opening that this transaction recorded.
    EmergencyAct(TxHash),
    /// The [`super::ObjectionCount`] of a member, by its index.
    Objections(u16),
    /// The [`super::ObjectionRecord`] with this place in a member's list, from 0.
    Objection(u16, u32),
    /// A [`crate::circle::CircleRecord`].
    Circle(CircleId),
    /// The [`crate::circle::CircleGrantRecord`] of a delegated permission.
    CircleGrant(GrantId),
    /// The [`super::MandateRecord`] of this mandate: the permission given under it.
    Mandate(VerifyingKey),
    /// The [`super::MandateRecord`] of this permission: the mandate that it was given under.
    Mandated(GrantId),
    /// The [`super::DutyRecord`] of an attested key.
    Duty(VerifyingKey),
    /// The [`super::DutyGrantRecord`] of a permission to those on duty.
    DutyGrant(GrantId),
}

impl StateKey {
    /// domain || id.
    pub fn preimage(&self) -> Vec<u8> {
        match self {
            Self::Chain => b"hg/v1/state/chain".to_vec(),
            Self::Grant(id) => [b"hg/v1/state/grant".as_slice(), &id.0].concat(),
            Self::Access(hash) => [b"hg/v1/state/access".as_slice(), &hash.0].concat(),
            Self::AccessLog(id, place) => {
                [b"hg/v1/state/access-log".as_slice(), &id.0, &place.to_be_bytes()].concat()
            }
            Self::Credential(pk) => [b"hg/v1/state/credential".as_slice(), &pk.0].concat(),
            Self::Expiry(place) => [b"hg/v1/state/expiry".as_slice(), &place.to_be_bytes()].concat(),
            Self::Enrolment(pk) => [b"hg/v1/state/enrolment".as_slice(), &pk.0].concat(),
            Self::Contract(hash) => [b"hg/v1/state/contract".as_slice(), &hash.0].concat(),
            Self::Statement(hash) => [b"hg/v1/state/statement".as_slice(), &hash.0].concat(),
            Self::Emergency(id) => [b"hg/v1/state/emergency".as_slice(), &id.0].concat(),
            Self::EmergencyAct(hash) => [b"hg/v1/state/act".as_slice(), &hash.0].concat(),
            Self::Objections(member) => {
                [b"hg/v1/state/objections".as_slice(), &member.to_be_bytes()].concat()
            }
            Self::Objection(member, place) => {
                [b"hg/v1/state/objection-at".as_slice(), &member.to_be_bytes(), &place.to_be_bytes()].concat()
            }
            Self::Circle(id) => [b"hg/v1/state/circle".as_slice(), &id.0].concat(),
            Self::CircleGrant(id) => [b"hg/v1/state/delegated".as_slice(), &id.0].concat(),
            Self::Mandate(pk) => [b"hg/v1/state/mandate".as_slice(), &pk.0].concat(),
            Self::Mandated(id) => [b"hg/v1/state/mandated".as_slice(), &id.0].concat(),
            Self::Duty(pk) => [b"hg/v1/state/duty".as_slice(), &pk.0].concat(),
            Self::DutyGrant(id) => [b"hg/v1/state/duty-grant".as_slice(), &id.0].concat(),
        }
    }

    /// SHA-256 of the preimage: the key in the tree.
    pub fn hash(&self) -> Hash32 {
        Hash32(sha256(&[&self.preimage()]))
    }
}
