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
//!
//! # Rules learned from others' complaints
//! - The notification stream is opened before connecting, because bonded devices send at once, and stays open across
//!   reconnects; a `read` comes out of it too, so it is filtered by what was subscribed.
//! - A failed attempt is always followed by a disconnect. After the third failure in a row an unpaired device is
//!   removed from the daemon and looked for again; a paired one never is.
//! - Starting a scan powers the adapter on behind the person's back, so the state is asked first.

mod attempt;
#[cfg_attr(target_os = "linux", path = "central/daemon_bluez.rs")]
#[cfg_attr(not(target_os = "linux"), path = "central/daemon_none.rs")]
mod daemon;
mod error;
mod listen;
mod scan;
mod session;
pub mod uuids;

use std::sync::Arc;

use btleplug::api::{Central as _, CentralState, Manager as _, Peripheral as _, ScanFilter};
use btleplug::platform::{Adapter, Manager, Peripheral};
use tokio::sync::Mutex;

pub use error::AdapterError;
pub use scan::{Found, NotAKey, PeripheralKey, Scan};
pub use session::{Description, Options, Session, SessionEvent};

use daemon::Daemon;

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
pub struct Central {
    adapter: Adapter,
    daemon: Daemon,
    listening: Arc<Mutex<listen::Listening>>,
}

impl Central {
    /// Finds the adapter.
    ///
    /// # Errors
    /// [`AdapterError::Missing`] without adapter or Bluetooth daemon, [`AdapterError::NoPermission`].
    pub async fn open() -> Result<Self, AdapterError> {
        let daemon = Daemon::open().await?;
        let adapters = Manager::new().await.map_err(error::of)?.adapters().await.map_err(error::of)?;
        let adapter = adapters.into_iter().next().ok_or(AdapterError::Missing)?;
        Ok(Self { adapter, daemon, listening: Arc::default() })
    }

    /// Whether the radio is on.
    ///
    /// # Errors
    /// [`AdapterError::Failed`] when the adapter does not answer.
    pub async fn state(&self) -> Result<AdapterState, AdapterError> {
        match self.adapter.adapter_state().await.map_err(error::of)? {
            CentralState::PoweredOff => Ok(AdapterState::Off),
            CentralState::PoweredOn | CentralState::Unknown => Ok(AdapterState::On),
        }
    }

    /// Looks for devices that measure something we can decode, until the stream is dropped or closed.
    ///
    /// # Errors
    /// [`AdapterError::Off`] when the radio is off; else as [`Central::open`].
    pub async fn scan(&self) -> Result<Scan, AdapterError> {
        // Events first: a device found between the two would be missed the other way round.
        let events = self.adapter.events().await.map_err(error::of)?;
        let hold = self.listen().await?;
        Ok(Scan::new(self.clone(), events, hold))
    }

    /// A session with one device, in range or not; it connects when first driven.
    ///
    /// # Errors
    /// As [`Central::open`]. A device that is out of range is not an error: the session waits for it.
    pub async fn session(&self, key: &PeripheralKey, options: Options) -> Result<Session, AdapterError> {
        let events = self.adapter.events().await.map_err(error::of)?;
        Ok(Session::new(self.clone(), key.clone(), events, options))
    }

    async fn peripheral(&self, key: &PeripheralKey) -> Option<Peripheral> {
        let known = self.adapter.peripherals().await.ok()?;
        known.into_iter().find(|p| p.id().to_string() == key.as_str())
    }

    /// Starts discovery, or joins one that runs. Never while the radio is off: starting would switch it on.
    async fn listen(&self) -> Result<listen::Hold, AdapterError> {
        if self.state().await? == AdapterState::Off {
            return Err(AdapterError::Off);
        }
        let mut listening = self.listening.lock().await;
        let hold = listening.hold();
        if !listening.running {
            let filter =
                ScanFilter { services: uuids::MEASURING.iter().map(|(service, ..)| *service).collect() };
            self.adapter.start_scan(filter).await.map_err(error::of)?;
            listening.running = true;
        }
        Ok(hold)
    }

    /// Stops a discovery that nobody holds any more.
    async fn settle(&self) {
        let mut listening = self.listening.lock().await;
        if listening.running && listening.idle() {
            listening.running = false;
            // When it stopped by itself (adapter off, daemon restarted) there is nothing left to stop.
            let _ = self.adapter.stop_scan().await;
        }
    }
}
