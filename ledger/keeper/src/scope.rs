//! The range of data that a permission reaches: known to patient, reader and keepers, never on the chain.

use salus_chain::codec::{CodecError, Reader, Writer};
use salus_chain::time::EPOCH_COUNT;

use crate::Slot;

/// Epochs from first to last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scope {
    /// First epoch.
    pub first_epoch: u32,
    /// Last epoch; not before the first.
    pub last_epoch: u32,
}

/// The last epoch is before the first, or past the end of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no range of epochs")]
pub struct NotAScope;

impl Scope {
    /// The range from `first_epoch` to `last_epoch`.
    ///
    /// # Errors
    /// [`NotAScope`].
    pub fn new(first_epoch: u32, last_epoch: u32) -> Result<Self, NotAScope> {
        if first_epoch <= last_epoch && last_epoch < EPOCH_COUNT {
            Ok(Self { first_epoch, last_epoch })
        } else {
            Err(NotAScope)
        }
    }

    /// Whether the whole slot lies inside.
    pub fn contains(&self, slot: Slot) -> bool {
        self.first_epoch <= slot.start() && slot.last() <= self.last_epoch
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.u32(self.first_epoch);
        out.u32(self.last_epoch);
    }

    pub(crate) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Self::new(input.u32()?, input.u32()?).map_err(|_| CodecError::Value("scope"))
    }
}
