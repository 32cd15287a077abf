//! ContractTx: records a consent contract under its hash, for whoever names it afterwards.
//!
//! ```text
//! contract = author_pk 32 || valid_until_height u64 || lp(text) || pow u64 || signature 64
//! ```
//!
//! `author_pk` is used once and says nothing about anybody: it only keeps what was paid for from being changed on the way.

use super::pow::{Pow, solve};
use crate::codec::{CodecError, Reader, Writer};
use crate::contract::MAX_CONTRACT;
use crate::ids::{ChainId, Signature, VerifyingKey};
use crate::sign::{Label, SigningKey};

#[cfg(test)]
mod tests;

/// What the author signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractBody {
    /// A key that only this contract has.
    pub author_pk: VerifyingKey,
    /// Last height at which the transaction may enter the chain.
    pub valid_until_height: u64,
    /// The policies.
    pub text: String,
}

/// A signed contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractTx {
    /// What is signed.
    pub body: ContractBody,
    /// Proof of work over the body.
    pub pow: Pow,
    /// By `author_pk`, under [`Label::Contract`], over body || pow.
    pub signature: Signature,
}

impl ContractBody {
    /// Solves the proof of work and signs; `key` must be the one of `author_pk`.
    pub fn sign(self, chain: &ChainId, pow_bits: u8, key: &SigningKey) -> ContractTx {
        let pow = solve(chain, &self.octets(), pow_bits);
        let mut tx = ContractTx { body: self, pow, signature: Signature([0; 64]) };
        tx.signature = key.sign(Label::Contract, chain, &tx.signed());
        tx
    }

    /// What the proof of work is over.
    pub fn octets(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.fixed(self.author_pk);
        out.u64(self.valid_until_height);
        out.lp(&self.text);
        out.finish()
    }
}

impl ContractTx {
    /// What the signature is over.
    pub fn signed(&self) -> Vec<u8> {
        [self.body.octets().as_slice(), &self.pow.0.to_be_bytes()].concat()
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.signed());
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let body = ContractBody {
            author_pk: input.verifying_key()?,
            valid_until_height: input.u64()?,
            text: input.text(MAX_CONTRACT)?,
        };
        Ok(Self { body, pow: Pow(input.u64()?), signature: input.signature()? })
    }
}
