//! Totals of the chain, and the heap of end times.

use super::expect;
use crate::codec::{CodecError, Reader, Record, Writer};
use crate::ids::{ChainId, GrantId};
use crate::time::UnixMillis;

/// Totals; makes the tree non-empty from the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainRecord {
    /// Names the chain.
    pub chain_id: ChainId,
    /// Grants ever recorded.
    pub grants: u64,
    /// Entries in the expiry heap.
    pub heap_len: u32,
}

/// An entry of the expiry heap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ExpiryEntry {
    pub(crate) expires_ms: UnixMillis,
    pub(crate) grant_id: GrantId,
}

impl Record for ChainRecord {
    const MAX: usize = 64;

    fn kind(&self) -> u8 {
        0x15
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.chain_id);
        out.u64(self.grants);
        out.u32(self.heap_len);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, 0x15)?;
        Ok(Self { chain_id: input.chain_id()?, grants: input.u64()?, heap_len: input.u32()? })
    }
}

impl Record for ExpiryEntry {
    const MAX: usize = 64;

    fn kind(&self) -> u8 {
        0x16
    }

    fn write(&self, out: &mut Writer) {
        out.instant(self.expires_ms);
        out.fixed(self.grant_id);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, 0x16)?;
        Ok(Self { expires_ms: input.instant()?, grant_id: input.grant_id()? })
    }
}
