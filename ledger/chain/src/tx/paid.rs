//! A transaction of one key with a proof of work: body || u64 proof of work || signature by that key over both.

use super::pow::{Pow, paid, solve};
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{ChainId, Signature, VerifyingKey};
use crate::sign::{Label, SigningKey};

/// What one key signs.
pub trait PaidBody: Sized {
    /// What the signature is for.
    const LABEL: Label;

    /// The key that must have signed.
    fn signer(&self) -> &VerifyingKey;
    /// Last height at which it may enter the chain.
    fn valid_until_height(&self) -> u64;
    /// Writes the fields.
    fn write(&self, out: &mut Writer);
    /// Reads the fields.
    ///
    /// # Errors
    /// When the octets are not such a body.
    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError>;

    /// What the proof of work is over.
    fn octets(&self) -> Vec<u8> {
        let mut out = Writer::new();
        self.write(&mut out);
        out.finish()
    }

    /// Solves the proof of work and signs; `key` must be the one of [`PaidBody::signer`].
    fn sign(self, chain: &ChainId, pow_bits: u8, key: &SigningKey) -> Paid<Self> {
        let octets = self.octets();
        let pow = solve(chain, &octets, pow_bits);
        let signature = key.sign(Self::LABEL, chain, &paid(&octets, pow));
        Paid { body: self, pow, signature }
    }
}

/// A signed body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid<B> {
    /// What is signed.
    pub body: B,
    /// Proof of work over the body.
    pub pow: Pow,
    /// By [`PaidBody::signer`], under [`PaidBody::LABEL`], over body || pow.
    pub signature: Signature,
}

impl<B: PaidBody> Paid<B> {
    /// What the signature is over.
    pub fn signed(&self) -> Vec<u8> {
        paid(&self.body.octets(), self.pow)
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.signed());
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self { body: B::read(input)?, pow: Pow(input.u64()?), signature: input.signature()? })
    }
}

#[cfg(test)]
mod tests;
