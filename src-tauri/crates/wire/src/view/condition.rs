//! When a permission may be opened between its beginning and its end.

use serde::{Deserialize, Serialize};

use crate::UnixMillis;

/// What the members ask of each opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Condition {
    /// Nothing more: whenever they like.
    #[default]
    Whenever,
    /// At these hours of every day.
    Hours {
        /// Minute of the day from which on it may be opened, below 1440.
        from: u16,
        /// First minute of the day at which it may not, below 1440; before `from` it is of the next day.
        to: u16,
        /// What the clock of these hours is ahead of UTC, in minutes. There is no summer time in it.
        utc_offset_minutes: i16,
    },
    /// From two hours before an appointment to two hours after.
    Appointment {
        /// When it is.
        at: UnixMillis,
    },
    /// A second clinician agrees to each opening.
    TwoPersons,
    /// Not readings, but a summary of each day that is over.
    DailySummaries,
    /// Such summaries, at these hours of every day.
    DailyHours {
        /// As of [`Condition::Hours`].
        from: u16,
        /// As of [`Condition::Hours`].
        to: u16,
        /// As of [`Condition::Hours`].
        utc_offset_minutes: i16,
    },
    /// Such summaries, and a second clinician agrees to each opening.
    DailyTwoPersons,
    /// By somebody who is on duty at the organisation: of a permission to its staff on duty. Nobody can choose it by itself.
    OnDuty,
    /// In an emergency, for a stated reason: an emergency card's. Nobody can choose it.
    Emergency,
    /// A rule that there is no sentence for; the policy says it. Nobody can choose it.
    Other,
}

impl Condition {
    /// Whether summaries of days are seen, and no readings.
    #[must_use]
    pub const fn is_daily(self) -> bool {
        matches!(self, Self::DailySummaries | Self::DailyHours { .. } | Self::DailyTwoPersons)
    }
}

/// A condition and what the members judge by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionView {
    /// Which, as read from the policy.
    pub condition: Condition,
    /// The exact text, in the Cedar policy language.
    pub policy: String,
}
