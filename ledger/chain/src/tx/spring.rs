//! SpringTx: a clinician attests that a delegate's power, which waits for that, may begin.
//!
//! ```text
//! spring = circle_id 32 || revision u32 || delegate_pk 32 || credential_pk 32 || valid_until_height u64 || pow u64
//!          || signature 64
//! ```
//!
//! It names the revision, so that an attestation for one power does not start another that came in its place.

use super::paid::{Paid, PaidBody};
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{CircleId, VerifyingKey};
use crate::sign::Label;

/// What the clinician signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpringBody {
    /// The circle.
    pub circle_id: CircleId,
    /// Its revision, as the clinician saw it.
    pub revision: u32,
    /// Whose power.
    pub delegate_pk: VerifyingKey,
    /// The clinician's attested key.
    pub credential_pk: VerifyingKey,
    /// Last height at which the transaction may enter the chain.
    pub valid_until_height: u64,
}

/// A signed attestation.
pub type SpringTx = Paid<SpringBody>;

impl PaidBody for SpringBody {
    const LABEL: Label = Label::Spring;

    fn signer(&self) -> &VerifyingKey {
        &self.credential_pk
    }

    fn valid_until_height(&self) -> u64 {
        self.valid_until_height
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle_id);
        out.u32(self.revision);
        out.fixed(self.delegate_pk);
        out.fixed(self.credential_pk);
        out.u64(self.valid_until_height);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            circle_id: input.circle_id()?,
            revision: input.u32()?,
            delegate_pk: input.verifying_key()?,
            credential_pk: input.verifying_key()?,
            valid_until_height: input.u64()?,
        })
    }
}
