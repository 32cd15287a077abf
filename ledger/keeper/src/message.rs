//! `/salus/keeper/1`: what a keeper is asked and answers. Codec only; the rules are in [`crate::deal`] and
//! [`crate::release`].

use salus_chain::attestation::Attestation;
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::duty::MAX_ROLE_OCTETS;
use salus_chain::ids::{GrantId, Signature};
use salus_chain::tx::GrantAck;

use crate::deal::DealRefused;
use crate::envelope::{Envelope, TAG_LEN};
use crate::release::Refusal;

mod deal;
mod duty;
mod erase;
mod release;
#[cfg(test)]
mod tests;

pub use deal::{DealContext, DealMessage};
pub(crate) use duty::SECRET_LEN;
pub use duty::{DutyAsk, DutyNote, DutyPage, MAX_NOTE, MAX_PAGE, SecretRequest, WhoRequest};
pub use erase::{EraseState, EraseStatus};
pub use release::{ReleaseReply, ReleaseRequest, SlotRequest};

/// Largest message in either direction: a release of 64 slots takes under 3 KiB.
pub const MAX_MESSAGE_BYTES: usize = 4 * 1024;
/// Roles that one member has people on duty in at most: with the longest names they fit a message.
pub const MAX_ROLES: usize = 24;

/// What a keeper is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeeperRequest {
    /// Take this share.
    Deal(Box<DealMessage>),
    /// Release these slots.
    Release(ReleaseRequest),
    /// Do you still hold a share of this grant?
    EraseStatus(GrantId),
    /// Keep this note for your staff on duty.
    Note(Box<DutyNote>),
    /// What was given to those who are on duty as I am?
    OnDuty(DutyAsk),
    /// Seal this on to the key of my receipt.
    Secret(Box<SecretRequest>),
    /// Who was that?
    Who(WhoRequest),
    /// As what are people on duty here?
    Roles,
}

/// What it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeeperReply {
    /// To a dealing: the share is stored.
    Ack(GrantAck),
    /// To a release.
    Released(Box<ReleaseReply>),
    /// To an erase status.
    EraseStatus(EraseStatus),
    /// To a note: it is stored.
    Noted,
    /// To who is on duty: a [`DutyPage`], sealed.
    OnDuty(Envelope),
    /// To a request for a secret, sealed.
    Secret(Envelope),
    /// To who it was: as the member attests it.
    Who(Box<Attestation>),
    /// To as what people are on duty: [`MAX_ROLES`] at most.
    Roles(Vec<String>),
    /// To any.
    Refused(KeeperRefused),
}

/// Why it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeeperRefused {
    /// The dealing is not acceptable.
    #[error(transparent)]
    Deal(DealRefused),
    /// The release rule says no.
    #[error(transparent)]
    Release(Refusal),
    /// Another dealing of this grant is held already, or was erased.
    #[error("another dealing of this permission is held already")]
    Conflict,
    /// Too many requests, or no room.
    #[error("the keeper is busy")]
    Busy,
    /// The request does not decode.
    #[error("the request does not decode")]
    Malformed,
    /// The keeper failed.
    #[error("the keeper failed")]
    Internal,
    /// The keeper's disk is full.
    #[error("the keeper's disk is full")]
    Full,
    /// The desk has nothing of the kind, or it is not for who asks.
    #[error("the member has nothing of the kind for who asks")]
    NotYours,
    /// The question was signed too long ago, or by a clock that is wrong.
    #[error("the question was signed at another time")]
    Stale,
}

impl KeeperRefused {
    fn write(self, out: &mut Writer) {
        let (group, code) = match self {
            Self::Deal(why) => (1, why.code()),
            Self::Release(why) => (2, why.code()),
            Self::Conflict => (3, 1),
            Self::Busy => (3, 2),
            Self::Malformed => (3, 3),
            Self::Internal => (3, 4),
            Self::Full => (3, 5),
            Self::NotYours => (3, 6),
            Self::Stale => (3, 7),
        };
        out.u8(group);
        out.u16(code);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let refused = match (input.u8()?, input.u16()?) {
            (1, code) => DealRefused::from_code(code).map(Self::Deal),
            (2, code) => Refusal::from_code(code).map(Self::Release),
            (3, 1) => Some(Self::Conflict),
            (3, 2) => Some(Self::Busy),
            (3, 3) => Some(Self::Malformed),
            (3, 4) => Some(Self::Internal),
            (3, 5) => Some(Self::Full),
            (3, 6) => Some(Self::NotYours),
            (3, 7) => Some(Self::Stale),
            _ => None,
        };
        refused.ok_or(CodecError::Value("refusal"))
    }
}

impl Record for KeeperRequest {
    const MAX: usize = MAX_MESSAGE_BYTES;

    fn kind(&self) -> u8 {
        match self {
            Self::Deal(_) => 0x61,
            Self::Release(_) => 0x62,
            Self::EraseStatus(_) => 0x63,
            Self::Note(note) => note.kind(),
            Self::OnDuty(_) => 0x6b,
            Self::Secret(_) => 0x6c,
            Self::Who(_) => 0x6d,
            Self::Roles => 0x60,
        }
    }

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Deal(deal) => deal.write(out),
            Self::Release(release) => release.write(out),
            Self::EraseStatus(grant) => out.fixed(grant),
            Self::Note(note) => note.write(out),
            Self::OnDuty(ask) => ask.write(out),
            Self::Secret(request) => request.write(out),
            Self::Who(request) => request.write(out),
            Self::Roles => {}
        }
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            0x61 => Ok(Self::Deal(Box::new(DealMessage::read(input)?))),
            0x62 => Ok(Self::Release(ReleaseRequest::read(input)?)),
            0x63 => Ok(Self::EraseStatus(input.grant_id()?)),
            0x68 => Ok(Self::Note(Box::new(DutyNote::read(kind, input)?))),
            0x6b => Ok(Self::OnDuty(DutyAsk::read(input)?)),
            0x6c => Ok(Self::Secret(Box::new(SecretRequest::read(input)?))),
            0x6d => Ok(Self::Who(WhoRequest::read(input)?)),
            0x60 => Ok(Self::Roles),
            other => Err(CodecError::Kind(other)),
        }
    }
}

impl Record for KeeperReply {
    const MAX: usize = MAX_MESSAGE_BYTES;

    fn kind(&self) -> u8 {
        match self {
            Self::Ack(_) => 0x64,
            Self::Released(_) => 0x65,
            Self::EraseStatus(_) => 0x66,
            Self::Refused(_) => 0x67,
            Self::Noted => 0x5c,
            Self::OnDuty(_) => 0x5d,
            Self::Secret(_) => 0x5e,
            Self::Who(_) => 0x5f,
            Self::Roles(_) => 0x5b,
        }
    }

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Ack(ack) => {
                out.u16(ack.keeper);
                out.fixed(ack.signature);
            }
            Self::Released(reply) => reply.write(out),
            Self::EraseStatus(status) => status.write(out),
            Self::Refused(why) => why.write(out),
            Self::Noted => {}
            Self::OnDuty(sealed) | Self::Secret(sealed) => sealed.write(out),
            Self::Who(attestation) => out.lp(attestation.encode()),
            Self::Roles(roles) => out.list(roles, |out, role| out.lp(role)),
        }
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            0x64 => {
                let (keeper, signature): (u16, Signature) = (input.u16()?, input.signature()?);
                Ok(Self::Ack(GrantAck { keeper, signature }))
            }
            0x65 => Ok(Self::Released(Box::new(ReleaseReply::read(input)?))),
            0x66 => Ok(Self::EraseStatus(EraseStatus::read(input)?)),
            0x67 => Ok(Self::Refused(KeeperRefused::read(input)?)),
            0x5c => Ok(Self::Noted),
            0x5d => Ok(Self::OnDuty(Envelope::read(input, DutyPage::MAX + TAG_LEN)?)),
            0x5e => Ok(Self::Secret(Envelope::read(input, SECRET_LEN + TAG_LEN)?)),
            0x5f => {
                let octets = input.lp(Attestation::MAX)?;
                Ok(Self::Who(Box::new(Attestation::decode(octets)?)))
            }
            0x5b => Ok(Self::Roles(input.list(MAX_ROLES, |input| input.text(MAX_ROLE_OCTETS))?)),
            other => Err(CodecError::Kind(other)),
        }
    }
}
