//! A guardian's part of what opens the person's backups.
//!
//! ```text
//! part      = lp(checks) || sealed part, both as the vault writes them (`salus_vault::keyslot::guardian`)
//! entrusted = 01 || 6F || circle_id 32 || to 32 || number i64 || part || signature 64 by the person
//! signature   under the label "circle-part", over everything before it
//! ```
//!
//! It goes by letter and is sealed once more, to the guardian's own key, so that it can lie sealed until it is given back. The
//! checks say which parts fit together: a person on a new computer, who has nothing else, finds out with them who gave back
//! a part that does not. Of several the one with the highest number counts. Fewer parts than it takes are worth nothing, and
//! enough of them are worth nothing without a backup.

use rand_core::CryptoRng;
use salus_chain::circle::{CircleRecord, Signer};
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, CircleId, ReaderKey, Signature, VerifyingKey};
use salus_chain::sign::{Label, SigningKey};
use salus_vault::Key;
use salus_vault::keyslot::guardian::SEALED_SHARE;
use salus_vault::keyslot::{Checks, MOST_CHECKS, SealedShare, Share};

use super::code::RelativeSecret;
use crate::reader::ReaderSecret;
use crate::signed::unsigned;

const KIND: u8 = 0x6F;

/// A part that does not open with the key it is for, or does not fit its checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the part does not open, or does not fit")]
pub struct BadPart;

/// A sealed part, with what tells the parts that fit it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which parts fit.
    pub checks: Checks,
    /// The part, sealed to whoever holds it.
    pub sealed: SealedShare,
}

/// What a person entrusts to one guardian.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entrusted {
    /// The circle.
    pub circle: CircleId,
    /// The guardian.
    pub to: VerifyingKey,
    /// Milliseconds since 1970, by the person's clock, when the parts were made.
    pub number: i64,
    /// The part.
    pub part: Part,
    signature: Signature,
}

impl Part {
    pub(super) const MAX: usize = 4 + MOST_CHECKS + SEALED_SHARE;

    /// Opens it with the inbox that it is sealed to.
    ///
    /// # Errors
    /// [`BadPart`].
    pub fn open(&self, inbox: &ReaderSecret) -> Result<Share, BadPart> {
        let share = self.sealed.open(&Key::copied(inbox.kem())).map_err(|_| BadPart)?;
        if self.checks.fits(&share) { Ok(share) } else { Err(BadPart) }
    }

    /// The same part for another inbox.
    ///
    /// # Errors
    /// [`BadPart`].
    pub fn hand_over(
        &self,
        inbox: &ReaderSecret,
        to: &ReaderKey,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, BadPart> {
        self.open(inbox)?;
        let sealed = self.sealed.reseal(&Key::copied(inbox.kem()), &to.kem().0, rng);
        Ok(Self { checks: self.checks.clone(), sealed: sealed.map_err(|_| BadPart)? })
    }

    /// The octets, for keeping sealed.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::new();
        self.write(&mut out);
        out.finish()
    }

    /// From what [`Part::to_bytes`] gave.
    ///
    /// # Errors
    /// [`CodecError`].
    pub fn from_bytes(octets: &[u8]) -> Result<Self, CodecError> {
        let mut input = Reader::new(octets);
        let part = Self::read(&mut input)?;
        input.end()?;
        Ok(part)
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.lp(self.checks.to_bytes());
        out.fixed(self.sealed.to_bytes());
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let checks = Checks::from_bytes(input.lp(MOST_CHECKS)?).ok_or(CodecError::Value("checks"))?;
        let sealed = SealedShare::from_bytes(input.take(SEALED_SHARE)?).ok_or(CodecError::Value("part"))?;
        Ok(Self { checks, sealed })
    }
}

impl Entrusted {
    /// Signs one, with the person's key of the circle.
    #[must_use]
    pub fn sign(
        circle: CircleId,
        to: VerifyingKey,
        number: i64,
        part: Part,
        chain: &ChainId,
        key: &SigningKey,
    ) -> Self {
        let mut entrusted = Self { circle, to, number, part, signature: Signature([0; 64]) };
        entrusted.signature = key.sign(Label::CirclePart, chain, &unsigned(&entrusted));
        entrusted
    }

    /// Whether this key signed it.
    #[must_use]
    pub fn is_signed_by(&self, chain: &ChainId, key: &VerifyingKey) -> bool {
        key.verify(Label::CirclePart, chain, &unsigned(self), &self.signature).is_ok()
    }

    /// Whether it is for this guardian of the proven circle, whose person signed it, and the part opens and fits.
    #[must_use]
    pub fn holds(&self, chain: &ChainId, circle: &CircleRecord, own: &RelativeSecret) -> bool {
        let pk = own.signing.verifying_key();
        circle.circle_id == self.circle
            && self.to == pk
            && matches!(circle.find(&pk), Some(Signer::Guardian(_)))
            && self.is_signed_by(chain, &circle.patient_pk)
            && self.part.open(&own.inbox).is_ok()
    }
}

impl Record for Entrusted {
    const MAX: usize = 2 + 32 + 32 + 8 + Part::MAX + 64;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle);
        out.fixed(self.to);
        out.instant(self.number);
        self.part.write(out);
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != KIND {
            return Err(CodecError::Kind(kind));
        }
        let (circle, to, number) = (input.circle_id()?, input.verifying_key()?, input.instant()?);
        let part = Part::read(input)?;
        Ok(Self { circle, to, number, part, signature: input.signature()? })
    }
}
