//! Days of the wall clock of this computer, with those on which it is set forward or back.

use salus_vault::Epoch;
use salus_wire::UnixMillis;

use crate::app::utc_offset_minutes;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// No day is longer: 25 hours, and an hour more.
const LONGEST: i64 = 26 * HOUR;

/// A day: its midnight, and the next one.
pub(crate) type Bounds = (UnixMillis, UnixMillis);

/// The last `count` days up to that of `now`, the oldest first.
pub(crate) fn until(now: UnixMillis, count: usize) -> Vec<Bounds> {
    days_back(now, count, &utc_offset_minutes)
}

/// The days that a span lies in, in order; at most `most`, the newest of them.
pub(crate) fn within(from: UnixMillis, to: UnixMillis, most: usize) -> Vec<Bounds> {
    let (from, last) = (held(from), held(to.saturating_sub(1)));
    let mut days = days_back(last, most, &utc_offset_minutes);
    days.retain(|(_, end)| *end > from);
    days
}

/// An instant that a record can hold something of.
fn held(at: UnixMillis) -> UnixMillis {
    at.clamp(0, Epoch::LAST.end())
}

fn days_back(at: UnixMillis, count: usize, offset: &impl Fn(UnixMillis) -> i32) -> Vec<Bounds> {
    let mut days = Vec::with_capacity(count);
    let mut start = midnight(held(at), offset);
    let mut end = midnight(start + LONGEST, offset);
    for _ in 0..count {
        days.push((start, end));
        (end, start) = (start, midnight(start - 1, offset));
    }
    days.reverse();
    days
}

/// The midnight before an instant. Where the clock leaps over it, the instant an hour off.
fn midnight(at: UnixMillis, offset: &impl Fn(UnixMillis) -> i32) -> UnixMillis {
    let shift = |at: UnixMillis| i64::from(offset(at)) * MINUTE;
    let now = shift(at);
    let start = (at + now).div_euclid(DAY) * DAY - now;
    // By the clock as it was then.
    start + now - shift(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-10-25 01:00 UTC: the European Union sets its clocks back.
    const AUTUMN: i64 = 1_792_890_000_000;
    /// 2026-03-29 01:00 UTC: it sets them forward.
    const SPRING: i64 = 1_774_746_000_000;

    fn berlin(at: UnixMillis) -> i32 {
        if (SPRING..AUTUMN).contains(&at) { 120 } else { 60 }
    }

    #[test]
    fn days_touch_and_those_of_a_change_are_longer_or_shorter() {
        for (change, hours) in [(SPRING, 23), (AUTUMN, 25)] {
            let days = days_back(change + 3 * DAY, 8, &berlin);
            assert!(days.windows(2).all(|pair| pair[0].1 == pair[1].0));
            let (start, end) = *days.iter().find(|(start, end)| (*start..*end).contains(&change)).unwrap();
            assert_eq!(end - start, hours * HOUR);
            assert!(days.iter().all(|(start, _)| (start + i64::from(berlin(*start)) * MINUTE) % DAY == 0));
        }
    }

    #[test]
    fn a_span_lies_in_its_days_and_silly_ones_do_no_harm() {
        let days = within(10 * DAY, 12 * DAY, 400);
        assert!((2..=3).contains(&days.len()));
        assert!(days[0].0 <= 10 * DAY && days[days.len() - 1].1 >= 12 * DAY);
        for (from, to) in [(i64::MIN, i64::MAX), (i64::MAX, i64::MIN), (0, 0)] {
            assert!(within(from, to, 400).len() <= 400);
        }
    }
}
