//! What a keeper stores for a grant until it erases it: one file for each grant.

use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{GrantId, Hash32, KeeperSetId, VerifyingKey};

use crate::Scope;
use crate::deal::Share;

/// A share and the terms it was dealt under. The encoding holds the share in clear: seal it at rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldShare {
    /// The grant.
    pub grant_id: GrantId,
    /// The key that dealt it; the grant on the chain must be signed by the same.
    pub patient_grant_pk: VerifyingKey,
    /// The keeper set that `keeper` counts in.
    pub keeper_set_id: KeeperSetId,
    /// This keeper, from 1.
    pub keeper: u16,
    /// Commitment that the share was checked against.
    pub commit_hash: Hash32,
    /// The data that may ever be released.
    pub scope: Scope,
    /// The secret.
    pub share: Share,
}

impl Record for HeldShare {
    const MAX: usize = 256;

    fn kind(&self) -> u8 {
        0x69
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.grant_id);
        out.fixed(self.patient_grant_pk);
        out.fixed(self.keeper_set_id);
        out.u16(self.keeper);
        out.fixed(self.commit_hash);
        self.scope.write(out);
        out.fixed(self.share.to_bytes().as_slice());
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != 0x69 {
            return Err(CodecError::Kind(kind));
        }
        Ok(Self {
            grant_id: input.grant_id()?,
            patient_grant_pk: input.verifying_key()?,
            keeper_set_id: input.keeper_set_id()?,
            keeper: input.u16()?,
            commit_hash: input.hash()?,
            scope: Scope::read(input)?,
            share: Share::from_bytes(&input.array()?).map_err(|_| CodecError::Value("share"))?,
        })
    }
}
