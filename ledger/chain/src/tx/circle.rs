//! CircleTx: a person says who may act for them.
//!
//! ```text
//! circle = circle_id 32 || patient_pk 32 || nonce 16 || valid_until_height u64 || delegates (u16 count, 162 each)
//!          || guardians (u16 count, 32 each, threshold u8) || policy 50 || pow u64 || signature 64
//! ```

use super::paid::{Paid, PaidBody};
use crate::circle::{Delegate, Guardians, MAX_DELEGATES, Policy};
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{CircleId, Nonce16, VerifyingKey};
use crate::sign::Label;

/// What the person signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CircleBody {
    /// Names the circle: [`CircleId::derive`].
    pub circle_id: CircleId,
    /// The person's key of this circle, used for nothing else.
    pub patient_pk: VerifyingKey,
    /// Opens `circle_id`.
    pub nonce: Nonce16,
    /// Last height at which the transaction may enter the chain.
    pub valid_until_height: u64,
    /// The delegates; seats are given in this order, from 1.
    pub delegates: Vec<Delegate>,
    /// The guardians.
    pub guardians: Guardians,
    /// What delegates need one another for.
    pub policy: Policy,
}

/// A signed circle.
pub type CircleTx = Paid<CircleBody>;

impl PaidBody for CircleBody {
    const LABEL: Label = Label::Circle;

    fn signer(&self) -> &VerifyingKey {
        &self.patient_pk
    }

    fn valid_until_height(&self) -> u64 {
        self.valid_until_height
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle_id);
        out.fixed(self.patient_pk);
        out.fixed(self.nonce);
        out.u64(self.valid_until_height);
        out.list(&self.delegates, |out, delegate| delegate.write(out));
        self.guardians.write(out);
        self.policy.write(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            circle_id: input.circle_id()?,
            patient_pk: input.verifying_key()?,
            nonce: input.nonce16()?,
            valid_until_height: input.u64()?,
            delegates: input.list(MAX_DELEGATES, Delegate::read)?,
            guardians: Guardians::read(input)?,
            policy: Policy::read(input)?,
        })
    }
}
