//! What the state holds of consent contracts: their texts, and what was stated with an opening.

use crate::codec::{CodecError, Reader, Record, Writer};
use crate::contract::MAX_CONTRACT;
use crate::ids::{Hash32, VerifyingKey};
use crate::tx::{Purpose, StatedAccessBody};

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
    /// The clinician who opened and answers for it: in an emergency and with a second person always, otherwise never.
    pub opener_pk: Option<VerifyingKey>,
}

impl From<&StatedAccessBody> for StatementRecord {
    fn from(body: &StatedAccessBody) -> Self {
        let second_pk = body.second.map(|second| second.pk);
        let opener_pk = body.opener.map(|opener| opener.pk);
        Self { purpose: body.purpose, reason: body.reason, second_pk, opener_pk }
    }
}

const CONTRACT: u8 = 0x18;
const STATEMENT: u8 = 0x1d;
/// With the clinician who opened.
const OPENED_STATEMENT: u8 = 0x20;

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
    // Version, kind, purpose, reason, two keys.
    const MAX: usize = 2 + 1 + 1 + 32 + 32;

    fn kind(&self) -> u8 {
        if self.opener_pk.is_some() { OPENED_STATEMENT } else { STATEMENT }
    }

    fn write(&self, out: &mut Writer) {
        out.u8(self.purpose.octet());
        out.u8(self.reason);
        // No key is zero: it is a point of small order, which verifies nothing.
        out.fixed(self.second_pk.unwrap_or(VerifyingKey([0; 32])));
        if let Some(opener) = &self.opener_pk {
            out.fixed(opener);
        }
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let statement = Self {
            purpose: Purpose::from_octet(input.u8()?)?,
            reason: input.u8()?,
            second_pk: Some(input.verifying_key()?).filter(|pk| pk.0 != [0; 32]),
            opener_pk: None,
        };
        match kind {
            STATEMENT => Ok(statement),
            OPENED_STATEMENT => Ok(Self { opener_pk: Some(input.verifying_key()?), ..statement }),
            other => Err(CodecError::Kind(other)),
        }
    }
}
