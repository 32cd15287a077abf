//! The second clinician: asked for one opening, by text, and answering by text.
//!
//! ```text
//! asker    Shared -> ask -> Asking (kept sealed) + Question -- text --> second clinician
//! second   Question -> verify (who asks), granted (what for, proven) -> sign -> Answer -- text --> asker
//! asker    Asking + Answer -> agree -> Agreed -> open::open_seconded
//!
//! question = 01 || 71 || lp(code) || grant_id 32 || purpose u8 || count u16 || request_hash 32 each
//! answer   = 01 || 77 || grant_id 32 || second_pk 32 || count u16 || signature 64 each
//! ```
//!
//! The code says who asks: a member's attestation, and the attested key's word for the reader key. The request hashes fix what
//! is opened, and the answer is worth nothing for anything else, nor in anybody else's hands: it is for an opening that the asker
//! signs with that attested key, and the members take no two keys for two people that one member says are one person's. As text both are
//! [`salus_chain::text`] of their own kinds. Neither names the patient: it is told by word of mouth. In an emergency, with a card,
//! the two texts are others: [`crate::emergency`].

mod asking;

use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::genesis::Genesis;
use salus_chain::ids::{ChainId, GrantId, Hash32, ReaderKey, Signature, VerifyingKey};
use salus_chain::merkle::MerklePath;
use salus_chain::sign::SigningKey;
use salus_chain::state::GrantRecord;
use salus_chain::text::{Kind, TextError, from_text, to_text};
use salus_chain::tx::{AccessBody, GrantTerms, Purpose, Second};
use salus_wire::{ErrorCode, UnixMillis};

pub use asking::{Agreed, Asking, ask};

use crate::invitation::{Code, CodeError, Invitation};
use crate::open::{MAX_REQUESTS, OpenError, active};

const QUESTION: u8 = 0x71;
const ANSWER: u8 = 0x77;
/// Treatment: an emergency is asked about with another text.
const TREATMENT: u8 = 1;

/// Why a question or an answer does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SecondError {
    /// The text was not read: cut, mistyped, or something else.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The octets are no question, or no answer.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// The code in the question does not hold.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// The answer is to another question.
    #[error("the answer is to another question")]
    OtherQuestion,
    /// A signature in the answer does not verify.
    #[error("the answer's signature does not verify")]
    Signature,
    /// Who asks and who answers is the same clinician.
    #[error("nobody agrees with themselves")]
    Yourself,
}

impl SecondError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Text(_) | Self::Codec(_) | Self::OtherQuestion | Self::Signature => ErrorCode::BadSecond,
            Self::Code(error) => error.code(),
            Self::Yourself => ErrorCode::SecondIsYourself,
        }
    }
}

/// What a second clinician is asked; nothing about it is proven yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    code: Code,
    grant: GrantId,
    hashes: Vec<Hash32>,
}

/// A second clinician's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    grant: GrantId,
    pk: VerifyingKey,
    signatures: Vec<Signature>,
}

/// The opening that is signed for. Where the reader stands under the permission's root, and the key that the answers are
/// sealed to, are not part of what the second one signs.
pub(crate) fn opening(grant: GrantId, reader: ReaderKey, request_hash: Hash32) -> AccessBody {
    let path = MerklePath::single();
    AccessBody { grant_id: grant, reader_pk: reader, path, request_hash, epk_hash: Hash32::ZERO }
}

impl Question {
    /// The permission that is to be opened.
    #[must_use]
    pub const fn grant(&self) -> GrantId {
        self.grant
    }

    /// As text to hand over.
    ///
    /// # Errors
    /// None for a question that [`ask`] made: the largest is below the limit.
    pub fn to_text(&self) -> Result<String, TextError> {
        to_text(Kind::SecondQuestion, &self.encode())
    }

    /// Reads a question.
    ///
    /// # Errors
    /// [`SecondError::Text`] or [`SecondError::Codec`].
    pub fn from_text(text: &str) -> Result<Self, SecondError> {
        Ok(Self::decode(&from_text(Kind::SecondQuestion, text)?)?)
    }

    /// Who asks. Whether that attestation is still in force only the chain says, as of any code.
    ///
    /// # Errors
    /// [`SecondError::Code`].
    pub fn verify(&self, genesis: &Genesis) -> Result<Invitation, SecondError> {
        Ok(self.code.clone().verify(genesis)?)
    }

    /// What for: the terms of the proven permission, which is this asker's and can be opened at an instant.
    ///
    /// # Errors
    /// [`OpenError`] says what is wrong with it.
    pub fn granted<'a>(
        &self,
        asker: &Invitation,
        recorded: Option<&'a GrantRecord>,
        at: UnixMillis,
    ) -> Result<&'a GrantTerms, OpenError> {
        let record = recorded.filter(|r| r.terms.grant_id == self.grant).ok_or(OpenError::NotGranted)?;
        if !MerklePath::single().proves(&record.terms.reader_pk_root, &asker.reader.leaf()) {
            return Err(OpenError::OtherReader);
        }
        active(record, at)?;
        Ok(&record.terms)
    }

    /// Agrees; `credential` must be the second clinician's attested key.
    ///
    /// # Errors
    /// [`SecondError::Yourself`].
    pub fn sign(
        &self,
        asker: &Invitation,
        chain: &ChainId,
        credential: &SigningKey,
    ) -> Result<Answer, SecondError> {
        let pk = credential.verifying_key();
        if pk == asker.attestation.person.credential_pk || pk == asker.reader.signing() {
            return Err(SecondError::Yourself);
        }
        let one = |hash: &Hash32| {
            let access = opening(self.grant, asker.reader, *hash);
            let asker = &asker.attestation.person.credential_pk;
            Second::sign_for(asker, &access, Purpose::Treatment, 0, chain, credential).signature
        };
        Ok(Answer { grant: self.grant, pk, signatures: self.hashes.iter().map(one).collect() })
    }
}

impl Answer {
    /// As text to hand back.
    ///
    /// # Errors
    /// None for an answer that [`Question::sign`] made.
    pub fn to_text(&self) -> Result<String, TextError> {
        to_text(Kind::SecondAnswer, &self.encode())
    }

    /// Reads an answer.
    ///
    /// # Errors
    /// [`SecondError::Text`] or [`SecondError::Codec`].
    pub fn from_text(text: &str) -> Result<Self, SecondError> {
        Ok(Self::decode(&from_text(Kind::SecondAnswer, text)?)?)
    }

    /// The word for each request, in order, as far as it is for this reader, opened by the clinician with the attested key `opener`,
    /// and verifies.
    fn words(
        &self,
        reader: ReaderKey,
        opener: &VerifyingKey,
        hashes: &[Hash32],
        chain: &ChainId,
    ) -> Result<Vec<Second>, SecondError> {
        if self.signatures.len() != hashes.len() {
            return Err(SecondError::OtherQuestion);
        }
        let one = |(hash, signature): (&Hash32, &Signature)| {
            let second = Second { pk: self.pk, signature: *signature };
            let access = opening(self.grant, reader, *hash);
            let holds = second.verify_for(opener, &access, Purpose::Treatment, 0, chain);
            holds.map(|()| second).map_err(|_| SecondError::Signature)
        };
        hashes.iter().zip(&self.signatures).map(one).collect()
    }
}

impl Record for Question {
    const MAX: usize = 2 + 4 + Code::MAX + 32 + 1 + 2 + 32 * MAX_REQUESTS;

    fn kind(&self) -> u8 {
        QUESTION
    }

    fn write(&self, out: &mut Writer) {
        out.lp(self.code.encode());
        out.fixed(self.grant);
        out.u8(TREATMENT);
        out.list(&self.hashes, |out, hash| out.fixed(hash));
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != QUESTION {
            return Err(CodecError::Kind(kind));
        }
        let code = Code::decode(input.lp(Code::MAX)?)?;
        let grant = input.grant_id()?;
        if input.u8()? != TREATMENT {
            return Err(CodecError::Value("purpose"));
        }
        let hashes = input.list(MAX_REQUESTS, Reader::hash)?;
        if hashes.is_empty() { Err(CodecError::Value("requests")) } else { Ok(Self { code, grant, hashes }) }
    }
}

impl Record for Answer {
    const MAX: usize = 2 + 32 + 32 + 2 + 64 * MAX_REQUESTS;

    fn kind(&self) -> u8 {
        ANSWER
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.grant);
        out.fixed(self.pk);
        out.list(&self.signatures, |out, signature| out.fixed(signature));
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != ANSWER {
            return Err(CodecError::Kind(kind));
        }
        let (grant, pk) = (input.grant_id()?, input.verifying_key()?);
        let signatures = input.list(MAX_REQUESTS, Reader::signature)?;
        Ok(Self { grant, pk, signatures })
    }
}

#[cfg(test)]
mod tests;
