//! ErasureAckTx: a keeper states that its share of an ended permission is gone.

use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{ChainId, GrantId, Signature};
use crate::sign::{Label, SigningKey};

/// What the keeper signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureAckBody {
    /// The ended permission.
    pub grant_id: GrantId,
    /// The keeper, from 1.
    pub keeper: u16,
}

/// A signed statement of erasure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureAckTx {
    /// What is signed.
    pub body: ErasureAckBody,
    /// By the keeper, under [`Label::Erasure`], over the body.
    pub signature: Signature,
}

impl ErasureAckBody {
    /// Signs; `key` must be the keeper's.
    pub fn sign(self, chain: &ChainId, key: &SigningKey) -> ErasureAckTx {
        let signature = key.sign(Label::Erasure, chain, &self.octets());
        ErasureAckTx { body: self, signature }
    }

    /// What the signature is over.
    pub fn octets(&self) -> Vec<u8> {
        [self.grant_id.0.as_slice(), &self.keeper.to_be_bytes()].concat()
    }
}

impl ErasureAckTx {
    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.body.octets());
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let body = ErasureAckBody { grant_id: input.grant_id()?, keeper: input.u16()? };
        Ok(Self { body, signature: input.signature()? })
    }
}
