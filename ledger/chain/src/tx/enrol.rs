//! EnrolTx and WithdrawTx: a gateway's signing key is enrolled by commitment, and withdrawn when the gateway is lost.
//!
//! ```text
//! enrol      = enrolment_pk 32 || commitment 32 || pow u64 || signature 64
//! withdraw   = enrolment_pk 32 || pow u64 || signature 64
//! commitment = SHA-256("hg/v1/enrol" || chain_id || salt 32 || gateway's signing key 32)
//! ```
//!
//! `enrolment_pk` is fresh for each enrolment, names its record and is the only key that can withdraw it; nothing else on
//! the chain carries it. Only who holds the salt can tell what a commitment is to, and deleting the salt makes the record
//! meaningless. That the gateway has the key it committed to is shown by its manifests, not by the enrolment.

use super::pow::{Pow, paid, solve};
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{ChainId, Hash32, Signature, VerifyingKey, sha256};
use crate::sign::{Label, SigningKey};

/// SHA-256("hg/v1/enrol" || chain_id || salt || gateway's signing key).
pub fn enrolment_commitment(chain: &ChainId, salt: &[u8; 32], gateway: &VerifyingKey) -> Hash32 {
    Hash32(sha256(&[b"hg/v1/enrol", &chain.0, salt, &gateway.0]))
}

/// What an enrolment's own key signs first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnrolBody {
    /// The key that only this enrolment has; names it and can withdraw it.
    pub enrolment_pk: VerifyingKey,
    /// [`enrolment_commitment`].
    pub commitment: Hash32,
}

/// A signed enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolTx {
    /// What is signed.
    pub body: EnrolBody,
    /// Proof of work over the body.
    pub pow: Pow,
    /// By `enrolment_pk`, under [`Label::Enrol`], over body || pow.
    pub signature: Signature,
}

/// What an enrolment's own key signs last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WithdrawBody {
    /// The enrolment to withdraw.
    pub enrolment_pk: VerifyingKey,
}

/// A signed withdrawal. It never lapses: a copy signed in advance helps when the laptop is what was lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawTx {
    /// What is signed.
    pub body: WithdrawBody,
    /// Proof of work over the body.
    pub pow: Pow,
    /// By `enrolment_pk`, under [`Label::Withdraw`], over body || pow.
    pub signature: Signature,
}

impl EnrolBody {
    /// Solves the proof of work and signs; `key` must be the one of `enrolment_pk`.
    pub fn sign(self, chain: &ChainId, pow_bits: u8, key: &SigningKey) -> EnrolTx {
        let pow = solve(chain, &self.octets(), pow_bits);
        let signature = key.sign(Label::Enrol, chain, &paid(&self.octets(), pow));
        EnrolTx { body: self, pow, signature }
    }

    /// What the proof of work is over.
    pub fn octets(&self) -> Vec<u8> {
        [self.enrolment_pk.0, self.commitment.0].concat()
    }
}

impl WithdrawBody {
    /// Solves the proof of work and signs; `key` must be the one of `enrolment_pk`.
    pub fn sign(self, chain: &ChainId, pow_bits: u8, key: &SigningKey) -> WithdrawTx {
        let pow = solve(chain, &self.octets(), pow_bits);
        let signature = key.sign(Label::Withdraw, chain, &paid(&self.octets(), pow));
        WithdrawTx { body: self, pow, signature }
    }

    /// What the proof of work is over.
    pub fn octets(&self) -> Vec<u8> {
        self.enrolment_pk.0.to_vec()
    }
}

impl EnrolTx {
    /// What the signature is over.
    pub fn signed(&self) -> Vec<u8> {
        paid(&self.body.octets(), self.pow)
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.signed());
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let body = EnrolBody { enrolment_pk: input.verifying_key()?, commitment: input.hash()? };
        Ok(Self { body, pow: Pow(input.u64()?), signature: input.signature()? })
    }
}

impl WithdrawTx {
    /// What the signature is over.
    pub fn signed(&self) -> Vec<u8> {
        paid(&self.body.octets(), self.pow)
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.signed());
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let body = WithdrawBody { enrolment_pk: input.verifying_key()? };
        Ok(Self { body, pow: Pow(input.u64()?), signature: input.signature()? })
    }
}

#[cfg(test)]
mod tests;
