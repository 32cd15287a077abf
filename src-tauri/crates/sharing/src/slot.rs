//! One slot: a node of the epoch tree that keepers release on its own.

/// `2^level` epochs from an aligned start; levels 0, 4 and 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    level: u8,
    start: u32,
}

impl Slot {
    /// `None` for another level, an unaligned start, or one outside the 20 bits.
    #[must_use]
    pub const fn new(level: u8, start: u32) -> Option<Self> {
        let levels = matches!(level, 0 | 4 | 8);
        if levels && start < 1 << 20 && start.trailing_zeros() >= level as u32 {
            Some(Self { level, start })
        } else {
            None
        }
    }

    /// 0, 4 or 8.
    #[must_use]
    pub const fn level(self) -> u8 {
        self.level
    }

    /// The first epoch.
    #[must_use]
    pub const fn start(self) -> u32 {
        self.start
    }
}
