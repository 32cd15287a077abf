//! A second clinician's word: asked with one text and given with another, because the two may sit at two computers.
//!
//! ```text
//! ask   = 01 || 51 || grant_id 32 || reader_pk 64 || request_hash 32 || reason u8 || asking key 32     text SX1-...
//! word  = 01 || 57 || second_pk 32 || signature 64                                                    text SY1-...
//! ```
//!
//! For treatment it is [`crate::second`]. The question differs: an emergency's reader is the card, which no code of a clinician is
//! for, and it states a reason.
//!
//! The signature is over one request of one reader, opened by the clinician with the asking key ([`Second::sign_for`]), so that a
//! word is worth nothing for any other. That the two are two the members hold, as far as those who attest them say; who asks is not
//! proven to the one who is asked: the two talk to each other.

use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, GrantId, Hash32, ReaderKey, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_chain::text::{Kind, TextError, from_text, to_text};
use salus_chain::tx::{MAX_REASON, Purpose, Second};

use crate::second::opening;

const ASK: u8 = 0x51;
const WORD: u8 = 0x57;

/// Why an ask or a word does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SecondError {
    /// The text was not read: cut, mistyped, too long, or something else.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The octets are not what they should be.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// The same clinician asks and answers.
    #[error("the second clinician is the first")]
    SamePerson,
    /// The word is for another opening, or was not signed by whom it names.
    #[error("the word is not for this opening")]
    OtherOpening,
    /// No member attests the second clinician now.
    #[error("the second clinician is not attested")]
    NotAttested,
}

/// What a second clinician is asked to sign for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// The permission.
    pub grant: GrantId,
    /// The card's key.
    pub reader: ReaderKey,
    /// The one request.
    pub request_hash: Hash32,
    /// Why, from 1 to [`MAX_REASON`].
    pub reason: u8,
    /// The attested key of the one who asks.
    pub by: VerifyingKey,
}

/// A second clinician's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word(pub Second);

impl Ask {
    /// As text to hand over.
    ///
    /// # Errors
    /// None: it is far below the limit.
    pub fn to_text(&self) -> Result<String, TextError> {
        to_text(Kind::EmergencyQuestion, &self.encode())
    }

    /// Reads one.
    ///
    /// # Errors
    /// [`SecondError::Text`] or [`SecondError::Codec`].
    pub fn from_text(text: &str) -> Result<Self, SecondError> {
        Ok(Self::decode(&from_text(Kind::EmergencyQuestion, text)?)?)
    }

    /// Gives one's word; `key` is one's attested key.
    ///
    /// # Errors
    /// [`SecondError::SamePerson`].
    pub fn answer(&self, chain: &ChainId, key: &SigningKey) -> Result<Word, SecondError> {
        if key.verifying_key() == self.by {
            return Err(SecondError::SamePerson);
        }
        let access = opening(self.grant, self.reader, self.request_hash);
        Ok(Word(Second::sign_for(&self.by, &access, Purpose::Emergency, self.reason, chain, key)))
    }
}

impl Word {
    /// As text to hand back.
    ///
    /// # Errors
    /// None: it is far below the limit.
    pub fn to_text(&self) -> Result<String, TextError> {
        to_text(Kind::EmergencyAnswer, &self.encode())
    }

    /// Reads one.
    ///
    /// # Errors
    /// [`SecondError::Text`] or [`SecondError::Codec`].
    pub fn from_text(text: &str) -> Result<Self, SecondError> {
        Ok(Self::decode(&from_text(Kind::EmergencyAnswer, text)?)?)
    }
}

impl Record for Ask {
    const MAX: usize = 2 + 32 + 64 + 32 + 1 + 32;

    fn kind(&self) -> u8 {
        ASK
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.grant);
        out.fixed(self.reader);
        out.fixed(self.request_hash);
        out.u8(self.reason);
        out.fixed(self.by);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != ASK {
            return Err(CodecError::Kind(kind));
        }
        Ok(Self {
            grant: input.grant_id()?,
            reader: input.reader_key()?,
            request_hash: input.hash()?,
            reason: match input.u8()? {
                reason @ 1..=MAX_REASON => reason,
                _ => return Err(CodecError::Value("reason")),
            },
            by: input.verifying_key()?,
        })
    }
}

impl Record for Word {
    const MAX: usize = 2 + 32 + 64;

    fn kind(&self) -> u8 {
        WORD
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.0.pk);
        out.fixed(self.0.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            WORD => Ok(Self(Second { pk: input.verifying_key()?, signature: input.signature()? })),
            other => Err(CodecError::Kind(other)),
        }
    }
}
