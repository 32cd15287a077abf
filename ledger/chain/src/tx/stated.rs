//! StatedAccessTx and AnnounceTx: an opening that says what it is for, and the notice of an emergency before one.
//!
//! ```text
//! stated   = AccessTx's body || purpose u8 || reason u8 || second_pk 32 || second_signature 64 || [opener 96] || signature 64
//! second   : signature over grant_id || reader's signing key 32 || request_hash || purpose u8 || reason u8 || [opener_pk 32]
//! announce = grant_id 32 || reader_pk 64 || path || reason u8 || [announcer 104] || signature 64
//! ```
//!
//! Without a second person both of its fields are zero. The second person signs for one request of one reader, so that the
//! signature is worth nothing for another.
//!
//! Of both there is a form with what is in brackets and one without, each a kind of its own. An emergency is opened and announced
//! in the form with it, which names the clinician who answers for it ([`Opener`], [`super::Announcer`]); so is whatever a second
//! person signs for, because a reader's key says nothing of whose it is, and one clinician could be both. In the other form, whose
//! octets stay what they were, the chain records neither.

use super::{AccessBody, Opener};
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{ChainId, Signature, TxHash, VerifyingKey};
use crate::sign::{BadSignature, Label, SigningKey};

mod announce;
#[cfg(test)]
mod tests;

pub use announce::{AnnounceBody, AnnounceTx};

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
    /// Signs for the opening `access` in the form that names nobody who opens it, which the chain does not record.
    pub fn sign(
        access: &AccessBody,
        purpose: Purpose,
        reason: u8,
        chain: &ChainId,
        key: &SigningKey,
    ) -> Self {
        let signature = key.sign(Label::Second, chain, &second_octets(access, purpose, reason, None));
        Self { pk: key.verifying_key(), signature }
    }

    /// Signs for an opening, for this purpose and reason, by the clinician with the attested key `opener`, and by nobody else; what
    /// the signature holds of `access` does not change when the reader signs.
    pub fn sign_for(
        opener: &VerifyingKey,
        access: &AccessBody,
        purpose: Purpose,
        reason: u8,
        chain: &ChainId,
        key: &SigningKey,
    ) -> Self {
        let octets = second_octets(access, purpose, reason, Some(opener));
        Self { pk: key.verifying_key(), signature: key.sign(Label::Second, chain, &octets) }
    }

    /// Whether this person signed for that opening, by the clinician with the attested key `opener`.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify_for(
        &self,
        opener: &VerifyingKey,
        access: &AccessBody,
        purpose: Purpose,
        reason: u8,
        chain: &ChainId,
    ) -> Result<(), BadSignature> {
        let octets = second_octets(access, purpose, reason, Some(opener));
        self.pk.verify(Label::Second, chain, &octets, &self.signature)
    }
}

fn second_octets(
    access: &AccessBody,
    purpose: Purpose,
    reason: u8,
    opener: Option<&VerifyingKey>,
) -> Vec<u8> {
    let mut out = Writer::new();
    out.fixed(access.grant_id);
    out.fixed(access.reader_pk.signing());
    out.fixed(access.request_hash);
    out.u8(purpose.octet());
    out.u8(reason);
    if let Some(opener) = opener {
        out.fixed(opener);
    }
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
    /// In an emergency, and where a second person signs, the clinician who opens and answers for it; otherwise nobody.
    pub opener: Option<Opener>,
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
        // The form is longer by this, so no octets are a body in both.
        if let Some(opener) = &self.opener {
            opener.write(&mut out);
        }
        out.finish()
    }

    /// Checks the second person's signature; holds when there is none.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn second_signed(&self, chain: &ChainId) -> Result<(), BadSignature> {
        let Some(second) = &self.second else { return Ok(()) };
        let opener = self.opener.as_ref().map(|opener| &opener.pk);
        let octets = second_octets(&self.access, self.purpose, self.reason, opener);
        second.pk.verify(Label::Second, chain, &octets, &second.signature)
    }

    /// Checks the opener's signature; holds when there is none.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn opener_signed(&self, chain: &ChainId) -> Result<(), BadSignature> {
        self.opener.map_or(Ok(()), |opener| opener.verify(&self.access, self.reason, chain))
    }

    /// Names what the opener signed ([`Opener::once`]): it opens once.
    pub fn once(&self) -> Option<TxHash> {
        self.opener.map(|opener| opener.once(&self.access, self.reason))
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            access: AccessBody::read(input)?,
            purpose: Purpose::from_octet(input.u8()?)?,
            reason: input.u8()?,
            second: match (input.verifying_key()?, input.signature()?) {
                (NOBODY, UNSIGNED) => None,
                (NOBODY, _) => return Err(CodecError::Value("second")),
                (pk, signature) => Some(Second { pk, signature }),
            },
            opener: None,
        })
    }
}

impl StatedAccessTx {
    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.body.octets());
        out.fixed(self.signature);
    }

    /// The form that names no opener.
    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self { body: StatedAccessBody::read(input)?, signature: input.signature()? })
    }

    /// The form that names the clinician who opens: for emergencies, and for what a second person signs for.
    pub(super) fn read_opened(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let body = StatedAccessBody::read(input)?;
        if body.purpose == Purpose::Treatment && body.second.is_none() {
            return Err(CodecError::Value("purpose"));
        }
        let body = StatedAccessBody { opener: Some(Opener::read(input)?), ..body };
        Ok(Self { body, signature: input.signature()? })
    }
}
