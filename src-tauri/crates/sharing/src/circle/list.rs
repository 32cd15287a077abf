//! A list that the person signs for one helper: which emergency cards there are ([`super::watch`]), which of the person's own
//! permissions the helper can stop ([`super::stops`]).
//!
//! ```text
//! list      = 01 || kind of what it lists || circle_id 32 || to 32 || number i64 || items || signature 64 by the person
//! signature  under the label of what it lists, over everything before it
//! ```
//!
//! It goes by letter. Of several the one with the highest number counts: the person's clock when it was written.

use salus_chain::circle::{CircleRecord, Signer};
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, CircleId, Signature, VerifyingKey};
use salus_chain::sign::{Label, SigningKey};

use crate::signed::Signed;

/// What such a list holds, and by what it is told from others.
pub trait Listed: Clone {
    /// The kind octet of the list.
    const KIND: u8;
    /// What the person's signature is under.
    const LABEL: Label;
    /// Items in a list at most.
    const MOST: usize;
    /// The largest item, in octets.
    const OCTETS: usize;

    /// Writes its fields.
    fn write(&self, out: &mut Writer);
    /// Reads the fields of one in a list of this circle.
    ///
    /// # Errors
    /// When the octets are not such an item.
    fn read(circle: CircleId, input: &mut Reader<'_>) -> Result<Self, CodecError>;
}

/// What a helper is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedList<T> {
    /// The circle.
    pub circle: CircleId,
    /// The helper.
    pub to: VerifyingKey,
    /// Milliseconds since 1970, by the person's clock.
    pub number: i64,
    /// What is listed.
    pub items: Vec<T>,
    signature: Signature,
}

impl<T: Listed> SignedList<T> {
    /// Signs one, with the person's key of the circle, for the first [`Listed::MOST`] of `items`.
    #[must_use]
    pub fn sign(
        circle: CircleId,
        to: VerifyingKey,
        number: i64,
        items: &[T],
        chain: &ChainId,
        key: &SigningKey,
    ) -> Self {
        let items = items.iter().take(T::MOST).cloned().collect();
        Self { circle, to, number, items, signature: Signature([0; 64]) }.signed(chain, key)
    }

    /// Whether it is for this helper, who sits in the proven circle, and its person signed it.
    pub(super) fn is_for(&self, own: &VerifyingKey, circle: &CircleRecord, chain: &ChainId) -> bool {
        let seated = matches!(circle.find(own), Some(Signer::Delegate(_)));
        circle.circle_id == self.circle
            && self.to == *own
            && seated
            && self.signed_by(&circle.patient_pk, chain).is_ok()
    }
}

impl<T: Listed> Signed for SignedList<T> {
    const LABEL: Label = T::LABEL;

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn put_signature(&mut self, signature: Signature) {
        self.signature = signature;
    }
}

impl<T: Listed> Record for SignedList<T> {
    const MAX: usize = 2 + 32 + 32 + 8 + (2 + T::OCTETS * T::MOST) + 64;

    fn kind(&self) -> u8 {
        T::KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle);
        out.fixed(self.to);
        out.instant(self.number);
        out.list(&self.items, |out, item| item.write(out));
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != T::KIND {
            return Err(CodecError::Kind(kind));
        }
        let (circle, to, number) = (input.circle_id()?, input.verifying_key()?, input.instant()?);
        let items = input.list(T::MOST, |input| T::read(circle, input))?;
        Ok(Self { circle, to, number, items, signature: input.signature()? })
    }
}
