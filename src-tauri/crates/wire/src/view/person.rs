//! Who the person is to a device that keeps several people apart (User Data service 181C).

use serde::{Deserialize, Serialize};

/// What such a device knows of this person. No health data; the code lets their readings out of the device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "step")]
pub enum PersonView {
    /// Nobody said who they are; it may send nothing until then.
    Unsaid,
    /// It is being asked, or will be when it connects next.
    Asking,
    /// It lets this person's readings out.
    Known {
        /** Their number on the device. */
        user: u8,
        /** Their code, four digits. */
        code: String,
    },
    /// It did not take what was said.
    Refused {
        /** Why. */
        why: PersonRefusal,
    },
}

/// Why a device did not take what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonRefusal {
    /// It adds nobody, or has no room for one more.
    NotAdded,
    /// It does not know the number with this code.
    NotKnown,
    /// It did not answer. A new number may have been made all the same.
    NoAnswer,
}

/// What a person says about themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "as", deny_unknown_fields)]
pub enum PersonChoice {
    /// Somebody whom the device does not know yet: it is asked to add them.
    New,
    /// Somebody whom it knows.
    Known {
        /** Their number on the device, 0 to 254. */
        user: u8,
        /** Their code, one to four digits. */
        code: String,
    },
    /// Nobody any more: what was said is forgotten here; the device keeps its own.
    Nobody,
}
