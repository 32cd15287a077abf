//! Notes of the person's own.

use serde::{Deserialize, Serialize};

use crate::UnixMillis;

/// Most characters of a note.
pub const MOST_NOTE: usize = 500;

/// A note on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayNoteView {
    /// The date, "2026-11-24": a day of the wall clock, whatever the time zone.
    pub day: String,
    /// What the person wrote.
    pub text: String,
    /// When it was written or changed last.
    pub written: UnixMillis,
}

/// What became of a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptNoteView {
    /// What stood there before, to bring it back.
    pub before: Option<String>,
    /// What stands there now.
    pub now: Option<String>,
}
