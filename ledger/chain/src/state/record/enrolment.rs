//! An enrolled key and its withdrawal.

use super::expect;
use crate::codec::{CodecError, Reader, Record, Writer};
use crate::ids::Hash32;
use crate::time::UnixMillis;

/// Where an enrolment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnrolmentStatus {
    /// Not enrolled yet at that instant.
    NotYet,
    /// Enrolled.
    Enrolled,
    /// Withdrawn.
    Withdrawn,
}

/// When an enrolment was withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withdrawn {
    /// The height it was recorded at.
    pub height: u64,
    /// The time of that block.
    pub time_ms: UnixMillis,
}

/// An enrolled gateway; kept also after the withdrawal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnrolmentRecord {
    /// Commitment to the gateway's signing key ([`crate::tx::enrolment_commitment`]).
    pub commitment: Hash32,
    /// The height it was recorded at.
    pub height: u64,
    /// The time of that block.
    pub time_ms: UnixMillis,
    /// The withdrawal, if any.
    pub withdrawn: Option<Withdrawn>,
}

impl EnrolmentRecord {
    /// Where it stood at an instant.
    pub fn status_at(&self, instant: UnixMillis) -> EnrolmentStatus {
        match self.withdrawn {
            Some(withdrawn) if instant >= withdrawn.time_ms => EnrolmentStatus::Withdrawn,
            _ if instant < self.time_ms => EnrolmentStatus::NotYet,
            _ => EnrolmentStatus::Enrolled,
        }
    }
}

impl Record for EnrolmentRecord {
    const MAX: usize = 128;

    fn kind(&self) -> u8 {
        0x17
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.commitment);
        out.u64(self.height);
        out.instant(self.time_ms);
        // Heights count from 1, so height 0 can stand for none.
        let withdrawn = self.withdrawn.unwrap_or(Withdrawn { height: 0, time_ms: 0 });
        out.u64(withdrawn.height);
        out.instant(withdrawn.time_ms);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, 0x17)?;
        Ok(Self {
            commitment: input.hash()?,
            height: input.u64()?,
            time_ms: input.instant()?,
            withdrawn: match (input.u64()?, input.instant()?) {
                (0, 0) => None,
                (0, _) => return Err(CodecError::Value("withdrawn")),
                (height, time_ms) => Some(Withdrawn { height, time_ms }),
            },
        })
    }
}
