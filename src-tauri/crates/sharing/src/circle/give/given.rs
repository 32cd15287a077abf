//! A steward's permission as the steward keeps it.

use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::Signature;
use salus_chain::tx::{DelegatedGrantBody, DelegatedGrantTx, MAX_TX_BYTES, Pow, Tx};

use crate::issue::Permission;

const KIND: u8 = 0x67;

/// A steward's permission as the steward keeps it: enough to go on after a crash and to stop it. It holds no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub(super) permission: Permission,
    /// Its `grant` is as it was prepared; what goes to the chain has the permission's own.
    pub(super) claims: DelegatedGrantBody,
    pub(super) needs: u8,
}

impl Given {
    /// As any permission.
    #[must_use]
    pub const fn permission(&self) -> &Permission {
        &self.permission
    }

    /// How many approvals it needs, by the circle as it was when it was prepared.
    #[must_use]
    pub const fn needs(&self) -> u8 {
        self.needs
    }

    /// Forgets what is sealed and not sent: after the end nothing of it is needed.
    pub fn shed(&mut self) {
        self.permission.shed();
    }
}

impl Record for Given {
    const MAX: usize = 2 + 4 + Permission::MAX + 4 + MAX_TX_BYTES + 1;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.lp(self.permission.encode());
        let unsigned = Signature([0; 64]);
        let tx = DelegatedGrantTx {
            body: self.claims.clone(),
            pow: Pow(0),
            grant_signature: unsigned,
            delegate_signature: unsigned,
        };
        out.lp(Tx::DelegatedGrant(Box::new(tx)).encode());
        out.u8(self.needs);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != KIND {
            return Err(CodecError::Kind(kind));
        }
        let permission = Permission::decode(input.lp(Permission::MAX)?)?;
        let Tx::DelegatedGrant(tx) = Tx::decode(input.lp(MAX_TX_BYTES)?)? else {
            return Err(CodecError::Value("delegated"));
        };
        Ok(Self { permission, claims: tx.body, needs: input.u8()? })
    }
}
