//! Which backups are kept: of each of the last seven days that have one, four weeks, twelve months.
//!
//! Counted from the newest backup and not from the clock, which may be wrong: a clock that went back a year must not make
//! every backup look too old.

use std::collections::BTreeSet;

use salus_wire::UnixMillis;

use super::name::month;

/// Days of which the newest is kept.
pub const DAILY: usize = 7;
/// Weeks, from Monday, UTC.
pub const WEEKLY: usize = 4;
/// Months.
pub const MONTHLY: usize = 12;

const DAY_MS: i64 = 86_400_000;

/// Those of `instants` that are kept.
pub(super) fn kept(instants: &[UnixMillis]) -> BTreeSet<UnixMillis> {
    let mut newest_first = instants.to_vec();
    newest_first.sort_unstable_by(|a, b| b.cmp(a));
    let day = |at: &UnixMillis| at.div_euclid(DAY_MS);
    let mut kept = BTreeSet::new();
    newest_of_each(&newest_first, DAILY, day, &mut kept);
    // Day 0 was a Thursday.
    newest_of_each(&newest_first, WEEKLY, |at| (day(at) + 3).div_euclid(7), &mut kept);
    newest_of_each(&newest_first, MONTHLY, |at| month(*at), &mut kept);
    kept
}

fn newest_of_each<K: Ord>(
    newest_first: &[UnixMillis],
    periods: usize,
    period: impl Fn(&UnixMillis) -> K,
    kept: &mut BTreeSet<UnixMillis>,
) {
    let mut seen = BTreeSet::new();
    for at in newest_first {
        let new = seen.insert(period(at));
        if seen.len() > periods {
            return;
        }
        if new {
            kept.insert(*at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-18 12:00, a Wednesday.
    const NOON: i64 = 1_795_003_200_000;

    #[test]
    fn two_years_of_four_a_day_leave_seven_days_four_weeks_and_twelve_months() {
        let every_six_hours: Vec<i64> = (0..4 * 730).map(|n| NOON - n * DAY_MS / 4).collect();
        let kept = kept(&every_six_hours);
        let days_ago: Vec<i64> =
            kept.iter().rev().map(|at| (NOON.div_euclid(DAY_MS)) - at.div_euclid(DAY_MS)).collect();
        // 7 days (18th to 12th; the Sunday among them is the newest of its week), 2 more Sundays, and months' ends.
        assert_eq!(
            days_ago,
            [0, 1, 2, 3, 4, 5, 6, 10, 17, 18, 49, 79, 110, 141, 171, 202, 232, 263, 291, 322]
        );
        assert!(kept.contains(&NOON));
    }

    #[test]
    fn few_are_all_kept_and_gaps_do_not_age_what_is_there() {
        assert!(kept(&[]).is_empty());
        let rare: Vec<i64> = (0..7).map(|n| NOON - n * 400 * DAY_MS).collect();
        assert_eq!(kept(&rare).len(), 7);
    }

    #[test]
    fn keeping_twice_is_keeping_once() {
        let many: Vec<i64> = (0..400).map(|n| NOON - n * DAY_MS * 2 / 3).collect();
        let once: Vec<i64> = kept(&many).into_iter().collect();
        assert_eq!(kept(&once).into_iter().collect::<Vec<_>>(), once);
    }
}
