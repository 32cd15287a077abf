//! What is set aside instead of stored: counted by reason, never kept, never fatal.

use core::fmt;

/// Why a packet was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// The bytes do not follow the characteristic's layout.
    Malformed,
    /// A copy of a reading that was taken before.
    Replayed,
    /// Well formed, but no living body gives this value.
    Impossible,
    /// More packets than the characteristic can honestly produce.
    TooFrequent,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Reason; 4] = [Reason::Malformed, Reason::Replayed, Reason::Impossible, Reason::TooFrequent];

    /// Stable name for logs and pages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Reason::Malformed => "malformed",
            Reason::Replayed => "replayed",
            Reason::Impossible => "impossible",
            Reason::TooFrequent => "too_frequent",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Packets set aside, by reason; saturating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// [`Reason::Malformed`].
    pub malformed: u32,
    /// [`Reason::Replayed`].
    pub replayed: u32,
    /// [`Reason::Impossible`].
    pub impossible: u32,
    /// [`Reason::TooFrequent`].
    pub too_frequent: u32,
}

impl Counts {
    /// All reasons together.
    #[must_use]
    pub const fn total(self) -> u32 {
        self.malformed
            .saturating_add(self.replayed)
            .saturating_add(self.impossible)
            .saturating_add(self.too_frequent)
    }

    /// One more of `reason`.
    pub const fn add(&mut self, reason: Reason) {
        let n = match reason {
            Reason::Malformed => &mut self.malformed,
            Reason::Replayed => &mut self.replayed,
            Reason::Impossible => &mut self.impossible,
            Reason::TooFrequent => &mut self.too_frequent,
        };
        *n = n.saturating_add(1);
    }
}
