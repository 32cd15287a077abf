//! Views of backups, of a lost laptop and of exports.

use serde::{Deserialize, Serialize};

use super::{HolderView, ProfileView};
use crate::{Category, ErrorCode, UnixMillis};

/// The backups of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupsView {
    /// False until the recovery key was typed once, in a record that an earlier version made.
    pub ready: bool,
    /// The name of the chosen folder, without its path; `None` for the record's own.
    pub folder: Option<String>,
    /// Those in the folder, the newest first.
    pub backups: Vec<BackupView>,
    /// Why the last attempt failed, until one succeeds; or why the folder cannot be looked into.
    pub failure: Option<ErrorCode>,
    /// True while backups may hold readings that were deleted for ever: the next one takes their place.
    pub rewriting: bool,
    /// When a backup was restored for a test last.
    pub rehearsed: Option<UnixMillis>,
    /// True when such a test is due.
    pub rehearsal_due: bool,
    /// True when this record was restored here: another computer held it before.
    pub restored: bool,
    /// What the person is to do about backups, told where they begin.
    pub need: Option<BackupNeed>,
}

/// The one thing about backups that a person is to do, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackupNeed {
    /// Type the recovery key: without it none can be made.
    RecoveryKey,
    /// See why none is made.
    Look,
    /// Test with the paper.
    Test,
}

/// One backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupView {
    /// Of when it is.
    pub at: UnixMillis,
    /// Octets, as text.
    #[serde(with = "text")]
    pub size: u64,
}

/// What a test restoration went through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RehearsalView {
    /// Of when the backup is.
    pub at: UnixMillis,
    /// How many readings were opened.
    #[serde(with = "text")]
    pub readings: u64,
}

/// What a lost laptop could open, as far as it is known here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostView {
    /// The computers that this record was on before, the newest first.
    pub computers: Vec<ComputerView>,
    /// What of the record may have been on them, by category.
    pub held: Vec<HeldView>,
    /// Who holds a permission of this patient's that is still running; whoever opens the record there can stop it.
    pub permissions: Vec<HolderView>,
    /// What patients let this clinician see that is still running.
    pub received: Vec<ReceivedView>,
    /// How many of this clinician's codes nobody answered yet: what answers one can be opened there too.
    pub codes: u32,
    /// The other records on this computer, by what the lock screen knows of them.
    pub others: Vec<ProfileView>,
    /// Since when whatever is measured is under keys that the lost laptop does not have; `None` until they began here.
    #[serde(default)]
    pub new_keys: Option<UnixMillis>,
    /// The person's other laptops that could be the lost one: each can be removed from the record.
    #[serde(default)]
    pub laptops: Vec<super::LaptopView>,
    /// What was taken away from the lost laptop with them; `None` until they began here.
    #[serde(default)]
    pub retired: Option<RetiredView>,
}

/// What whoever opens the lost laptop cannot do any more, and what is still to be done for that.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetiredView {
    /// Permissions that were given again, with keys that it does not have, and are in force.
    pub given_again: u32,
    /// Those that it can still stop, without the card: they are given again soon, or wait for a person.
    pub still: u32,
    /// Whether an emergency card of before runs: the person makes a new one.
    pub card: bool,
    /// The names of the laptops that belong to the record again once six digits were compared.
    pub to_compare: Vec<String>,
    /// How the person's key of their circle stands; `None` without a circle.
    pub circle: Option<CircleKeyState>,
}

/// How a person's key of their circle stands after a laptop with it was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CircleKeyState {
    /// The members have not confirmed the new one yet.
    Waits,
    /// The new one speaks for the person, and the lost laptop's for nobody.
    New,
    /// Somebody else was first: guardians give the circle back.
    Taken,
}

/// A permission that a clinician received and that is still running.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedView {
    /// The patient's name, as the patient gave it.
    pub patient: String,
    /// The note of the code that it answers.
    pub note: String,
    /// When it ends.
    pub ends: UnixMillis,
}

/// The readings of one category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldView {
    /// Which.
    pub category: Category,
    /// How many.
    pub readings: u32,
    /// The first and the last hour that holds one begin and end here.
    pub from: UnixMillis,
    /// End of the last one.
    pub to: UnixMillis,
}

/// A computer that this record was on before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComputerView {
    /// When it was enrolled; `None` when it never was.
    pub enrolled: Option<UnixMillis>,
    /// When that was withdrawn.
    pub withdrawn: Option<UnixMillis>,
}

/// An open format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Comma-separated values, RFC 4180: one row for each value.
    Csv,
    /// JSON Lines: one object for each reading.
    JsonLines,
    /// HL7 FHIR R4: one bundle of permissions, what was done with them, and where readings come from; no readings.
    Fhir,
}

/// What was exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportView {
    /// How many readings of the record.
    #[serde(with = "text")]
    pub readings: u64,
    /// How many more wait for the person to say whose they are.
    pub unclaimed: u32,
    /// Of how many epochs a part could not be read.
    pub damaged: u32,
    /// Of permissions, where these were exported.
    pub sharing: Option<SharingExportView>,
}

/// What was exported of permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharingExportView {
    /// How many permissions.
    pub permissions: u32,
    /// How many openings.
    pub openings: u32,
    /// Every permission was proven with all its openings, just now.
    pub complete: bool,
}

/// Counts that may pass 2^53 cross as text.
mod text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(n: &u64, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(n)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<u64, D::Error> {
        String::deserialize(d)?.parse().map_err(D::Error::custom)
    }
}
