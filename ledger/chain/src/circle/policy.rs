//! What the delegates of a circle need one another for.
//!
//! ```text
//! policy = approvals u8 || long_ms i64 || ordinary_root 32 || veto_ms i64 || objector u8        50 octets
//! ```

use super::MAX_VETO_MS;
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::Hash32;

/// The m of "m of k", and what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Approvals by other delegates that a sensitive or long permission needs, and any change by delegates: at least 1. Where
    /// there are fewer others, such things cannot be done by delegates at all.
    pub approvals: u8,
    /// A permission that ends later than this after it was recorded needs approvals, in milliseconds.
    pub long_ms: i64,
    /// Root over the categories that need no approvals ([`super::category_leaf`]); zero for none. What is not shown to be
    /// ordinary is sensitive: a root over the sensitive ones could be passed by silence.
    pub ordinary_root: Hash32,
    /// From the last approval to the first opening, in milliseconds.
    pub veto_ms: i64,
    /// Seat of the delegate whose objection counts before that, besides the person's; 0 for anybody's.
    pub objector: u8,
}

impl Policy {
    /// Octets of the encoding.
    pub(super) const OCTETS: usize = 1 + 8 + 32 + 8 + 1;

    /// Whether the fields are possible, whatever the circle.
    pub(super) fn fits(&self) -> bool {
        self.approvals >= 1 && self.veto_ms <= MAX_VETO_MS
    }

    /// Whether so many delegates are enough for the approvals. One is the least, also where there is nobody to give it.
    pub(super) fn reachable(&self, delegates: usize) -> bool {
        usize::from(self.approvals) <= delegates.saturating_sub(1).max(1)
    }

    /// Whether no field gives delegates more than the same field of `other`.
    pub(super) fn as_strict_as(&self, other: &Self) -> bool {
        self.approvals >= other.approvals
            && self.long_ms <= other.long_ms
            && (self.ordinary_root == other.ordinary_root || self.ordinary_root == Hash32::ZERO)
            && self.veto_ms >= other.veto_ms
            && (self.objector == other.objector || self.objector == 0)
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.u8(self.approvals);
        out.instant(self.long_ms);
        out.fixed(self.ordinary_root);
        out.instant(self.veto_ms);
        out.u8(self.objector);
    }

    pub(crate) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            approvals: input.u8()?,
            long_ms: input.instant()?,
            ordinary_root: input.hash()?,
            veto_ms: input.instant()?,
            objector: input.u8()?,
        })
    }
}
