//! Which emergency cards the helpers of a person look at, so that they are told of an emergency also while the person's computer is
//! off.
//!
//! ```text
//! watch = 01 || 79 || circle_id 32 || to 32 || number i64 || cards || signature 64 by the person
//! card  = grant_id 32 || patient_grant_pk 32 || signature 64 by that key: that the circle may review ([`Entrusted`])
//! signature  under the label "circle-watch"
//! ```
//!
//! It is a [list](super::list) for one helper. The permission's name is all that it takes to ask the members what happened with a
//! card: nothing can be opened with it, and no secret key is in it. With the person's word a helper can say what to think of it, where
//! the person cannot; only then does anybody else see that the card and the circle belong together.

use salus_chain::circle::CircleRecord;
use salus_chain::codec::{CodecError, Reader, Writer};
use salus_chain::ids::{ChainId, CircleId, GrantId, VerifyingKey};
use salus_chain::sign::Label;
use salus_chain::tx::Entrusted;

use super::list::{Listed, SignedList};

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

/// What a helper looks at: the cards, newest first.
pub type Watch = SignedList<Watched>;

impl SignedList<Watched> {
    /// Whether it is for this helper, who sits in the proven circle, its person signed it, and each card is entrusted to that circle.
    #[must_use]
    pub fn holds(&self, chain: &ChainId, circle: &CircleRecord, own: &VerifyingKey) -> bool {
        let entrusted = |card: &Watched| card.entrusted.verify(&card.grant, chain).is_ok();
        self.is_for(own, circle, chain) && self.items.iter().all(entrusted)
    }
}

impl Listed for Watched {
    const KIND: u8 = 0x79;
    const LABEL: Label = Label::CircleWatch;
    const MOST: usize = MAX_CARDS;
    const OCTETS: usize = 32 + 32 + 64;

    fn write(&self, out: &mut Writer) {
        out.fixed(self.grant);
        out.fixed(self.entrusted.patient_grant_pk);
        out.fixed(self.entrusted.signature);
    }

    fn read(circle_id: CircleId, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let grant = input.grant_id()?;
        let (patient_grant_pk, signature) = (input.verifying_key()?, input.signature()?);
        Ok(Self { grant, entrusted: Entrusted { circle_id, patient_grant_pk, signature } })
    }
}
