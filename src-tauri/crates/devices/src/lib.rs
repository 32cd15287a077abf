//! The gateway: from a Bluetooth notification to a reading that can be stored.
//!
//! ```text
//! bytes + instant
//!   -> gatt::<profile>::decode   typed values exactly as sent; pure, no panic, no allocation
//!   -> measure                   unit, plausible range, clock verdict, quality flags; nothing silently fixed
//!   -> quarantine                malformed, impossible, replayed, too frequent: counted, never a reading
//!   -> central::SessionEvent     what the caller stores or shows
//! ```
//!
//! Guarantees: no input from a device panics, blocks or grows memory without bound; a packet becomes one reading or
//! one counted refusal, never both and never neither. Nothing here spawns tasks or reads a clock: the caller drives a
//! [`Session`] and hands in the [`Moment`].
//!
//! Not guaranteed: that a device is what it says it is. An unpaired link proves nothing, which is why readings from
//! it carry [`Quality::LINK_OPEN`](salus_wire::Quality::LINK_OPEN).
//!
//! Layouts: Bluetooth Assigned Numbers and GATT Specification Supplement; IEEE 11073-20601 for numbers.

pub mod advert;
pub mod central;
pub mod gatt;
pub mod identity;
mod intake;
mod layout;
pub mod measure;
pub mod quarantine;

pub use central::{
    AdapterError, AdapterEvent, AdapterState, Answer, Central, Description, Fetched, Found, History,
    NotAsked, OldBond, Options, PairError, PairEvent, PairOptions, Pairing, Passkey, PeripheralKey, Question,
    Scan, Session, SessionEvent, Watch,
};
pub use quarantine::{Counts, Reason};

use salus_wire::UnixMillis;

/// An instant as the caller's clock tells it, with the local offset that device wall times are read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Unix time.
    pub at: UnixMillis,
    /// Minutes east of UTC, -1080 to 1080.
    pub utc_offset_minutes: i32,
}
