//! The Bluetooth central: adapter, scan, and one [`Session`] per added device.
//!
//! ```text
//! Central::open -> scan() -> Found -> session(key) -> loop { next(clock) -> SessionEvent }
//! ```
//!
//! - No task is spawned here: a session moves only while its [`Session::next`] is awaited. The future may be dropped
//!   at any point and called again; nothing is lost (`select!` is fine).
//! - A session never ends by itself. It reconnects with bounded back-off until it is closed or dropped.
//! - Order of events: `Connected`, `Described`, then `Battery` and readings in the order in which they arrived,
//!   `Disconnected`. Notifications that arrived before the link dropped come before `Disconnected`.

mod error;
mod scan;
mod session;

pub use error::AdapterError;
pub use scan::{Found, PeripheralKey, Scan};
pub use session::{Description, Options, Session, SessionEvent};

/// Whether the radio is usable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdapterState {
    /// Powered.
    On,
    /// Switched off by the person or the system; we never switch it on behind their back.
    Off,
}

/// The computer's first Bluetooth adapter. Cheap to clone; clones share it.
#[derive(Debug, Clone)]
pub struct Central {}

impl Central {
    /// Finds the adapter.
    ///
    /// # Errors
    /// [`AdapterError::Missing`] without adapter or Bluetooth daemon, [`AdapterError::NoPermission`].
    #[expect(clippy::unused_async, reason = "skeleton")]
    pub async fn open() -> Result<Self, AdapterError> {
        Err(AdapterError::Missing)
    }

    /// Whether the radio is on.
    ///
    /// # Errors
    /// As [`Central::open`], when the adapter went away.
    #[expect(clippy::unused_async, reason = "skeleton")]
    pub async fn state(&self) -> Result<AdapterState, AdapterError> {
        Err(AdapterError::Missing)
    }

    /// Looks for devices that measure something we can decode, until the stream is dropped or closed.
    ///
    /// # Errors
    /// [`AdapterError::Off`] when the radio is off; else as [`Central::open`].
    #[expect(clippy::unused_async, reason = "skeleton")]
    pub async fn scan(&self) -> Result<Scan, AdapterError> {
        Err(AdapterError::Missing)
    }

    /// A session with one device, in range or not; it connects when first driven.
    ///
    /// # Errors
    /// As [`Central::open`]. A device that is out of range is not an error: the session waits for it.
    #[expect(clippy::unused_async, reason = "skeleton")]
    pub async fn session(&self, key: &PeripheralKey, options: Options) -> Result<Session, AdapterError> {
        let _ = (key, options);
        Err(AdapterError::Missing)
    }
}
