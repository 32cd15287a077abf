//! A receipt, and where it is.

use super::expect;
use crate::codec::{CodecError, Reader, Record, Writer};
use crate::ids::{GrantId, Hash32, ReaderKey, TxHash};
use crate::time::UnixMillis;

/// A receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRecord {
    /// The recording transaction.
    pub tx_hash: TxHash,
    /// The permission.
    pub grant_id: GrantId,
    /// Place in the grant's log, from 0.
    pub place: u32,
    /// Who.
    pub reader_pk: ReaderKey,
    /// Hash of the salted request.
    pub request_hash: Hash32,
    /// Hash of the key that releases are sealed to.
    pub epk_hash: Hash32,
    /// The height it was recorded at.
    pub height: u64,
    /// The time of that block.
    pub time_ms: UnixMillis,
}

/// Where the receipt of a transaction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessPointer {
    /// The permission.
    pub grant_id: GrantId,
    /// Place in its log.
    pub place: u32,
    /// The height it was recorded at.
    pub height: u64,
}

impl Record for AccessRecord {
    const MAX: usize = 512;

    fn kind(&self) -> u8 {
        0x12
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.tx_hash);
        out.fixed(self.grant_id);
        out.u32(self.place);
        out.fixed(self.reader_pk);
        out.fixed(self.request_hash);
        out.fixed(self.epk_hash);
        out.u64(self.height);
        out.instant(self.time_ms);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, 0x12)?;
        Ok(Self {
            tx_hash: input.tx_hash()?,
            grant_id: input.grant_id()?,
            place: input.u32()?,
            reader_pk: input.reader_key()?,
            request_hash: input.hash()?,
            epk_hash: input.hash()?,
            height: input.u64()?,
            time_ms: input.instant()?,
        })
    }
}

impl Record for AccessPointer {
    const MAX: usize = 64;

    fn kind(&self) -> u8 {
        0x13
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.grant_id);
        out.u32(self.place);
        out.u64(self.height);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, 0x13)?;
        Ok(Self { grant_id: input.grant_id()?, place: input.u32()?, height: input.u64()? })
    }
}
