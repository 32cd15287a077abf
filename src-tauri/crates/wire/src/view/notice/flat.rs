//! How a notice is read.

use super::NoticeKind;
use crate::view::flat::flat;
use crate::view::{BackupNeed, FamilyChange};
use crate::{GrantId, UnixMillis};

flat! {
    NoticeKind by what {
        at: UnixMillis,
        by: String,
        change: FamilyChange,
        device: String,
        ends: UnixMillis,
        group: String,
        handed_over: bool,
        name: String,
        need: BackupNeed,
        opened: bool,
        openings: u32,
        patient: String,
        permission: GrantId,
        person: String,
        stopped: bool,
    }
    Opened { permission, name, openings },
    OpenedOnDuty { permission, group, openings },
    DutyNamed { group, name },
    GivenAgain { name },
    EndsSoon { name, ends },
    Ended { name, stopped },
    Unconfirmed { name },
    Wrote { name },
    WroteAbout { person, name },
    EmergencyAnnounced { at },
    EmergencyOpened { at },
    EmergencyFor { person, at, opened },
    HelperGave { person, by, name },
    HelperOpened { person, name },
    HelperEndsSoon { person, name, ends },
    FamilyChange { person, change },
    Decide { person },
    ReviewAsked { name },
    CircleCame { handed_over },
    PartsCame,
    LaptopAdded { name },
    LaptopRemoved { name },
    RemovedHere,
    SpeaksNoMore,
    Battery { device },
    DeviceDoubted { device },
    Whose { device },
    PairAgain { device },
    Backup { need },
    Damaged,
    Shared { patient },
    SharedEndsSoon { patient, ends },
    SharedEnded { patient, stopped },
}
