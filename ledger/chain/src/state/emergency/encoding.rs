//! Their octets.

use super::{
    ActRecord, Announcement, Did, EmergencyRecord, MAX_ANNOUNCEMENTS, MAX_REVIEWS, ObjectionCount,
    ObjectionRecord, Review,
};
use crate::codec::{CodecError, Reader, Record, Writer};
use crate::tx::{MAX_REASON, Verdict};

const EMERGENCY: u8 = 0x1e;
const ACT: u8 = 0x21;
const COUNT: u8 = 0x22;
const OBJECTION: u8 = 0x23;

fn expect(kind: u8, own: u8) -> Result<(), CodecError> {
    if kind == own { Ok(()) } else { Err(CodecError::Kind(kind)) }
}

fn read_reason(input: &mut Reader<'_>) -> Result<u8, CodecError> {
    match input.u8()? {
        reason @ 1..=MAX_REASON => Ok(reason),
        _ => Err(CodecError::Value("reason")),
    }
}

impl Record for EmergencyRecord {
    const MAX: usize = 2 + (2 + MAX_ANNOUNCEMENTS * (32 + 1 + 8 + 32)) + 8;
    // In the first version one announcement was kept, and nobody's.
    const VERSION: u8 = 2;

    fn kind(&self) -> u8 {
        EMERGENCY
    }

    fn write(&self, out: &mut Writer) {
        out.list(&self.announcements, |out, one| {
            out.fixed(one.by);
            out.u8(one.reason);
            out.instant(one.at_ms);
            out.fixed(one.tx);
        });
        // No block has time 0, so it can stand for none.
        out.instant(self.opened_ms.unwrap_or(0));
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, EMERGENCY)?;
        let announcements = input.list(MAX_ANNOUNCEMENTS, |input| {
            Ok(Announcement {
                by: input.verifying_key()?,
                reason: read_reason(input)?,
                at_ms: input.instant()?,
                tx: input.tx_hash()?,
            })
        })?;
        Ok(Self { announcements, opened_ms: Some(input.instant()?).filter(|at| *at != 0) })
    }
}

impl Record for ActRecord {
    const MAX: usize = 2 + (32 + 1 + 32 + 1 + 8) + (2 + MAX_REVIEWS * (32 + 1 + 8));

    fn kind(&self) -> u8 {
        ACT
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.grant_id);
        out.u8(match self.did {
            Did::Announced => 1,
            Did::Opened => 2,
        });
        out.fixed(self.by);
        out.u8(self.reason);
        out.instant(self.at_ms);
        out.list(&self.reviews, |out, review| {
            out.fixed(review.by);
            out.u8(review.verdict.octet());
            out.instant(review.at_ms);
        });
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, ACT)?;
        Ok(Self {
            grant_id: input.grant_id()?,
            did: match input.u8()? {
                1 => Did::Announced,
                2 => Did::Opened,
                _ => return Err(CodecError::Value("act")),
            },
            by: input.verifying_key()?,
            // What a contract accepts as a reason of an opening is its own affair.
            reason: input.u8()?,
            at_ms: input.instant()?,
            reviews: input.list(MAX_REVIEWS, |input| {
                Ok(Review {
                    by: input.verifying_key()?,
                    verdict: Verdict::from_octet(input.u8()?)?,
                    at_ms: input.instant()?,
                })
            })?,
        })
    }
}

impl Record for ObjectionCount {
    const MAX: usize = 2 + 4;

    fn kind(&self) -> u8 {
        COUNT
    }

    fn write(&self, out: &mut Writer) {
        out.u32(self.0);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, COUNT)?;
        Ok(Self(input.u32()?))
    }
}

impl Record for ObjectionRecord {
    const MAX: usize = 2 + 4 * 32 + 1 + 8;

    fn kind(&self) -> u8 {
        OBJECTION
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.tx);
        out.fixed(self.act);
        out.fixed(self.grant_id);
        out.fixed(self.credential_pk);
        out.u8(self.verdict.octet());
        out.instant(self.at_ms);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, OBJECTION)?;
        Ok(Self {
            tx: input.tx_hash()?,
            act: input.tx_hash()?,
            grant_id: input.grant_id()?,
            credential_pk: input.verifying_key()?,
            verdict: Verdict::from_octet(input.u8()?)?,
            at_ms: input.instant()?,
        })
    }
}
