//! What somebody sees of a record with a permission that was given.

use serde::{Deserialize, Serialize};

use super::{PermissionView, RecordView};
use crate::UnixMillis;

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
