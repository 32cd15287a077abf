//! The keys of a permission that gives daily summaries only.

use std::ops::RangeInclusive;

use salus_keeper::Slot;
use salus_vault::Series;
use salus_wire::UnixMillis;

use super::{IssueError, Lock, Plan, SeriesKey};
use crate::capsule::{CapsuleError, MAX_WRAPS, SeriesWraps, WrappedDay};
use crate::days;
use crate::wrap::{DayPlace, Place, wrap_day};

/// The series of a plan without any key of its readings.
pub(super) fn bare(plan: &Plan) -> Vec<SeriesWraps> {
    let one = |shared: &SeriesKey| {
        let Series { id: series, generation, category } = shared.series;
        SeriesWraps { series, generation, category, wraps: Vec::new() }
    };
    plan.series.iter().map(one).collect()
}

/// Leaves of the days' trees, under slots that are over after the day. Days that the patient deleted have none.
pub(super) fn wraps(
    plan: &Plan,
    days: RangeInclusive<u32>,
    lock: &Lock<'_>,
    now: UnixMillis,
) -> Result<Vec<Vec<WrappedDay>>, IssueError> {
    let pairs: Vec<(u32, Slot)> =
        days.flat_map(|day| days::to_wrap(day, plan.scope, now).into_iter().map(move |s| (day, s))).collect();
    if pairs.len().saturating_mul(plan.series.len()) > MAX_WRAPS {
        return Err(CapsuleError::TooLarge.into());
    }
    let outputs = lock.outputs(pairs.iter().map(|(_, slot)| *slot));
    let mut all = Vec::with_capacity(plan.series.len());
    for shared in &plan.series {
        let Series { id: series, generation, .. } = shared.series;
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
        if wrapped.is_empty() {
            return Err(IssueError::Deleted);
        }
        all.push(wrapped);
    }
    Ok(all)
}
