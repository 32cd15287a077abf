//! The application itself: profile, lock, settings.

use serde::{Deserialize, Serialize};

use super::{FirstRunView, StandingView};
use crate::UnixMillis;

/// What a profile is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Keeps an own record and shares from it.
    Patient,
    /// Opens what patients share.
    Clinician,
    /// Helps relatives with their records, and keeps none of its own.
    Family,
}

/// Theme choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the desktop says.
    #[default]
    System,
    /// Dark ink on warm paper.
    Light,
    /// Light ink on dark.
    Dark,
    /// Pure contrast.
    Contrast,
}

/// Settings that hold no health data and apply while locked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    /// BCP 47 tag.
    pub locale: String,
    /// Colours.
    pub theme: Theme,
    /// Percent, 100 to 200.
    pub text_size: u16,
}

impl Default for SettingsView {
    fn default() -> Self {
        Self { locale: "en".into(), theme: Theme::System, text_size: 100 }
    }
}

/// The first thing a page asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppView {
    /// The profile, when one exists.
    pub profile: Option<ProfileView>,
    /// True when the record is locked (or no profile exists).
    pub locked: bool,
    /// Settings.
    pub settings: SettingsView,
    /// The time by the application's clock.
    pub now: UnixMillis,
    /// Minutes east of UTC for showing times.
    pub utc_offset_minutes: i32,
    /// True when the clock is the controlled one of a demonstration.
    pub test_clock: bool,
    /// Whether the open record is the one that was here last; [`StandingView::Sound`] while it is locked.
    pub standing: StandingView,
    /// True when some row of the open record does not open any more; everything else can be used.
    pub damaged: bool,
    /// True when readings are received although the record is locked; they appear after unlocking.
    pub receiving: bool,
    /// What a person had begun and the lock stopped, until it is begun again or put away; nothing while it is locked.
    pub stopped: Vec<StoppedWork>,
    /// How far the first run of this record is, or of the one that is to be made; nothing when none is under way.
    pub first_run: Option<FirstRunView>,
    /// The colours that the desktop asks for, never [`Theme::System`]; `None` where it does not say, and the page finds out itself.
    #[serde(default)]
    pub desktop_colours: Option<Theme>,
}

/// Long work that was stopped because the record was locked. Nothing of it was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoppedWork {
    /// A backup by hand.
    Backup,
    /// A test with the paper.
    Rehearsal,
    /// Everything in one file.
    Export,
    /// Verifying the record.
    Verification,
}

/// A profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileView {
    /// The person's name.
    pub name: String,
    /// What it is for.
    pub role: Role,
}

/// One of the records on this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileEntryView {
    /// What `choose_profile` takes.
    pub id: String,
    /// Whose record it is.
    pub profile: ProfileView,
    /// True for the one that the page shows.
    pub current: bool,
}

/// The recovery key, shown once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryKeyView {
    /// Groups of characters, to print or write down.
    pub groups: Vec<String>,
}

/// One group of a recovery key, as a person typed it from paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypedGroup {
    /// Which group, counted from 0.
    pub at: u8,
    /// Its characters; spaces, dashes and case do not matter.
    pub text: String,
}

/// How the passphrase opens the record on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassphraseDoor {
    /// Not at all.
    Absent,
    /// Alone: a copy of the record's folder opens with it anywhere.
    Alone,
    /// Alone until the next unlocking, when this computer's keyring becomes part of it.
    Soon,
    /// Together with a secret that only this computer's keyring has.
    WithKeyring,
}

/// What opens the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoorsView {
    /// The passphrase.
    pub passphrase: PassphraseDoor,
    /// True when there is a recovery key.
    pub recovery_key: bool,
    /// True once somebody typed the recovery key, or groups of it, from where it is written down.
    pub written: bool,
    /// How many of how many guardians open it together.
    pub guardians: Option<GuardiansView>,
    /// Entries of the sealed inbox that were refused since the record was opened: altered, or of another program.
    pub refused: u32,
}

/// Guardians who open a record together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardiansView {
    /// So many are needed.
    pub needed: u8,
    /// Of so many.
    pub of: u8,
}
