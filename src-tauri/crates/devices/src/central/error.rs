//! Why the adapter cannot be used.

use salus_wire::ErrorCode;

use super::daemon;

/// Why the adapter cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AdapterError {
    /// No adapter, or no Bluetooth daemon.
    #[error("no Bluetooth adapter")]
    Missing,
    /// The system does not let us use the adapter.
    #[error("no permission to use Bluetooth")]
    NoPermission,
    /// The radio is off.
    #[error("Bluetooth is off")]
    Off,
    /// The daemon did not answer, or answered with something else.
    #[error("Bluetooth did not answer")]
    Failed,
}

impl AdapterError {
    /// The stable code for pages.
    #[must_use]
    pub const fn code(self) -> ErrorCode {
        match self {
            AdapterError::Missing => ErrorCode::NoBluetooth,
            AdapterError::NoPermission => ErrorCode::BluetoothNotAllowed,
            AdapterError::Off => ErrorCode::BluetoothOff,
            AdapterError::Failed => ErrorCode::DeviceUnreachable,
        }
    }
}

pub(super) fn of(error: btleplug::Error) -> AdapterError {
    tracing::debug!(%error, "adapter");
    match error {
        btleplug::Error::PermissionDenied => AdapterError::NoPermission,
        btleplug::Error::NoAdapterAvailable => AdapterError::Missing,
        other => daemon::reason(&other).unwrap_or(AdapterError::Failed),
    }
}
