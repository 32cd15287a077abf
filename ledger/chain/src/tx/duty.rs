//! DutyTx: a member says that somebody whom it attests is on duty, or is no longer. DutyGrantTx: a permission to those who are.
//!
//! ```text
//! duty       = credential_pk 32 || group || until_ms i64 (0: off duty) || nonce u64 || signature 64 by the member
//! duty grant = grant body || group || pow u64 || signature 64 by patient_grant_pk
//! group      = member u16 || lp(role)
//! ```
//!
//! The signature of a duty grant is under a label of its own, over the group too: nobody can cut a plain permission out of it,
//! or give it to another group.

use super::beside::beside;
use super::grant::GrantBody;
use super::paid::Paid;
use crate::codec::{CodecError, Reader, Writer};
use crate::duty::DutyGroup;
use crate::ids::{ChainId, Signature, VerifyingKey};
use crate::sign::{Label, SigningKey};
use crate::time::UnixMillis;

/// What the member signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyBody {
    /// The clinician's attested key.
    pub credential_pk: VerifyingKey,
    /// Where and as what.
    pub group: DutyGroup,
    /// First instant at which the duty is over by itself, no more than [`crate::duty::MAX_DUTY_MS`] ahead; 0 ends it at once.
    pub until_ms: UnixMillis,
    /// Above that of the last statement about the key: a statement cannot be played back.
    pub nonce: u64,
}

/// A signed statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyTx {
    /// What is signed.
    pub body: DutyBody,
    /// By the member's keeper key, under [`Label::Duty`], over the body.
    pub signature: Signature,
}

impl DutyBody {
    /// Signs; `key` must be the member's keeper key.
    pub fn sign(self, chain: &ChainId, key: &SigningKey) -> DutyTx {
        let signature = key.sign(Label::Duty, chain, &self.octets());
        DutyTx { body: self, signature }
    }

    /// What the signature is over.
    pub fn octets(&self) -> Vec<u8> {
        let mut out = Writer::new();
        self.write(&mut out);
        out.finish()
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.fixed(self.credential_pk);
        self.group.write_fields(out);
        out.instant(self.until_ms);
        out.u64(self.nonce);
    }

    pub(crate) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            credential_pk: input.verifying_key()?,
            group: DutyGroup::read_fields(input)?,
            until_ms: input.instant()?,
            nonce: input.u64()?,
        })
    }
}

impl DutyTx {
    pub(super) fn write(&self, out: &mut Writer) {
        self.body.write(out);
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self { body: DutyBody::read(input)?, signature: input.signature()? })
    }
}

/// What the patient signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyGrantBody {
    /// The permission, as in a plain one; its `reader_pk_root` is [`DutyGroup::tag`].
    pub grant: GrantBody,
    /// Whom it is given to.
    pub group: DutyGroup,
}

/// A signed permission to a group.
pub type DutyGrantTx = Paid<DutyGrantBody>;

beside!(DutyGrantBody, DutyGrant, group: DutyGroup::write_fields, DutyGroup::read_fields);

#[cfg(test)]
mod tests;
