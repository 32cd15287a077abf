//! What happened that a person is told of: kept sealed in the record, whatever the desktop shows of it.

mod flat;

use serde::{Deserialize, Serialize};

use super::{BackupNeed, FamilyChange};
use crate::{GrantId, UnixMillis};

/// What happened. Names are those that the record knows; none of it is a reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what", try_from = "flat::Flat")]
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
    /// Somebody on duty for an organisation opened something of the own record.
    OpenedOnDuty {
        /** With which permission. */
        permission: GrantId,
        /** On duty for what. */
        group: String,
        /** How often so far, this one included. */
        openings: u32,
    },
    /// An organisation said who of those on duty opened something.
    DutyNamed {
        /** On duty for what. */
        group: String,
        /** Who it was. */
        name: String,
    },
    /// Salus gave an own permission again, because the record's keys are new.
    GivenAgain {
        /** The clinician. */
        name: String,
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
    /// A clinician wrote a note back.
    Wrote {
        /** The clinician. */
        name: String,
    },
    /// A clinician wrote a note back about somebody whom this person helps.
    WroteAbout {
        /** Whose readings it is about. */
        person: String,
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
    /// Something happened with the emergency card of somebody whom this person helps.
    EmergencyFor {
        /** Whose. */
        person: String,
        /** When. */
        at: UnixMillis,
        /** True when readings were opened, false when it was announced. */
        opened: bool,
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
    /// A permission that a helper gave ends within two days, and no other one goes on for it.
    HelperEndsSoon {
        /// Whose record; `None` for the own one.
        person: Option<String>,
        /// The clinician.
        name: String,
        /// When.
        ends: UnixMillis,
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
    /// A helper's power rests until the person has looked at it again.
    ReviewAsked {
        /** The helper; empty when it is not known. */
        name: String,
    },
    /// Who helps was given back to this computer, or handed over to it: to be compared before it is taken.
    CircleCame {
        /** True when it was handed over to a person who came of age. */
        handed_over: bool,
    },
    /// Guardians gave back enough parts: the readings can be taken out of a backup.
    PartsCame,
    /// Another laptop stores readings of this record and gives permissions.
    LaptopAdded {
        /** The laptop; empty when it has no name. */
        name: String,
    },
    /// Another laptop was removed from this record.
    LaptopRemoved {
        /** The laptop; empty when it has no name. */
        name: String,
    },
    /// This laptop was removed from the record.
    RemovedHere,
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
    /// Readings of a device's user wait until the person says whose they are.
    Whose {
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
            Self::EmergencyAnnounced { .. }
            | Self::EmergencyOpened { .. }
            | Self::EmergencyFor { .. }
            | Self::SpeaksNoMore => true,
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
