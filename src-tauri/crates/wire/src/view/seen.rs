//! What somebody sees of a record with a permission that was given.

use serde::{Deserialize, Serialize};

use super::{ClinicalView, GlimpseView, NewsView, PermissionDraft, PermissionView, RecordView};
use crate::{GrantId, UnixMillis};

/// What opening a permission now would show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeenView {
    /// The permission.
    pub permission: PermissionView,
    /// What the person's own record is called in it.
    pub patient: String,
    /// When this was.
    pub at: UnixMillis,
    /// One per category, as on the reader's screen; nothing while the permission lets nobody open anything.
    pub records: Vec<RecordView>,
}

/// Through which permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SeenOf {
    /// One that was given.
    Given {
        /** Which. */
        id: GrantId,
    },
    /// One that is not signed yet.
    Drafted {
        /** What to permit. */
        draft: PermissionDraft,
    },
}

/// What a reader's screen makes of the readings before any picture: how new, how complete, what is out of range, and what the
/// conventions come to. Made by the functions of that screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstMinuteView {
    /// The first look. Days are counted by this computer's clock, as those of the conventions are.
    pub glimpse: GlimpseView,
    /// One per category that a convention sums up, also where there is too little; none of daily summaries.
    pub clinical: Vec<ClinicalView>,
    /// The vital signs, without what a clinician types; none of daily summaries.
    pub news: Option<NewsView>,
}
