//! A record that ends with a signature over everything before it, under a label of its own.
//!
//! ```text
//! signed = fields || signature 64, under the record's label, over version || kind || fields
//! ```
//!
//! Who must have signed, and whether that key may, each record says itself.

use salus_chain::codec::Record;
use salus_chain::ids::{ChainId, Signature, VerifyingKey};
use salus_chain::sign::{BadSignature, Label, SigningKey};

/// Such a record; [`signed!`] makes one of a record with a field `signature`, which it writes last.
pub(crate) trait Signed: Record {
    /// What the signature is for.
    const LABEL: Label;

    /// The signature.
    fn signature(&self) -> &Signature;
    /// Takes a signature in the place of the one before.
    fn put_signature(&mut self, signature: Signature);

    /// The record, signed by `key`.
    fn signed(mut self, chain: &ChainId, key: &SigningKey) -> Self {
        let signature = key.sign(Self::LABEL, chain, &unsigned(&self));
        self.put_signature(signature);
        self
    }

    /// Whether this key signed it.
    ///
    /// # Errors
    /// [`BadSignature`].
    fn signed_by(&self, key: &VerifyingKey, chain: &ChainId) -> Result<(), BadSignature> {
        key.verify(Self::LABEL, chain, &unsigned(self), self.signature())
    }
}

/// `signed!(Record, Label)`.
macro_rules! signed {
    ($record:ty, $label:ident) => {
        impl $crate::signed::Signed for $record {
            const LABEL: salus_chain::sign::Label = salus_chain::sign::Label::$label;

            fn signature(&self) -> &salus_chain::ids::Signature {
                &self.signature
            }

            fn put_signature(&mut self, signature: salus_chain::ids::Signature) {
                self.signature = signature;
            }
        }
    };
}

pub(crate) use signed;

/// Everything before the signature, which is last.
pub(crate) fn unsigned(record: &impl Record) -> Vec<u8> {
    let mut octets = record.encode();
    octets.truncate(octets.len().saturating_sub(Signature::LEN));
    octets
}
