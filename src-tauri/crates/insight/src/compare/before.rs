//! What is usual for the person of an opened record: by the function of their own screen, from what was opened and from nothing else.

use salus_wire::UnixMillis;
use salus_wire::view::TrendView;

use super::Sums;
use crate::clinical::WallTime;
use crate::trend::{DAYS, Day, trend};

/// The trend as of `until`, exclusive: the day before that end is today, and the days before it are the clock's. Where the record begins
/// is not known from what was opened.
#[must_use]
pub fn before(sums: &Sums, clock: &WallTime, until: UnixMillis) -> TrendView {
    let now = until.saturating_sub(1);
    let next = clock.day(now, 0).saturating_add(1);
    let first = next.saturating_sub(i64::try_from(DAYS).unwrap_or(0));
    let start = |day: i64| clock.start(day, 0);
    let empty = |day: i64| Day { from: start(day), to: start(day.saturating_add(1)), rows: Vec::new() };
    let mut days: Vec<Day> = (first..next).map(empty).collect();
    for row in sums.rows() {
        let place = clock.day(sums.middle(row), 0).checked_sub(first);
        let place = place.and_then(|place| usize::try_from(place).ok());
        if let Some(day) = place.and_then(|place| days.get_mut(place)) {
            day.rows.push(*row);
        }
    }
    trend(sums.category(), &days, now)
}
