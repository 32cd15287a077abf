//! Which two times are compared: whole days by the wall clock, the later one second.

use salus_wire::UnixMillis;
use salus_wire::view::Period;

use crate::format::{DAY, day_start, field_date, parse_date};

/// Days that can be chosen with one press.
pub(super) const PRESETS: [i64; 3] = [7, 14, 30];

/// What four date fields hold: the first and the last day of each time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Typed(pub(super) [String; 4]);

impl Typed {
    /// As the fields hold two times.
    pub(super) fn of((first, second): (Period, Period), offset: i32) -> Self {
        let day = |at: UnixMillis| field_date(at, offset);
        Self([day(first.from), day(first.to - 1), day(second.from), day(second.to - 1)])
    }

    /// The times; `None` where a field holds no date, a time ends before it begins, or is longer than what can be compared.
    pub(super) fn periods(&self, offset: i32) -> Option<(Period, Period)> {
        let at = |field: &String| parse_date(field, offset);
        let period = |from: UnixMillis, last: UnixMillis| {
            let to = last.checked_add(DAY)?;
            let length = to.checked_sub(from)?;
            (from >= 0 && (1..=Period::LONGEST).contains(&length)).then_some(Period { from, to })
        };
        let [a, b, c, d] = &self.0;
        Some((period(at(a)?, at(b)?)?, period(at(c)?, at(d)?)?))
    }
}

/// The end of the last day that the data window has up to now.
pub(super) fn end_of(window: (UnixMillis, UnixMillis), now: UnixMillis, offset: i32) -> UnixMillis {
    let last = (window.1 - 1).min(now).max(window.0);
    day_start(last, offset) + DAY
}

/// So many days before `end`, and as many before these.
pub(super) fn preset(end: UnixMillis, days: i64) -> (Period, Period) {
    let middle = end - days * DAY;
    (
        Period { from: (middle - days * DAY).max(0), to: middle.max(1) },
        Period { from: middle.max(1), to: end },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = 1_795_000_000_000;

    #[test]
    fn two_weeks_meet_at_a_midnight_of_the_wall_clock_and_end_today_or_with_the_window() {
        let today = day_start(NOW, 120);
        let end = end_of((NOW - 40 * DAY, NOW + 9 * DAY), NOW, 120);
        assert_eq!(end, today + DAY);
        let (first, second) = preset(end, 7);
        assert_eq!((first.to, second.from, second.to), (second.from, today - 6 * DAY, end));
        assert_eq!(first.to - first.from, second.to - second.from);
        // A window that is over ends with its last day.
        assert_eq!(end_of((NOW - 40 * DAY, today - 3 * DAY), NOW, 120), today - 3 * DAY);
        // Before anything is measured there is a day all the same.
        assert!(end_of((NOW + DAY, NOW + 2 * DAY), NOW, 0) > NOW + DAY);
    }

    #[test]
    fn dates_come_back_from_their_fields_and_what_is_no_time_is_none() {
        for offset in [-570, 0, 330] {
            let periods = preset(day_start(NOW, offset), 14);
            assert_eq!(Typed::of(periods, offset).periods(offset), Some(periods));
        }
        let typed = |dates: [&str; 4]| Typed(dates.map(str::to_owned)).periods(0);
        assert!(typed(["2026-11-01", "2026-11-01", "2026-10-01", "2026-10-31"]).is_some(), "in any order");
        for bad in [
            ["", "2026-11-01", "2026-11-02", "2026-11-03"],
            ["2026-11-02", "2026-11-01", "2026-11-02", "2026-11-03"],
            ["2020-11-02", "2026-11-01", "2026-11-02", "2026-11-03"],
            ["2026-02-30", "2026-11-01", "2026-11-02", "2026-11-03"],
        ] {
            assert_eq!(typed(bad), None, "{bad:?}");
        }
    }
}
