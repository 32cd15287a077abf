//! What can change in a circle.
//!
//! ```text
//! change  = u8 tag || fields, tags in the order of the variants from 1
//! subject = SHA-256("hg/v1/circle-subject" || circle_id || u32 revision || signer's key || change)
//! ```
//!
//! The subject names one asking for a change: what was said about it says nothing of the same change asked for again.

use super::{Delegate, Guardians, Policy};
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{CircleId, Hash32, VerifyingKey, sha256};
use crate::time::UnixMillis;

/// A change of a circle. Delegates are named by their seats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A delegate goes. What they permitted rests until the person confirms it.
    RemoveDelegate(u8),
    /// A power becomes narrower, in every field that differs.
    LowerDelegate(u8, Delegate),
    /// A delegate comes.
    AddDelegate(Delegate),
    /// A power becomes wider. The key stays: another key would be another delegate.
    RaiseDelegate(u8, Delegate),
    /// The policy becomes another one.
    SetPolicy(Policy),
    /// The guardians become others.
    SetGuardians(Guardians),
    /// The person's key becomes another one.
    ReplacePatient(VerifyingKey),
    /// A power was looked at and goes on, until the next review.
    ConfirmReview {
        /// Whose power.
        seat: u8,
        /// The next review.
        review_ms: UnixMillis,
    },
    /// A child comes of age: every power of the circle ends, and what was permitted rests until it is confirmed by a key that
    /// the person got afterwards. Never undone; the grown-up makes a circle of their own.
    Handover,
    /// The person's key becomes another one at once, because somebody else may have the present one. Whoever of the two comes
    /// first has the circle, so for a time such a key keeps guardians from nothing ([`super::RETIRED_MS`]).
    RetireKey(VerifyingKey),
}

impl Change {
    /// Octets of the largest encoding: a tag and the guardians, which are longer than a seat and a delegate.
    pub(super) const MAX_OCTETS: usize = 1 + Guardians::MAX_OCTETS;

    /// The seat whose power it is about.
    pub(super) fn concerns(&self) -> Option<u8> {
        match self {
            Self::RemoveDelegate(seat)
            | Self::LowerDelegate(seat, _)
            | Self::RaiseDelegate(seat, _)
            | Self::ConfirmReview { seat, .. } => Some(*seat),
            Self::AddDelegate(_)
            | Self::SetPolicy(_)
            | Self::SetGuardians(_)
            | Self::ReplacePatient(_)
            | Self::Handover
            | Self::RetireKey(_) => None,
        }
    }

    /// The name of this change as `signer_pk` asks for it at a revision of the circle.
    pub fn subject(&self, circle: &CircleId, revision: u32, signer_pk: &VerifyingKey) -> Hash32 {
        let mut out = Writer::new();
        self.write(&mut out);
        let revision = revision.to_be_bytes();
        Hash32(sha256(&[b"hg/v1/circle-subject", &circle.0, &revision, &signer_pk.0, &out.finish()]))
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        match self {
            Self::RemoveDelegate(seat) => {
                out.u8(1);
                out.u8(*seat);
            }
            Self::LowerDelegate(seat, delegate) => {
                out.u8(2);
                out.u8(*seat);
                delegate.write(out);
            }
            Self::AddDelegate(delegate) => {
                out.u8(3);
                delegate.write(out);
            }
            Self::RaiseDelegate(seat, delegate) => {
                out.u8(4);
                out.u8(*seat);
                delegate.write(out);
            }
            Self::SetPolicy(policy) => {
                out.u8(5);
                policy.write(out);
            }
            Self::SetGuardians(guardians) => {
                out.u8(6);
                guardians.write(out);
            }
            Self::ReplacePatient(pk) => {
                out.u8(7);
                out.fixed(pk);
            }
            Self::ConfirmReview { seat, review_ms } => {
                out.u8(8);
                out.u8(*seat);
                out.instant(*review_ms);
            }
            Self::Handover => out.u8(9),
            Self::RetireKey(pk) => {
                out.u8(10);
                out.fixed(pk);
            }
        }
    }

    pub(crate) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(match input.u8()? {
            1 => Self::RemoveDelegate(input.u8()?),
            2 => Self::LowerDelegate(input.u8()?, Delegate::read(input)?),
            3 => Self::AddDelegate(Delegate::read(input)?),
            4 => Self::RaiseDelegate(input.u8()?, Delegate::read(input)?),
            5 => Self::SetPolicy(Policy::read(input)?),
            6 => Self::SetGuardians(Guardians::read(input)?),
            7 => Self::ReplacePatient(input.verifying_key()?),
            8 => Self::ConfirmReview { seat: input.u8()?, review_ms: input.instant()? },
            9 => Self::Handover,
            10 => Self::RetireKey(input.verifying_key()?),
            _ => return Err(CodecError::Value("change")),
        })
    }
}
