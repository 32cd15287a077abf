//! A decision that became nothing yet: it must be in the keeper's log before it can become a reply.

use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{GrantId, TxHash};
use salus_chain::time::UnixMillis;

use super::MAX_SLOTS;
use crate::Slot;

/// What the keeper's log says about one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseLogEntry {
    /// The grant.
    pub grant_id: GrantId,
    /// The receipt.
    pub access_tx_hash: TxHash,
    /// The receipt's height.
    pub height: u64,
    /// When, by the keeper's clock.
    pub released_ms: UnixMillis,
    /// What.
    pub slots: Vec<Slot>,
}

/// The rule's yes, not usable before it is logged.
#[derive(Debug)]
#[must_use]
pub struct Permit(ReleaseLogEntry);

/// The rule's yes, logged; the only thing that a reply can be made of.
#[derive(Debug)]
#[must_use]
pub struct LoggedPermit(ReleaseLogEntry);

impl Permit {
    pub(super) fn new(entry: ReleaseLogEntry) -> Self {
        Self(entry)
    }

    /// The entry to log.
    pub fn entry(&self) -> &ReleaseLogEntry {
        &self.0
    }

    /// Calls `write`, which must make the entry durable before it returns.
    ///
    /// # Errors
    /// What `write` fails with; there is no reply then.
    pub fn log<E>(self, write: impl FnOnce(&ReleaseLogEntry) -> Result<(), E>) -> Result<LoggedPermit, E> {
        write(&self.0)?;
        Ok(LoggedPermit(self.0))
    }
}

impl LoggedPermit {
    /// The logged entry.
    pub fn entry(&self) -> &ReleaseLogEntry {
        &self.0
    }
}

impl Record for ReleaseLogEntry {
    const MAX: usize = 512;

    fn kind(&self) -> u8 {
        0x6a
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.grant_id);
        out.fixed(self.access_tx_hash);
        out.u64(self.height);
        out.instant(self.released_ms);
        out.list(&self.slots, |out, slot| slot.write(out));
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != 0x6a {
            return Err(CodecError::Kind(kind));
        }
        Ok(Self {
            grant_id: input.grant_id()?,
            access_tx_hash: input.tx_hash()?,
            height: input.u64()?,
            released_ms: input.instant()?,
            slots: input.list(MAX_SLOTS, Slot::read)?,
        })
    }
}
