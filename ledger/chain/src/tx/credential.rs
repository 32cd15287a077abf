//! CredentialTx: a member attests, suspends or withdraws a clinician's key.
//!
//! ```text
//! credential = credential_pk 32 || member u16 || status u8 || attestation_hash 32 || valid_until i64 || nonce u64 || [subject 32]
//! ```
//!
//! With and without what is in brackets it is a kind of its own.

use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{ChainId, Hash32, Signature, VerifyingKey};
use crate::sign::{Label, SigningKey};
use crate::time::UnixMillis;

/// What a member says about a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialStatus {
    /// In force.
    Active,
    /// Out of force for now.
    Suspended,
    /// Out of force for good.
    Withdrawn,
}

impl CredentialStatus {
    pub(crate) fn octet(self) -> u8 {
        match self {
            Self::Active => 1,
            Self::Suspended => 2,
            Self::Withdrawn => 3,
        }
    }

    pub(crate) fn from_octet(octet: u8) -> Result<Self, CodecError> {
        match octet {
            1 => Ok(Self::Active),
            2 => Ok(Self::Suspended),
            3 => Ok(Self::Withdrawn),
            _ => Err(CodecError::Value("credential status")),
        }
    }
}

/// What the member signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialBody {
    /// The clinician's attested key.
    pub credential_pk: VerifyingKey,
    /// The attesting member: its keeper index, from 1.
    pub member_index: u16,
    /// What is said.
    pub status: CredentialStatus,
    /// Salted hash of the attestation; the attestation itself stays off the chain.
    pub attestation_hash: Hash32,
    /// First instant at which the credential is out of force by itself.
    pub valid_until_ms: UnixMillis,
    /// Above that of the credential's last record: a statement cannot be played back.
    pub nonce: u64,
    /// The member's own name for the person, the same for every key of one person: a hash under a secret of the member, which
    /// tells nobody else who it is. Without it two keys of this member's may be one person's.
    pub subject: Option<Hash32>,
}

/// A signed attestation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialTx {
    /// What is signed.
    pub body: CredentialBody,
    /// By the member's keeper key, under [`Label::Credential`], over the body.
    pub signature: Signature,
}

impl CredentialBody {
    /// Signs; `key` must be the member's keeper key.
    pub fn sign(self, chain: &ChainId, key: &SigningKey) -> CredentialTx {
        let signature = key.sign(Label::Credential, chain, &self.octets());
        CredentialTx { body: self, signature }
    }

    /// What the signature is over.
    pub fn octets(&self) -> Vec<u8> {
        let mut out = Writer::new();
        self.write(&mut out);
        out.finish()
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.fixed(self.credential_pk);
        out.u16(self.member_index);
        out.u8(self.status.octet());
        out.fixed(self.attestation_hash);
        out.instant(self.valid_until_ms);
        out.u64(self.nonce);
        if let Some(subject) = &self.subject {
            out.fixed(subject);
        }
    }

    pub(crate) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            credential_pk: input.verifying_key()?,
            member_index: input.u16()?,
            status: CredentialStatus::from_octet(input.u8()?)?,
            attestation_hash: input.hash()?,
            valid_until_ms: input.instant()?,
            nonce: input.u64()?,
            subject: None,
        })
    }

    /// The form that tells the subject.
    pub(crate) fn read_told(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let body = Self::read(input)?;
        Ok(Self { subject: Some(input.hash()?), ..body })
    }
}

impl CredentialTx {
    pub(super) fn write(&self, out: &mut Writer) {
        self.body.write(out);
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self { body: CredentialBody::read(input)?, signature: input.signature()? })
    }

    pub(super) fn read_told(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self { body: CredentialBody::read_told(input)?, signature: input.signature()? })
    }
}
