//! A rehearsal: the person asks whether each guardian still holds their part, and nothing changes by it.
//!
//! ```text
//! question = 01 || 6A || circle_id 32 || nonce 16 || asked i64 || signature 64 by the person, under "rehearsal"
//! answer   = 02 || 6B || SHA-256(question) 32 || guardian_pk 32 || answered i64 || u8 0, or 1 and proof 32
//!            || signature 64 by the guardian, under "rehearsal-held"
//! proof      of the guardian's part, for SHA-256(question): `salus_vault::keyslot::Share::prove`
//! ```
//!
//! Both travel as text ([`salus_chain::text`], kinds `Rehearsal` and `Held`) and neither goes to the members: the ledger does
//! not learn that there was one. An answer shows that the guardian's application still holds the key that the circle names,
//! and its proof, to the person alone, that it holds the right part; nothing of the part is in it. Whether the guardian would
//! agree, it does not show.

use salus_chain::circle::{CircleRecord, Signer};
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, CircleId, Hash32, Signature, VerifyingKey, sha256};
use salus_chain::sign::{BadSignature, SigningKey};
use salus_chain::text::{Kind, TextError, from_text, to_text};
use salus_vault::Key;
use salus_vault::keyslot::{Share, proves};
use salus_wire::{ErrorCode, UnixMillis};

use crate::signed::{Signed, signed};

const ASKED: u8 = 0x6A;
const ANSWERED: u8 = 0x6B;

/// Why a question or an answer does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RehearsalError {
    /// The text was not read.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The octets are neither.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// Its signature does not verify.
    #[error(transparent)]
    Signature(#[from] BadSignature),
    /// It answers another question.
    #[error("it answers another question")]
    OtherQuestion,
    /// The circle names no such guardian.
    #[error("the circle names no such guardian")]
    NoGuardian,
}

impl RehearsalError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Text(_) | Self::Codec(_) => ErrorCode::BadRecoveryText,
            Self::Signature(_) => ErrorCode::ProofFailed,
            Self::OtherQuestion => ErrorCode::NothingWaits,
            Self::NoGuardian => ErrorCode::NotYours,
        }
    }
}

/// A person's question to every guardian.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The circle.
    pub circle: CircleId,
    nonce: [u8; 16],
    /// When, by the person's clock.
    pub at: UnixMillis,
    signature: Signature,
}

impl Asked {
    /// Asks, with the person's key of the circle.
    #[must_use]
    pub fn ask(circle: CircleId, nonce: [u8; 16], at: UnixMillis, chain: &ChainId, key: &SigningKey) -> Self {
        Self { circle, nonce, at, signature: Signature([0; 64]) }.signed(chain, key)
    }

    /// As text to hand over.
    ///
    /// # Errors
    /// None: it is far below the limit.
    pub fn to_text(&self) -> Result<String, TextError> {
        to_text(Kind::Rehearsal, &self.encode())
    }

    /// Reads a question; whether it counts says [`Answer::of`].
    ///
    /// # Errors
    /// [`RehearsalError::Text`], [`RehearsalError::Codec`].
    pub fn from_text(text: &str) -> Result<Self, RehearsalError> {
        Ok(Self::decode(&from_text(Kind::Rehearsal, text)?)?)
    }

    fn hash(&self) -> Hash32 {
        Hash32(sha256(&[&self.encode()]))
    }

    /// What a guardian's part is proven for.
    #[must_use]
    pub fn challenge(&self) -> [u8; 32] {
        self.hash().0
    }
}

/// A guardian's answer: "I still hold my part".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    question: Hash32,
    /// Who answers.
    pub guardian: VerifyingKey,
    /// When, by the guardian's clock.
    pub at: UnixMillis,
    /// Shows that the guardian's part is held; `None` from one who holds none.
    pub proof: Option<[u8; 32]>,
    signature: Signature,
}

impl Answer {
    /// Answers the question of the person of the proven circle, as a guardian of it. `held` is the part that it was entrusted
    /// with.
    ///
    /// # Errors
    /// [`RehearsalError::Signature`] when another key than the person's asked, [`RehearsalError::OtherQuestion`] for another
    /// circle's, [`RehearsalError::NoGuardian`].
    pub fn of(
        asked: &Asked,
        circle: &CircleRecord,
        held: Option<&Share>,
        at: UnixMillis,
        chain: &ChainId,
        key: &SigningKey,
    ) -> Result<Self, RehearsalError> {
        if asked.circle != circle.circle_id {
            return Err(RehearsalError::OtherQuestion);
        }
        asked.signed_by(&circle.patient_pk, chain)?;
        let guardian = key.verifying_key();
        if !matches!(circle.find(&guardian), Some(Signer::Guardian(_))) {
            return Err(RehearsalError::NoGuardian);
        }
        let proof = held.map(|share| share.prove(&asked.challenge()));
        let answer = Self { question: asked.hash(), guardian, at, proof, signature: Signature([0; 64]) };
        Ok(answer.signed(chain, key))
    }

    /// As text to hand over.
    ///
    /// # Errors
    /// None: it is far below the limit.
    pub fn to_text(&self) -> Result<String, TextError> {
        to_text(Kind::Held, &self.encode())
    }

    /// Reads an answer; whether it counts says [`Answer::counts`].
    ///
    /// # Errors
    /// [`RehearsalError::Text`], [`RehearsalError::Codec`].
    pub fn from_text(text: &str) -> Result<Self, RehearsalError> {
        Ok(Self::decode(&from_text(Kind::Held, text)?)?)
    }

    /// Whether it shows that the guardian holds the part whose proof key the person kept.
    #[must_use]
    pub fn proves(&self, asked: &Asked, proof_key: &Key) -> bool {
        self.proof.is_some_and(|proof| proves(proof_key, &asked.challenge(), &proof))
    }

    /// Whether it answers this question, by a guardian of the proven circle.
    ///
    /// # Errors
    /// [`RehearsalError::OtherQuestion`], [`RehearsalError::NoGuardian`], [`RehearsalError::Signature`].
    pub fn counts(
        &self,
        asked: &Asked,
        circle: &CircleRecord,
        chain: &ChainId,
    ) -> Result<(), RehearsalError> {
        if self.question != asked.hash() {
            return Err(RehearsalError::OtherQuestion);
        }
        if !matches!(circle.find(&self.guardian), Some(Signer::Guardian(_))) {
            return Err(RehearsalError::NoGuardian);
        }
        Ok(self.signed_by(&self.guardian, chain)?)
    }
}

signed!(Asked, Rehearsal);
signed!(Answer, Held);

impl Record for Asked {
    const MAX: usize = 2 + 32 + 16 + 8 + 64;

    fn kind(&self) -> u8 {
        ASKED
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle);
        out.fixed(self.nonce);
        out.instant(self.at);
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != ASKED {
            return Err(CodecError::Kind(kind));
        }
        let (circle, nonce, at) = (input.circle_id()?, input.array()?, input.instant()?);
        Ok(Self { circle, nonce, at, signature: input.signature()? })
    }
}

impl Record for Answer {
    const VERSION: u8 = 2;
    const MAX: usize = 2 + 32 + 32 + 8 + (1 + 32) + 64;

    fn kind(&self) -> u8 {
        ANSWERED
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.question);
        out.fixed(self.guardian);
        out.instant(self.at);
        out.u8(u8::from(self.proof.is_some()));
        self.proof.iter().for_each(|proof| out.fixed(proof));
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != ANSWERED {
            return Err(CodecError::Kind(kind));
        }
        let (question, guardian, at) = (input.hash()?, input.verifying_key()?, input.instant()?);
        let proof = match input.u8()? {
            0 => None,
            1 => Some(input.array()?),
            _ => return Err(CodecError::Value("proof")),
        };
        Ok(Self { question, guardian, at, proof, signature: input.signature()? })
    }
}
