//! What the state holds of consent contracts: their texts, what was stated with an opening, and emergencies.

use crate::codec::{CodecError, Reader, Record, Writer};
use crate::contract::MAX_CONTRACT;
use crate::ids::{Hash32, VerifyingKey};
use crate::time::UnixMillis;
use crate::tx::{MAX_REASON, Purpose, StatedAccessBody};

/// A consent contract; never changed and never removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractRecord {
    /// Its text, valid when it was recorded.
    pub text: String,
    /// The height it was recorded at.
    pub height: u64,
}

impl ContractRecord {
    /// The hash that permissions name it by.
    pub fn hash(&self) -> Hash32 {
        crate::contract::contract_hash(&self.text)
    }
}

/// What a reader stated with an opening. Its receipt is at [`super::StateKey::Access`] under the same transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatementRecord {
    /// What it was for.
    pub purpose: Purpose,
    /// Why; 0 for none.
    pub reason: u8,
    /// The second person that signed, if any.
    pub second_pk: Option<VerifyingKey>,
}

impl From<&StatedAccessBody> for StatementRecord {
    fn from(body: &StatedAccessBody) -> Self {
        let second_pk = body.second.map(|second| second.pk);
        Self { purpose: body.purpose, reason: body.reason, second_pk }
    }
}

/// How long an announcement serves, in milliseconds, inclusive: openings that begin so long after it.
pub const ANNOUNCEMENT_LASTS_MS: i64 = 24 * 3_600_000;

/// What happened of an emergency of a permission: the newest announcement, and the first opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EmergencyRecord {
    /// Time of the block with the announcement.
    pub announced_ms: Option<UnixMillis>,
    /// Why it was announced, from 1 to [`MAX_REASON`]; 0 without an announcement.
    pub reason: u8,
    /// Time of the block with the first emergency opening.
    pub opened_ms: Option<UnixMillis>,
}

impl EmergencyRecord {
    /// When it was announced, for whoever opens at an instant: none when that announcement has lapsed. An opening that began in
    /// time goes on.
    pub fn serves(&self, now: UnixMillis) -> Option<UnixMillis> {
        let begins = self.opened_ms.unwrap_or(now);
        self.announced_ms.filter(|at| begins.saturating_sub(*at) <= ANNOUNCEMENT_LASTS_MS)
    }
}

const CONTRACT: u8 = 0x18;
const STATEMENT: u8 = 0x1d;
const EMERGENCY: u8 = 0x1e;

fn expect(kind: u8, own: u8) -> Result<(), CodecError> {
    if kind == own { Ok(()) } else { Err(CodecError::Kind(kind)) }
}

impl Record for ContractRecord {
    // Version, kind, length, text, height.
    const MAX: usize = 2 + 4 + MAX_CONTRACT + 8;

    fn kind(&self) -> u8 {
        CONTRACT
    }

    fn write(&self, out: &mut Writer) {
        out.lp(&self.text);
        out.u64(self.height);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, CONTRACT)?;
        Ok(Self { text: input.text(MAX_CONTRACT)?, height: input.u64()? })
    }
}

impl Record for StatementRecord {
    const MAX: usize = 64;

    fn kind(&self) -> u8 {
        STATEMENT
    }

    fn write(&self, out: &mut Writer) {
        out.u8(self.purpose.octet());
        out.u8(self.reason);
        // No key is zero: it is a point of small order, which verifies nothing.
        out.fixed(self.second_pk.unwrap_or(VerifyingKey([0; 32])));
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, STATEMENT)?;
        Ok(Self {
            purpose: Purpose::from_octet(input.u8()?)?,
            reason: input.u8()?,
            second_pk: Some(input.verifying_key()?).filter(|pk| pk.0 != [0; 32]),
        })
    }
}

impl Record for EmergencyRecord {
    const MAX: usize = 64;

    fn kind(&self) -> u8 {
        EMERGENCY
    }

    fn write(&self, out: &mut Writer) {
        // No block has time 0, so it can stand for none.
        out.instant(self.announced_ms.unwrap_or(0));
        out.instant(self.opened_ms.unwrap_or(0));
        out.u8(self.reason);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, EMERGENCY)?;
        let some = |at: UnixMillis| Some(at).filter(|at| *at != 0);
        let (announced_ms, opened_ms) = (some(input.instant()?), some(input.instant()?));
        match (announced_ms, input.u8()?) {
            (Some(_), reason @ 1..=MAX_REASON) | (None, reason @ 0) => {
                Ok(Self { announced_ms, reason, opened_ms })
            }
            _ => Err(CodecError::Value("reason")),
        }
    }
}
