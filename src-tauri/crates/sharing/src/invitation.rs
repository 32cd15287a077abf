//! The clinician's code: who a permission is for, shown by a member's attestation.
//!
//! ```text
//! code      = 01 || 43 || reader_pk 64 || lp(attestation) || signature 64 by credential_pk
//! signature   under the label "code", over reader_pk
//! reader_pk = Ed25519 || X25519, fresh for each invitation: two codes of one clinician share the attestation only
//! ```
//!
//! As text it is [`salus_chain::text`] of kind `Code`; a file holds the same text.
//!
//! [`Code::from_text`] reads, [`Code::verify`] proves who it is with the members' keys of the genesis. Whether the
//! attestation is still in force only the chain says: [`Invitation::in_force`] takes the proven credential.

use salus_chain::attestation::Attestation;
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::genesis::Genesis;
use salus_chain::ids::{ChainId, ReaderKey, Signature};
use salus_chain::sign::{BadSignature, Label, SigningKey};
use salus_chain::state::CredentialRecord;
use salus_chain::text::{Kind, TextError, from_text, to_text};
use salus_chain::tx::CredentialStatus;
use salus_wire::{ErrorCode, UnixMillis};

pub use crate::reader::ReaderSecret;

const KIND: u8 = 0x43;

/// Why a code does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// The text was not read: cut, mistyped, too long, or something else.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The octets are not a code.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// The attestation names a member that the genesis does not have.
    #[error("attested by an unknown member: {0}")]
    UnknownMember(u16),
    /// The member's signature under the attestation does not verify.
    #[error("the attestation's signature does not verify")]
    Attestation,
    /// The clinician's signature over the fresh key does not verify.
    #[error("the clinician's signature does not verify")]
    Reader,
    /// The attestation is not recorded, or another one is.
    #[error("the attestation is not on the chain")]
    NotRecorded,
    /// The member suspended or withdrew the attestation.
    #[error("the attestation is suspended or withdrawn")]
    NotActive,
    /// The attestation's time is over.
    #[error("the attestation has run out")]
    RunOut,
}

impl CodeError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Text(_) | Self::Codec(_) => ErrorCode::BadCode,
            Self::UnknownMember(_) | Self::Attestation | Self::Reader => ErrorCode::ProofFailed,
            Self::NotRecorded | Self::NotActive | Self::RunOut => ErrorCode::NotAttested,
        }
    }
}

/// A clinician's code as read; nothing about it is proven yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    reader: ReaderKey,
    attestation: Attestation,
    signature: Signature,
}

/// A code whose signatures hold: whom a permission is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The fresh key that the permission is given to.
    pub reader: ReaderKey,
    /// Who that is, as attested.
    pub attestation: Attestation,
    /// The attesting member's name.
    pub member: String,
    /// By the attested key over `reader`: what shows others that the key is this clinician's.
    pub signature: Signature,
}

impl Code {
    /// Makes a code; `credential` must be the key that the attestation is about.
    #[must_use]
    pub fn make(
        reader: &ReaderSecret,
        attestation: Attestation,
        chain: &ChainId,
        credential: &SigningKey,
    ) -> Self {
        let reader = reader.public();
        Self { reader, attestation, signature: credential.sign(Label::Code, chain, reader.as_ref()) }
    }

    /// As text to hand over.
    ///
    /// # Errors
    /// None for a code that [`Code::make`] made: the largest is far below the limit.
    pub fn to_text(&self) -> Result<String, TextError> {
        to_text(Kind::Code, &self.encode())
    }

    /// Reads a code.
    ///
    /// # Errors
    /// [`CodeError::Text`] or [`CodeError::Codec`].
    pub fn from_text(text: &str) -> Result<Self, CodeError> {
        Ok(Self::decode(&from_text(Kind::Code, text)?)?)
    }

    /// Checks both signatures.
    ///
    /// # Errors
    /// [`CodeError`].
    pub fn verify(self, genesis: &Genesis) -> Result<Invitation, CodeError> {
        let chain = genesis.chain_id();
        let Self { reader, attestation, signature } = self;
        let index = attestation.member_index;
        let member = genesis.keeper(index).ok_or(CodeError::UnknownMember(index))?;
        attestation.verify(&chain, &member.keeper_pk).map_err(|BadSignature| CodeError::Attestation)?;
        let credential = attestation.person.credential_pk;
        credential
            .verify(Label::Code, &chain, reader.as_ref(), &signature)
            .map_err(|BadSignature| CodeError::Reader)?;
        Ok(Invitation { reader, attestation, member: member.name.clone(), signature })
    }
}

impl Invitation {
    /// Checks that the chain carries this very attestation, in force at `now`.
    ///
    /// # Errors
    /// [`CodeError::NotRecorded`], [`CodeError::NotActive`] or [`CodeError::RunOut`].
    pub fn in_force(&self, recorded: Option<&CredentialRecord>, now: UnixMillis) -> Result<(), CodeError> {
        let body = &recorded.ok_or(CodeError::NotRecorded)?.body;
        let same = body.credential_pk == self.attestation.person.credential_pk
            && body.member_index == self.attestation.member_index
            && body.attestation_hash == self.attestation.hash();
        match body.status {
            _ if !same => Err(CodeError::NotRecorded),
            CredentialStatus::Suspended | CredentialStatus::Withdrawn => Err(CodeError::NotActive),
            CredentialStatus::Active if now >= body.valid_until_ms => Err(CodeError::RunOut),
            CredentialStatus::Active => Ok(()),
        }
    }
}

impl Record for Code {
    const MAX: usize = 2 + 64 + 4 + Attestation::MAX + 64;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.reader);
        out.lp(self.attestation.encode());
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            KIND => Ok(Self {
                reader: input.reader_key()?,
                attestation: Attestation::decode(input.lp(Attestation::MAX)?)?,
                signature: input.signature()?,
            }),
            other => Err(CodecError::Kind(other)),
        }
    }
}

#[cfg(test)]
mod tests;
