//! Transactions: what can be recorded, and by whose signature.
//!
//! Encoding: version, kind (0x01 grant, 0x02 revoke, 0x03 access, 0x04 erasure ack, 0x05 credential, 0x06 enrol,
//! 0x07 withdraw, 0x08 contract, 0x09 circle, 0x0a circle change, 0x0b approve, 0x0c object, 0x0d delegated grant,
//! 0x0e spring, 0x0f stated access, 0x10 announce, 0x11 stated access with its opener, 0x12 announce with its announcer,
//! 0x13 review, 0x14 credential with its subject, 0x15 duty, 0x16 duty grant, 0x18 mandated grant, 0x19 mandated revoke,
//! 0x1a mandated object), body, then (patient, contract and circle transactions only) the u64 proof of work, then the 64-octet
//! signature over everything of the body and the proof of work; a delegated grant has two signatures. So nothing of a
//! transaction can change without its signer.

use crate::codec::{CodecError, Reader, Record, Writer};
use crate::ids::{TxHash, VerifyingKey, sha256};

mod access;
mod approve;
mod beside;
mod change;
mod circle;
mod contract;
mod credential;
mod delegated;
mod duty;
mod enrol;
mod erasure;
mod grant;
mod mandate;
mod mandated_object;
mod object;
mod opener;
mod paid;
mod pow;
mod review;
mod revoke;
mod spring;
mod stated;

pub use access::{AccessBody, AccessTx, epk_hash};
pub use approve::{ApproveBody, ApproveTx};
pub use change::{ChangeBody, ChangeTx};
pub use circle::{CircleBody, CircleTx};
pub use contract::{ContractBody, ContractTx};
pub use credential::{CredentialBody, CredentialStatus, CredentialTx};
pub use delegated::{CategoryClaim, DelegatedGrantBody, DelegatedGrantTx, ReaderClaim, RecipientPlace};
pub use duty::{DutyBody, DutyGrantBody, DutyGrantTx, DutyTx};
pub use enrol::{EnrolBody, EnrolTx, WithdrawBody, WithdrawTx, enrolment_commitment};
pub use erasure::{ErasureAckBody, ErasureAckTx};
pub use grant::{GrantAck, GrantBody, GrantTerms, GrantTx, ack_body, capsule_hash};
pub use mandate::{
    Mandate, MandateFor, MandatedGrantBody, MandatedGrantTx, MandatedRevokeBody, MandatedRevokeTx,
    mandate_commitment,
};
pub use mandated_object::{MandatedObjectBody, MandatedObjectTx, MayObject};
pub use object::{ObjectBody, ObjectTx};
pub use opener::{Announcer, Opener};
pub use paid::{Paid, PaidBody};
pub use pow::{Pow, pow_valid, solve};
pub use review::{Entrusted, ReviewBody, ReviewTx, Verdict};
pub use revoke::{RevokeBody, RevokeTx};
pub use spring::{SpringBody, SpringTx};
pub use stated::{AnnounceBody, AnnounceTx, MAX_REASON, Purpose, Second, StatedAccessBody, StatedAccessTx};

/// Largest encoded transaction: a grant with 21 acks takes under 2 KiB, a delegated one with 16 claims under 8.
pub const MAX_TX_BYTES: usize = 8 * 1024;

/// Any transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tx {
    /// A permission begins.
    Grant(Box<GrantTx>),
    /// A permission is stopped.
    Revoke(RevokeTx),
    /// A reader is about to ask for slots.
    Access(AccessTx),
    /// A keeper has erased its share.
    ErasureAck(ErasureAckTx),
    /// A member attests a clinician's key.
    Credential(CredentialTx),
    /// A gateway's signing key is enrolled.
    Enrol(EnrolTx),
    /// An enrolment is withdrawn.
    Withdraw(WithdrawTx),
    /// A consent contract is recorded.
    Contract(ContractTx),
    /// A person says who may act for them.
    Circle(CircleTx),
    /// Somebody of a circle asks for a change of it.
    CircleChange(ChangeTx),
    /// Somebody of a circle approves.
    Approve(ApproveTx),
    /// Somebody of a circle objects.
    Object(ObjectTx),
    /// A permission begins, recorded by a steward.
    DelegatedGrant(Box<DelegatedGrantTx>),
    /// A clinician attests that a power may begin.
    Spring(SpringTx),
    /// A reader is about to ask for slots, and says what for.
    StatedAccess(Box<StatedAccessTx>),
    /// A reader announces an emergency.
    Announce(AnnounceTx),
    /// The person, or somebody who helps them, says something about an emergency.
    Review(Box<ReviewTx>),
    /// A permission begins, given by another laptop of its person.
    MandatedGrant(Box<MandatedGrantTx>),
    /// A permission is stopped by another laptop of its person.
    MandatedRevoke(MandatedRevokeTx),
    /// Another laptop of a circle's person objects to a change of it.
    MandatedObject(Box<MandatedObjectTx>),
    /// A member says who is on duty.
    Duty(DutyTx),
    /// A permission begins, to those on duty.
    DutyGrant(Box<DutyGrantTx>),
}

impl Tx {
    /// SHA-256 of the encoding.
    pub fn hash(&self) -> TxHash {
        tx_hash(&self.encode())
    }

    /// The opening that it records, stated or not.
    pub fn opening(&self) -> Option<&AccessBody> {
        match self {
            Self::Access(tx) => Some(&tx.body),
            Self::StatedAccess(tx) => Some(&tx.body.access),
            _ => None,
        }
    }

    /// What that opening is for, why, and whether a second person signed: without a statement treatment, 0 and nobody.
    pub fn stated(&self) -> (Purpose, u8, bool) {
        match self {
            Self::StatedAccess(tx) => (tx.body.purpose, tx.body.reason, tx.body.second.is_some()),
            _ => (Purpose::Treatment, 0, false),
        }
    }

    /// The attested key of the second person that signed for that opening, if any.
    pub fn second(&self) -> Option<VerifyingKey> {
        match self {
            Self::StatedAccess(tx) => tx.body.second.map(|second| second.pk),
            _ => None,
        }
    }

    /// The attested key of the clinician who opens in an emergency or with a second person, if it names one.
    pub fn opener(&self) -> Option<VerifyingKey> {
        match self {
            Self::StatedAccess(tx) => tx.body.opener.map(|opener| opener.pk),
            _ => None,
        }
    }
}

/// SHA-256 of encoded octets.
pub fn tx_hash(octets: &[u8]) -> TxHash {
    TxHash(sha256(&[octets]))
}

impl Record for Tx {
    const MAX: usize = MAX_TX_BYTES;

    fn kind(&self) -> u8 {
        match self {
            Self::Grant(_) => 1,
            Self::Revoke(_) => 2,
            Self::Access(_) => 3,
            Self::ErasureAck(_) => 4,
            Self::Credential(tx) if tx.body.subject.is_some() => 0x14,
            Self::Credential(_) => 5,
            Self::Enrol(_) => 6,
            Self::Withdraw(_) => 7,
            Self::Contract(_) => 8,
            Self::Circle(_) => 0x09,
            Self::CircleChange(_) => 0x0a,
            Self::Approve(_) => 0x0b,
            Self::Object(_) => 0x0c,
            Self::DelegatedGrant(_) => 0x0d,
            Self::Spring(_) => 0x0e,
            Self::StatedAccess(tx) if tx.body.opener.is_some() => 0x11,
            Self::StatedAccess(_) => 0x0f,
            Self::Announce(tx) if tx.body.by.is_some() => 0x12,
            Self::Announce(_) => 0x10,
            Self::Review(_) => 0x13,
            Self::Duty(_) => 0x15,
            Self::DutyGrant(_) => 0x16,
            Self::MandatedGrant(_) => 0x18,
            Self::MandatedRevoke(_) => 0x19,
            Self::MandatedObject(_) => 0x1a,
        }
    }

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Grant(tx) => tx.write(out),
            Self::Revoke(tx) => tx.write(out),
            Self::Access(tx) => tx.write(out),
            Self::ErasureAck(tx) => tx.write(out),
            Self::Credential(tx) => tx.write(out),
            Self::Enrol(tx) => tx.write(out),
            Self::Withdraw(tx) => tx.write(out),
            Self::Contract(tx) => tx.write(out),
            Self::Circle(tx) => tx.write(out),
            Self::CircleChange(tx) => tx.write(out),
            Self::Approve(tx) => tx.write(out),
            Self::Object(tx) => tx.write(out),
            Self::DelegatedGrant(tx) => tx.write(out),
            Self::Spring(tx) => tx.write(out),
            Self::StatedAccess(tx) => tx.write(out),
            Self::Announce(tx) => tx.write(out),
            Self::Review(tx) => tx.write(out),
            Self::MandatedGrant(tx) => tx.write(out),
            Self::MandatedRevoke(tx) => tx.write(out),
            Self::MandatedObject(tx) => tx.write(out),
            Self::Duty(tx) => tx.write(out),
            Self::DutyGrant(tx) => tx.write(out),
        }
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            1 => Ok(Self::Grant(Box::new(GrantTx::read(input)?))),
            2 => Ok(Self::Revoke(RevokeTx::read(input)?)),
            3 => Ok(Self::Access(AccessTx::read(input)?)),
            4 => Ok(Self::ErasureAck(ErasureAckTx::read(input)?)),
            5 => Ok(Self::Credential(CredentialTx::read(input)?)),
            6 => Ok(Self::Enrol(EnrolTx::read(input)?)),
            7 => Ok(Self::Withdraw(WithdrawTx::read(input)?)),
            8 => Ok(Self::Contract(ContractTx::read(input)?)),
            0x09 => Ok(Self::Circle(CircleTx::read(input)?)),
            0x0a => Ok(Self::CircleChange(ChangeTx::read(input)?)),
            0x0b => Ok(Self::Approve(ApproveTx::read(input)?)),
            0x0c => Ok(Self::Object(ObjectTx::read(input)?)),
            0x0d => Ok(Self::DelegatedGrant(Box::new(DelegatedGrantTx::read(input)?))),
            0x0e => Ok(Self::Spring(SpringTx::read(input)?)),
            0x0f => Ok(Self::StatedAccess(Box::new(StatedAccessTx::read(input)?))),
            0x10 => Ok(Self::Announce(AnnounceTx::read(input)?)),
            0x11 => Ok(Self::StatedAccess(Box::new(StatedAccessTx::read_opened(input)?))),
            0x12 => Ok(Self::Announce(AnnounceTx::read_named(input)?)),
            0x13 => Ok(Self::Review(Box::new(ReviewTx::read(input)?))),
            0x14 => Ok(Self::Credential(CredentialTx::read_told(input)?)),
            0x15 => Ok(Self::Duty(DutyTx::read(input)?)),
            0x16 => Ok(Self::DutyGrant(Box::new(DutyGrantTx::read(input)?))),
            0x18 => Ok(Self::MandatedGrant(Box::new(MandatedGrantTx::read(input)?))),
            0x19 => Ok(Self::MandatedRevoke(MandatedRevokeTx::read(input)?)),
            0x1a => Ok(Self::MandatedObject(Box::new(MandatedObjectTx::read(input)?))),
            other => Err(CodecError::Kind(other)),
        }
    }
}
