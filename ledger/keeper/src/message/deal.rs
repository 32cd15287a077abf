//! The dealing to one keeper.

use salus_chain::codec::{CodecError, Reader, Writer};
use salus_chain::ids::{GrantId, KeeperSetId, Nonce16, Signature, VerifyingKey};

use crate::Scope;
use crate::deal::MAX_COMMITMENTS;
use crate::envelope::{Envelope, TAG_LEN};

/// What the dealing is for; the same for every keeper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealContext {
    /// The grant to come.
    pub grant_id: GrantId,
    /// Its key.
    pub patient_grant_pk: VerifyingKey,
    /// Opens `grant_id`.
    pub nonce: Nonce16,
    /// The keepers.
    pub keeper_set_id: KeeperSetId,
    /// Shares needed.
    pub threshold: u16,
    /// The data that may ever be released.
    pub scope: Scope,
}

/// A share for one keeper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealMessage {
    /// What it is for.
    pub context: DealContext,
    /// Whom it is for, from 1.
    pub keeper: u16,
    /// HPKE of the share: 32 octets of text.
    pub sealed_share: Envelope,
    /// A_0 .. A_{t-1}.
    pub commitments: Vec<[u8; 32]>,
    /// By `patient_grant_pk` under `Label::Deal` over everything before.
    pub signature: Signature,
}

impl DealMessage {
    /// What the signature is over.
    pub fn signed(&self) -> Vec<u8> {
        let mut out = Writer::new();
        let context = &self.context;
        out.fixed(context.grant_id);
        out.fixed(context.patient_grant_pk);
        out.fixed(context.nonce);
        out.fixed(context.keeper_set_id);
        out.u16(context.threshold);
        context.scope.write(&mut out);
        out.u16(self.keeper);
        self.sealed_share.write(&mut out);
        out.list(&self.commitments, |out, point| out.fixed(point));
        out.finish()
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.signed());
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let context = DealContext {
            grant_id: input.grant_id()?,
            patient_grant_pk: input.verifying_key()?,
            nonce: input.nonce16()?,
            keeper_set_id: input.keeper_set_id()?,
            threshold: input.u16()?,
            scope: Scope::read(input)?,
        };
        Ok(Self {
            context,
            keeper: input.u16()?,
            sealed_share: Envelope::read(input, 32 + TAG_LEN)?,
            commitments: input.list(MAX_COMMITMENTS, Reader::array::<32>)?,
            signature: input.signature()?,
        })
    }
}
