//! What a member's desk is asked: the organisation's own service for permissions to its staff on duty.
//!
//! ```text
//! note   = grant_id 32 || envelope || signature 64             patient: what was given, sealed to the member
//! ask    = credential_pk 32 || kem 32 || at_ms i64 || after 32 || signature 64
//!                                                              somebody on duty: what there is, beyond `after`
//! secret = release request || header_hash 32 || envelope       somebody with a receipt: c_g, on to the receipt's key
//! who    = access_tx_hash 32 || signature 64                   patient: who was it
//! ```

use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, GrantId, Hash32, KemPublicKey, Signature, TxHash, VerifyingKey, sha256};
use salus_chain::sign::{BadSignature, Label, SigningKey};
use salus_chain::time::UnixMillis;

use super::ReleaseRequest;
use crate::envelope::{Envelope, TAG_LEN};

/// Octets of a note's text at most; the desk reads none of it.
pub const MAX_NOTE: usize = 640;
/// Octets of one page of notes: four of the largest fit, and the page fits a message.
pub const MAX_PAGE: usize = 3 * 1024;
/// c_g.
pub(crate) const SECRET_LEN: usize = 32;

/// What a patient leaves at the desk of the organisation to whose staff something was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyNote {
    /// The permission.
    pub grant_id: GrantId,
    /// Sealed to the member ([`crate::desk::seal_note`]).
    pub sealed: Envelope,
    /// By `patient_grant_pk` under `Label::DutyNote` over everything before.
    pub signature: Signature,
}

impl DutyNote {
    /// Signs; `key` must be the permission's own.
    pub fn sign(grant_id: GrantId, sealed: Envelope, chain: &ChainId, key: &SigningKey) -> Self {
        let mut note = Self { grant_id, sealed, signature: Signature([0; 64]) };
        note.signature = key.sign(Label::DutyNote, chain, &note.signed());
        note
    }

    /// Verifies it under the permission's own key.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, chain: &ChainId, patient_grant_pk: &VerifyingKey) -> Result<(), BadSignature> {
        patient_grant_pk.verify(Label::DutyNote, chain, &self.signed(), &self.signature)
    }

    fn signed(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.fixed(self.grant_id);
        self.sealed.write(&mut out);
        out.finish()
    }
}

impl Record for DutyNote {
    const MAX: usize = 2 + 32 + (32 + 4 + MAX_NOTE + TAG_LEN) + 64;

    fn kind(&self) -> u8 {
        0x68
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.signed());
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != 0x68 {
            return Err(CodecError::Kind(kind));
        }
        Ok(Self {
            grant_id: input.grant_id()?,
            sealed: Envelope::read(input, MAX_NOTE + TAG_LEN)?,
            signature: input.signature()?,
        })
    }
}

/// Somebody on duty asks what was given to their group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyAsk {
    /// The attested key of who asks.
    pub credential_pk: VerifyingKey,
    /// What to seal the answer to; used once.
    pub kem: KemPublicKey,
    /// When it was signed.
    pub at_ms: UnixMillis,
    /// The last permission of the page before; zero for the first page.
    pub after: GrantId,
    /// By `credential_pk` under `Label::DutyAsk` over everything before.
    pub signature: Signature,
}

impl DutyAsk {
    /// Signs.
    pub fn sign(
        kem: KemPublicKey,
        at_ms: UnixMillis,
        after: GrantId,
        chain: &ChainId,
        key: &SigningKey,
    ) -> Self {
        let credential_pk = key.verifying_key();
        let mut ask = Self { credential_pk, kem, at_ms, after, signature: Signature([0; 64]) };
        ask.signature = key.sign(Label::DutyAsk, chain, &ask.signed());
        ask
    }

    /// Verifies it under the key that it names.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, chain: &ChainId) -> Result<(), BadSignature> {
        self.credential_pk.verify(Label::DutyAsk, chain, &self.signed(), &self.signature)
    }

    /// SHA-256 of what is signed: binds the answer to the question.
    pub fn hash(&self) -> Hash32 {
        Hash32(sha256(&[&self.signed()]))
    }

    fn signed(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.fixed(self.credential_pk);
        out.fixed(self.kem);
        out.instant(self.at_ms);
        out.fixed(self.after);
        out.finish()
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.signed());
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            credential_pk: input.verifying_key()?,
            kem: input.kem_public_key()?,
            at_ms: input.instant()?,
            after: input.grant_id()?,
            signature: input.signature()?,
        })
    }
}

/// Somebody with a receipt asks for what the capsule has sealed to the member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretRequest {
    /// What keepers are asked with the same receipt.
    pub release: ReleaseRequest,
    /// SHA-256 of the capsule's header, without which it does not open.
    pub header_hash: Hash32,
    /// c_g, sealed to the member.
    pub sealed: Envelope,
}

impl SecretRequest {
    pub(super) fn write(&self, out: &mut Writer) {
        self.release.write(out);
        out.fixed(self.header_hash);
        self.sealed.write(out);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            release: ReleaseRequest::read(input)?,
            header_hash: input.hash()?,
            sealed: Envelope::read(input, SECRET_LEN + TAG_LEN)?,
        })
    }
}

/// A patient asks who opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhoRequest {
    /// The receipt.
    pub access_tx_hash: TxHash,
    /// By the permission's own key under `Label::DutyWho` over the hash.
    pub signature: Signature,
}

impl WhoRequest {
    /// Signs; `key` must be the permission's own.
    pub fn sign(access_tx_hash: TxHash, chain: &ChainId, key: &SigningKey) -> Self {
        Self { access_tx_hash, signature: key.sign(Label::DutyWho, chain, &access_tx_hash.0) }
    }

    /// Verifies it under the permission's own key.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, chain: &ChainId, patient_grant_pk: &VerifyingKey) -> Result<(), BadSignature> {
        patient_grant_pk.verify(Label::DutyWho, chain, &self.access_tx_hash.0, &self.signature)
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.access_tx_hash);
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self { access_tx_hash: input.tx_hash()?, signature: input.signature()? })
    }
}

/// Notes of one group, by increasing permission; sealed to who asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyPage {
    /// The permission and the note's text.
    pub notes: Vec<(GrantId, Vec<u8>)>,
    /// Whether there are more after the last one.
    pub more: bool,
}

/// Notes in a page at most: an empty one takes 36 octets.
const MAX_NOTES: usize = MAX_PAGE / 36;

impl DutyPage {
    /// Octets that a note adds to a page.
    pub const fn cost(text: &[u8]) -> usize {
        GrantId::LEN + 4 + text.len()
    }
}

impl Record for DutyPage {
    // Version, kind, count, notes, mark.
    const MAX: usize = 2 + 2 + MAX_PAGE + 1;

    fn kind(&self) -> u8 {
        0x6e
    }

    fn write(&self, out: &mut Writer) {
        out.list(&self.notes, |out, (grant, text)| {
            out.fixed(grant);
            out.lp(text);
        });
        out.u8(u8::from(self.more));
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != 0x6e {
            return Err(CodecError::Kind(kind));
        }
        let notes: Vec<(GrantId, Vec<u8>)> =
            input.list(MAX_NOTES, |input| Ok((input.grant_id()?, input.lp(MAX_NOTE)?.to_vec())))?;
        if !notes.is_sorted_by(|left, right| left.0 < right.0) {
            return Err(CodecError::Value("notes"));
        }
        match input.u8()? {
            0 => Ok(Self { notes, more: false }),
            1 => Ok(Self { notes, more: true }),
            _ => Err(CodecError::Value("more")),
        }
    }
}
