//! What was proven, and as of when.

use salus_chain::ids::Hash32;
use salus_chain::time::UnixMillis;

/// A header older than this is out of date and unlocks nothing: 60 s.
pub const FRESH_MS: i64 = 60_000;

/// A verified header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its height.
    pub height: u64,
    /// Its time, milliseconds since 1970.
    pub time_ms: UnixMillis,
    /// Its hash.
    pub hash: Hash32,
    /// Keeper indexes of the members whose signatures it carries.
    pub signers: Vec<u16>,
    /// Other members that were asked for the same height and gave the same hash.
    pub witnesses: u16,
}

impl Head {
    /// Whether it is recent enough to act on at `now`.
    #[must_use]
    pub fn is_fresh(&self, now: UnixMillis) -> bool {
        now.saturating_sub(self.time_ms) <= FRESH_MS
    }
}

/// A value with the header that it was proven against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven<T> {
    /// What was proven.
    pub value: T,
    /// Against which header.
    pub head: Head,
}

impl<T> Proven<T> {
    /// The same proof, the value read further.
    pub fn map<U>(self, read: impl FnOnce(T) -> U) -> Proven<U> {
        Proven { value: read(self.value), head: self.head }
    }
}

/// A transaction proven to be in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inclusion {
    /// Height of the block.
    pub height: u64,
    /// Time of the block, milliseconds since 1970.
    pub time_ms: UnixMillis,
    /// Position in the block, from 0.
    pub position: u32,
}
