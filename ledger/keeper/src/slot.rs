//! Slots: the units of release. A slot is a level L in {0, 4, 8} and a start epoch aligned to 2^L.

use salus_chain::codec::{CodecError, Reader, Writer};
use salus_chain::ids::{ChainId, GrantId};
use salus_chain::time::{EPOCH_COUNT, Epoch, UnixMillis};

use crate::Scope;

/// The levels, largest first: 256 epochs (12 days), 16 epochs (18 hours), 1 epoch (68 minutes).
pub const LEVELS: [u8; 3] = [8, 4, 0];

/// Level and start do not make a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("level {level} and start {start} are no slot")]
pub struct NotASlot {
    /// The level given.
    pub level: u8,
    /// The start epoch given.
    pub start: u32,
}

/// A level and an aligned start; ordered by start, then level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    start: u32,
    level: u8,
}

impl Slot {
    /// The slot of this level and start epoch.
    ///
    /// # Errors
    /// [`NotASlot`] for another level, a start off its alignment, or past the last epoch.
    pub fn new(level: u8, start: u32) -> Result<Self, NotASlot> {
        if LEVELS.contains(&level) && start < EPOCH_COUNT && start.is_multiple_of(1 << level) {
            Ok(Self { start, level })
        } else {
            Err(NotASlot { level, start })
        }
    }

    /// Its level: it spans 2^level epochs.
    pub fn level(self) -> u8 {
        self.level
    }

    /// Its first epoch.
    pub fn start(self) -> u32 {
        self.start
    }

    /// Its last epoch.
    pub fn last(self) -> u32 {
        self.start + ((1 << self.level) - 1)
    }

    /// Its first millisecond.
    pub fn start_ms(self) -> UnixMillis {
        Epoch(self.start).start()
    }

    /// The first millisecond after it.
    pub fn end_ms(self) -> UnixMillis {
        Epoch(self.last()).end()
    }

    /// Whether `epoch` lies in it.
    pub fn contains(self, epoch: u32) -> bool {
        (self.start..=self.last()).contains(&epoch)
    }

    /// Input of the slot PRF: "hg/v1/slot" || chain_id || grant_id || start u32 || u8 level.
    pub fn input(self, chain: &ChainId, grant: &GrantId) -> Vec<u8> {
        [b"hg/v1/slot".as_slice(), &chain.0, &grant.0, &self.start.to_be_bytes(), &[self.level]].concat()
    }

    pub(crate) fn write(self, out: &mut Writer) {
        out.u32(self.start);
        out.u8(self.level);
    }

    pub(crate) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let start = input.u32()?;
        Self::new(input.u8()?, start).map_err(|_| CodecError::Value("slot"))
    }
}

/// The fewest slots that cover the epochs of `scope` up to the running one at `now`, in order. Slots above
/// level 0 are used only when they have ended, so the running epoch is always a slot of its own.
pub fn cover(scope: Scope, now: UnixMillis) -> Vec<Slot> {
    let last = scope.last_epoch.min(Epoch::at(now).0);
    let mut slots = Vec::new();
    let mut next = scope.first_epoch;
    while next <= last {
        let fits = |level: &u8| {
            Slot::new(*level, next)
                .is_ok_and(|slot| slot.last() <= last && (*level == 0 || slot.end_ms() <= now))
        };
        let level = LEVELS.into_iter().find(fits).unwrap_or(0);
        let Ok(slot) = Slot::new(level, next) else { break };
        slots.push(slot);
        next = slot.last() + 1;
    }
    slots
}

/// Every slot that a release may ever name inside `scope`, at each level; what a patient wraps keys for.
pub fn all(scope: Scope) -> Vec<Slot> {
    let mut slots = Vec::new();
    for level in LEVELS {
        let span = 1u32 << level;
        let mut start = scope.first_epoch.next_multiple_of(span);
        while let Ok(slot) = Slot::new(level, start) {
            if slot.last() > scope.last_epoch {
                break;
            }
            slots.push(slot);
            start = slot.last() + 1;
        }
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_three_levels_and_aligned_starts() {
        assert!(Slot::new(4, 438_224).is_ok());
        for (level, start) in [(1, 0), (4, 8), (8, 16), (0, EPOCH_COUNT), (9, 0)] {
            assert_eq!(Slot::new(level, start), Err(NotASlot { level, start }));
        }
    }

    #[test]
    fn two_years_are_covered_by_few_slots() {
        let now = Epoch(438_232).start() + 1;
        let slots = cover(Scope::new(438_232 - 15_000, 500_000).unwrap(), now);
        assert_eq!(slots.last(), Some(&Slot::new(0, 438_232).unwrap()));
        assert!(slots.len() < 110, "{}", slots.len());
    }

    proptest! {
        #[test]
        fn a_cover_is_each_epoch_once_and_nothing_to_come(
            first in 0u32..1_000_000, length in 0u32..3000, ahead in 0u32..3000, ms in 0i64..4_096_000
        ) {
            let scope = Scope::new(first, (first + length).min(EPOCH_COUNT - 1)).unwrap();
            let now = Epoch((first + ahead).min(EPOCH_COUNT - 1)).start() + ms;
            let slots = cover(scope, now);
            let mut next = scope.first_epoch;
            for slot in &slots {
                prop_assert_eq!(slot.start(), next);
                prop_assert!(slot.level() == 0 || slot.end_ms() <= now);
                next = slot.last() + 1;
            }
            prop_assert_eq!(next, scope.last_epoch.min(Epoch::at(now).0) + 1);
        }
    }
}
