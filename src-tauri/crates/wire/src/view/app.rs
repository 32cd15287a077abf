//! The application itself: profile, lock, settings.

use serde::{Deserialize, Serialize};

use super::StandingView;
use crate::UnixMillis;

/// What a profile is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Keeps an own record and shares from it.
    Patient,
    /// Opens what patients share.
    Clinician,
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
