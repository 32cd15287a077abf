//! What is said about a resource itself: how far it was proven; and lists that are never empty.

use serde::{Serialize, Serializer};

use super::Coding;

/// How far something was proven, as a tag. Codes of this program's own.
const PROVEN: &str = "urn:uuid:66ca7634-a22d-49cb-936c-aac7dfe653f7";

/// How far something was proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proven<'a> {
    /// By the members that keep the consent record, and with it every opening up to a block of this height.
    Complete(&'a str),
    /// At some time, and what happened since, or happened and is only counted, is not in it.
    Earlier(&'a str),
    /// Not yet, or not by what this computer remembers.
    Not,
}

/// About a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Meta {
    tag: [Coding; 1],
}

impl From<Proven<'_>> for Meta {
    fn from(proven: Proven<'_>) -> Self {
        let tag = match proven {
            Proven::Complete(height) => {
                Coding::new(PROVEN, "complete", &format!("proven with every opening up to block {height}"))
            }
            Proven::Earlier(height) => {
                Coding::new(PROVEN, "earlier", &format!("proven at block {height}; openings may be missing"))
            }
            Proven::Not => Coding::new(PROVEN, "not-proven", "not proven"),
        };
        Self { tag: [tag] }
    }
}

/// A list that FHIR wants to hold something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOrMore<T>(T, Vec<T>);

impl<T> OneOrMore<T> {
    /// With one.
    pub const fn one(first: T) -> Self {
        Self(first, Vec::new())
    }

    /// All of them, or `otherwise` when there is none.
    pub fn or(all: impl IntoIterator<Item = T>, otherwise: impl FnOnce() -> T) -> Self {
        let mut all = all.into_iter();
        match all.next() {
            Some(first) => Self(first, all.collect()),
            None => Self::one(otherwise()),
        }
    }

    pub(super) fn map<U>(self, f: impl Fn(T) -> U) -> OneOrMore<U> {
        OneOrMore(f(self.0), self.1.into_iter().map(f).collect())
    }

    pub(super) fn and(mut self, more: impl IntoIterator<Item = T>) -> Self {
        self.1.extend(more);
        self
    }
}

impl<T: Serialize> Serialize for OneOrMore<T> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(std::iter::once(&self.0).chain(&self.1))
    }
}
