//! MandatedObjectTx: another laptop of the person of a circle objects to a change of it that waits.
//!
//! ```text
//! mandated object = circle_id 32 || change 32 || may object || laptop's key 32 || valid_until_height u64
//!                   || pow u64 || signature 64 by the laptop's key
//! may object      = person's key of the circle 32 || mandate 64 || signature 64 by that key over circle_id 32 || mandate_pk 32
//! ```
//!
//! The person's word is carried in the objection, as in a review: the circle names no laptop, and until one objects nothing on the
//! chain leads from it to one. It counts as long as its key is the circle's person and the mandate stands: a new key of the person makes
//! every word of the one before void, and a WithdrawTx under `mandate_pk` this one. It names a change and never a permission, so it can
//! give, approve and stop nothing; a change has one name ([`crate::circle::Change::subject`]), so nothing is gained by playing it back.

use super::mandate::Mandate;
use super::paid::{Paid, PaidBody};
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{ChainId, CircleId, Hash32, Signature, VerifyingKey};
use crate::sign::{BadSignature, Label, SigningKey};

/// The person's word that a laptop may object to changes of their circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MayObject {
    /// The person's key of the circle.
    pub person_pk: VerifyingKey,
    /// For which key of the laptop.
    pub mandate: Mandate,
    /// By the person's key, under [`Label::MayObject`].
    pub signature: Signature,
}

impl MayObject {
    /// Signs; `key` must be the person's key of the circle.
    pub fn sign(circle: &CircleId, mandate: Mandate, chain: &ChainId, key: &SigningKey) -> Self {
        let signature = key.sign(Label::MayObject, chain, &word_octets(circle, &mandate));
        Self { person_pk: key.verifying_key(), mandate, signature }
    }

    /// Whether the key that it names signed it for this circle.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, circle: &CircleId, chain: &ChainId) -> Result<(), BadSignature> {
        self.person_pk.verify(Label::MayObject, chain, &word_octets(circle, &self.mandate), &self.signature)
    }

    /// Writes all of it.
    pub fn write(&self, out: &mut Writer) {
        out.fixed(self.person_pk);
        self.mandate.write(out);
        out.fixed(self.signature);
    }

    /// Reads all of it.
    ///
    /// # Errors
    /// When the octets end before.
    pub fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            person_pk: input.verifying_key()?,
            mandate: Mandate::read(input)?,
            signature: input.signature()?,
        })
    }
}

fn word_octets(circle: &CircleId, mandate: &Mandate) -> Vec<u8> {
    [circle.0, mandate.mandate_pk.0].concat()
}

/// What the laptop signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MandatedObjectBody {
    /// The circle.
    pub circle_id: CircleId,
    /// The name of the change that waits.
    pub change: Hash32,
    /// What lets the laptop object.
    pub may: MayObject,
    /// The laptop's key of that mandate.
    pub hand_pk: VerifyingKey,
    /// Last height at which the transaction may enter the chain.
    pub valid_until_height: u64,
}

/// A signed objection of a laptop.
pub type MandatedObjectTx = Paid<MandatedObjectBody>;

impl PaidBody for MandatedObjectBody {
    const LABEL: Label = Label::MandatedObject;

    fn signer(&self) -> &VerifyingKey {
        &self.hand_pk
    }

    fn valid_until_height(&self) -> u64 {
        self.valid_until_height
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle_id);
        out.fixed(self.change);
        self.may.write(out);
        out.fixed(self.hand_pk);
        out.u64(self.valid_until_height);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            circle_id: input.circle_id()?,
            change: input.hash()?,
            may: MayObject::read(input)?,
            hand_pk: input.verifying_key()?,
            valid_until_height: input.u64()?,
        })
    }
}
