//! Failures of the rooms as stable codes; the cause's text stays in the log, at debug level.

use salus_devices::{AdapterError, PairError};
use salus_vault::{BackupError, VaultError};
use salus_wire::{ErrorCode, Failure};

/// A room's error as a failure.
pub(crate) trait Fail {
    /// The failure.
    fn fail(self) -> Failure;
}

impl Fail for VaultError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "the vault refused");
        Failure::new(self.code())
    }
}

impl Fail for BackupError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "no backup, or none that opens");
        Failure::new(self.code())
    }
}

impl Fail for AdapterError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "the adapter refused");
        Failure::new(self.code())
    }
}

impl Fail for PairError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "pairing failed");
        Failure::new(self.code())
    }
}

impl Fail for std::io::Error {
    fn fail(self) -> Failure {
        tracing::debug!(kind = ?self.kind(), "a file operation failed");
        match self.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => ErrorCode::DiskFull.into(),
            _ => ErrorCode::Storage.into(),
        }
    }
}

/// `?` on a room's result.
pub(crate) trait OrFail<T> {
    /// The value, or the failure.
    fn or_fail(self) -> Result<T, Failure>;
}

impl<T, E: Fail> OrFail<T> for Result<T, E> {
    fn or_fail(self) -> Result<T, Failure> {
        self.map_err(Fail::fail)
    }
}

/// A bug: said in the log, shown as [`ErrorCode::Internal`].
pub(crate) fn bug(what: &'static str) -> Failure {
    tracing::error!(what, "this cannot happen");
    ErrorCode::Internal.into()
}
