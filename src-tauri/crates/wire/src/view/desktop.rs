//! What the desktop may do for the person who sits at it. Of the computer, not of a record; no health data.

use serde::{Deserialize, Serialize};

/// Minutes of a day.
pub const MINUTES_A_DAY: u16 = 24 * 60;

/// The choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DesktopView {
    /// The desktop shows a notification when something happened. It says nothing of health, and names nobody.
    pub notify: bool,
    /// From this minute of the person's day on only what is urgent is shown, below [`MINUTES_A_DAY`].
    pub quiet_from: u16,
    /// Until this minute, below [`MINUTES_A_DAY`]; no time is quiet when both are the same.
    pub quiet_to: u16,
    /// Salus begins with the session; `None` where that cannot be chosen.
    pub at_start: Option<bool>,
    /// Closing the window hides it, and Salus goes on receiving. Files of before do not name it.
    #[serde(default)]
    pub keep_receiving: bool,
    /// What begins with the session stays hidden, as long as a hidden window is kept at all.
    #[serde(default)]
    pub in_background: bool,
}

impl Default for DesktopView {
    /// Notifications by day, from 08:00 to 21:00; Salus begins when somebody opens it, and ends with its window.
    fn default() -> Self {
        Self {
            notify: true,
            quiet_from: 21 * 60,
            quiet_to: 8 * 60,
            at_start: None,
            keep_receiving: false,
            in_background: false,
        }
    }
}
