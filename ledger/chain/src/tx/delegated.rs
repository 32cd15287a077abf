//! DelegatedGrantTx: a steward records a permission for the person of a circle, and shows that it keeps to the power.
//!
//! ```text
//! delegated grant = grant body || circle_id 32 || delegate_pk 32 || categories || readers || pow u64
//!                   || signature 64 by patient_grant_pk || signature 64 by delegate_pk
//! category        = leaf 32 || path || u8 1 and path under ordinary_root, or u8 0
//! reader          = reader_pk 64 || credential_pk 32 || code signature 64 || u8 1 and salt 16 and path, or u8 0
//! path            = index u32 || size u32 || siblings (u16 count, 32 each)
//! ```
//!
//! Both signatures are over everything before them, under a label of their own: nobody can cut a plain permission out of it.
//! The whole is bounded by [`super::MAX_TX_BYTES`]: with four acks and one reader, 16 claims under trees of 16 leaves fit. A
//! claim of an inner node claims every category below it, so a steward who may permit everything needs one claim.

use super::grant::GrantBody;
use super::pow::{Pow, paid, solve};
use crate::circle::{MAX_CLAIMS, MAX_GRANT_READERS};
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{ChainId, CircleId, Signature, VerifyingKey};
use crate::sign::{Label, SigningKey};

mod claim;

pub use claim::{CategoryClaim, ReaderClaim, RecipientPlace};

/// What the steward's application signs twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelegatedGrantBody {
    /// The permission, as in a plain one.
    pub grant: GrantBody,
    /// The circle of the person whose data it is.
    pub circle_id: CircleId,
    /// The steward's key of that circle.
    pub delegate_pk: VerifyingKey,
    /// What is permitted, at least one.
    pub categories: Vec<CategoryClaim>,
    /// To whom: every leaf under the permission's `reader_pk_root`, in order.
    pub readers: Vec<ReaderClaim>,
}

/// A signed delegated permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelegatedGrantTx {
    /// What is signed.
    pub body: DelegatedGrantBody,
    /// Proof of work over the body.
    pub pow: Pow,
    /// By the permission's own key, under [`Label::DelegatedGrant`], over body || pow.
    pub grant_signature: Signature,
    /// By `delegate_pk`, under the same label, over the same octets.
    pub delegate_signature: Signature,
}

impl DelegatedGrantBody {
    /// Solves the proof of work and signs; `grant_key` must be the one of `patient_grant_pk`, `delegate_key` that of
    /// `delegate_pk`.
    pub fn sign(
        self,
        chain: &ChainId,
        pow_bits: u8,
        grant_key: &SigningKey,
        delegate_key: &SigningKey,
    ) -> DelegatedGrantTx {
        let octets = self.octets();
        let pow = solve(chain, &octets, pow_bits);
        let signed = paid(&octets, pow);
        DelegatedGrantTx {
            grant_signature: grant_key.sign(Label::DelegatedGrant, chain, &signed),
            delegate_signature: delegate_key.sign(Label::DelegatedGrant, chain, &signed),
            body: self,
            pow,
        }
    }

    /// What the proof of work is over.
    pub fn octets(&self) -> Vec<u8> {
        let mut out = Writer::new();
        self.grant.write(&mut out);
        out.fixed(self.circle_id);
        out.fixed(self.delegate_pk);
        out.list(&self.categories, |out, claim| claim.write(out));
        out.list(&self.readers, |out, claim| claim.write(out));
        out.finish()
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            grant: GrantBody::read(input)?,
            circle_id: input.circle_id()?,
            delegate_pk: input.verifying_key()?,
            categories: input.list(MAX_CLAIMS, CategoryClaim::read)?,
            readers: input.list(MAX_GRANT_READERS, ReaderClaim::read)?,
        })
    }
}

impl DelegatedGrantTx {
    /// What the signatures are over.
    pub fn signed(&self) -> Vec<u8> {
        paid(&self.body.octets(), self.pow)
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.signed());
        out.fixed(self.grant_signature);
        out.fixed(self.delegate_signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            body: DelegatedGrantBody::read(input)?,
            pow: Pow(input.u64()?),
            grant_signature: input.signature()?,
            delegate_signature: input.signature()?,
        })
    }
}

#[cfg(test)]
mod tests;
