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
//! - The platform's daemon pairs only with an agent that answers for the person: see [`Pairing`]. A device that wants a
//!   bond, or has lost it, is told as such and not tried in silence for ever.
//! - An adapter that hears nothing although it should is restarted once, and the person told: see [`Watch`].
//! - Starting a scan powers the adapter on behind the person's back, so the state is asked first.

mod attempt;
mod bond;
mod conversation;
#[cfg_attr(target_os = "linux", path = "central/daemon_bluez.rs")]
#[cfg_attr(not(target_os = "linux"), path = "central/daemon_none.rs")]
mod daemon;
mod error;
mod listen;
mod pairing;
mod reach;
mod scan;
mod session;
pub mod uuids;
mod watch;

use std::sync::Arc;

use btleplug::api::{Central as _, CentralState, Manager as _, Peripheral as _, ScanFilter};
use btleplug::platform::{Adapter, Manager, Peripheral};
use tokio::sync::Mutex;

pub use conversation::History;
pub use error::AdapterError;
pub use pairing::{
    Answer, NotAPasskey, NotAsked, OldBond, PairError, PairEvent, PairOptions, Pairing, Passkey, Question,
};
pub use scan::{Found, NotAKey, PeripheralKey, Scan};
pub use session::{Description, Fetched, Options, Session, SessionEvent};
pub use watch::{AdapterEvent, Watch};

use daemon::Daemon;
use listen::Listen;

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
        let daemon = daemon.of(&adapter.adapter_info().await.map_err(error::of)?);
        Ok(Self { adapter, daemon, listening: Arc::default() })
    }

    /// Whether the radio is on.
    ///
    /// # Errors
    /// As [`Central::open`]; [`AdapterError::Failed`] when the adapter does not answer.
    pub async fn state(&self) -> Result<AdapterState, AdapterError> {
        // btleplug takes an adapter that is gone, or that we may not ask, for one that is off.
        if !self.daemon.powered().await? {
            return Ok(AdapterState::Off);
        }
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
        let hold = self.listen(Listen::All).await?;
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

    /// Begins to pair with a device that the person chose.
    ///
    /// # Errors
    /// [`PairError::Adapter`] when the radio cannot be used, [`PairError::Busy`] while another pairing runs,
    /// [`PairError::NotAvailable`] where the system asks by itself.
    pub async fn pair(&self, key: &PeripheralKey, options: PairOptions) -> Result<Pairing, PairError> {
        if self.state().await? == AdapterState::Off {
            return Err(AdapterError::Off.into());
        }
        Ok(Pairing::new(self.daemon.lead(self, key, options.old_bond).await?, options))
    }

    async fn peripheral(&self, key: &PeripheralKey) -> Option<Peripheral> {
        let known = self.adapter.peripherals().await.ok()?;
        known.into_iter().find(|p| p.id().to_string() == key.as_str())
    }

    /// Starts discovery, or joins one that runs. Never while the radio is off: starting would switch it on.
    async fn listen(&self, what: Listen) -> Result<listen::Hold, AdapterError> {
        if self.state().await? == AdapterState::Off {
            return Err(AdapterError::Off);
        }
        let mut listening = self.listening.lock().await;
        let hold = listening.hold(what);
        let enough = listening.running.is_some_and(|runs| runs == Listen::All || runs == listening.wanted());
        if !enough || listening.unsure {
            let wanted = listening.wanted();
            self.start(&mut listening, wanted).await?;
        }
        Ok(hold)
    }

    /// Starts discovery anew. Whoever waits for this may be cancelled: then it is not known whether discovery runs, and
    /// starting it once more would be refused for ever.
    async fn start(&self, listening: &mut listen::Listening, what: Listen) -> Result<(), AdapterError> {
        if listening.running.take().is_some() || listening.unsure {
            // A filter cannot be changed while discovery runs. When it stopped by itself there is nothing left to stop.
            listening.unsure = true;
            let _ = self.adapter.stop_scan().await;
        }
        listening.unsure = true;
        let started = self.adapter.start_scan(filter(what)).await.map_err(error::of);
        listening.unsure = false;
        started?;
        listening.running = Some(what);
        Ok(())
    }

    /// True while discovery is wanted.
    async fn is_listening(&self) -> bool {
        let listening = self.listening.lock().await;
        listening.running.is_some() && !listening.unsure && !listening.idle()
    }

    /// Stops discovery and starts it again, if it is wanted and the radio is on.
    async fn listen_again(&self, what: Listen) {
        let mut listening = self.listening.lock().await;
        let runs = listening.running.is_some() || listening.unsure;
        if !runs || listening.idle() || self.state().await != Ok(AdapterState::On) {
            return;
        }
        let what = if listening.wanted() == Listen::All { Listen::All } else { what };
        // When it does not start, whoever wants it next starts it.
        let _ = self.start(&mut listening, what).await;
    }

    /// Stops a discovery that nobody holds any more.
    async fn settle(&self) {
        let mut listening = self.listening.lock().await;
        if listening.idle() && (listening.running.take().is_some() || listening.unsure) {
            listening.unsure = true;
            // When it stopped by itself (adapter off, daemon restarted) there is nothing left to stop.
            let _ = self.adapter.stop_scan().await;
            listening.unsure = false;
        }
    }
}

fn filter(what: Listen) -> ScanFilter {
    let services = match what {
        Listen::Filtered => uuids::PROFILES.iter().map(|p| p.service).collect(),
        Listen::All => Vec::new(),
    };
    ScanFilter { services }
}
