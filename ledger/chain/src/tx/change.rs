//! ChangeTx: somebody of a circle asks for a change of it.
//!
//! ```text
//! change tx = circle_id 32 || revision u32 || signer_pk 32 || valid_until_height u64 || change || pow u64 || signature 64
//! ```
//!
//! It names the revision that it is made for: whatever happens to the circle in between makes it void, so it is recorded once
//! at most and never onto something that its signer did not see. Only what guardians sign counts at a later revision too, while the
//! person's key is young ([`crate::circle::CircleRecord::is_young`]): otherwise a thief with that key outran them by changing something
//! in every block. It has the same name then, so that whoever objected to it can say the same again, and its last height bounds it.

use super::paid::{Paid, PaidBody};
use crate::circle::Change;
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{CircleId, Hash32, VerifyingKey};
use crate::sign::Label;

/// What is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeBody {
    /// The circle.
    pub circle_id: CircleId,
    /// Its revision before the change.
    pub revision: u32,
    /// A key of the circle. The key and not its place, so that a signature can be checked without the state.
    pub signer_pk: VerifyingKey,
    /// Last height at which the transaction may enter the chain.
    pub valid_until_height: u64,
    /// The change.
    pub change: Change,
}

/// A signed wish for a change.
pub type ChangeTx = Paid<ChangeBody>;

impl ChangeBody {
    /// The name under which the change waits.
    pub fn subject(&self) -> Hash32 {
        self.change.subject(&self.circle_id, self.revision, &self.signer_pk)
    }
}

impl PaidBody for ChangeBody {
    const LABEL: Label = Label::CircleChange;

    fn signer(&self) -> &VerifyingKey {
        &self.signer_pk
    }

    fn valid_until_height(&self) -> u64 {
        self.valid_until_height
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle_id);
        out.u32(self.revision);
        out.fixed(self.signer_pk);
        out.u64(self.valid_until_height);
        self.change.write(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            circle_id: input.circle_id()?,
            revision: input.u32()?,
            signer_pk: input.verifying_key()?,
            valid_until_height: input.u64()?,
            change: Change::read(input)?,
        })
    }
}
