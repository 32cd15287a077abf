//! Transactions: what can be recorded, and by whose signature.
//!
//! Encoding: version, kind (0x01 grant, 0x02 revoke, 0x03 access, 0x04 erasure ack, 0x05 credential, 0x06 enrol,
//! 0x07 withdraw, 0x08 contract, 0x0f stated access, 0x10 announce), body, then (patient transactions only) the u64
//! proof of work, then the 64-octet signature over everything of the body and the proof of work. So nothing of a
//! transaction can change without its signer.

use crate::codec::{CodecError, Reader, Record, Writer};
use crate::ids::{TxHash, sha256};

mod access;
mod contract;
mod credential;
mod enrol;
mod erasure;
mod grant;
mod pow;
mod revoke;
mod stated;

pub use access::{AccessBody, AccessTx, epk_hash};
pub use contract::{ContractBody, ContractTx};
pub use credential::{CredentialBody, CredentialStatus, CredentialTx};
pub use enrol::{EnrolBody, EnrolTx, WithdrawBody, WithdrawTx, enrolment_commitment};
pub use erasure::{ErasureAckBody, ErasureAckTx};
pub use grant::{GrantAck, GrantBody, GrantTerms, GrantTx, ack_body, capsule_hash};
pub use pow::{Pow, pow_valid, solve};
pub use revoke::{RevokeBody, RevokeTx};
pub use stated::{AnnounceBody, AnnounceTx, MAX_REASON, Purpose, Second, StatedAccessBody, StatedAccessTx};

/// Largest encoded transaction: a grant with 21 acks takes under 2 KiB.
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
    /// A reader is about to ask for slots, and says what for.
    StatedAccess(Box<StatedAccessTx>),
    /// A reader announces an emergency.
    Announce(AnnounceTx),
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
            Self::Credential(_) => 5,
            Self::Enrol(_) => 6,
            Self::Withdraw(_) => 7,
            Self::Contract(_) => 8,
            Self::StatedAccess(_) => 0x0f,
            Self::Announce(_) => 0x10,
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
            Self::StatedAccess(tx) => tx.write(out),
            Self::Announce(tx) => tx.write(out),
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
            0x0f => Ok(Self::StatedAccess(Box::new(StatedAccessTx::read(input)?))),
            0x10 => Ok(Self::Announce(AnnounceTx::read(input)?)),
            other => Err(CodecError::Kind(other)),
        }
    }
}
