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

use salus_chain::time::{EPOCH_COUNT, Epoch};
use salus_keeper::slot::{LEVELS, cover};
use salus_keeper::{Scope, Slot};
use salus_wire::UnixMillis;

/// The whole epochs that hold `from <= t < to`; `None` when that is empty or outside 1970 to 2106.
#[must_use]
pub fn scope(from: UnixMillis, to: UnixMillis) -> Option<Scope> {
    if from >= to || from < 0 || to > Epoch(EPOCH_COUNT - 1).end() {
        return None;
    }
    Scope::new(Epoch::at(from).0, Epoch::at(to - 1).0).ok()
}

/// The first millisecond of a scope, and the first one after it.
#[must_use]
pub fn instants(scope: Scope) -> (UnixMillis, UnixMillis) {
    (Epoch(scope.first_epoch).start(), Epoch(scope.last_epoch).end())
}

/// The slots that open everything in the scope that is over or running at `at`, oldest first.
///
/// Give the earlier of the proven head's time and the own clock: a slot that a keeper thinks has not come is refused.
#[must_use]
pub fn to_ask(scope: Scope, at: UnixMillis) -> Vec<Slot> {
    cover(scope, at)
}

/// The slots to wrap a grant's node keys under when it is made at `now`.
#[must_use]
pub fn to_wrap(scope: Scope, now: UnixMillis) -> Vec<Slot> {
    // One epoch of margin: a reader's clock may be behind the patient's and still ask for a block's epochs one by one.
    let settled = Epoch::at(now).0.checked_sub(2).map(|e| e.min(scope.last_epoch));
    let past = settled.and_then(|last| Scope::new(scope.first_epoch, last).ok());
    let mut slots = past.map(|past| cover(past, now)).unwrap_or_default();
    let open = past.map_or(scope.first_epoch, |past| past.last_epoch + 1);
    for level in LEVELS {
        // From the block that `open` lies in: its end is still to come, also when its beginning is past.
        let mut start = open >> level << level;
        while let Ok(slot) = Slot::new(level, start) {
            if slot.start() > scope.last_epoch {
                break;
            }
            if slot.last() >= open && scope.contains(slot) {
                slots.push(slot);
            }
            start = slot.last() + 1;
        }
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOUR: UnixMillis = 3_600_000;

    fn covered(slots: &[Slot]) -> Vec<u32> {
        slots.iter().flat_map(|s| s.start()..=s.last()).collect()
    }

    proptest! {
        #[test]
        fn what_is_asked_is_the_past_of_the_range_and_nothing_twice(
            first in 430_000u32..432_000, length in 0u32..2_000, after in 0u32..4_000,
        ) {
            let range = Scope::new(first, first + length).unwrap();
            let at = Epoch(429_000 + after).start() + HOUR / 2;
            let slots = to_ask(range, at);
            let running = Epoch::at(at).0;
            let want: Vec<u32> = (range.first_epoch..=range.last_epoch.min(running)).collect();
            prop_assert_eq!(covered(&slots), want);
            for slot in &slots {
                let ended = slot.end_ms() <= at;
                prop_assert!(ended || (slot.level() == 0 && slot.start() == running));
            }
            prop_assert!(slots.len() < 80);
        }

        #[test]
        fn everything_asked_at_any_later_instant_was_wrapped(
            first in 438_000u32..438_600, length in 0u32..700, now in 437_900u32..438_900, later in 0u32..900,
        ) {
            let range = Scope::new(first, first + length).unwrap();
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
            prop_assert!(wrapped.iter().all(|s| range.contains(*s)));
        }
    }

    #[test]
    fn ten_years_of_the_past_are_wrapped_in_few_slots() {
        let now = Epoch(438_232).start();
        let range = Scope::new(438_232 - 77_000, 438_231).unwrap();
        assert!(to_wrap(range, now).len() < 400);
        let month_ahead = Scope::new(438_232, 438_232 + 632).unwrap();
        assert!(to_wrap(month_ahead, now).len() <= 633 + 42);
    }

    #[test]
    fn ranges_round_to_whole_epochs_and_refuse_nonsense() {
        let range = scope(Epoch(5).start() + 1, Epoch(7).start() + 1).unwrap();
        assert_eq!(range, Scope::new(5, 7).unwrap());
        assert_eq!(instants(range), (Epoch(5).start(), Epoch(8).start()));
        assert_eq!(scope(Epoch(5).start(), Epoch(7).start()), Scope::new(5, 6).ok());
        assert_eq!(scope(5, 5), None);
        assert_eq!(scope(-1, 5), None);
        assert_eq!(scope(0, i64::MAX), None);
        assert!(to_ask(range, 0).is_empty());
    }
}
