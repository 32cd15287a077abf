//! Who may see what until when, and what was opened.

use serde::{Deserialize, Serialize};

use super::{AskedView, Condition, ConditionView, RecordView, StandingEmergencyView};
use crate::{Category, GrantId, UnixMillis};

/// Who a clinician's code stands for, as proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClinicianView {
    /// Name as attested.
    pub name: String,
    /// Organisation as attested.
    pub organisation: String,
    /// The member that attests it.
    pub attested_by: String,
    /// Block at which the attestation was proven active, decimal.
    pub proven_at_height: String,
    /// What the code asks for, signed by its clinician; not proven to be needed.
    #[serde(default)]
    pub asks: Option<AskedView>,
    /// True for no clinician by name, but whoever is on duty when it is opened: then the name is that of the group, with its
    /// organisation, and the organisation is empty.
    #[serde(default)]
    pub on_duty: bool,
}

/// The staff on duty of one organisation, to choose in place of a clinician.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupView {
    /// What stands in the place of a clinician's code.
    pub code: String,
    /// The member.
    pub organisation: String,
    /// As what they are on duty, in the member's words.
    pub role: String,
}

/// What to permit. Data window and access window are apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PermissionDraft {
    /// The clinician's code.
    pub code: String,
    /// Which series; at least one.
    pub categories: Vec<Category>,
    /// Readings from this instant (whole epochs: rounded down to about 68 minutes).
    pub data_from: UnixMillis,
    /// Readings before this instant (rounded up).
    pub data_to: UnixMillis,
    /// The permission works from here.
    pub starts: UnixMillis,
    /// The permission ends here.
    pub ends: UnixMillis,
    /// When it may be opened in between.
    #[serde(default)]
    pub condition: Condition,
}

/// What the clinician will see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PreviewView {
    /// One canonical sentence, as it is signed.
    pub sentence: String,
    /// Who.
    pub clinician: ClinicianView,
    /// When it may be opened, where that is not whenever they like.
    pub condition: Option<ConditionView>,
    /// Readings there are now inside the scope, by category.
    pub readings: Vec<(Category, u32)>,
    /// The record as the clinician will see it now.
    pub records: Vec<RecordView>,
}

/// Where a permission stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PermissionState {
    /// Sent, not yet proven.
    Pending,
    /// Proven, not started.
    NotYet,
    /// Proven and working.
    Active,
    /// Ended by time.
    Ended,
    /// Stopped by the patient.
    Stopped,
}

/// Why the member that confirmed a clinician does so no longer, as proven last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unconfirmed {
    /// It took its word back for good.
    Withdrawn,
    /// It took its word back for now.
    Suspended,
    /// Its word was for a time, which is over.
    RanOut,
}

/// One permission as the patient sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermissionView {
    /// Identifier.
    pub id: GrantId,
    /// Who.
    pub clinician: ClinicianView,
    /// Which series.
    pub categories: Vec<Category>,
    /// Data window.
    pub data_from: UnixMillis,
    /// Data window, exclusive.
    pub data_to: UnixMillis,
    /// Access window.
    pub starts: UnixMillis,
    /// Access window, exclusive.
    pub ends: UnixMillis,
    /// When it may be opened in between, where that is not whenever they like.
    pub condition: Option<ConditionView>,
    /// Where it stands.
    pub state: PermissionState,
    /// Members that hold their part.
    pub members_holding: u16,
    /// Members that confirmed deletion after the end.
    pub members_erased: u16,
    /// Members in all.
    pub members: u16,
    /// Openings so far.
    pub openings: u32,
    /// How it was proven.
    pub proof: Option<ProofView>,
    /// Why nobody confirms the clinician any more, while it can still be opened or will be: the members do not end it for that.
    #[serde(default)]
    pub unconfirmed: Option<Unconfirmed>,
    /// What happened with it, when it is an emergency card's: it is for no clinician by name then.
    #[serde(default)]
    pub emergency: Option<StandingEmergencyView>,
    /// How it stands to new keys of the record.
    #[serde(default)]
    pub new_keys: NewKeys,
}

/// How a permission stands to new keys of the record, which begin when somebody who held the keys of before must open nothing new.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewKeys {
    /// There are none that concern it.
    #[default]
    None,
    /// It is still to be given again under them, with the same conditions: until then it opens nothing that is sealed under them.
    Due,
    /// It opens nothing that is sealed under them, and Salus does not give it again by itself: nobody confirms the clinician any
    /// more, or it is a card's that was used.
    Left,
    /// It was given again under them, and another one is in its place.
    GivenAgain,
    /// It is in the place of one that was given before.
    InPlace,
}

/// What the light client proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofView {
    /// Block height, decimal.
    pub height: String,
    /// Block hash, hexadecimal.
    pub block: String,
    /// Block time.
    pub time: UnixMillis,
    /// Names of the members that signed it.
    pub signed_by: Vec<String>,
}

/// Every opening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityView {
    /// Newest first.
    pub entries: Vec<ActivityEntry>,
    /// True when the list is proven complete up to `proof`.
    pub complete: bool,
    /// Newest proof.
    pub proof: Option<ProofView>,
    /// The person has another laptop, which may know of permissions that it did not tell of yet.
    #[serde(default)]
    pub elsewhere: bool,
}

/// Who gave a permission, or stopped it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityBy {
    /// The person, on this laptop.
    You,
    /// The person, on another laptop.
    OtherLaptop,
    /// Salus, because the record's keys are new: the same permission goes on in another one.
    Salus,
    /// A helper, by name; empty when it is not known any more.
    Helper(String),
    /// One of those who may; which one is not known here.
    Unknown,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    /// A permission was given.
    Given,
    /// A clinician opened something.
    Opened,
    /// A permission was stopped.
    Stopped,
    /// A permission ran out.
    Ended,
    /// All members that hold a part confirmed deletion.
    Erased,
}

/// One line of the activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityEntry {
    /// What.
    pub kind: ActivityKind,
    /// By whom a permission was given or stopped; nothing of what else happened.
    #[serde(default)]
    pub by: Option<ActivityBy>,
    /// Block time.
    pub at: UnixMillis,
    /// The permission.
    pub permission: GrantId,
    /// The clinician's name.
    pub clinician: String,
    /// Who agreed to an opening besides that clinician.
    pub second: Option<SecondView>,
    /// Of an opening by somebody on duty: for whom, and whether the organisation said who it was.
    #[serde(default)]
    pub on_duty: Option<OpenerView>,
    /// The proof.
    pub proof: ProofView,
}

/// Somebody on duty who opened. The members recorded their key; the organisation says who has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenerView {
    /// The group with its organisation.
    pub group: String,
    /// False while the organisation has not said who it was: then the entry's name is the group's.
    pub known: bool,
}

/// A second clinician, as the members recorded it. They record no name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondView {
    /// The member that attests the second clinician.
    pub attested_by: String,
    /// True when who opened is not the clinician whom the permission is for.
    pub by_another: bool,
}
