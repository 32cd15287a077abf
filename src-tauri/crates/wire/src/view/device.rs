//! Devices, pairing with them, and the adapter.

mod flat;

use serde::{Deserialize, Serialize};

use super::{EcgView, PersonView};
use crate::{Category, DeviceId, ErrorCode, UnixMillis};

/// How a device is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceState {
    /// Seen, not added.
    Found,
    /// Being connected.
    Connecting,
    /// Sending.
    Connected,
    /// Added, not in range; reconnects by itself.
    Waiting,
    /// Being paired; [`DeviceView::pairing`] says how far it is.
    Pairing,
    /// It sends only once it is paired.
    PairFirst,
    /// It was paired, and it or this computer no longer knows of it: pair it again.
    PairAgain,
}

/// Where pairing with a device stands. No health data; the digits are worthless once it is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "step")]
pub enum PairingView {
    /// The device is being reached, or is checking what was answered. Nothing to do.
    Working,
    /// Enter the six digits that the device shows.
    Enter,
    /// Say whether the device shows the same digits.
    Compare {
        /** Six digits. */
        digits: String,
    },
    /// Type these digits on the device; there is nothing to answer.
    Type {
        /** Six digits. */
        digits: String,
        /** How many are typed already, where the device tells. */
        entered: u16,
    },
    /// Say whether to pair; the device has nothing to compare.
    Allow,
    /// It failed; pair again or cancel to put this away.
    Failed {
        /** Why. */
        code: ErrorCode,
    },
}

/// What a person answers while pairing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "answer", deny_unknown_fields)]
pub enum PairingAnswer {
    /// To [`PairingView::Enter`].
    Digits {
        /** Exactly six digits. */
        digits: String,
    },
    /// To [`PairingView::Compare`] and [`PairingView::Allow`].
    Yes,
    /// To any question; ends the pairing.
    No,
}

/// How Bluetooth is doing on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdapterState {
    /// Not known yet.
    Unknown,
    /// On.
    On,
    /// Switched off.
    Off,
    /// There is none.
    Missing,
    /// Salus may not use it.
    NotAllowed,
    /// On, but nothing is heard, and restarting is of no use.
    Silent,
}

/// Bluetooth on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdapterView {
    /// How it is doing.
    pub state: AdapterState,
    /// When Salus restarted it last because nothing was heard, since the record was opened.
    pub restarted: Option<UnixMillis>,
}

/// Why something that a device sent is not in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetAside {
    /// Not of its characteristic's layout.
    Malformed,
    /// A copy of a reading that was taken before; also one that was asked for.
    Replayed,
    /// No living body gives this value.
    Impossible,
    /// More than the characteristic can honestly produce.
    TooFrequent,
    /// The device had no value.
    NoValue,
    /// Above what the device can measure.
    AboveRange,
    /// Below what the device can measure.
    BelowRange,
    /// The device could not give its value at its resolution.
    Unresolved,
    /// A reserved code instead of a value.
    Reserved,
    /// A demonstration, a test, a control solution.
    NotThePatient,
    /// Nothing that there is a quantity or a unit for.
    Unsupported,
    /// The device may not be the one that was added.
    Doubted,
    /// It waited for its person, and too many did.
    NoRoom,
    /// Counted before reasons were kept.
    Earlier,
}

/// How much was set aside for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAsideView {
    /// Why.
    pub reason: SetAside,
    /// How much, at least 1.
    pub count: u32,
}

/// Where fetching what a device kept in its memory stands, on this link or the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "step", try_from = "flat::Flat")]
pub enum MemoryView {
    /// Its readings are being asked for.
    Fetching {
        /** Records that have arrived, those that were known before included. */
        arrived: u32,
        /** How many there are, where the device has counted them. */
        counted: Option<u32>,
    },
    /// Everything that was asked for arrived.
    Fetched {
        /** Records that arrived; 0 when there was nothing new. */
        arrived: u32,
    },
    /// It ended before everything had arrived; it is asked again the next time it connects.
    Unfinished {
        /** Records that arrived. */
        arrived: u32,
    },
    /// It does not hand its memory out.
    Refused,
    /// The person stopped it, and the device has not said yet that it does.
    Stopping {
        /** Records that have arrived. */
        arrived: u32,
    },
    /// The person stopped it: it is not asked again until they want it, or until Salus is started again.
    Stopped {
        /** Records that arrived. */
        arrived: u32,
    },
}

/// The wheel whose turns a cycling sensor counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WheelView {
    /// The way of one turn, mm.
    pub circumference_mm: u16,
    /// The person said so; else it is the most usual one's.
    pub said: bool,
}

/// One device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceView {
    /// Identifier.
    pub id: DeviceId,
    /// As it names itself.
    pub name: String,
    /// Maker, model, firmware as it says, where known.
    pub model: Option<String>,
    /// What it measures.
    pub measures: Vec<Category>,
    /// How it is doing.
    pub state: DeviceState,
    /// Battery, percent.
    pub battery: Option<u8>,
    /// When the newest reading that came live was measured; one from the device's memory is never the last.
    pub last_reading: Option<UnixMillis>,
    /// When something of it last arrived here, live or from its memory, also when it was known already.
    #[serde(default)]
    pub heard: Option<UnixMillis>,
    /// Readings stored from it.
    pub stored: u32,
    /// Packets and readings that were set aside, all reasons together.
    pub quarantined: u32,
    /// The same by reason.
    pub set_aside: Vec<SetAsideView>,
    /// Another added device gives the same identity at the same time; what this one sends is set aside until the person
    /// says that it is theirs.
    pub claimed_twice: bool,
    /// What it offers has changed since it was added; likewise.
    pub services_changed: bool,
    /// Whether the link is encrypted, when known.
    pub link_encrypted: Option<bool>,
    /// Where pairing stands, while it runs and after it failed.
    pub pairing: Option<PairingView>,
    /// The device said that its battery is low, without saying how low.
    pub battery_low: bool,
    /// Milliseconds by which the device's clock is behind ours, when it told; negative when it is ahead. Readings are
    /// corrected by it.
    pub clock_behind: Option<i64>,
    /// The person agreed that the device's clock is set when it is wrong.
    pub sets_clock: bool,
    /// The device lets its clock be set.
    pub clock_settable: bool,
    /// Its clock was to be set, and is wrong all the same.
    pub clock_refused: bool,
    /// The wheel whose turns it counts.
    pub wheel: Option<WheelView>,
    /// Its advertisements are what it measures; it is never connected.
    pub overheard: bool,
    /// Who the person is to it, when it keeps several people apart.
    pub person: Option<PersonView>,
    /// An electrocardiogram that the person wanted since it was connected.
    pub ecg: Option<EcgView>,
    /// Where fetching its memory stands, when it has one and was connected since the record was opened.
    pub memory: Option<MemoryView>,
}

impl DeviceView {
    /// One that was seen, and of which nothing else is known yet.
    #[must_use]
    pub fn found(id: DeviceId, name: String) -> Self {
        Self {
            id,
            name,
            model: None,
            measures: Vec::new(),
            state: DeviceState::Found,
            battery: None,
            last_reading: None,
            heard: None,
            stored: 0,
            quarantined: 0,
            set_aside: Vec::new(),
            claimed_twice: false,
            services_changed: false,
            link_encrypted: None,
            pairing: None,
            battery_low: false,
            clock_behind: None,
            sets_clock: false,
            clock_settable: false,
            clock_refused: false,
            wheel: None,
            overheard: false,
            person: None,
            ecg: None,
            memory: None,
        }
    }
}
