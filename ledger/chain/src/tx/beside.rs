//! A permission with one thing beside it that its own key signs as well: whom on duty it is for, or what lets another laptop give it.
//!
//! ```text
//! grant body || what is beside it || pow u64 || signature 64 by patient_grant_pk, under a label of its own
//! ```

/// `beside!(Body, Label, field: write, read)`: what is paid for and signed of a body with a field `grant` and this other one.
macro_rules! beside {
    ($body:ty, $label:ident, $field:ident: $write:path, $read:path) => {
        impl $crate::tx::PaidBody for $body {
            const LABEL: $crate::sign::Label = $crate::sign::Label::$label;

            fn signer(&self) -> &$crate::ids::VerifyingKey {
                &self.grant.terms.patient_grant_pk
            }

            fn valid_until_height(&self) -> u64 {
                self.grant.valid_until_height
            }

            fn write(&self, out: &mut $crate::codec::Writer) {
                self.grant.write(out);
                $write(&self.$field, out);
            }

            fn read(input: &mut $crate::codec::Reader<'_>) -> Result<Self, $crate::codec::CodecError> {
                Ok(Self { grant: $crate::tx::GrantBody::read(input)?, $field: $read(input)? })
            }
        }
    };
}

pub(super) use beside;
