//! StatedAccessTx and AnnounceTx: an opening that says what it is for, and the notice of an emergency before one.
//!
//! ```text
//! stated   = AccessTx's body || purpose u8 || reason u8 || second_pk 32 || second_signature 64 || signature 64
//! second   : signature over grant_id || reader's signing key 32 || request_hash || purpose u8 || reason u8
//! announce = grant_id 32 || reader_pk 64 || path || reason u8 || signature 64
//! ```
//!
//! Without a second person both of its fields are zero. The second person signs for one request of one reader, so that the
//! signature is worth nothing for another.

use super::AccessBody;
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{ChainId, GrantId, ReaderKey, Signature, VerifyingKey};
use crate::merkle::MerklePath;
use crate::sign::{BadSignature, Label, SigningKey};

#[cfg(test)]
mod tests;

/// The highest reason that an announcement can give.
pub const MAX_REASON: u8 = 5;
const NOBODY: VerifyingKey = VerifyingKey([0; 32]);
const UNSIGNED: Signature = Signature([0; 64]);

/// What a permission is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// What an AccessTx says by saying nothing.
    Treatment,
    /// An emergency.
    Emergency,
}

impl Purpose {
    pub(crate) const fn octet(self) -> u8 {
        match self {
            Self::Treatment => 1,
            Self::Emergency => 2,
        }
    }

    pub(crate) fn from_octet(octet: u8) -> Result<Self, CodecError> {
        match octet {
            1 => Ok(Self::Treatment),
            2 => Ok(Self::Emergency),
            _ => Err(CodecError::Value("purpose")),
        }
    }
}

/// A second person's word for one opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Second {
    /// The second person's attested key.
    pub pk: VerifyingKey,
    /// By it, under [`Label::Second`].
    pub signature: Signature,
}

impl Second {
    /// Signs for the opening `access`, for this purpose and reason; what the signature holds of `access` does not change
    /// when the reader signs.
    pub fn sign(
        access: &AccessBody,
        purpose: Purpose,
        reason: u8,
        chain: &ChainId,
        key: &SigningKey,
    ) -> Self {
        let signature = key.sign(Label::Second, chain, &second_octets(access, purpose, reason));
        Self { pk: key.verifying_key(), signature }
    }
}

fn second_octets(access: &AccessBody, purpose: Purpose, reason: u8) -> Vec<u8> {
    let mut out = Writer::new();
    out.fixed(access.grant_id);
    out.fixed(access.reader_pk.signing());
    out.fixed(access.request_hash);
    out.u8(purpose.octet());
    out.u8(reason);
    out.finish()
}

/// What the reader signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedAccessBody {
    /// The opening, as in an AccessTx.
    pub access: AccessBody,
    /// What it is for.
    pub purpose: Purpose,
    /// Why; 0 for none. The contract judges what it accepts.
    pub reason: u8,
    /// A second person, if any.
    pub second: Option<Second>,
}

/// A signed receipt with what was stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedAccessTx {
    /// What is signed.
    pub body: StatedAccessBody,
    /// By the signing half of `reader_pk`, under [`Label::StatedAccess`], over the body.
    pub signature: Signature,
}

impl StatedAccessBody {
    /// Signs; `key` must be the one of the signing half of `reader_pk`.
    pub fn sign(self, chain: &ChainId, key: &SigningKey) -> StatedAccessTx {
        let signature = key.sign(Label::StatedAccess, chain, &self.octets());
        StatedAccessTx { body: self, signature }
    }

    /// What the signature is over.
    pub fn octets(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.fixed(self.access.octets());
        out.u8(self.purpose.octet());
        out.u8(self.reason);
        let second = self.second.unwrap_or(Second { pk: NOBODY, signature: UNSIGNED });
        out.fixed(second.pk);
        out.fixed(second.signature);
        out.finish()
    }

    /// Checks the second person's signature; holds when there is none.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn second_signed(&self, chain: &ChainId) -> Result<(), BadSignature> {
        let Some(second) = &self.second else { return Ok(()) };
        let octets = second_octets(&self.access, self.purpose, self.reason);
        second.pk.verify(Label::Second, chain, &octets, &second.signature)
    }
}

impl StatedAccessTx {
    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.body.octets());
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let body = StatedAccessBody {
            access: AccessBody::read(input)?,
            purpose: Purpose::from_octet(input.u8()?)?,
            reason: input.u8()?,
            second: match (input.verifying_key()?, input.signature()?) {
                (NOBODY, UNSIGNED) => None,
                (NOBODY, _) => return Err(CodecError::Value("second")),
                (pk, signature) => Some(Second { pk, signature }),
            },
        };
        Ok(Self { body, signature: input.signature()? })
    }
}

/// What a reader announces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnounceBody {
    /// The permission that is going to be used.
    pub grant_id: GrantId,
    /// Who.
    pub reader_pk: ReaderKey,
    /// Place of `reader_pk` under `reader_pk_root`.
    pub path: MerklePath,
    /// Why: from 1 to [`MAX_REASON`].
    pub reason: u8,
}

/// A signed announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnounceTx {
    /// What is signed.
    pub body: AnnounceBody,
    /// By the signing half of `reader_pk`, under [`Label::Announce`], over the body.
    pub signature: Signature,
}

impl AnnounceBody {
    /// Signs; `key` must be the one of the signing half of `reader_pk`.
    pub fn sign(self, chain: &ChainId, key: &SigningKey) -> AnnounceTx {
        let signature = key.sign(Label::Announce, chain, &self.octets());
        AnnounceTx { body: self, signature }
    }

    /// What the signature is over.
    pub fn octets(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.fixed(self.grant_id);
        out.fixed(self.reader_pk);
        self.path.write(&mut out);
        out.u8(self.reason);
        out.finish()
    }
}

impl AnnounceTx {
    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.body.octets());
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let body = AnnounceBody {
            grant_id: input.grant_id()?,
            reader_pk: input.reader_key()?,
            path: MerklePath::read(input)?,
            reason: match input.u8()? {
                reason @ 1..=MAX_REASON => reason,
                _ => return Err(CodecError::Value("reason")),
            },
        };
        Ok(Self { body, signature: input.signature()? })
    }
}
