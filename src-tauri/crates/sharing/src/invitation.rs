//! The clinician's code: who a permission is for, shown by a member's attestation.
//!
//! A code may ask for readings: what, for which purpose, for how long. The request is signed with the code, so that it
//! cannot be altered, taken out or put in on the way. It is a wish: what is given is decided by the patient alone.
//!
//! As text it is [`salus_chain::text`] of kind `Code`; a file holds the same text. Its octets are in `form`.
//!
//! [`Code::from_text`] reads, [`Code::verify`] proves who it is with the members' keys of the genesis. Whether the
//! attestation is still in force only the chain says: [`Invitation::in_force`] takes the proven credential.

mod form;

use salus_chain::attestation::Attestation;
use salus_chain::codec::CodecError;
use salus_chain::genesis::Genesis;
use salus_chain::ids::{ChainId, ReaderKey, Signature};
use salus_chain::sign::{BadSignature, Label, SigningKey};
use salus_chain::state::CredentialRecord;
use salus_chain::text::{Kind, TextError, from_text, to_text};
use salus_chain::tx::CredentialStatus;
use salus_wire::view::AskedView;
use salus_wire::{ErrorCode, UnixMillis};

pub use crate::reader::ReaderSecret;

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
    /// The clinician's signature over the fresh key, or over the request with it, does not verify.
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
    request: Option<AskedView>,
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
    /// What they ask for, as they signed it.
    pub request: Option<AskedView>,
    /// By the attested key over `reader` alone: what shows the members that the key is this clinician's. Under a code that
    /// asks for something there is none, because its signature is over the request too.
    pub key_signature: Option<Signature>,
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
        Self::signed(reader, attestation, None, chain, credential)
    }

    /// Makes a code that asks for readings; `credential` must be the key that the attestation is about.
    ///
    /// # Errors
    /// [`CodecError::Value`] names what of the request is outside its limits.
    pub fn asking(
        reader: &ReaderSecret,
        attestation: Attestation,
        request: AskedView,
        chain: &ChainId,
        credential: &SigningKey,
    ) -> Result<Self, CodecError> {
        request.check().map_err(CodecError::Value)?;
        Ok(Self::signed(reader, attestation, Some(request), chain, credential))
    }

    fn signed(
        reader: &ReaderSecret,
        attestation: Attestation,
        request: Option<AskedView>,
        chain: &ChainId,
        credential: &SigningKey,
    ) -> Self {
        let signature = Signature([0; Signature::LEN]);
        let mut code = Self { reader: reader.public(), attestation, request, signature };
        code.signature = credential.sign(Label::Code, chain, &code.unsigned());
        code
    }

    /// As text to hand over.
    ///
    /// # Errors
    /// None for a code that [`Code::make`] or [`Code::asking`] made: the largest is below the limit.
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
        let index = self.attestation.member_index;
        let member = genesis.keeper(index).ok_or(CodeError::UnknownMember(index))?;
        self.attestation.verify(&chain, &member.keeper_pk).map_err(|BadSignature| CodeError::Attestation)?;
        let credential = self.attestation.person.credential_pk;
        credential
            .verify(Label::Code, &chain, &self.unsigned(), &self.signature)
            .map_err(|BadSignature| CodeError::Reader)?;
        let Self { reader, attestation, request, signature } = self;
        let key_signature = request.is_none().then_some(signature);
        Ok(Invitation { reader, attestation, member: member.name.clone(), request, key_signature })
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

#[cfg(test)]
mod tests;
