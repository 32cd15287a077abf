//! A permission and where it stands.

use super::expect;
use crate::codec::{CodecError, Reader, Record, Writer};
use crate::genesis::MAX_MEMBERS;
use crate::ids::{Hash32, TxHash};
use crate::time::UnixMillis;
use crate::tx::GrantTerms;

/// Where a permission stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantStatus {
    /// Recorded, and its beginning has not come.
    NotYet,
    /// In force.
    Active,
    /// Stopped.
    Revoked,
    /// Run out.
    Expired,
}

/// A permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRecord {
    /// What is permitted.
    pub terms: GrantTerms,
    /// The recording transaction.
    pub tx_hash: TxHash,
    /// The height it was recorded at.
    pub height: u64,
    /// Keepers that acknowledged a share; bit i - 1 for keeper i.
    pub acks: u32,
    /// How it ended; `None` while it has not, whatever the clock says.
    pub end: Option<GrantEnd>,
    /// Keepers that confirmed erasure; bit i - 1 for keeper i.
    pub erased: u32,
    /// Receipts in its log.
    pub access_count: u32,
    /// Head of the log's hash chain.
    pub access_head: Hash32,
    /// Epoch of the last receipt.
    pub access_epoch: u32,
    /// Receipts in that epoch.
    pub access_in_epoch: u32,
}

/// How and at which height a permission ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantEnd {
    /// Stopped, rather than run out.
    pub revoked: bool,
    /// The height at which it was recorded as ended.
    pub height: u64,
}

impl GrantRecord {
    /// Where it stands at an instant; the end time counts also before a block has recorded it.
    pub fn status_at(&self, instant: UnixMillis) -> GrantStatus {
        match self.end {
            Some(GrantEnd { revoked: true, .. }) => GrantStatus::Revoked,
            Some(GrantEnd { revoked: false, .. }) => GrantStatus::Expired,
            None if instant >= self.terms.expires_ms => GrantStatus::Expired,
            None if instant < self.terms.not_before_ms => GrantStatus::NotYet,
            None => GrantStatus::Active,
        }
    }

    /// Whether keeper `index` acknowledged a share.
    pub fn acked(&self, index: u16) -> bool {
        bit(index).is_some_and(|bit| self.acks & bit != 0)
    }

    /// Whether keeper `index` confirmed erasure.
    pub fn erasure_confirmed(&self, index: u16) -> bool {
        bit(index).is_some_and(|bit| self.erased & bit != 0)
    }

    /// How many keepers acknowledged, and how many confirmed erasure.
    pub fn counts(&self) -> (u32, u32) {
        (self.acks.count_ones(), self.erased.count_ones())
    }
}

/// The bit of keeper `index`, from 1 to 21.
pub(crate) fn bit(index: u16) -> Option<u32> {
    let place = usize::from(index).checked_sub(1).filter(|place| *place < MAX_MEMBERS)?;
    1u32.checked_shl(u32::try_from(place).ok()?)
}

impl Record for GrantRecord {
    const MAX: usize = 512;

    fn kind(&self) -> u8 {
        0x11
    }

    fn write(&self, out: &mut Writer) {
        self.terms.write(out);
        out.fixed(self.tx_hash);
        out.u64(self.height);
        out.u32(self.acks);
        let (how, height) = match self.end {
            None => (0, 0),
            Some(GrantEnd { revoked: true, height }) => (1, height),
            Some(GrantEnd { revoked: false, height }) => (2, height),
        };
        out.u8(how);
        out.u64(height);
        out.u32(self.erased);
        out.u32(self.access_count);
        out.fixed(self.access_head);
        out.u32(self.access_epoch);
        out.u32(self.access_in_epoch);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, 0x11)?;
        Ok(Self {
            terms: GrantTerms::read(input)?,
            tx_hash: input.tx_hash()?,
            height: input.u64()?,
            acks: input.u32()?,
            end: match (input.u8()?, input.u64()?) {
                (0, 0) => None,
                (1, height) => Some(GrantEnd { revoked: true, height }),
                (2, height) => Some(GrantEnd { revoked: false, height }),
                _ => return Err(CodecError::Value("end")),
            },
            erased: input.u32()?,
            access_count: input.u32()?,
            access_head: input.hash()?,
            access_epoch: input.u32()?,
            access_in_epoch: input.u32()?,
        })
    }
}
