//! ObjectTx: somebody of a circle objects to a change that waits, or to a delegated permission.
//!
//! ```text
//! object = circle_id 32 || subject 33 || signer_pk 32 || valid_until_height u64 || pow u64 || signature 64
//! ```
//!
//! It names no revision: an objection is never too old for what it is against, and nothing is gained by playing one back.

use super::paid::{Paid, PaidBody};
use crate::circle::Subject;
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{CircleId, VerifyingKey};
use crate::sign::Label;

/// What is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObjectBody {
    /// The circle.
    pub circle_id: CircleId,
    /// What is objected to.
    pub subject: Subject,
    /// A key of the circle.
    pub signer_pk: VerifyingKey,
    /// Last height at which the transaction may enter the chain.
    pub valid_until_height: u64,
}

/// A signed objection.
pub type ObjectTx = Paid<ObjectBody>;

impl PaidBody for ObjectBody {
    const LABEL: Label = Label::Object;

    fn signer(&self) -> &VerifyingKey {
        &self.signer_pk
    }

    fn valid_until_height(&self) -> u64 {
        self.valid_until_height
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle_id);
        self.subject.write(out);
        out.fixed(self.signer_pk);
        out.u64(self.valid_until_height);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            circle_id: input.circle_id()?,
            subject: Subject::read(input)?,
            signer_pk: input.verifying_key()?,
            valid_until_height: input.u64()?,
        })
    }
}
