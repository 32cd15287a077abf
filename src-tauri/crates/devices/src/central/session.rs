//! One device, as long as it is added.

use salus_wire::{Category, DeviceId, Reading};

use crate::{Counts, Moment, Reason};

/// What a caller may choose for a session.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Newest stored readings of this device, so that a copy sent after a restart counts as replayed. Only the newest
    /// 4,096 matter.
    pub seen: Vec<Reading>,
}

/// What the device says about itself. Text is cut at 64 characters and holds no control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// Final identity: system id, serial or UDI if it has one, else its bonded or static address.
    pub id: DeviceId,
    /// Maker (2A29).
    pub maker: Option<String>,
    /// Model (2A24).
    pub model: Option<String>,
    /// Firmware (2A26).
    pub firmware: Option<String>,
    /// What it measures, from its services.
    pub measures: Vec<Category>,
    /// Whether the link is encrypted, when the platform tells.
    pub link_encrypted: Option<bool>,
}

/// What happened in a session.
#[derive(Debug, Clone, PartialEq)]
pub enum SessionEvent {
    /// A connection is being made.
    Connecting,
    /// The link is up and measurements are subscribed.
    Connected,
    /// What the device is; after each `Connected`, before the first reading.
    Described(Box<Description>),
    /// Battery, percent.
    Battery(u8),
    /// One reading to store.
    Reading(Box<Reading>),
    /// One packet was set aside; [`Session::counts`] has the sums.
    Quarantined(Reason),
    /// It has no identity that lasts (resolvable private address, not bonded, nothing to read): its packets are
    /// not taken until it is paired. The session waits.
    NoIdentity,
    /// The link is gone; the session reconnects by itself.
    Disconnected,
    /// An attempt failed; the next one starts after this many milliseconds, or when the device is seen again.
    Waiting(u64),
}

/// One device, as long as it is added. See the [module](super) for its rules.
pub struct Session {}

impl Session {
    /// The next event. `clock` is asked once per packet.
    pub async fn next(&mut self, clock: &(dyn Fn() -> Moment + Send + Sync)) -> SessionEvent {
        let _ = clock;
        core::future::pending().await
    }

    /// Packets set aside since the session began.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts::default()
    }

    /// Closes the link. Dropping the session leaves it to the platform to notice.
    pub async fn close(self) {
        core::future::ready(()).await;
    }
}
