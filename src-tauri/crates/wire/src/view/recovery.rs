//! Getting back after everything was lost: who can help with it, the request, what guardians gave back, and the rehearsal.

use serde::{Deserialize, Serialize};

use crate::{CircleId, UnixMillis};

/// Fewest guardians that a person names, and fewest that it takes: one alone could take the person's place.
pub const FEWEST_GUARDIANS: usize = 2;

/// Most guardians that a person names.
pub const MOST_GUARDIANS: usize = 8;

/// One guardian.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardianView {
    /// By their own word; empty when it is not known here.
    pub name: String,
    /// When they said last that they still hold their part, by their own clock.
    pub held: Option<UnixMillis>,
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
    /// Twelve digits that both compare.
    pub digits: String,
    /// What was given back so far.
    pub found: Vec<FoundCircleView>,
}
