//! A permission as the version before kept it: still read, because permissions given before are kept so, and never written.

use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::genesis::MAX_MEMBERS;
use salus_chain::tx::MAX_TX_BYTES;
use salus_keeper::message::MAX_MESSAGE_BYTES;

use super::{KIND, Permission};
use crate::capsule::MAX_CAPSULE;

/// No contract is to be recorded before it.
pub(super) struct First(pub(super) Permission);

impl Record for First {
    const MAX: usize = MAX_CAPSULE + MAX_MEMBERS * (MAX_MESSAGE_BYTES + 6) + MAX_TX_BYTES + 4096;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        self.0.write_common(out);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Permission::read_common(kind, input).map(Self)
    }
}
