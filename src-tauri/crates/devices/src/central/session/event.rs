//! What goes into a session and what comes out of it.

use salus_wire::measure::DeviceTime;
use salus_wire::{Category, DeviceId, Reading};

use crate::Reason;
use crate::central::History;
use crate::gatt::polar_pmd::recording;
use crate::gatt::user_data::ask::{Outcome, Person};

/// What a caller may choose for a session.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The identity from an earlier session, when there was one: it stands in when the device goes before it has said
    /// who it is.
    pub known: Option<DeviceId>,
    /// Identities of the person's other devices: one that claims one of them is known by its own address instead, so that
    /// the readings of two devices are never taken for those of one.
    pub others: Vec<DeviceId>,
    /// Whether the device was paired when it was last connected: if it is not any more, nothing is taken from it.
    pub bonded: bool,
    /// Newest stored readings of this device, oldest first, so that a copy sent after a restart counts as replayed.
    /// Only the newest 4,096 matter.
    pub seen: Vec<Reading>,
    /// How far its history was fetched; without an entry for a service everything is asked for.
    pub history: Vec<History>,
    /// The person agreed that the device's clock is set when it is wrong by more than two minutes.
    pub set_clock: bool,
    /// Who the person is to a device that keeps several people apart (User Data service), once they said it. A new user
    /// is made at most once in a session.
    pub person: Option<Person>,
    /// The person stopped the fetching of what it has stored: nothing of it is asked for in this session.
    pub hold_memory: bool,
    /// It is not connected: its advertisements are what it measures.
    pub overhear: bool,
    /// The way of one turn of the wheel that it counts, mm; without it the most usual one's.
    pub wheel_mm: Option<u16>,
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
    /// Milliseconds by which its clock is behind ours, when it told.
    pub clock_behind: Option<i64>,
    /// It has a clock that can be set from here.
    pub clock_settable: bool,
    /// It counts the turns of a wheel: a speed needs [`Options::wheel_mm`].
    pub counts_wheel: bool,
    /// The identity out of [`Options::others`] that it gives as its own too.
    pub claims: Option<DeviceId>,
    /// What it offers, as one value to compare; `None` when it is not connected.
    pub layout: Option<[u8; 16]>,
}

/// How the fetching of a service's stored records ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fetched {
    /// Everything that was asked for arrived.
    Whole,
    /// Less than the device counted arrived, it fell silent, or it could not be asked: it is asked again on the next link.
    Partly,
    /// The device does not hand them out.
    Refused,
    /// It was stopped by [`Session::stop_fetching`](crate::Session::stop_fetching), and the device agreed.
    Stopped,
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
    /// Battery, percent. Told once on each link, and when it changes.
    Battery(u8),
    /// Whether the battery is low; the device does not say how low. Told when it changes.
    BatteryLow(bool),
    /// Stored records of a service are asked for: how many have arrived, known ones included. Told when that changes; a link
    /// that ends meanwhile ends it without [`SessionEvent::History`].
    Fetching {
        /** The service's assigned number. */
        service: u16,
        /** Records that have arrived. */
        arrived: u32,
        /** How many there are, where the device has counted them. */
        counted: Option<u32>,
    },
    /// The history of a service was fetched, as far as the device let us; after its readings.
    History {
        /** To be handed to the next session. */
        history: History,
        /** Records that arrived, known ones included. */
        arrived: u32,
        /** How it ended. */
        end: Fetched,
    },
    /// The device's clock was set; what it says since, or `None` when it could not be set.
    ClockSet(Option<DeviceTime>),
    /// What a device that keeps several people apart says about this one; nothing of one that does not.
    Person(Outcome),
    /// Where an electrocardiogram stands that the person wanted.
    Electrocardiogram(recording::Outcome),
    /// One reading to store.
    Reading(Box<Reading>),
    /// One packet was set aside; [`Session::counts`] has the sums.
    Quarantined(Reason),
    /// It has no identity that lasts (resolvable private address, not bonded, nothing to read): its packets are
    /// not taken until it is paired. The session waits.
    NoIdentity,
    /// It sends only once it is paired. Told once until it connects; the session goes on trying.
    PairFirst,
    /// It was paired, and it or this computer no longer knows of it: pair it again. Told once until it connects; the
    /// session goes on trying, and takes nothing over an open link meanwhile.
    BondLost,
    /// The link is gone; the session reconnects by itself.
    Disconnected,
    /// An attempt failed; the next one starts after this many milliseconds, or when the device is seen again.
    Waiting(u64),
}
