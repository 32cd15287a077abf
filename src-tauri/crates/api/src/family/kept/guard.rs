//! What the record keeps of getting back: who can help with it, what they said of it, and a request that was agreed to.

use salus_chain::ids::VerifyingKey;
use salus_wire::UnixMillis;
use salus_wire::view::PartState;
use serde::{Deserialize, Serialize};

use super::Known;

/// Somebody who can help to get back, as the patient keeps them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::family) struct Guardian {
    pub(in crate::family) relative: Known,
    /// The revision of the circle that they were told of last.
    pub(in crate::family) told: Option<u32>,
}

/// A rehearsal: the question, and who answered when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::family) struct Rehearsal {
    /// The signed question, hexadecimal.
    pub(in crate::family) asked: String,
    pub(in crate::family) at: UnixMillis,
}

/// When a guardian said last that they hold their part, by their clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::family) struct HeldAt {
    pub(in crate::family) guardian: VerifyingKey,
    pub(in crate::family) at: UnixMillis,
    /// What it showed of the part that they were entrusted with.
    #[serde(default)]
    pub(in crate::family) part: PartState,
}

/// A request for a new key that a guardian agreed to, or to which a circle was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::family) struct Agreed {
    /// The request, hexadecimal.
    pub(in crate::family) plea: String,
    /// What both compare once the key has come.
    pub(in crate::family) digits: String,
    /// What was known was given back.
    pub(in crate::family) returned: bool,
    /// And the part with it.
    #[serde(default)]
    pub(in crate::family) part: bool,
}
