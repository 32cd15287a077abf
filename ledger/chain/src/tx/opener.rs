//! Who answers for an emergency: the attested clinician who opens with a card, and the one who announces it. Who opens answers as
//! well where a second person signs.
//!
//! ```text
//! opener    = opener_pk 32 || opener_signature 64                 over AccessTx's body || reason u8
//! announcer = announcer_pk 32 || follows i64 || signature 64      over grant_id 32 || reader_pk 64 || reason u8 || follows i64
//! ```
//!
//! A card's key is anybody's who saw the card, so nothing of a clinician may be of use to whoever else holds it. The opener signs
//! for one request and for the one-time key that the answers are sealed to. The announcer names the announcement before, which
//! the new one takes the place of, so that an old one cannot be made again in the same name.

use super::AccessBody;
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{ChainId, GrantId, ReaderKey, Signature, TxHash, VerifyingKey, sha256};
use crate::sign::{BadSignature, Label, SigningKey};
use crate::time::UnixMillis;

/// No signature verifies under this key.
const NOBODY: VerifyingKey = VerifyingKey([0; 32]);

/// The clinician who opens in an emergency, or with a second person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opener {
    /// The clinician's attested key.
    pub pk: VerifyingKey,
    /// By it, under [`Label::Opener`].
    pub signature: Signature,
}

impl Opener {
    /// Signs for the opening `access`, for this reason.
    pub fn sign(access: &AccessBody, reason: u8, chain: &ChainId, key: &SigningKey) -> Self {
        let signature = key.sign(Label::Opener, chain, &opening_octets(access, reason));
        Self { pk: key.verifying_key(), signature }
    }

    /// Whether this clinician signed for the opening.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, access: &AccessBody, reason: u8, chain: &ChainId) -> Result<(), BadSignature> {
        self.pk.verify(Label::Opener, chain, &opening_octets(access, reason), &self.signature)
    }

    /// Names what was signed, whatever the reader's signature beside it is: SHA-256("hg/v1/opened" || pk || what is signed).
    pub fn once(&self, access: &AccessBody, reason: u8) -> TxHash {
        TxHash(sha256(&[b"hg/v1/opened", &self.pk.0, &opening_octets(access, reason)]))
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.pk);
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match input.verifying_key()? {
            NOBODY => Err(CodecError::Value("opener")),
            pk => Ok(Self { pk, signature: input.signature()? }),
        }
    }
}

fn opening_octets(access: &AccessBody, reason: u8) -> Vec<u8> {
    let mut octets = access.octets();
    octets.push(reason);
    octets
}

/// The clinician who announces an emergency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Announcer {
    /// The clinician's attested key.
    pub pk: VerifyingKey,
    /// Block time of the newest announcement of this permission before this one; 0 for the first.
    pub follows_ms: UnixMillis,
    /// By the key, under [`Label::Announcer`].
    pub signature: Signature,
}

impl Announcer {
    /// Signs for the announcement of an emergency of `grant` with the card of `reader`.
    pub fn sign(
        grant: &GrantId,
        reader: &ReaderKey,
        reason: u8,
        follows_ms: UnixMillis,
        chain: &ChainId,
        key: &SigningKey,
    ) -> Self {
        let octets = announcing_octets(grant, reader, reason, follows_ms);
        let signature = key.sign(Label::Announcer, chain, &octets);
        Self { pk: key.verifying_key(), follows_ms, signature }
    }

    /// Whether this clinician signed for the announcement.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(
        &self,
        grant: &GrantId,
        reader: &ReaderKey,
        reason: u8,
        chain: &ChainId,
    ) -> Result<(), BadSignature> {
        let octets = announcing_octets(grant, reader, reason, self.follows_ms);
        self.pk.verify(Label::Announcer, chain, &octets, &self.signature)
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.pk);
        out.instant(self.follows_ms);
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match input.verifying_key()? {
            NOBODY => Err(CodecError::Value("announcer")),
            pk => Ok(Self { pk, follows_ms: input.instant()?, signature: input.signature()? }),
        }
    }
}

fn announcing_octets(grant: &GrantId, reader: &ReaderKey, reason: u8, follows_ms: UnixMillis) -> Vec<u8> {
    let mut out = Writer::new();
    out.fixed(grant);
    out.fixed(reader);
    out.u8(reason);
    out.instant(follows_ms);
    out.finish()
}
