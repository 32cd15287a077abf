//! What the application tells the page unasked. Events carry no health values: the page asks again for what it shows.

use serde::{Deserialize, Serialize};

/// The one event channel's name.
pub const CHANNEL: &str = "salus";

/// Something changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum Event {
    /// The record was locked or unlocked.
    LockChanged {
        /** True when it is locked now. */
        locked: bool,
    },
    /// New readings are stored.
    ReadingsChanged,
    /// A device came, went or changed its state; pairing asks something; Bluetooth changed.
    DevicesChanged,
    /// A permission changed, or a member confirmed something.
    PermissionsChanged,
    /// The newest proven block changed or went out of date.
    MembersChanged,
    /// A backup was made, or could not be; what the lock had stopped was begun again.
    BackupsChanged,
    /// Something happened that the person is told of, or was read.
    NoticesChanged,
    /// A link of `salus:` was opened somewhere on this computer; [`crate::command::TakeLink`] hands it over.
    LinkArrived,
    /// The desktop asks for other colours.
    DesktopChanged,
    /// Long work moved on.
    Progress {
        /** Which work: the command's name. */
        work: String,
        /** Steps done. */
        done: u32,
        /** Steps in all; 0 = not known. */
        total: u32,
    },
}
