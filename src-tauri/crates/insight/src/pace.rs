//! How often a glucose sensor sends, by its values alone: every minute, every five, every fifteen.
//!
//! | what is there | distance that counts |
//! |---|---|
//! | two values of one device that follow each other | theirs in whole minutes, 1 to 15 |
//! | a summary of several values | their mean distance, lowered to what sensors send at: a value that is lost lengthens it |
//! | two summaries that follow each other | from the last value to the first |
//! | more than half an hour | none: that is a gap |
//!
//! The step is the median of these, each as often as it is there. The glucose profile and every coverage go by it.

use std::collections::BTreeMap;

use salus_wire::{DeviceId, Quantity, Summary, UnixMillis};

use crate::hrv::exact::nearest;

/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;
/// Distances above it are gaps: half an hour, twice the longest step.
const LONGEST_GAP: i64 = 30 * MINUTE;
/// The longest step of sensors in use, minutes; what is taken where no distance tells another.
pub(crate) const LONGEST_STEP: u16 = 15;
/// Steps of sensors in use, minutes, the longest first.
const STEPS: [u16; 5] = [LONGEST_STEP, 5, 3, 2, 1];

/// Distances seen so far; values, and summaries, come in order of time.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pace {
    newest: BTreeMap<DeviceId, UnixMillis>,
    summed: Option<UnixMillis>,
    /// How often each whole minute was a distance.
    seen: BTreeMap<u16, u64>,
}

/// What the summaries of one quantity among these tell, in minutes.
pub(crate) fn step<'a>(rows: impl Iterator<Item = &'a Summary>, quantity: Quantity) -> Option<u16> {
    let mut pace = Pace::default();
    rows.filter(|row| row.quantity == quantity).for_each(|row| pace.add(row));
    pace.step()
}

impl Pace {
    /// A value of a device.
    pub(crate) fn push(&mut self, device: DeviceId, at: UnixMillis) {
        if let Some(before) = self.newest.insert(device, at) {
            self.gap(at.saturating_sub(before));
        }
    }

    /// A summary of values.
    pub(crate) fn add(&mut self, row: &Summary) {
        let before = self.summed.replace(row.last);
        // Days that are given without the instants in them follow each other within a millisecond.
        let gap = before.map_or(0, |last| row.first.saturating_sub(last));
        if gap >= MINUTE / 2 {
            self.gap(gap);
        }
        let between = row.minutes.saturating_sub(1);
        let mean = row.last.saturating_sub(row.first) / i64::from(between.max(1));
        if between > 0 && mean > 0 && mean <= LONGEST_GAP {
            // A tenth less is still the step: sensors are not that exact.
            let sent = STEPS.into_iter().find(|step| mean * 10 >= i64::from(*step) * MINUTE * 9);
            self.count(sent.unwrap_or(1), between.into());
        }
    }

    fn gap(&mut self, gap: i64) {
        if gap > 0 && gap <= LONGEST_GAP {
            let minutes = nearest(gap.unsigned_abs().into(), MINUTE.unsigned_abs().into());
            self.count(u16::try_from(minutes).unwrap_or(LONGEST_STEP).clamp(1, LONGEST_STEP), 1);
        }
    }

    fn count(&mut self, minutes: u16, times: u64) {
        let seen = self.seen.entry(minutes).or_default();
        *seen = seen.saturating_add(times);
    }

    /// The step in minutes; `None` while nothing tells it.
    pub(crate) fn step(&self) -> Option<u16> {
        let middle = self.seen.values().fold(0u64, |sum, times| sum.saturating_add(*times)) / 2;
        let mut passed = 0u64;
        for (minutes, times) in &self.seen {
            passed = passed.saturating_add(*times);
            if passed > middle {
                return Some(*minutes);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::{Decimal, Level};

    use super::*;

    const HOUR: i64 = 60 * MINUTE;

    /// Hours of values at these minutes.
    fn hours(minutes: &[i64]) -> Vec<Summary> {
        let hour = |h: i64| {
            let ats: Vec<i64> = minutes.iter().map(|m| h * HOUR + m * MINUTE).collect();
            let value = Decimal::whole(120);
            let first = Summary::of(Level::Hour, Quantity::InterstitialGlucose, ats[0], value);
            ats[1..].iter().fold(first, |mut row, at| {
                row.push(*at, value);
                row
            })
        };
        (0..24).map(hour).collect()
    }

    fn summed(minutes: &[i64]) -> Option<u16> {
        step(hours(minutes).iter(), Quantity::InterstitialGlucose)
    }

    #[test]
    fn the_step_is_the_median_distance_of_a_device_s_values() {
        let of = |ats: &[(u8, i64)]| {
            let mut pace = Pace::default();
            ats.iter().for_each(|(device, minute)| pace.push(DeviceId([*device; 16]), minute * MINUTE));
            pace.step()
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[(1, 0), (1, 31)]), None, "a gap");
        assert_eq!(of(&[(1, 0), (1, 30)]), Some(15));
        assert_eq!(of(&[(1, 0), (1, 5), (1, 10), (1, 20)]), Some(5));
        // Two receivers of one sensor, a minute apart.
        assert_eq!(of(&[(1, 0), (2, 1), (1, 5), (2, 6), (1, 10), (2, 11)]), Some(5));
    }

    /// By hand: of 0, 5, 15, 20, 30, 35, 45 and 50 past every hour the mean distance is 50 / 7 = 7.1 minutes: a third is lost, and the
    /// sensor sends every five.
    #[test]
    fn summaries_tell_the_step_also_where_values_are_lost() {
        let every = |step: i64| (0..60 / step).map(|n| n * step).collect::<Vec<_>>();
        for step in [1, 2, 3, 5, 15] {
            assert_eq!(summed(&every(step)), u16::try_from(step).ok());
        }
        assert_eq!(summed(&[0, 5, 15, 20, 30, 35, 45, 50]), Some(5));
        assert_eq!(summed(&[0, 5, 10, 15, 20, 25]), Some(5), "half of each hour");
    }
}
