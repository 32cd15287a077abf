//! Getting back after everything was lost: who can help with it, the request, what guardians gave back, and the rehearsal.

use serde::{Deserialize, Serialize};

use super::{RecoveryKeyView, SquareView};
use crate::{CircleId, UnixMillis};

/// Fewest guardians that a person names, and fewest that it takes: one alone could take the person's place.
pub const FEWEST_GUARDIANS: usize = 2;

/// Most guardians that a person names.
pub const MOST_GUARDIANS: usize = 8;

/// What a guardian's last answer showed of the part that they were entrusted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum PartState {
    /// They have not answered since it was made.
    #[default]
    Unknown,
    /// They hold the right one.
    Right,
    /// They hold none, or not the one of now.
    Wrong,
}

/// One guardian.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardianView {
    /// By their own word; empty when it is not known here.
    pub name: String,
    /// When they said last that they still hold their key, by their own clock.
    pub held: Option<UnixMillis>,
    /// What that showed of their part.
    pub part: PartState,
}

/// Who can together help a person to get back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct RecoveryRulesView {
    /// Everybody who can, in order; empty when nobody was named.
    pub guardians: Vec<GuardianView>,
    /// How many of them it takes.
    pub needed: u8,
    /// When they were asked last whether they still hold their part.
    pub asked: Option<UnixMillis>,
    /// Parts were made for these guardians, so that enough of them open a backup that is made from then on.
    pub parts: bool,
    /// Backups go to a folder that the person chose, which may outlast this computer.
    pub elsewhere: bool,
}

/// A circle that guardians gave back, to compare before it is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundCircleView {
    /// Which.
    pub circle: CircleId,
    /// The name under which the person appeared in it.
    pub person: String,
    /// The guardians who gave it back, by their own word.
    pub by: Vec<String>,
    /// Who helps in it.
    pub helpers: Vec<String>,
    /// Twelve digits that the person and a guardian compare, or whoever handed it over.
    pub digits: String,
    /// It was handed over to the person, who came of age, by the computer that made it.
    pub handed_over: bool,
}

/// A helper's power that waits for clinicians, as the one who asks says it and the members prove it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PowerQuestionView {
    /// Whose readings it is about, by the asker's word.
    pub person: String,
    /// Who is to help, by the asker's word.
    pub helper: String,
    /// True where it is the helper who asks, and not the person or somebody else of the circle. Proven.
    pub by_helper: bool,
    /// True for a helper who reads and permits; one who only agrees and stops otherwise. Proven.
    pub reads: bool,
    /// How many clinicians said so far that it may begin. Proven.
    pub attested: u8,
    /// How many it takes.
    pub needed: u8,
}

/// A request to get back, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryView {
    /// Text for each guardian.
    pub code: String,
    /// The same as a QR code; `None` for one that is too long for a photo.
    pub square: Option<SquareView>,
    /// Twelve digits that both compare.
    pub digits: String,
    /// What was given back so far.
    pub found: Vec<FoundCircleView>,
}

/// How a part that was given back stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GivenPart {
    /// It fits.
    Fits,
    /// It does not fit the others, or was altered.
    False,
    /// The guardian gave back names only.
    None,
}

/// One guardian who gave something back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartView {
    /// By their own word; empty when it is not known here.
    pub name: String,
    /// Their part.
    pub part: GivenPart,
}

/// What came back of the readings' key, after a circle was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartsView {
    /// Each guardian who gave something back.
    pub given: Vec<PartView>,
    /// How many parts that fit it takes; zero while none came.
    pub needed: u8,
    /// There are as many.
    pub enough: bool,
}

/// The record of the time in which this one was lost, on the same computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeantimeView {
    /// When what was measured there was taken over last.
    pub taken: Option<UnixMillis>,
    /// How many readings came with it in all.
    pub readings: u64,
    /// Readings there of times that were deleted here, which stay there.
    pub deleted: u64,
    /// Hours there that could not be read.
    pub damaged: u32,
    /// Something waits there that only opening that record takes in: what was received while it was locked, or of which nobody said
    /// whose it is.
    pub waits: bool,
}

/// A record that was taken out of a backup with guardians' parts. It lies beside the one that is open, locked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegainedView {
    /// Names it among the records on this computer.
    pub id: String,
    /// How many readings it holds.
    pub readings: u64,
    /// The new recovery key, to be written down: it is not shown again.
    pub key: RecoveryKeyView,
}
