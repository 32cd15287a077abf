//! `/salus/keeper/1`: what a keeper is asked and answers. Codec only; the rules are in [`crate::deal`] and
//! [`crate::release`].

use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{GrantId, Signature};
use salus_chain::tx::GrantAck;

use crate::deal::DealRefused;
use crate::release::Refusal;

mod deal;
mod erase;
mod release;
#[cfg(test)]
mod tests;

pub use deal::{DealContext, DealMessage};
pub use erase::{EraseState, EraseStatus};
pub use release::{ReleaseReply, ReleaseRequest, SlotRequest};

/// Largest message in either direction: a release of 64 slots takes under 3 KiB.
pub const MAX_MESSAGE_BYTES: usize = 4 * 1024;

/// What a keeper is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeeperRequest {
    /// Take this share.
    Deal(Box<DealMessage>),
    /// Release these slots.
    Release(ReleaseRequest),
    /// Do you still hold a share of this grant?
    EraseStatus(GrantId),
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
        }
    }

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Deal(deal) => deal.write(out),
            Self::Release(release) => release.write(out),
            Self::EraseStatus(grant) => out.fixed(grant),
        }
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            0x61 => Ok(Self::Deal(Box::new(DealMessage::read(input)?))),
            0x62 => Ok(Self::Release(ReleaseRequest::read(input)?)),
            0x63 => Ok(Self::EraseStatus(input.grant_id()?)),
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
            other => Err(CodecError::Kind(other)),
        }
    }
}
