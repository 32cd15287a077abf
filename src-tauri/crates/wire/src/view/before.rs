//! What a record itself permitted before it was handed over to its person, who came of age.

use serde::{Deserialize, Serialize};

use crate::{Category, GrantId, UnixMillis};

/// For whom a permission was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BeforeWhom {
    /// A clinician.
    Clinician,
    /// The staff on duty of an organisation.
    OnDuty,
    /// An emergency card: nobody by name.
    Card,
}

/// A permission that the record itself gave, and that a handover stops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeforeView {
    /// Names it.
    pub id: GrantId,
    /// What kind of reader.
    pub whom: BeforeWhom,
    /// Who; empty for a card.
    pub name: String,
    /// Of which organisation; empty or "-" for none.
    pub organisation: String,
    /// What it covered.
    pub categories: Vec<Category>,
    /// It would have gone on until here.
    pub ends: UnixMillis,
    /// It can be opened no more. On the computer of whoever came of age: as the members proved it when the circle was taken.
    pub stopped: bool,
}
