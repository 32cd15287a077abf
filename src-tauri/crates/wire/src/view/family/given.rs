//! What helpers permitted for a person, and what a person lets them stop.

use serde::{Deserialize, Serialize};

use crate::view::{ClinicianView, Condition, ConditionView, PermissionState, ProofView};
use crate::{Category, GrantId, UnixMillis};

/// What to permit for somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelativeDraft {
    /// The clinician's code.
    pub code: String,
    /// Which series; at least one.
    pub categories: Vec<Category>,
    /// Readings from this instant (whole epochs: rounded down to about 68 minutes).
    pub data_from: UnixMillis,
    /// Readings before this instant (rounded up).
    pub data_to: UnixMillis,
    /// It ends here; it works from now on.
    pub ends: UnixMillis,
    /// When it may be opened in between; not daily summaries, of which a steward has no keys.
    #[serde(default)]
    pub condition: Condition,
}

/// Where a helper's permission stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GivenState {
    /// Others have to agree.
    AwaitsOthers,
    /// Others agreed; it can be opened after the time for objections.
    AwaitsTime,
    /// It begins later.
    NotYet,
    /// It works.
    Active,
    /// Its helper was removed, or the person came of age: it rests until the person confirms it.
    Rests,
    /// Somebody objected.
    Objected,
    /// It was stopped.
    Stopped,
    /// It ran out.
    Ended,
}

/// One permission that a helper gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenView {
    /// Which.
    pub id: GrantId,
    /// For whom, as a member attests it.
    pub clinician: ClinicianView,
    /// What it covers, as its record on the members proves it.
    pub categories: Vec<Category>,
    /// Readings from here, by the helper's word.
    pub data_from: UnixMillis,
    /// Readings before this, by the helper's word.
    pub data_to: UnixMillis,
    /// It works from here.
    pub starts: UnixMillis,
    /// And ends here.
    pub ends: UnixMillis,
    /// When it may be opened in between, where that is not whenever they like.
    pub condition: Option<ConditionView>,
    /// The helper who gave it; empty when that one is not there any more.
    pub by: String,
    /// Where it stands.
    pub state: GivenState,
    /// How many agreed.
    pub agreed: u8,
    /// How many have to.
    pub needs: u8,
    /// From here on it can be opened.
    pub ready: Option<UnixMillis>,
    /// Whether the one who looks can agree to it; the person whose circle it is confirms one that rests.
    pub may_agree: bool,
    /// Whether the one who looks can stop it.
    pub may_stop: bool,
    /// Whether the objection of the one who looks counts before it may be opened.
    pub may_object: bool,
    /// The helper whose objection alone counts before it may be opened, besides the person's; empty where the name is not known,
    /// `None` when anybody's counts.
    pub objector: Option<String>,
    /// When it was opened, each proven, newest first.
    pub opened: Vec<UnixMillis>,
    /// The person whose circle it is chose to leave it at rest.
    pub left: bool,
}

impl GivenView {
    /// Whether `other` lets the same clinician see the same for longer, or will once it may be opened.
    #[must_use]
    pub fn goes_on_in(&self, other: &Self) -> bool {
        use GivenState as S;
        matches!(other.state, S::Active | S::NotYet | S::AwaitsOthers | S::AwaitsTime)
            && other.ends > self.ends
            && other.clinician.name == self.clinician.name
            && other.clinician.organisation == self.clinician.organisation
            && self.categories.iter().all(|category| other.categories.contains(category))
    }
}

/// What a person gave herself, as a helper sees it whom she lets stop it. For whom, and what it covers, is her word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnGivenView {
    /// Names it.
    pub id: GrantId,
    /// For whom.
    pub name: String,
    /// Of which organisation; empty or "-" for none.
    pub organisation: String,
    /// What it covers.
    pub categories: Vec<Category>,
    /// It works from here, as proven.
    pub starts: UnixMillis,
    /// And ends here, as proven.
    pub ends: UnixMillis,
    /// When it may be opened in between, as proven, where that is not whenever they like.
    pub condition: Option<ConditionView>,
    /// Where it stands, as proven last.
    pub state: PermissionState,
    /// How often it was opened, as proven last.
    pub openings: u32,
    /// How it was proven last.
    pub proof: ProofView,
}
