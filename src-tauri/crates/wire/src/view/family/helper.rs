//! A helper: what kind, with what limits, and where their power stands.

use serde::{Deserialize, Serialize};

use crate::{Category, UnixMillis};

/// What kind of helper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HelperRole {
    /// Reads, and gives permissions within limits.
    Steward,
    /// Reads nothing: agrees, objects and stops.
    Approver,
}

/// A clinician whom a steward may permit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedClinician {
    /// The key by which a member knows them, hexadecimal.
    pub key: String,
    /// Name as attested.
    pub name: String,
    /// Organisation as attested; "-" for none.
    pub organisation: String,
}

/// What one helper may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelperLimits {
    /// What kind.
    pub role: HelperRole,
    /// What a steward may read and permit; empty for an approver, and where it is not told.
    pub categories: Vec<Category>,
    /// A steward reads readings from this instant on.
    pub data_from: UnixMillis,
    /// The longest permission that a steward gives, in days, at least 1.
    pub longest_days: u16,
    /// First instant.
    pub begins: UnixMillis,
    /// First instant after it.
    pub lapses: UnixMillis,
    /// From here on it rests until the person confirms it.
    pub review: Option<UnixMillis>,
    /// It begins only after two clinicians attested that it may.
    pub after_clinicians: bool,
    /// A steward permits only clinicians who are named; otherwise any whom a member attests.
    #[serde(default)]
    pub only_named: bool,
    /// Those, each once; empty where it is not told who they are.
    #[serde(default)]
    pub clinicians: Vec<NamedClinician>,
}

/// What helpers need one another for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FamilyRules {
    /// What a steward permits without asking another helper, when it is not for long.
    pub ordinary: Vec<Category>,
    /// A permission for longer than so many days is long.
    pub long_days: u16,
    /// How many others must agree to what is neither; at least 1.
    pub approvals: u8,
    /// So many hours after the last of them it can be opened.
    pub veto_hours: u16,
    /// The helper, by seat, whose objection counts in those hours, besides the person's; `None` for anybody's.
    pub objector: Option<u8>,
}

/// Where a helper's power stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PowerState {
    /// It begins later.
    NotYet,
    /// It waits for two clinicians.
    AwaitsClinicians,
    /// It works.
    InForce,
    /// It rests until the person confirms it.
    AwaitsReview,
    /// It has ended.
    Lapsed,
    /// The person came of age: no power of the circle holds any more.
    HandedOver,
}

/// One helper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelperView {
    /// Names the helper in the circle; never given to another.
    pub seat: u8,
    /// By their own word; empty when it is not known here.
    pub name: String,
    /// What they may do.
    pub limits: HelperLimits,
    /// Where it stands.
    pub state: PowerState,
    /// True for the person who looks.
    pub you: bool,
    /// True when the power names a paper that gives it.
    pub paper: bool,
    /// A steward holds keys for readings until this instant; when they help no longer, new ones begin.
    pub keys_until: Option<UnixMillis>,
}
