//! Who helps whom: a person's helpers, what waits, and what helpers gave.

mod change;
mod given;
mod helper;

use serde::{Deserialize, Serialize};

use super::{
    BeforeView, ClinicianView, EmergencyUseView, FirstMinuteView, HolderView, MeantimeView, PartsView,
    ProofView, RecordView, RecoveryRulesView, RecoveryView, SquareView,
};
use crate::{Category, CircleId, CodeId, UnixMillis};

pub use change::{FamilyChange, WaitingView};
pub use given::{GivenState, GivenView, OwnGivenView, RelativeDraft};
pub use helper::{FamilyRules, HelperLimits, HelperRole, HelperView, NamedClinician, PowerState};

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
    /// What helpers gave, newest first: decided on the first laptop, and told here.
    #[serde(default)]
    pub given: Vec<GivenView>,
    /// Whether this laptop can object to what waits: the first one let it, with the key that speaks now.
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
    /// Which one: for taking it back.
    pub id: CodeId,
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

/// What a steward reads, in memory only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HelpedRecordView {
    /// Whose, by their own word.
    pub person: String,
    /// One per category.
    pub records: Vec<RecordView>,
}

/// What a clinician will see of somebody whom a steward helps, before anything is given. Made by the functions of that screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ForeseenView {
    /// Who will see it, as proven.
    pub clinician: ClinicianView,
    /// Whose readings they are, by their own word.
    pub person: String,
    /// What the screen makes of them before any picture, as of now.
    pub minute: FirstMinuteView,
    /// One per category that is to be permitted.
    pub records: Vec<RecordView>,
}
