//! Devices in range.

use core::fmt;
use core::pin::Pin;
use core::str::FromStr;
use core::task::{Context, Poll};

use futures::Stream;
use salus_wire::{Category, DeviceId};

/// How the platform names a peripheral; kept by the caller to reconnect after a restart. At most 128 octets of text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PeripheralKey(String);

impl PeripheralKey {
    /// The text form, for storing.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PeripheralKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text that is not a peripheral's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a peripheral key")]
pub struct NotAKey;

impl FromStr for PeripheralKey {
    type Err = NotAKey;

    fn from_str(s: &str) -> Result<Self, NotAKey> {
        if s.is_empty() || s.len() > 128 || s.chars().any(char::is_control) {
            return Err(NotAKey);
        }
        Ok(Self(s.to_owned()))
    }
}

/// One device in range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// For [`Central::session`](super::Central::session).
    pub key: PeripheralKey,
    /// Identity as far as it is known before connecting: from the address. [`SessionEvent::Described`] brings the
    /// final one, which may differ; readings carry only the final one.
    ///
    /// [`SessionEvent::Described`]: super::SessionEvent::Described
    pub id: DeviceId,
    /// As it names itself, at most 64 characters without control characters; may be empty.
    pub name: String,
    /// What it announces to measure; never empty.
    pub measures: Vec<Category>,
    /// Signal strength, dBm.
    pub rssi: Option<i16>,
}

/// A running scan: yields a device when it is first seen and when its description changes. Dropping it stops the
/// scan. The caller bounds the time.
pub struct Scan {}

impl Stream for Scan {
    type Item = Found;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Found>> {
        Poll::Ready(None)
    }
}
