//! Daily summaries only: which slots open which days of UTC, and when.
//!
//! ```text
//! days       |   d0   |   d1   |   d2   |   d3
//! level 4    [  ][  ][  ][  ][  ][  ][  ][  ][  ]     18 hours each; at most one day ends in one of them
//! level 8    [          12 days          ][          what is long over is wrapped under these alone
//! opens d1                ^^ the slot in which it ends, and nothing before that slot is over
//! ```
//!
//! A day's key is wrapped under slots that are over after it only, because the contract of these permissions
//! ([`salus_chain::contract::Ready::SummariesOnly`]) lets members release no others: so a day shows up to 18 hours after its end.
//! What is wrapped are leaves of the days' tree of the vault's pyramid; no key of a reading is in such a capsule at all.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use salus_chain::time::Epoch;
use salus_keeper::release::MAX_SLOTS;
use salus_keeper::{Scope, Slot};
use salus_vault::summary::{day_of, day_start};
use salus_wire::UnixMillis;

use crate::capsule::WrappedDay;

/// 18 hours, and 12 days.
const FINE: u8 = 4;
const COARSE: u8 = 8;

/// A reader's clock may be behind the patient's: what is over is so for both.
const MARGIN_MS: i64 = 2 * 4_096_000;

/// The whole days of UTC that hold `from <= t < to`; `None` when that is empty or outside 1970 to 2106.
#[must_use]
pub fn days(from: UnixMillis, to: UnixMillis) -> Option<RangeInclusive<u32>> {
    let (first, last) = (day_of(from)?, day_of(to.checked_sub(1)?)?);
    (from < to && scope(&(first..=last)).is_some()).then_some(first..=last)
}

/// The epochs of a permission for these days: whole slots of 18 hours, so that members release them.
#[must_use]
pub fn scope(days: &RangeInclusive<u32>) -> Option<Scope> {
    let (from, to) = (day_start(*days.start()), day_start(days.end().checked_add(1)?) - 1);
    let slot = |at: UnixMillis| Slot::new(FINE, Epoch::at(at).0 >> FINE << FINE).ok();
    if days.is_empty() || day_of(to) != Some(*days.end()) {
        return None;
    }
    let (first, last) = (slot(from)?, slot(to)?);
    // Past the last epoch there is no slot, and the instant was brought back into the last one.
    (last.end_ms() > to).then_some(())?;
    Scope::new(first.start(), last.last()).ok()
}

/// The slots to wrap a day's key under in a permission that is made at `now`: two, or the coarse one alone where it is over.
#[must_use]
pub fn to_wrap(day: u32, scope: Scope, now: UnixMillis) -> Vec<Slot> {
    let end = Epoch::at(day_start(day.saturating_add(1)) - 1).0;
    let slot = |level: u8| Slot::new(level, end >> level << level).ok().filter(|s| scope.contains(*s));
    match (slot(FINE), slot(COARSE)) {
        (_, Some(coarse)) if coarse.end_ms().saturating_add(MARGIN_MS) <= now => vec![coarse],
        (fine, coarse) => fine.into_iter().chain(coarse).collect(),
    }
}

/// The first instant at which a day can be opened: the end of the 18 hours in which it ends.
#[must_use]
pub fn opens_at(day: u32) -> UnixMillis {
    let end = Epoch::at(day_start(day.saturating_add(1)) - 1).0;
    Slot::new(FINE, end >> FINE << FINE).map_or(UnixMillis::MAX, Slot::end_ms)
}

/// The slots that open every wrapped day that can be opened at `at`, in requests that a keeper takes, newest first. Coarse ones
/// first: one of them opens twelve days.
#[must_use]
pub fn requests(series: &[Vec<WrappedDay>], at: UnixMillis) -> Vec<Vec<Slot>> {
    let over = |slot: &Slot| slot.end_ms() <= at;
    let mut asked = BTreeSet::new();
    for days in series {
        let of = |level: u8| days.iter().filter(move |d| d.slot.level() == level && over(&d.slot));
        let coarse: BTreeSet<u32> = of(COARSE).map(|d| d.day).collect();
        asked.extend(of(COARSE).map(|d| d.slot));
        asked.extend(of(FINE).filter(|d| !coarse.contains(&d.day)).map(|d| d.slot));
    }
    let asked: Vec<Slot> = asked.into_iter().collect();
    asked.rchunks(MAX_SLOTS).map(<[Slot]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::wrap::WRAP;

    const DAY: i64 = 86_400_000;

    proptest! {
        #[test]
        fn a_day_opens_after_its_end_and_within_a_slot_of_it(
            first in 19_000u32..22_000, length in 0u32..500, now in 18_900i64..23_000, hour in 0i64..24,
        ) {
            let days = first..=first + length;
            let scope = scope(&days).unwrap();
            let now = now * DAY + hour * 3_600_000;
            let wrapped: Vec<WrappedDay> = days.clone().flat_map(|day| {
                to_wrap(day, scope, now).into_iter().map(move |slot| WrappedDay { slot, day, wrap: [0; WRAP] })
            }).collect();
            for wrap in &wrapped {
                let end = day_start(wrap.day + 1);
                prop_assert!(wrap.slot.end_ms() >= end && scope.contains(wrap.slot));
                prop_assert!(wrap.slot.contains(Epoch::at(end - 1).0));
            }
            // At any time from then on: each day whose slot of 18 hours is over, and none before its end.
            for at in [now, now + DAY, now + 40 * DAY] {
                let asked: BTreeSet<Slot> =
                    requests(std::slice::from_ref(&wrapped), at).into_iter().flatten().collect();
                prop_assert!(asked.iter().all(|slot| slot.end_ms() <= at && slot.level() >= FINE));
                for day in days.clone() {
                    let end = day_start(day + 1);
                    let opened = wrapped.iter().any(|w| w.day == day && asked.contains(&w.slot));
                    prop_assert!(!opened || end <= at);
                    prop_assert!(opened || opens_at(day) > at, "{} {}", day, at);
                    prop_assert!((end..end + 16 * 4_096_000).contains(&opens_at(day)));
                }
            }
        }
    }

    #[test]
    fn ten_years_of_days_are_asked_for_in_few_slots() {
        let days = 17_000..=20_650;
        let scope = scope(&days).unwrap();
        let now = day_start(20_700);
        let wrap = |day| to_wrap(day, scope, now).into_iter().map(move |slot| (slot, day));
        let wrapped: Vec<WrappedDay> = days
            .clone()
            .flat_map(wrap)
            .map(|(slot, day)| WrappedDay { slot, day, wrap: [0; WRAP] })
            .collect();
        assert!(wrapped.len() < 3_700);
        let asked: usize = requests(&[wrapped], now).iter().map(Vec::len).sum();
        assert!(asked < 340, "{asked}");
    }

    #[test]
    fn days_round_outwards_and_refuse_nonsense() {
        let noon = day_start(20_775) + DAY / 2;
        assert_eq!(days(noon, noon + 1), Some(20_775..=20_775));
        assert_eq!(days(noon, noon + DAY), Some(20_775..=20_776));
        assert_eq!(days(day_start(20_775), day_start(20_776)), Some(20_775..=20_775));
        assert_eq!(days(noon, noon), None);
        assert_eq!(days(-1, noon), None);
        assert_eq!(days(0, i64::MAX), None);
        assert_eq!(days(i64::MIN, i64::MIN), None);
    }
}
