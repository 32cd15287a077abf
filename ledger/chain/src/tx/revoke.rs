//! RevokeTx: stops a permission. It never lapses: copies signed in advance lie with those who help the person, where the person lets
//! them stop it.

use super::pow::{Pow, solve};
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{ChainId, GrantId, Signature, VerifyingKey};
use crate::merkle::MerklePath;
use crate::sign::{Label, SigningKey};

/// What the revoker signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevokeBody {
    /// The permission to stop.
    pub grant_id: GrantId,
    /// The grant's own key, or a key under `revoker_root`.
    pub revoker_pk: VerifyingKey,
    /// Place of `revoker_pk` under `revoker_root`; [`MerklePath::single`] with the grant's own key.
    pub path: MerklePath,
}

/// A signed stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevokeTx {
    /// What is signed.
    pub body: RevokeBody,
    /// Proof of work over the body.
    pub pow: Pow,
    /// By `revoker_pk`, under [`Label::Revoke`], over body || pow.
    pub signature: Signature,
}

impl RevokeBody {
    /// Solves the proof of work and signs; `key` must be the one of `revoker_pk`.
    pub fn sign(self, chain: &ChainId, pow_bits: u8, key: &SigningKey) -> RevokeTx {
        let pow = solve(chain, &self.octets(), pow_bits);
        let mut tx = RevokeTx { body: self, pow, signature: Signature([0; 64]) };
        tx.signature = key.sign(Label::Revoke, chain, &tx.signed());
        tx
    }

    /// What the proof of work is over.
    pub fn octets(&self) -> Vec<u8> {
        let mut out = Writer::new();
        self.write(&mut out);
        out.finish()
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.grant_id);
        out.fixed(self.revoker_pk);
        self.path.write(out);
    }
}

impl RevokeTx {
    /// What the signature is over.
    pub fn signed(&self) -> Vec<u8> {
        let mut out = Writer::new();
        self.body.write(&mut out);
        out.u64(self.pow.0);
        out.finish()
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.signed());
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let body = RevokeBody {
            grant_id: input.grant_id()?,
            revoker_pk: input.verifying_key()?,
            path: MerklePath::read(input)?,
        };
        Ok(Self { body, pow: Pow(input.u64()?), signature: input.signature()? })
    }
}
