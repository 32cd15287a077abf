//! ReviewTx: what the person, or somebody who helps them, says about an emergency opening or an announcement.
//!
//! ```text
//! review    = grant_id 32 || act 32 || verdict u8 || signer_pk 32 || list of at most one entrusted || valid_until_height u64
//!             || pow u64 || signature 64
//! entrusted = circle_id 32 || patient_grant_pk 32 || signature 64 by that key over grant_id 32 || circle_id 32
//! ```
//!
//! `act` is the transaction that recorded the opening or the announcement. The person signs with the permission's own key. A
//! permission of the person's own names no circle; a helper shows the person's word that this circle may say something about it,
//! and until somebody does, nothing on the chain ties the two together. In a delegate's permission the circle is recorded.

use super::paid::{Paid, PaidBody};
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{ChainId, CircleId, GrantId, Signature, TxHash, VerifyingKey};
use crate::sign::{BadSignature, Label, SigningKey};

/// What is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It was justified.
    Justified,
    /// I object.
    Objected,
    /// I object, and nothing more is to be opened with this permission.
    Stopped,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 3] = [Self::Justified, Self::Objected, Self::Stopped];

    /// Whether it is an objection.
    pub const fn objects(self) -> bool {
        match self {
            Self::Justified => false,
            Self::Objected | Self::Stopped => true,
        }
    }

    pub(crate) const fn octet(self) -> u8 {
        match self {
            Self::Justified => 1,
            Self::Objected => 2,
            Self::Stopped => 3,
        }
    }

    pub(crate) fn from_octet(octet: u8) -> Result<Self, CodecError> {
        match octet {
            1 => Ok(Self::Justified),
            2 => Ok(Self::Objected),
            3 => Ok(Self::Stopped),
            _ => Err(CodecError::Value("verdict")),
        }
    }
}

/// The person's word that a circle may review what happens with a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entrusted {
    /// The circle.
    pub circle_id: CircleId,
    /// The permission's own key.
    pub patient_grant_pk: VerifyingKey,
    /// By it, under [`Label::Entrust`].
    pub signature: Signature,
}

impl Entrusted {
    /// Signs; `key` must be the permission's own key.
    pub fn sign(grant: &GrantId, circle_id: CircleId, chain: &ChainId, key: &SigningKey) -> Self {
        let signature = key.sign(Label::Entrust, chain, &entrusted_octets(grant, &circle_id));
        Self { circle_id, patient_grant_pk: key.verifying_key(), signature }
    }

    /// Whether the key that it names signed it for this permission.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, grant: &GrantId, chain: &ChainId) -> Result<(), BadSignature> {
        let octets = entrusted_octets(grant, &self.circle_id);
        self.patient_grant_pk.verify(Label::Entrust, chain, &octets, &self.signature)
    }
}

fn entrusted_octets(grant: &GrantId, circle: &CircleId) -> Vec<u8> {
    [grant.0, circle.0].concat()
}

/// What is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewBody {
    /// The permission.
    pub grant_id: GrantId,
    /// The transaction that recorded the opening or the announcement.
    pub act: TxHash,
    /// What is said.
    pub verdict: Verdict,
    /// The permission's own key, or a key of the circle.
    pub signer_pk: VerifyingKey,
    /// By whose word a circle's key counts; none for the permission's own key, and in a delegate's permission.
    pub entrusted: Option<Entrusted>,
    /// Last height at which the transaction may enter the chain.
    pub valid_until_height: u64,
}

/// A signed review.
pub type ReviewTx = Paid<ReviewBody>;

impl PaidBody for ReviewBody {
    const LABEL: Label = Label::Review;

    fn signer(&self) -> &VerifyingKey {
        &self.signer_pk
    }

    fn valid_until_height(&self) -> u64 {
        self.valid_until_height
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.grant_id);
        out.fixed(self.act);
        out.u8(self.verdict.octet());
        out.fixed(self.signer_pk);
        out.list(self.entrusted.as_slice(), |out, entrusted| {
            out.fixed(entrusted.circle_id);
            out.fixed(entrusted.patient_grant_pk);
            out.fixed(entrusted.signature);
        });
        out.u64(self.valid_until_height);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            grant_id: input.grant_id()?,
            act: input.tx_hash()?,
            verdict: Verdict::from_octet(input.u8()?)?,
            signer_pk: input.verifying_key()?,
            entrusted: input
                .list(1, |input| {
                    Ok(Entrusted {
                        circle_id: input.circle_id()?,
                        patient_grant_pk: input.verifying_key()?,
                        signature: input.signature()?,
                    })
                })?
                .pop(),
            valid_until_height: input.u64()?,
        })
    }
}

#[cfg(test)]
mod tests;
