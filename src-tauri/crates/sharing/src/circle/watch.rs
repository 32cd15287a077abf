//! Which emergency cards the helpers of a person look at, so that they are told of an emergency also while the person's computer is
//! off.
//!
//! ```text
//! watch = 01 || 79 || circle_id 32 || to 32 || number i64 || cards || signature 64 by the person
//! card  = grant_id 32 || patient_grant_pk 32 || signature 64 by that key: that the circle may review ([`Entrusted`])
//! signature  under the label "circle-watch", over everything before it
//! ```
//!
//! It goes by letter. The permission's name is all that it takes to ask the members what happened with a card: nothing can be
//! opened with it, and no secret key is in it. With the person's word a helper can say what to think of it, where the person cannot;
//! only then does anybody else see that the card and the circle belong together. Of several the one with the highest number counts:
//! the person's clock when it was written.

use salus_chain::circle::{CircleRecord, Signer};
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, CircleId, GrantId, Signature, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_chain::tx::Entrusted;

use crate::signed::{Signed, signed};

const KIND: u8 = 0x79;
/// Cards that helpers look at, at most: the one in force and those before it.
pub const MAX_CARDS: usize = 8;

/// A card that a helper looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watched {
    /// Its permission.
    pub grant: GrantId,
    /// The person's word that the circle may say what to think of an emergency with it.
    pub entrusted: Entrusted,
}

/// What a helper looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// The circle.
    pub circle: CircleId,
    /// The helper.
    pub to: VerifyingKey,
    /// Milliseconds since 1970, by the person's clock.
    pub number: i64,
    /// The cards, newest first.
    pub cards: Vec<Watched>,
    signature: Signature,
}

impl Watch {
    /// Signs one, with the person's key of the circle, for the newest [`MAX_CARDS`] of `cards`.
    #[must_use]
    pub fn sign(
        circle: CircleId,
        to: VerifyingKey,
        number: i64,
        cards: &[Watched],
        chain: &ChainId,
        key: &SigningKey,
    ) -> Self {
        let cards = cards.iter().take(MAX_CARDS).copied().collect();
        Self { circle, to, number, cards, signature: Signature([0; 64]) }.signed(chain, key)
    }

    /// Whether it is for this helper, who sits in the proven circle, and its person signed it.
    #[must_use]
    pub fn holds(&self, chain: &ChainId, circle: &CircleRecord, own: &VerifyingKey) -> bool {
        let seated = matches!(circle.find(own), Some(Signer::Delegate(_)));
        let signed = || self.signed_by(&circle.patient_pk, chain);
        let entrusted = |card: &Watched| card.entrusted.verify(&card.grant, chain).is_ok();
        circle.circle_id == self.circle
            && self.to == *own
            && seated
            && signed().is_ok()
            && self.cards.iter().all(entrusted)
    }
}

signed!(Watch, CircleWatch);

impl Record for Watch {
    const MAX: usize = 2 + 32 + 32 + 8 + (2 + (32 + 32 + 64) * MAX_CARDS) + 64;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle);
        out.fixed(self.to);
        out.instant(self.number);
        out.list(&self.cards, |out, card| {
            out.fixed(card.grant);
            out.fixed(card.entrusted.patient_grant_pk);
            out.fixed(card.entrusted.signature);
        });
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != KIND {
            return Err(CodecError::Kind(kind));
        }
        let (circle, to, number) = (input.circle_id()?, input.verifying_key()?, input.instant()?);
        let cards = input.list(MAX_CARDS, |input| {
            let grant = input.grant_id()?;
            let (patient_grant_pk, signature) = (input.verifying_key()?, input.signature()?);
            Ok(Watched { grant, entrusted: Entrusted { circle_id: circle, patient_grant_pk, signature } })
        })?;
        Ok(Self { circle, to, number, cards, signature: input.signature()? })
    }
}
