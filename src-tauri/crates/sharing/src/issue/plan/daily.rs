//! The keys of a permission that gives daily summaries only.

use std::ops::RangeInclusive;

use salus_keeper::Slot;
use salus_vault::Series;
use salus_wire::{Category, UnixMillis};

use super::{IssueError, Lock, Plan, categories};
use crate::capsule::{CapsuleError, MAX_WRAPS, SeriesWraps, WrappedDay};
use crate::days;
use crate::wrap::{DayPlace, Place, wrap_day};

/// Each series without any key of its readings, and with leaves of its days' tree under slots that are over after the day. Days that
/// the patient deleted have none, and generations that seal none of the days are left out.
pub(super) fn wraps(
    plan: &Plan,
    days: RangeInclusive<u32>,
    lock: &Lock<'_>,
    now: UnixMillis,
) -> Result<Vec<(SeriesWraps, Vec<WrappedDay>)>, IssueError> {
    let categories = categories(plan);
    let pairs: Vec<(u32, Slot)> =
        days.flat_map(|day| days::to_wrap(day, plan.scope, now).into_iter().map(move |s| (day, s))).collect();
    if pairs.len().saturating_mul(categories.len()) > MAX_WRAPS {
        return Err(CapsuleError::TooLarge.into());
    }
    let outputs = lock.outputs(pairs.iter().map(|(_, slot)| *slot));
    let mut all = Vec::with_capacity(plan.series.len());
    for shared in &plan.series {
        let Series { id: series, generation, category } = shared.series;
        let mut wrapped = Vec::with_capacity(pairs.len());
        for (day, slot) in pairs.iter().copied() {
            let Some(leaf) = shared.tree.descend(0, day) else { continue };
            let prf = outputs.get(&slot).ok_or(IssueError::Series)?;
            let place = DayPlace { place: Place { grant: lock.grant, series, generation, slot }, day };
            wrapped.push(WrappedDay {
                slot,
                day,
                wrap: wrap_day(&place, lock.secret, prf, leaf.key().expose()),
            });
        }
        if !wrapped.is_empty() {
            all.push((SeriesWraps { series, generation, category, wraps: Vec::new() }, wrapped));
        }
    }
    let has = |category: &Category| all.iter().any(|(series, _)| series.category == *category);
    if categories.iter().all(has) { Ok(all) } else { Err(IssueError::Deleted) }
}
