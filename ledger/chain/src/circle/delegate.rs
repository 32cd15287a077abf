//! A power of attorney as data: what a person lets one delegate do, and until when.
//!
//! ```text
//! delegate = pk 32 || role u8 || instrument_hash 32 || categories_root 32 || recipients_root 32 || longest_ms i64
//!            || begins_ms i64 || lapses_ms i64 || review_ms i64 (0 none) || beginning u8        162 octets
//! ```

use super::field::{read_instant, write_instant};
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{Hash32, VerifyingKey};
use crate::time::UnixMillis;

/// What kind of delegate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Reads and issues permissions, within the limits.
    Steward,
    /// Holds no data key: approves, objects and stops.
    Approver,
}

/// What must come before a power begins, besides its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// Nothing.
    AtOnce,
    /// The attestations of two clinicians ([`super::ATTESTATIONS`]).
    Attested,
}

/// One delegate's power.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delegate {
    /// The delegate's key of this circle.
    pub pk: VerifyingKey,
    /// What kind.
    pub role: Role,
    /// Salted hash of the instrument; the paper itself stays off the chain.
    pub instrument_hash: Hash32,
    /// Root over the categories that may be permitted ([`super::category_leaf`]); zero for none.
    pub categories_root: Hash32,
    /// Root over the clinicians who may be permitted ([`super::recipient_leaf`]); zero for any attested one.
    pub recipients_root: Hash32,
    /// Longest permission, in milliseconds.
    pub longest_ms: i64,
    /// First instant of the power.
    pub begins_ms: UnixMillis,
    /// First instant after the power.
    pub lapses_ms: UnixMillis,
    /// First instant at which the power rests until it is confirmed again.
    pub review_ms: Option<UnixMillis>,
    /// What must come before it begins.
    pub beginning: Beginning,
}

impl Delegate {
    /// Octets of the encoding: four hashes, five times, two marks.
    pub(super) const OCTETS: usize = 4 * 32 + 4 * 8 + 2;

    /// Whether the fields fit together, whatever the circle.
    pub(super) fn fits(&self) -> bool {
        let only_stewards_permit = self.role == Role::Steward || self.categories_root == Hash32::ZERO;
        self.begins_ms < self.lapses_ms && only_stewards_permit && self.review_ms != Some(0)
    }

    /// Whether no field gives more than the same field of `wider`. Roots say nothing but equality, so another root is not
    /// within; neither is another key or instrument, nor an empty recipients root, which means anybody.
    pub(super) fn within(&self, wider: &Self) -> bool {
        let review = match (self.review_ms, wider.review_ms) {
            (_, None) => true,
            (Some(own), Some(limit)) => own <= limit,
            (None, Some(_)) => false,
        };
        self.pk == wider.pk
            && self.instrument_hash == wider.instrument_hash
            && (self.role == wider.role || self.role == Role::Approver)
            && (self.categories_root == wider.categories_root || self.categories_root == Hash32::ZERO)
            && self.recipients_root == wider.recipients_root
            && self.longest_ms <= wider.longest_ms
            && self.begins_ms >= wider.begins_ms
            && self.lapses_ms <= wider.lapses_ms
            && review
            && (self.beginning == wider.beginning || self.beginning == Beginning::Attested)
    }

    /// Whether the power's own times hold at an instant.
    pub(super) fn holds_at(&self, now: UnixMillis) -> bool {
        let reviewed = self.review_ms.is_none_or(|review| now < review);
        (self.begins_ms..self.lapses_ms).contains(&now) && reviewed
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.fixed(self.pk);
        out.u8(match self.role {
            Role::Steward => 1,
            Role::Approver => 2,
        });
        out.fixed(self.instrument_hash);
        out.fixed(self.categories_root);
        out.fixed(self.recipients_root);
        out.instant(self.longest_ms);
        out.instant(self.begins_ms);
        out.instant(self.lapses_ms);
        write_instant(out, self.review_ms);
        out.u8(match self.beginning {
            Beginning::AtOnce => 0,
            Beginning::Attested => 2,
        });
    }

    pub(crate) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            pk: input.verifying_key()?,
            role: match input.u8()? {
                1 => Role::Steward,
                2 => Role::Approver,
                _ => return Err(CodecError::Value("role")),
            },
            instrument_hash: input.hash()?,
            categories_root: input.hash()?,
            recipients_root: input.hash()?,
            longest_ms: input.instant()?,
            begins_ms: input.instant()?,
            lapses_ms: input.instant()?,
            review_ms: read_instant(input)?,
            beginning: match input.u8()? {
                0 => Beginning::AtOnce,
                2 => Beginning::Attested,
                _ => return Err(CodecError::Value("beginning")),
            },
        })
    }
}
