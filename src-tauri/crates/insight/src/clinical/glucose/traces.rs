//! A sensor's values day by day, for small pictures: lowest and highest of each quarter of an hour.

use std::collections::BTreeMap;

use salus_wire::UnixMillis;
use serde::{Deserialize, Serialize};

use super::super::WallTime;
use super::super::date::Date;
use super::{DAYS, Glucose};

/// Length of a step, minutes; 96 of them in a day.
pub const TRACE_STEP: u16 = 15;

/// One day of values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayTrace {
    /// Which.
    pub date: Date,
    /// In order of time: start of the step in minutes after midnight, lowest and highest value in whole mg/dL. Steps without a
    /// value are left out; at most 96.
    pub steps: Vec<[u16; 3]>,
}

/// The fourteen days of [`super::profile`], each with what it holds; values that the profile leaves out by doubt are left out here.
#[must_use]
pub fn traces(values: &[Glucose], clock: &WallTime, until: UnixMillis) -> Vec<DayTrace> {
    let today = clock.day(until, 0);
    let first = today.saturating_sub(DAYS);
    let mut days: BTreeMap<i64, BTreeMap<u16, (u16, u16)>> =
        (first..today).map(|day| (day, BTreeMap::new())).collect();
    for value in values.iter().filter(|v| !v.doubted) {
        let Some(steps) = days.get_mut(&clock.day(value.at, 0)) else { continue };
        let Ok(whole) = u16::try_from(value.whole()) else { continue };
        let step = clock.minute(value.at) / TRACE_STEP * TRACE_STEP;
        let (low, high) = steps.entry(step).or_insert((whole, whole));
        (*low, *high) = ((*low).min(whole), (*high).max(whole));
    }
    let trace = |(day, steps): (i64, BTreeMap<u16, (u16, u16)>)| {
        let steps = steps.into_iter().map(|(minute, (low, high))| [minute, low, high]).collect();
        Some(DayTrace { date: Date::of_day(day)?, steps })
    };
    days.into_iter().filter_map(trace).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use salus_wire::DeviceId;

    use super::*;

    const MINUTE: i64 = 60_000;
    const DAY: i64 = 1_440 * MINUTE;

    fn value(at: i64, milligrams: u32, doubted: bool) -> Glucose {
        Glucose { at, milligrams: milligrams * 1000, device: DeviceId([1; 16]), doubted }
    }

    #[test]
    fn a_day_has_the_extremes_of_each_quarter_of_an_hour() {
        let all = [
            value(DAY + 10 * MINUTE, 100, false),
            value(DAY + 14 * MINUTE, 140, false),
            value(DAY + 15 * MINUTE, 90, false),
            value(DAY + 16 * MINUTE, 300, true),
            value(15 * DAY, 111, false),
        ];
        let days = traces(&all, &WallTime::fixed(0), 15 * DAY + 1);
        assert_eq!(days.len(), 14);
        assert_eq!(days[0].date, Date { year: 1970, month: 1, day: 2 });
        assert_eq!(days[0].steps, [[0, 100, 140], [15, 90, 90]]);
        assert!(days[1..].iter().all(|d| d.steps.is_empty()), "today is not among them");
    }

    proptest! {
        #[test]
        fn traces_are_bounded(values in prop::collection::vec((0i64..40 * DAY, 0u32..1_000), 0..200), until in 0i64..40 * DAY) {
            let all: Vec<Glucose> = values.iter().map(|(at, n)| value(*at, *n, false)).collect();
            let days = traces(&all, &WallTime::fixed(-60), until);
            prop_assert!(days.len() <= 14 && days.iter().all(|d| d.steps.len() <= 96));
            prop_assert!(days.iter().flat_map(|d| &d.steps).all(|[minute, low, high]| *minute < 1_440 && low <= high));
        }
    }
}
