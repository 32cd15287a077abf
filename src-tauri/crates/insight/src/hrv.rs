//! Variability of the time between heartbeats, from the intervals that a device sends.
//!
//! ```text
//! readings in time order, each with the intervals that ended before its instant, oldest first
//!   -> beats     runs of consecutive intervals of one device; a silence, lost contact or movement cuts a run
//!   -> filter    300 to 2000 ms, and within 20 % of the median of the 11 intervals around; nothing is interpolated
//!   -> tally     RMSSD of each window of 5 minutes, SDNN of each stretch of 24 hours; too few is "not enough"
//!   -> exact     roots and means in integers, rounded once, half to even
//! ```
//!
//! RR intervals (beats of the heart) and pulse intervals (waves of the pulse) are never in one statistic: one view is of
//! one kind. Several devices of one kind are filtered and tallied each by itself; each window of each counts as one.
//! Memory does not grow with the span. Never a diagnosis.
//!
//! # Source
//! Task Force of the European Society of Cardiology and the North American Society of Pacing and Electrophysiology,
//! Heart rate variability, Circulation 93 (1996) 1043 to 1065: RMSSD and SDNN, 5 minutes for short recordings, at least
//! 18 analysable hours of 24 for long ones, with the whole night among them. A stretch begins where a span begins, at any hour, so
//! the night is judged where days are those of the wall clock, in [`crate::clinical::variability`]. RMSSD divides by the number of
//! differences, SDNN by one less than the number of intervals.

mod beats;
pub(crate) mod exact;
pub mod filter;
mod tally;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use salus_wire::view::{BeatKind, VariabilityView};
use salus_wire::{DeviceId, Quantity, Reading, UnixMillis};

use beats::Beats;
pub(crate) use tally::Filled;
use tally::Totals;
pub use tally::{DAY, LEAST_DAY, LEAST_NIGHT, LEAST_VALID, NIGHT, WINDOW};

/// Devices that are followed at a time; for one more, the one that was silent longest is closed.
const MOST_DEVICES: usize = 16;

/// Variability under way: takes readings in time order.
#[derive(Debug, Clone)]
pub struct Variability {
    from: UnixMillis,
    live: BTreeMap<(BeatKind, DeviceId), Beats>,
    totals: BTreeMap<BeatKind, Totals>,
}

impl Variability {
    /// Nothing taken in; stretches of 24 hours begin at `from`.
    #[must_use]
    pub const fn new(from: UnixMillis) -> Self {
        Self { from, live: BTreeMap::new(), totals: BTreeMap::new() }
    }

    /// Takes in the next reading.
    pub fn push(&mut self, reading: &Reading) {
        for (kind, quantity) in
            [(BeatKind::Heart, Quantity::RrInterval), (BeatKind::Pulse, Quantity::PulseInterval)]
        {
            let intervals = || reading.components.iter().filter(|c| c.quantity == quantity).map(|c| c.value);
            let key = (kind, reading.device);
            if intervals().next().is_some() {
                if !self.live.contains_key(&key) && self.live.len() >= MOST_DEVICES {
                    self.close_quietest();
                }
                let beats = self.live.entry(key).or_insert_with(|| Beats::new(self.from));
                beats.push(reading.at, intervals(), filter::unfit(reading.quality));
            } else if filter::unfit(reading.quality)
                && let Some(beats) = self.live.get_mut(&key)
            {
                beats.cut();
            }
        }
    }

    /// The finished view; `None` when there was no interval.
    #[must_use]
    pub fn finish(self) -> Option<VariabilityView> {
        self.finish_filled().map(|(view, _)| view)
    }

    /// The same, with how much of its fullest stretch of 24 hours was used.
    #[must_use]
    pub(crate) fn finish_filled(mut self) -> Option<(VariabilityView, Filled)> {
        while !self.live.is_empty() {
            self.close_quietest();
        }
        let (kind, totals) = self.totals.pop_first()?;
        let filled = totals.filled();
        Some((totals.finish(kind), filled))
    }

    fn close_quietest(&mut self) {
        let quietest = self.live.iter().min_by_key(|(_, beats)| beats.newest()).map(|(key, _)| *key);
        if let Some(key) = quietest
            && let Some(beats) = self.live.remove(&key)
        {
            self.totals.entry(key.0).or_default().absorb(beats.finish());
        }
    }
}
