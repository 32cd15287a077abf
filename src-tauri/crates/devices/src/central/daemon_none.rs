//! Where the platform tells no more than btleplug does.

use super::{AdapterError, PeripheralKey};

/// Nothing to ask.
#[derive(Debug, Clone)]
pub(super) struct Daemon;

impl Daemon {
    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(super) async fn open() -> Result<Self, AdapterError> {
        Ok(Self)
    }

    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(super) async fn paired(&self, _: &PeripheralKey) -> Option<bool> {
        None
    }

    #[expect(clippy::unused_async, reason = "the same shape as on Linux")]
    pub(super) async fn forget(&self, _: &PeripheralKey) {}
}
