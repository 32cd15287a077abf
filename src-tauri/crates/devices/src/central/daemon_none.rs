//! Where the platform tells no more than btleplug does.

use super::pairing::{Lead, OldBond, PairError};
use super::{AdapterError, Central, PeripheralKey};

/// Nothing to ask.
#[derive(Debug, Clone)]
pub(super) struct Daemon;

#[expect(clippy::unused_async, reason = "the same shape as on Linux")]
impl Daemon {
    pub(super) async fn open() -> Result<Self, AdapterError> {
        Ok(Self)
    }

    pub(super) fn of(self, _: &str) -> Self {
        self
    }

    /// The platform tells by events when it is switched off.
    pub(super) async fn powered(&self) -> Result<bool, AdapterError> {
        Ok(true)
    }

    /// No program may.
    pub(super) async fn cycle_power(&self) -> bool {
        false
    }

    pub(super) async fn paired(&self, _: &PeripheralKey) -> Option<bool> {
        None
    }

    pub(super) async fn forget(&self, _: &PeripheralKey) {}

    pub(super) async fn farewells(&self, _: &PeripheralKey) -> Farewells {
        Farewells
    }

    /// macOS asks by itself when a protected value is first read.
    pub(super) async fn lead(&self, _: &Central, _: &PeripheralKey, _: OldBond) -> Result<Lead, PairError> {
        Err(PairError::NotAvailable)
    }
}

/// Nothing is told.
pub(super) struct Farewells;

impl Farewells {
    #[expect(clippy::unused_self, reason = "the same shape as on Linux")]
    pub(super) fn of_authentication(&mut self) -> bool {
        false
    }

    #[expect(clippy::unused_self, reason = "the same shape as on Linux")]
    pub(super) fn of_a_link(&mut self) -> bool {
        false
    }
}

/// True when the platform says that we may not.
pub(super) fn refused(error: &btleplug::Error) -> bool {
    matches!(error, btleplug::Error::PermissionDenied)
}

/// The error itself says all there is.
pub(super) const fn reason(_: &btleplug::Error) -> Option<AdapterError> {
    None
}
