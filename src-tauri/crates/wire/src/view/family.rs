//! Who helps whom: a person's helpers, what waits, and what helpers gave.

use serde::{Deserialize, Serialize};

use super::{
    BeforeView, ClinicianView, Condition, ConditionView, EmergencyUseView, HolderView, MeantimeView,
    PartsView, PermissionState, ProofView, RecordView, RecoveryRulesView, RecoveryView, SquareView,
};
use crate::{Category, ChangeId, CircleId, GrantId, UnixMillis};

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

/// What a change does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FamilyChange {
    /// A helper goes.
    Removed,
    /// A helper may do less.
    Lowered,
    /// A helper comes.
    Added,
    /// A helper may do more.
    Raised,
    /// What helpers need one another for changes.
    Rules,
    /// Who can help to get back in changes.
    Guardians,
    /// The person's own key changes.
    NewKey,
    /// A power was looked at and goes on.
    Reviewed,
    /// The person comes of age.
    HandedOver,
}

/// A change that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingView {
    /// Which; what is said about it names it.
    pub change: ChangeId,
    /// What it does.
    pub what: FamilyChange,
    /// Whom it is about, where that is known here.
    pub about: Option<String>,
    /// Who asked for it; `None` for the person whose circle it is.
    pub by: Option<String>,
    /// It takes effect then, unless somebody objects; `None` while others have to agree.
    pub effective: Option<UnixMillis>,
    /// How many agreed.
    pub agreed: u8,
    /// How many have to.
    pub needs: u8,
    /// Whether the one who looks can agree to it.
    pub may_agree: bool,
}

impl WaitingView {
    /// Whether the person's own objection counts: not against guardians, while the person's key retired lately (`retired`).
    #[must_use]
    pub fn own_objection_counts(&self, retired: Option<UnixMillis>) -> bool {
        let by_guardians = self.what == FamilyChange::NewKey && self.by.is_some();
        retired.is_none() || !by_guardians
    }
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

/// A circle that was handed over to its person, who came of age: the way to the person's own key, as the computer shows it that
/// handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandingView {
    /// Who asked for it, by their own word.
    pub name: String,
    /// From when on their key speaks, unless somebody objects; `None` once it does, or where it was objected to.
    pub effective: Option<UnixMillis>,
    /// Twelve digits that both compare, once it speaks.
    pub digits: Option<String>,
    /// What was known was sent there.
    pub sent: bool,
}

/// Who helps the person whose record this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CircleView {
    /// Names it.
    pub circle: CircleId,
    /// The helpers, by seat.
    pub helpers: Vec<HelperView>,
    /// What they need one another for.
    pub rules: FamilyRules,
    /// The change that waits.
    pub waiting: Option<WaitingView>,
    /// What helpers gave, newest first.
    pub given: Vec<GivenView>,
    /// Who can help to get back.
    pub recovery: RecoveryRulesView,
    /// False once another computer speaks for the person: this one is nobody in the circle any more.
    pub speaks: bool,
    /// When the person came of age: no power of a helper holds since, and what helpers permitted rests until it is confirmed.
    pub handed_over: Option<UnixMillis>,
    /// When the person's key retired for another at once, as long as guardians take that back whatever it says.
    #[serde(default)]
    pub retired: Option<UnixMillis>,
    /// To whom this computer handed it over.
    pub handing: Option<HandingView>,
    /// When guardians' return of it was taken on this computer; `None` for one that was made here.
    pub given_back: Option<UnixMillis>,
    /// It was made with this record's own key, which alone can hand it over.
    #[serde(default)]
    pub made_here: bool,
    /// When new keys began last because somebody who held keys helps no longer, or with less.
    #[serde(default)]
    pub new_keys: Option<RenewalView>,
    /// Who holds keys of now of what they may read no longer, because new ones could not begin yet; until when.
    #[serde(default)]
    pub still_hold: Vec<HolderView>,
    /// Whether helpers are told of what the person permits, and can stop it.
    #[serde(default)]
    pub lets_stop: bool,
    /// What the record itself permits, which handing over stops first, and what was stopped so; where it was handed over to this
    /// computer, what was told of that. Those that end last come first.
    #[serde(default)]
    pub before: Vec<BeforeView>,
    /// How it was proven last.
    pub proof: ProofView,
}

/// New keys for whatever is measured from then on. What the keys of before open they go on opening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenewalView {
    /// Since when.
    pub at: UnixMillis,
    /// Who was shut out.
    pub names: Vec<String>,
    /// Of what; empty for everything.
    #[serde(default)]
    pub categories: Vec<Category>,
}

/// Somebody whom the person helps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpedView {
    /// Names their circle.
    pub circle: CircleId,
    /// Their name, by their own word.
    pub person: String,
    /// The helpers, the one who looks among them; none of them is when that one was removed.
    pub helpers: Vec<HelperView>,
    /// What a steward permits without asking another.
    pub ordinary: Vec<Category>,
    /// The change that waits.
    pub waiting: Option<WaitingView>,
    /// What helpers gave, newest first.
    pub given: Vec<GivenView>,
    /// What the person gave and lets the one who looks stop, newest first.
    #[serde(default)]
    pub own_given: Vec<OwnGivenView>,
    /// When the person came of age: no power of a helper holds since.
    pub handed_over: Option<UnixMillis>,
    /// When the person's key retired for another at once, as long as guardians take that back whatever it says.
    #[serde(default)]
    pub retired: Option<UnixMillis>,
    /// What happened with emergency cards of this person, each proven, newest first.
    pub emergencies: Vec<EmergencyUseView>,
    /// How many of them the one who looks has not marked as seen.
    pub unseen: u32,
    /// The one who looks is a guardian: they help this person to get back, and nothing else.
    pub guardian: bool,
    /// Twelve digits to compare with the person, whose new computer speaks for them now because the one who looks agreed.
    pub back: Option<String>,
    /// How it was proven last.
    pub proof: ProofView,
}

/// Who helps whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct FamilyView {
    /// Who helps the person whose record this is; `None` before anybody does.
    pub own: Option<CircleView>,
    /// Whom they help.
    pub helped: Vec<HelpedView>,
    /// Codes given out that nobody has used.
    pub codes: u32,
    /// The request to get back that this record made.
    pub recovery: Option<RecoveryView>,
    /// What came back of the readings' key, until they are regained or forgone.
    #[serde(default)]
    pub parts: Option<PartsView>,
    /// On a laptop that was added: the circle of the record's person, as the members prove it to this laptop.
    #[serde(default)]
    pub watched: Option<WatchedView>,
    /// Where this record was regained: that of the time before, while it is on this computer.
    #[serde(default)]
    pub meantime: Option<MeantimeView>,
}

/// A circle of the person in which this laptop does not speak, because it was added to the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchedView {
    /// Which.
    pub circle: CircleId,
    /// The change that waits.
    pub waiting: Option<WaitingView>,
    /// Whether this laptop can object to it: the first one let it, with the key that speaks now.
    pub may_object: bool,
    /// Whether the computer that this laptop heard of it from still speaks for the person.
    pub speaks: bool,
    /// When it was handed over to a person who came of age.
    pub handed_over: Option<UnixMillis>,
    /// When the person's key retired for another at once, as long as guardians take that back whatever it says.
    #[serde(default)]
    pub retired: Option<UnixMillis>,
    /// How it was proven last.
    pub proof: ProofView,
}

/// A code for somebody who wants to be helped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyCodeView {
    /// Text to hand over.
    pub code: String,
    /// The same as a QR code; `None` for one that is too long for a photo.
    pub square: Option<SquareView>,
    /// Twelve digits that both compare.
    pub digits: String,
}

/// Whom a code stands for, by their own word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelativeView {
    /// Their name.
    pub name: String,
    /// Twelve digits that both compare.
    pub digits: String,
}

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

/// What a steward reads, in memory only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HelpedRecordView {
    /// Whose, by their own word.
    pub person: String,
    /// One per category.
    pub records: Vec<RecordView>,
}
