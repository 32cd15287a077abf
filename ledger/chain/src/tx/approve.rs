//! ApproveTx: somebody of a circle approves a change or a permission; the person confirms one that rests.
//!
//! ```text
//! approve = circle_id 32 || subject 33 || revision u32 || signer_pk 32 || valid_until_height u64 || pow u64 || signature 64
//! ```

use super::paid::{Paid, PaidBody};
use crate::circle::Subject;
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{CircleId, VerifyingKey};
use crate::sign::Label;

/// What is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApproveBody {
    /// The circle.
    pub circle_id: CircleId,
    /// What is approved.
    pub subject: Subject,
    /// The circle's revision: an approval holds for the circle as its signer saw it. A guardian's holds at a later one too, while
    /// the person's key is young ([`super::ChangeBody`]): what it approves has a name of its own.
    pub revision: u32,
    /// A key of the circle.
    pub signer_pk: VerifyingKey,
    /// Last height at which the transaction may enter the chain.
    pub valid_until_height: u64,
}

/// A signed approval.
pub type ApproveTx = Paid<ApproveBody>;

impl PaidBody for ApproveBody {
    const LABEL: Label = Label::Approve;

    fn signer(&self) -> &VerifyingKey {
        &self.signer_pk
    }

    fn valid_until_height(&self) -> u64 {
        self.valid_until_height
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle_id);
        self.subject.write(out);
        out.u32(self.revision);
        out.fixed(self.signer_pk);
        out.u64(self.valid_until_height);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            circle_id: input.circle_id()?,
            subject: Subject::read(input)?,
            revision: input.u32()?,
            signer_pk: input.verifying_key()?,
            valid_until_height: input.u64()?,
        })
    }
}
