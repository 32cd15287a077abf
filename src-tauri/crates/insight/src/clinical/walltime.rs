//! The wall clock of one place, with the days on which it is set forward or back.

use salus_wire::UnixMillis;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// How far apart the clock is looked at: no place sets its clock twice within it. 6 hours.
const PROBE: i64 = 6 * HOUR;
/// Most looks, the newest: 3 years and a half.
const MOST_PROBES: i64 = 5_120;

/// Minutes east of UTC: first these, and others from an instant on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WallTime {
    first: i32,
    changes: Vec<(UnixMillis, i32)>,
}

impl WallTime {
    /// A place that never sets its clock.
    #[must_use]
    pub const fn fixed(minutes: i32) -> Self {
        Self { first: minutes, changes: Vec::new() }
    }

    /// The clock of a place between two instants, at most three years before the later one, from what it says at any of them; before
    /// and after it goes on as at the edge. A change is found to the minute.
    #[must_use]
    pub fn observed(from: UnixMillis, to: UnixMillis, offset: impl Fn(UnixMillis) -> i32) -> Self {
        let from = from.max(to.saturating_sub(MOST_PROBES * PROBE));
        let (mut at, mut now) = (from, offset(from));
        let mut wall = Self::fixed(now);
        while at < to {
            let next = at.saturating_add(PROBE).min(to);
            let then = offset(next);
            if then != now {
                wall.changes.push((change(at, next, now, &offset), then));
            }
            (at, now) = (next, then);
        }
        wall
    }

    /// Minutes east of UTC at an instant.
    #[must_use]
    pub fn offset(&self, at: UnixMillis) -> i32 {
        self.changes.iter().rev().find(|(since, _)| at >= *since).map_or(self.first, |(_, minutes)| *minutes)
    }

    /// The day that an instant lies in, counted from 1 January 1970; days begin `begins` minutes after midnight.
    #[must_use]
    pub fn day(&self, at: UnixMillis, begins: u16) -> i64 {
        self.local(at).saturating_sub(i64::from(begins) * MINUTE).div_euclid(DAY)
    }

    /// Minutes after midnight, 0 to 1439.
    #[must_use]
    pub fn minute(&self, at: UnixMillis) -> u16 {
        u16::try_from(self.local(at).rem_euclid(DAY) / MINUTE).unwrap_or(0)
    }

    /// When a day begins, `begins` minutes after midnight. Where the clock shows that time twice, the first one; where it leaps
    /// over it, the instant of the leap.
    #[must_use]
    pub fn start(&self, day: i64, begins: u16) -> UnixMillis {
        let local = day.saturating_mul(DAY).saturating_add(i64::from(begins) * MINUTE);
        // No place is more than a day from UTC: one of these holds before that time and the other after it.
        let [before, after] = [local.saturating_sub(DAY), local.saturating_add(DAY)]
            .map(|near| local.saturating_sub(i64::from(self.offset(near)) * MINUTE));
        let shows = |at: &UnixMillis| self.local(*at) == local;
        [before, after].into_iter().filter(shows).min().unwrap_or(before)
    }

    fn local(&self, at: UnixMillis) -> i64 {
        at.saturating_add(i64::from(self.offset(at)) * MINUTE)
    }
}

/// The first minute in `(low, high]` at which the offset is no longer `now`.
fn change(low: i64, high: i64, now: i32, offset: &impl Fn(UnixMillis) -> i32) -> UnixMillis {
    let (mut low, mut high) = (low.div_euclid(MINUTE), high.div_euclid(MINUTE));
    while high.saturating_sub(low) > 1 {
        let middle = low + (high - low) / 2;
        if offset(middle.saturating_mul(MINUTE)) == now { low = middle } else { high = middle }
    }
    high.saturating_mul(MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// 2026-10-25 01:00 UTC: the European Union sets its clocks back.
    const AUTUMN: i64 = 1_792_890_000_000;
    /// 2026-03-29 01:00 UTC: it sets them forward.
    const SPRING: i64 = 1_774_746_000_000;

    fn berlin(at: UnixMillis) -> i32 {
        if (SPRING..AUTUMN).contains(&at) { 120 } else { 60 }
    }

    #[test]
    fn a_change_of_the_clock_is_found_to_the_minute() {
        let wall = WallTime::observed(SPRING - 40 * DAY + 12_345, AUTUMN + 40 * DAY, berlin);
        assert_eq!(wall.changes, [(SPRING, 120), (AUTUMN, 60)]);
        assert_eq!((wall.offset(SPRING - 1), wall.offset(SPRING), wall.offset(i64::MAX)), (60, 120, 60));
        // Of a long time the newest part is looked at.
        assert_eq!(WallTime::observed(0, AUTUMN + DAY, berlin).changes, wall.changes);
    }

    #[test]
    fn days_of_23_and_25_hours_begin_at_their_own_midnights() {
        let wall = WallTime::observed(SPRING - 5 * DAY, AUTUMN + 5 * DAY, berlin);
        for (change, hours) in [(SPRING, 23), (AUTUMN, 25)] {
            let day = wall.day(change, 0);
            assert_eq!(wall.start(day + 1, 0) - wall.start(day, 0), hours * HOUR);
            assert_eq!((wall.minute(wall.start(day, 0)), wall.minute(wall.start(day + 1, 0))), (0, 0));
            assert_eq!(wall.minute(wall.start(day, 240)), 240);
        }
    }

    #[test]
    fn a_midnight_that_the_clock_leaps_over_is_the_instant_of_the_leap() {
        // Beirut, 2026-03-29: from 00:00 to 01:00, at 22:00 UTC of the day before.
        let leap = SPRING - 3 * HOUR;
        let wall = WallTime::observed(leap - DAY, leap + DAY, |at| if at >= leap { 180 } else { 120 });
        let day = wall.day(leap, 0);
        assert_eq!((wall.start(day, 0), wall.minute(leap)), (leap, 60));
        // And one that it shows twice is the first of the two: Havana, 01:00 back to 00:00.
        let back = AUTUMN + 4 * HOUR;
        let wall = WallTime::observed(back - DAY, back + DAY, |at| if at >= back { -300 } else { -240 });
        assert_eq!(wall.start(wall.day(back, 0), 0), back - HOUR);
    }

    proptest! {
        #[test]
        fn an_instant_lies_in_its_day(at in -4_000_000_000_000i64..4_000_000_000_000, minutes in -720i32..=840, begins in 0u16..1440) {
            let wall = WallTime::fixed(minutes);
            let day = wall.day(at, begins);
            prop_assert!(wall.start(day, begins) <= at && at < wall.start(day + 1, begins));
        }

        #[test]
        fn nothing_panics(from: i64, to: i64, at: i64, day: i64, minutes in -1440i32..=1440) {
            let wall = WallTime::observed(from, to, |t| if t > 0 { minutes } else { 0 });
            let _ = (wall.day(at, 1439), wall.minute(at), wall.start(day, 1439), wall.offset(at));
        }
    }
}
