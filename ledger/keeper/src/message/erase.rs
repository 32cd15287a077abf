//! A keeper's signed statement about a share.

use salus_chain::codec::{CodecError, Reader, Writer};
use salus_chain::ids::{ChainId, GrantId, Signature, VerifyingKey};
use salus_chain::sign::{BadSignature, Label, SigningKey};

/// Where a share is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EraseState {
    /// Here.
    Held,
    /// It was here and is erased.
    Erased,
    /// It never was here.
    Never,
}

/// A signed statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EraseStatus {
    /// The grant.
    pub grant_id: GrantId,
    /// The keeper, from 1.
    pub keeper: u16,
    /// What it states.
    pub state: EraseState,
    /// By the keeper under `Label::EraseStatus` over everything before.
    pub signature: Signature,
}

impl EraseStatus {
    /// Signs a statement; `key` must be the keeper's.
    pub fn sign(
        chain: &ChainId,
        grant_id: GrantId,
        keeper: u16,
        state: EraseState,
        key: &SigningKey,
    ) -> Self {
        let mut status = Self { grant_id, keeper, state, signature: Signature([0; 64]) };
        status.signature = key.sign(Label::EraseStatus, chain, &status.signed());
        status
    }

    /// Verifies it under the keeper's key.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, chain: &ChainId, keeper_pk: &VerifyingKey) -> Result<(), BadSignature> {
        keeper_pk.verify(Label::EraseStatus, chain, &self.signed(), &self.signature)
    }

    fn signed(&self) -> Vec<u8> {
        let state = match self.state {
            EraseState::Held => 1,
            EraseState::Erased => 2,
            EraseState::Never => 3,
        };
        let mut out = Writer::new();
        out.fixed(self.grant_id);
        out.u16(self.keeper);
        out.u8(state);
        out.finish()
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.signed());
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            grant_id: input.grant_id()?,
            keeper: input.u16()?,
            state: match input.u8()? {
                1 => EraseState::Held,
                2 => EraseState::Erased,
                3 => EraseState::Never,
                _ => return Err(CodecError::Value("erase state")),
            },
            signature: input.signature()?,
        })
    }
}
