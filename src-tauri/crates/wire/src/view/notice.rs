//! What happened that a person is told of: kept sealed in the record, whatever the desktop shows of it.

use serde::{Deserialize, Serialize};

use super::{BackupNeed, FamilyChange};
use crate::{GrantId, UnixMillis};

/// What happened. Names are those that the record knows; none of it is a reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum NoticeKind {
    /// A clinician opened something of the own record.
    Opened {
        /** With which permission. */
        permission: GrantId,
        /** The clinician. */
        name: String,
        /** How often so far, this one included. */
        openings: u32,
    },
    /// An own permission ends within two days.
    EndsSoon {
        /** The clinician. */
        name: String,
        /** When. */
        ends: UnixMillis,
    },
    /// An own permission ended, or was stopped.
    Ended {
        /** The clinician; empty for an emergency card. */
        name: String,
        /** True when it was stopped. */
        stopped: bool,
    },
    /// The member that confirmed a clinician does so no longer.
    Unconfirmed {
        /** The clinician. */
        name: String,
    },
    /// Somebody who holds the emergency card announced an emergency.
    EmergencyAnnounced {
        /** When. */
        at: UnixMillis,
    },
    /// The record was opened with the emergency card.
    EmergencyOpened {
        /** When. */
        at: UnixMillis,
    },
    /// A helper let a clinician see something.
    HelperGave {
        /** Whose record; `None` for the own one. */
        person: Option<String>,
        /** The helper; empty when it is not known. */
        by: String,
        /** The clinician. */
        name: String,
    },
    /// A clinician opened something with a permission that a helper gave.
    HelperOpened {
        /** Whose record; `None` for the own one. */
        person: Option<String>,
        /** The clinician. */
        name: String,
    },
    /// Somebody wants to change who helps.
    FamilyChange {
        /** Whose family; `None` for the own one. */
        person: Option<String>,
        /** What is to change. */
        change: FamilyChange,
    },
    /// Something waits for this person's word.
    Decide {
        /** Whose record; `None` for the own one. */
        person: Option<String>,
    },
    /// Another computer speaks for this person now.
    SpeaksNoMore,
    /// A device's battery is low.
    Battery {
        /** The device. */
        device: String,
    },
    /// What a device sends is set aside until the person says that it is theirs.
    DeviceDoubted {
        /** The device. */
        device: String,
    },
    /// A device has to be paired again.
    PairAgain {
        /** The device. */
        device: String,
    },
    /// Something is to be done about backups.
    Backup {
        /** What. */
        need: BackupNeed,
    },
    /// A part of the record does not open any more.
    Damaged,
    /// A patient shared something with this clinician.
    Shared {
        /** The patient. */
        patient: String,
    },
    /// What a patient shared ends within two days.
    SharedEndsSoon {
        /** The patient. */
        patient: String,
        /** When. */
        ends: UnixMillis,
    },
    /// What a patient shared ended, or was stopped.
    SharedEnded {
        /** The patient. */
        patient: String,
        /** True when it was stopped. */
        stopped: bool,
    },
}

impl NoticeKind {
    /// Told at once, at any hour: only a quick word of the person's can still change something.
    #[must_use]
    pub const fn is_urgent(&self) -> bool {
        match self {
            Self::EmergencyAnnounced { .. } | Self::EmergencyOpened { .. } | Self::SpeaksNoMore => true,
            Self::FamilyChange { change, .. } => matches!(change, FamilyChange::NewKey),
            _ => false,
        }
    }
}

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeView {
    /// Grows with each; what [`crate::command::ReadNotices`] names.
    pub id: u32,
    /// When this computer learnt of it.
    pub at: UnixMillis,
    /// What happened.
    pub kind: NoticeKind,
    /// True once it was on the screen.
    pub read: bool,
}

/// All of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NoticesView {
    /// Newest first.
    pub notices: Vec<NoticeView>,
    /// How many were not read.
    pub unread: u32,
}
