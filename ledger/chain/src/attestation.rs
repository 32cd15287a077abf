//! Who a clinician is: the request that a clinician hands to a member, and the member's attestation.
//!
//! ```text
//! request     = 01 || 51 || credential_pk 32 || lp(name) || lp(organisation) || signature 64 by credential_pk
//! attestation = 01 || 41 || credential_pk 32 || lp(name) || lp(organisation) || member u16 || issued_ms i64 || salt 16
//!               || signature 64 by the member's keeper key
//! ```
//!
//! Both are signed under [`Label::Attest`] over everything before the signature, version and kind included. The name
//! never gets onto the chain: CredentialTx carries [`Attestation::hash`], which the salt makes unguessable.

use crate::codec::{CodecError, Reader, Record, Writer};
use crate::ids::{ChainId, Hash32, Signature, VerifyingKey, sha256};
use crate::sign::{BadSignature, Label, SigningKey};
use crate::text::{Kind, TextError, from_text, to_text};
use crate::time::UnixMillis;

/// Characters in a name or organisation at most.
pub const MAX_NAME: usize = 80;
// A character takes at most four octets in UTF-8.
const MAX_NAME_OCTETS: usize = 4 * MAX_NAME;
const REQUEST_KIND: u8 = 0x51;
const ATTESTATION_KIND: u8 = 0x41;

/// Why a text is not an attestation or a request that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AttestationError {
    /// The text was not read.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The octets are not the record.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// The signature does not verify.
    #[error(transparent)]
    Signature(#[from] BadSignature),
}

/// A name or organisation: 1 to 80 characters on one line, nothing that reorders or hides text.
///
/// # Errors
/// [`CodecError::Value`].
pub fn check_name(name: &str) -> Result<(), CodecError> {
    // Bidirectional overrides and isolates, and zero-width characters: a name must read as what it is.
    let hidden = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let plain = !name.chars().any(|c| c.is_control() || hidden(c)) && name.trim() == name;
    let sized = (1..=MAX_NAME).contains(&name.chars().count());
    if plain && sized { Ok(()) } else { Err(CodecError::Value("name")) }
}

/// A member's own name for a person, the same for every key that it attests of theirs:
/// SHA-256("hg/v1/subject" || signature by the member's keeper key over lp(known_as)).
///
/// The signature is never shown and always the same, so that nobody but the member can tell whose name it is, or try out names.
/// `known_as` is what the member knows the person by: their number with it, or name and organisation.
pub fn subject(known_as: &[&str], chain: &ChainId, keeper: &SigningKey) -> Hash32 {
    let mut out = Writer::new();
    known_as.iter().for_each(|part| out.lp(part));
    let signature = keeper.sign(Label::Subject, chain, &out.finish());
    Hash32(sha256(&[b"hg/v1/subject", &signature.0]))
}

fn read_name(input: &mut Reader<'_>) -> Result<String, CodecError> {
    let name = input.text(MAX_NAME_OCTETS)?;
    check_name(&name)?;
    Ok(name)
}

/// Who a clinician is, as the clinician says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The clinician's long-lived key.
    pub credential_pk: VerifyingKey,
    /// Name, as [`check_name`] allows.
    pub name: String,
    /// Organisation, as [`check_name`] allows.
    pub organisation: String,
}

impl Person {
    fn write(&self, out: &mut Writer) {
        out.fixed(self.credential_pk);
        out.lp(&self.name);
        out.lp(&self.organisation);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            credential_pk: input.verifying_key()?,
            name: read_name(input)?,
            organisation: read_name(input)?,
        })
    }
}

/// A clinician asks a member for an attestation; the signature shows that the key is the clinician's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttestationRequest {
    /// Who asks.
    pub person: Person,
    signature: Signature,
}

impl AttestationRequest {
    /// Signs a request.
    ///
    /// # Errors
    /// [`CodecError::Value`] for a name that [`check_name`] refuses.
    pub fn sign(
        name: &str,
        organisation: &str,
        chain: &ChainId,
        key: &SigningKey,
    ) -> Result<Self, CodecError> {
        check_name(name)?;
        check_name(organisation)?;
        let person = Person {
            credential_pk: key.verifying_key(),
            name: name.into(),
            organisation: organisation.into(),
        };
        let mut request = Self { person, signature: Signature([0; 64]) };
        request.signature = key.sign(Label::Attest, chain, &unsigned(&request));
        Ok(request)
    }

    /// As text to hand over.
    ///
    /// # Errors
    /// None for a request that [`Self::sign`] made.
    pub fn to_text(&self) -> Result<String, TextError> {
        to_text(Kind::Request, &self.encode())
    }

    /// Reads and verifies a request.
    ///
    /// # Errors
    /// [`AttestationError`].
    pub fn from_text(text: &str, chain: &ChainId) -> Result<Self, AttestationError> {
        let request = Self::decode(&from_text(Kind::Request, text)?)?;
        request.person.credential_pk.verify(Label::Attest, chain, &unsigned(&request), &request.signature)?;
        Ok(request)
    }
}

impl Record for AttestationRequest {
    const MAX: usize = 2 + 32 + 2 * (4 + MAX_NAME_OCTETS) + 64;

    fn kind(&self) -> u8 {
        REQUEST_KIND
    }

    fn write(&self, out: &mut Writer) {
        self.person.write(out);
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            REQUEST_KIND => Ok(Self { person: Person::read(input)?, signature: input.signature()? }),
            other => Err(CodecError::Kind(other)),
        }
    }
}

/// A member says who a clinician is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attestation {
    /// Who it is about.
    pub person: Person,
    /// The attesting member: its keeper index, from 1.
    pub member_index: u16,
    /// When it was issued.
    pub issued_ms: UnixMillis,
    /// Random, so that the hash on the chain says nothing.
    pub salt: [u8; 16],
    signature: Signature,
}

impl Attestation {
    /// Signs an attestation; `key` must be the keeper key of the member with index `member_index`.
    pub fn sign(
        person: Person,
        member_index: u16,
        issued_ms: UnixMillis,
        salt: [u8; 16],
        chain: &ChainId,
        key: &SigningKey,
    ) -> Self {
        let mut attestation = Self { person, member_index, issued_ms, salt, signature: Signature([0; 64]) };
        attestation.signature = key.sign(Label::Attest, chain, &unsigned(&attestation));
        attestation
    }

    /// Verifies the signature with the keeper key of the member that [`Self::member_index`] names.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, chain: &ChainId, keeper_pk: &VerifyingKey) -> Result<(), BadSignature> {
        keeper_pk.verify(Label::Attest, chain, &unsigned(self), &self.signature)
    }

    /// What CredentialTx carries: SHA-256("hg/v1/attestation-hash" || salt || attestation).
    pub fn hash(&self) -> Hash32 {
        Hash32(sha256(&[b"hg/v1/attestation-hash", &self.salt, &self.encode()]))
    }

    /// As text to hand over.
    ///
    /// # Errors
    /// [`TextError::TooLong`] for names that [`check_name`] refuses.
    pub fn to_text(&self) -> Result<String, TextError> {
        to_text(Kind::Attestation, &self.encode())
    }

    /// Reads an attestation; its signature is still to be verified.
    ///
    /// # Errors
    /// [`AttestationError`].
    pub fn from_text(text: &str) -> Result<Self, AttestationError> {
        Ok(Self::decode(&from_text(Kind::Attestation, text)?)?)
    }
}

impl Record for Attestation {
    const MAX: usize = 2 + 32 + 2 * (4 + MAX_NAME_OCTETS) + 2 + 8 + 16 + 64;

    fn kind(&self) -> u8 {
        ATTESTATION_KIND
    }

    fn write(&self, out: &mut Writer) {
        self.person.write(out);
        out.u16(self.member_index);
        out.instant(self.issued_ms);
        out.fixed(self.salt);
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            ATTESTATION_KIND => Ok(Self {
                person: Person::read(input)?,
                member_index: input.u16()?,
                issued_ms: input.instant()?,
                salt: input.array()?,
                signature: input.signature()?,
            }),
            other => Err(CodecError::Kind(other)),
        }
    }
}

/// Everything before the signature, which is last.
fn unsigned(record: &impl Record) -> Vec<u8> {
    let mut octets = record.encode();
    octets.truncate(octets.len() - Signature::LEN);
    octets
}

#[cfg(test)]
mod tests;
