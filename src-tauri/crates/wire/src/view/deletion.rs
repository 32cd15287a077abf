//! Views of deleting readings for ever.

use serde::{Deserialize, Serialize};

use crate::{Category, UnixMillis};

/// What would go, exactly: whole hours and a few minutes (4096 s), so that what was asked for is surely gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletionView {
    /// Which series.
    pub category: Category,
    /// The first instant that goes.
    pub from: UnixMillis,
    /// The first instant that stays.
    pub to: UnixMillis,
    /// How many readings.
    pub readings: u64,
    /// Who can open some of them all the same, until the permission ends or is stopped.
    pub holders: Vec<HolderView>,
    /// True when somebody has opened some of this time, or may have: that cannot be taken back.
    pub opened: bool,
    /// True when the record is on other laptops too: each keeps its own until a person deletes it there.
    #[serde(default)]
    pub laptops: bool,
}

/// Somebody with a permission that is not over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolderView {
    /// Their name, as attested.
    pub name: String,
    /// When the permission ends.
    pub ends: UnixMillis,
}

/// What a deletion did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeletedView {
    /// It is gone for ever.
    Done {
        /** The first instant that is gone. */
        from: UnixMillis,
        /** The first instant that stays. */
        to: UnixMillis,
        /** How many readings. */
        readings: u64,
    },
    /// Nothing was deleted: other readings are there than were shown. This would go now.
    Changed(DeletionView),
}

/// Something that was deleted for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastDeletionView {
    /// Which series.
    pub category: Category,
    /// The first instant that is gone.
    pub from: UnixMillis,
    /// The first instant that stays.
    pub to: UnixMillis,
    /// When it was deleted; 0 when that is not known any more.
    pub at: UnixMillis,
    /// How many readings it held.
    pub readings: u64,
    /// How many arrived for this time afterwards and were not kept.
    pub refused: u64,
}
