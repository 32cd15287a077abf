//! Which tree nodes are wrapped for a data range, and which slots a reader asks for.
//!
//! ```text
//! epochs   0 . . . 15|16 . . . 31|32 . . |now
//! asked    [ level 4 ][ level 4 ][0][0][0]        largest nodes inside the range whose end has come
//! wrapped  [ level 4 ][ level 4 ][0][0][0][0][0].. + [ level 4 ] of every block that is still to end
//! ```
//!
//! A block that is over when the grant is made will only ever be asked for whole; a block that is not needs every level,
//! because its epochs are released one at a time while it runs. Every slot of [`to_ask`] at any later instant is in
//! [`to_wrap`].

use crate::slot::Slot;
use salus_chain::time::{EPOCH_COUNT, Epoch};
use salus_wire::UnixMillis;

/// Levels of slots, largest first: 256, 16 and 1 epochs.
pub const LEVELS: [u8; 3] = [8, 4, 0];

/// Most slots in one request to a keeper.
pub const MAX_ASKED: usize = 64;

/// The epochs that a grant covers, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DataRange {
    first: u32,
    last: u32,
}

impl DataRange {
    /// `None` when the range is empty or leaves the 20 bits of epochs.
    #[must_use]
    pub const fn new(first: u32, last: u32) -> Option<Self> {
        if first <= last && last < EPOCH_COUNT { Some(Self { first, last }) } else { None }
    }

    /// The whole epochs that hold `from <= t < to`; `None` when that is empty or outside 1970 to 2106.
    #[must_use]
    pub fn of(from: UnixMillis, to: UnixMillis) -> Option<Self> {
        if from >= to || from < 0 || to > Epoch(EPOCH_COUNT - 1).end() {
            return None;
        }
        Self::new(Epoch::at(from).0, Epoch::at(to - 1).0)
    }

    /// The first epoch.
    #[must_use]
    pub const fn first(self) -> u32 {
        self.first
    }

    /// The last epoch.
    #[must_use]
    pub const fn last(self) -> u32 {
        self.last
    }

    /// First millisecond inside.
    #[must_use]
    pub fn start(self) -> UnixMillis {
        Epoch(self.first).start()
    }

    /// First millisecond after.
    #[must_use]
    pub fn end(self) -> UnixMillis {
        Epoch(self.last).end()
    }

    /// True when the epoch is inside.
    #[must_use]
    pub const fn contains(self, epoch: u32) -> bool {
        self.first <= epoch && epoch <= self.last
    }

    /// The aligned node of `level` that holds `epoch`, when all of it is inside.
    fn node(self, level: u8, epoch: u32) -> Option<Slot> {
        let start = epoch >> level << level;
        let last = start + ((1 << level) - 1);
        if self.first <= start && last <= self.last { Slot::new(level, start) } else { None }
    }

    /// Walks the range up to `until` in the largest nodes of which all is inside it.
    fn greedy(self, until: u32) -> Vec<Slot> {
        let mut slots = Vec::new();
        let Some(part) = Self::new(self.first, self.last.min(until)) else { return slots };
        let mut at = part.first;
        while at <= part.last {
            // A node of level 0 is always inside; the search never comes back empty.
            let from_here = |slot: &Slot| slot.start() == at;
            let Some(slot) = LEVELS.iter().filter_map(|l| part.node(*l, at)).find(from_here) else { break };
            at = at.saturating_add(1 << slot.level());
            slots.push(slot);
        }
        slots
    }
}

/// The slots that open everything in the range that is over or running at `at`, oldest first.
///
/// Give the earlier of the proven head's time and the own clock: a slot that a keeper thinks has not begun is refused.
#[must_use]
pub fn to_ask(range: DataRange, at: UnixMillis) -> Vec<Slot> {
    let running = Epoch::at(at).0;
    // All that ended is before the running epoch, which is asked on its own.
    let mut slots = running.checked_sub(1).map(|before| range.greedy(before)).unwrap_or_default();
    if range.contains(running) {
        slots.extend(Slot::new(0, running));
    }
    slots
}

/// [`to_ask`] in requests of at most [`MAX_ASKED`], newest first.
#[must_use]
pub fn requests(range: DataRange, at: UnixMillis) -> Vec<Vec<Slot>> {
    to_ask(range, at).rchunks(MAX_ASKED).map(<[Slot]>::to_vec).collect()
}

/// The slots to wrap a grant's node keys under when it is made at `now`, oldest first, largest first.
#[must_use]
pub fn to_wrap(range: DataRange, now: UnixMillis) -> Vec<Slot> {
    // One epoch of margin: a reader's clock may be behind the patient's and still ask for a block's epochs one by one.
    let settled = Epoch::at(now).0.checked_sub(2);
    let past = settled.map(|until| range.greedy(until)).unwrap_or_default();
    // What the past covers only in part at its end is asked whole later, so every block that ends later is wrapped too.
    let open = settled.map_or(range.first, |until| until.saturating_add(1)).max(range.first);
    let mut slots = past;
    let mut at = open;
    // Begin at the start of the largest block that is still to end and whose first part is already past.
    for level in LEVELS {
        let start = at >> level << level;
        if start < open && level > 0 {
            slots.extend(range.node(level, at));
        }
    }
    while at <= range.last {
        for level in LEVELS {
            slots.extend(range.node(level, at).filter(|slot| slot.start() == at));
        }
        at += 1;
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOUR: UnixMillis = 3_600_000;

    fn covered(slots: &[Slot]) -> Vec<u32> {
        slots.iter().flat_map(|s| s.start()..s.start() + (1 << s.level())).collect()
    }

    proptest! {
        #[test]
        fn what_is_asked_is_the_past_of_the_range_and_nothing_twice(
            first in 430_000u32..432_000, length in 0u32..2_000, after in 0u32..4_000,
        ) {
            let range = DataRange::new(first, first + length).unwrap();
            let at = Epoch(429_000 + after).start() + HOUR / 2;
            let slots = to_ask(range, at);
            let running = Epoch::at(at).0;
            let want: Vec<u32> = (range.first()..=range.last().min(running)).collect();
            prop_assert_eq!(covered(&slots), want);
            for slot in &slots {
                let ended = Epoch(slot.start() + (1 << slot.level()) - 1).end() <= at;
                prop_assert!(ended || (slot.level() == 0 && slot.start() == running));
            }
            prop_assert!(slots.len() < 80);
            let requests = requests(range, at);
            prop_assert!(requests.iter().all(|r| (1..=MAX_ASKED).contains(&r.len())));
            prop_assert_eq!(requests.into_iter().rev().flatten().collect::<Vec<_>>(), slots);
        }

        #[test]
        fn everything_asked_at_any_later_instant_was_wrapped(
            first in 438_000u32..438_600, length in 0u32..700, now in 437_900u32..438_900, later in 0u32..900,
        ) {
            let range = DataRange::new(first, first + length).unwrap();
            let wrapped = to_wrap(range, Epoch(now).start() + HOUR);
            // Also from a clock that is a minute behind at the very beginning of an epoch.
            let early = to_wrap(range, Epoch(now).start());
            for at in [Epoch(now).start() + HOUR, Epoch(now + later).start(), Epoch(now + later).end() - 1] {
                for slot in to_ask(range, at) {
                    prop_assert!(wrapped.contains(&slot), "{:?}", slot);
                }
            }
            for slot in to_ask(range, Epoch(now).start() - 60_000) {
                prop_assert!(early.contains(&slot), "{:?}", slot);
            }
            let mut once = wrapped.clone();
            once.sort_by_key(|s| (s.start(), s.level()));
            once.dedup();
            prop_assert_eq!(once.len(), wrapped.len());
            prop_assert!(covered(&wrapped).iter().all(|e| range.contains(*e)));
        }
    }

    #[test]
    fn ten_years_of_the_past_are_wrapped_in_few_slots() {
        let now = Epoch(438_232).start();
        let range = DataRange::new(438_232 - 77_000, 438_231).unwrap();
        assert!(to_wrap(range, now).len() < 400);
        let month_ahead = DataRange::new(438_232, 438_232 + 632).unwrap();
        assert!(to_wrap(month_ahead, now).len() < 632 + 42);
    }

    #[test]
    fn ranges_round_to_whole_epochs_and_refuse_nonsense() {
        let range = DataRange::of(Epoch(5).start() + 1, Epoch(7).start() + 1).unwrap();
        assert_eq!((range.first(), range.last()), (5, 7));
        assert_eq!(DataRange::of(Epoch(5).start(), Epoch(7).start()), DataRange::new(5, 6));
        assert_eq!(DataRange::of(5, 5), None);
        assert_eq!(DataRange::of(-1, 5), None);
        assert_eq!(DataRange::of(0, i64::MAX), None);
        assert_eq!(DataRange::new(3, 2), None);
        assert_eq!(DataRange::new(0, EPOCH_COUNT), None);
        assert!(to_ask(range, 0).is_empty());
    }
}
