//! A link of `salus:` that somebody opened.

use serde::{Deserialize, Serialize};

/// What a link holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// A clinician's code, for a patient.
    Code,
    /// An emergency card, for a clinician.
    Card,
    /// Another clinician's question to be the second one, for a clinician.
    Question,
    /// Nothing that can be read: mistyped, cut, too long, or for something that no link does.
    Unreadable,
}

/// A link. Its text goes where a person would paste it, and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedView {
    /// What it holds.
    pub kind: LinkKind,
    /// The text, with its checksum checked; proves nothing about who made it. Empty when it is unreadable.
    pub text: String,
}
