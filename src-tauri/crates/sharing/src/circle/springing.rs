//! A power that begins only after two clinicians said that it may: the question to one of them, and what they say.
//!
//! ```text
//! question = 01 || 6C || circle_id 32 || delegate_pk 32 || from 32 || lp(person's name) || lp(helper's name)
//!            || signature 64 by `from`, under "power-question"
//! ```
//!
//! As text it is [`salus_chain::text`] of kind `Power`. The names are the asker's word; that the asker is of the circle, and that
//! the power waits, the members prove. What the clinician says goes to the members (SpringTx), under the attested key: anybody
//! who reads the circle sees by which clinicians a power began.

use salus_chain::attestation::{MAX_NAME, check_name};
use salus_chain::circle::{ATTESTATIONS, Beginning, CircleRecord, Seated};
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, CircleId, Signature, VerifyingKey};
use salus_chain::sign::{BadSignature, SigningKey};
use salus_chain::text::{Kind, TextError, from_text, to_text};
use salus_wire::ErrorCode;

use crate::signed::{Signed, signed};

const KIND: u8 = 0x6C;

/// Why a question does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PowerError {
    /// The text was not read.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The octets are no question.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// Its signature does not verify, or whoever asks is not of the circle.
    #[error(transparent)]
    Signature(#[from] BadSignature),
    /// No such power waits for clinicians.
    #[error("no such power waits")]
    NothingWaits,
}

impl PowerError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Text(_) | Self::Codec(_) => ErrorCode::BadRecoveryText,
            Self::Signature(_) => ErrorCode::ProofFailed,
            Self::NothingWaits => ErrorCode::NothingWaits,
        }
    }
}

/// A question to a clinician.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PowerQuestion {
    /// The circle.
    pub circle: CircleId,
    /// Whose power.
    pub helper_pk: VerifyingKey,
    from: VerifyingKey,
    /// Whose circle, by the asker's word.
    pub person: String,
    /// Whose power, by the asker's word.
    pub helper: String,
    signature: Signature,
}

impl PowerQuestion {
    /// Asks, with a key of the circle.
    ///
    /// # Errors
    /// [`CodecError::Value`] for a name that [`check_name`] refuses.
    pub fn ask(
        circle: CircleId,
        helper_pk: VerifyingKey,
        person: &str,
        helper: &str,
        chain: &ChainId,
        key: &SigningKey,
    ) -> Result<Self, CodecError> {
        check_name(person)?;
        check_name(helper)?;
        let (person, helper) = (person.to_owned(), helper.to_owned());
        let (from, signature) = (key.verifying_key(), Signature([0; 64]));
        Ok(Self { circle, helper_pk, from, person, helper, signature }.signed(chain, key))
    }

    /// As text to hand over.
    ///
    /// # Errors
    /// None: it is far below the limit.
    pub fn to_text(&self) -> Result<String, TextError> {
        to_text(Kind::Power, &self.encode())
    }

    /// Reads a question; whether it counts says [`PowerQuestion::waits`].
    ///
    /// # Errors
    /// [`PowerError::Text`], [`PowerError::Codec`].
    pub fn from_text(text: &str) -> Result<Self, PowerError> {
        Ok(Self::decode(&from_text(Kind::Power, text)?)?)
    }

    /// Whether the helper asks about their own power: nobody else's word is behind the names then.
    #[must_use]
    pub fn is_by_helper(&self) -> bool {
        self.from == self.helper_pk
    }

    /// The power in the proven circle that it is about, when it waits for clinicians and somebody of the circle asks.
    ///
    /// # Errors
    /// [`PowerError::Signature`], [`PowerError::NothingWaits`].
    pub fn waits<'a>(&self, circle: &'a CircleRecord, chain: &ChainId) -> Result<&'a Seated, PowerError> {
        if circle.circle_id != self.circle || circle.find(&self.from).is_none() {
            return Err(BadSignature.into());
        }
        self.signed_by(&self.from, chain)?;
        let mut delegates = circle.delegates.iter();
        let waits = |seated: &&Seated| {
            seated.delegate.pk == self.helper_pk
                && seated.delegate.beginning == Beginning::Attested
                && seated.attested.len() < ATTESTATIONS
        };
        delegates.find(waits).ok_or(PowerError::NothingWaits)
    }
}

signed!(PowerQuestion, PowerQuestion);

impl Record for PowerQuestion {
    const MAX: usize = 2 + 3 * 32 + 2 * (4 + 4 * MAX_NAME) + 64;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle);
        out.fixed(self.helper_pk);
        out.fixed(self.from);
        out.lp(&self.person);
        out.lp(&self.helper);
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != KIND {
            return Err(CodecError::Kind(kind));
        }
        let (circle, helper_pk, from) = (input.circle_id()?, input.verifying_key()?, input.verifying_key()?);
        let (person, helper) = (input.text(4 * MAX_NAME)?, input.text(4 * MAX_NAME)?);
        check_name(&person)?;
        check_name(&helper)?;
        Ok(Self { circle, helper_pk, from, person, helper, signature: input.signature()? })
    }
}
