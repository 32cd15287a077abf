//! A change that waits in a circle.

use serde::{Deserialize, Serialize};

use crate::{ChangeId, UnixMillis};

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
