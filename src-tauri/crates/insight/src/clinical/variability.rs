//! Heart rate variability of a day against the person's own 28 days before it.
//!
//! | rule | here |
//! |---|---|
//! | a day's value | mean RMSSD of its windows of five minutes, as [`crate::hrv`] has them: artefacts left out, their share said |
//! | the day | today by the wall clock, or yesterday while today has no window with enough beats |
//! | usual | median and quartiles of the 28 days before, the day itself not among them |
//! | SDNN | of one day of the wall clock with at least 18 hours of used intervals, and five of the six after midnight among them |
//! | one device | heartbeats before pulse waves, then the device with the most days; others are counted, not mixed in |
//!
//! Never a diagnosis.
//!
//! # Source
//! Task Force of the European Society of Cardiology and the North American Society of Pacing and Electrophysiology, Heart rate
//! variability, Circulation 93 (1996) 1043 to 1065: RMSSD over 5 minutes, SDNN over 24 hours with at least 18 that can be analysed
//! and the whole night among them. Which hours the night is, the mean of a day's windows, and the own days to compare with: Salus's
//! own choice.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use salus_wire::view::{
    BeatKind, DayVariabilityView, Lack, LackView, Outcome, ShortView, SpreadView, VariabilityTrendView,
    VariabilityView, WholeDayView,
};
use salus_wire::{Category, DeviceId, Quantity, Reading, UnixMillis};

use super::WallTime;
use super::usual::{self, usual};
use crate::hrv::{Filled, LEAST_DAY, LEAST_NIGHT, LEAST_VALID, Variability, WINDOW};

/// Milliseconds that a caller has to have readings of before `until`, with the days on which clocks change.
pub const REACH: i64 = (usual::DAYS + 3) * 86_400_000;
/// Days of devices that are kept; for one more, the oldest goes. Eleven years of one, or a year of eleven.
const MOST_DAYS: usize = 4_096;
/// Devices that are followed at a time; for one more, the day of another is closed early.
const MOST_DEVICES: usize = 16;
/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;

/// Which day of what.
type Key = (i64, BeatKind, DeviceId);

/// What one day of one device gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Figures {
    rmssd: Option<u32>,
    windows: u32,
    sdnn: Option<u32>,
    rejected: u8,
    /// Whole hours that used intervals fill.
    hours: u32,
    /// The same of the six after midnight.
    night: u32,
}

/// Days of intervals between beats, under way: takes readings in order of time.
#[derive(Debug, Clone)]
pub struct BeatDays {
    clock: WallTime,
    live: BTreeMap<DeviceId, (i64, Variability)>,
    done: BTreeMap<Key, Figures>,
}

impl BeatDays {
    /// Nothing taken in.
    #[must_use]
    pub const fn new(clock: WallTime) -> Self {
        Self { clock, live: BTreeMap::new(), done: BTreeMap::new() }
    }

    /// Takes in the next reading; true when it begins a day of its device.
    pub fn push(&mut self, reading: &Reading) -> bool {
        if reading.category != Category::HeartRate {
            return false;
        }
        let day = self.clock.day(reading.at, 0);
        let beats =
            |c: &salus_wire::Component| matches!(c.quantity, Quantity::RrInterval | Quantity::PulseInterval);
        let begins = match self.live.get(&reading.device) {
            Some((live, _)) => *live != day,
            None => reading.components.iter().any(beats),
        };
        if begins {
            self.close(reading.device);
            if self.live.len() >= MOST_DEVICES
                && let Some(other) = self.live.keys().next().copied()
            {
                self.close(other);
            }
            let from = self.clock.start(day, 0);
            self.live.insert(reading.device, (day, Variability::new(from)));
        }
        if let Some((_, variability)) = self.live.get_mut(&reading.device) {
            variability.push(reading);
        }
        begins
    }

    fn close(&mut self, device: DeviceId) {
        let Some((day, variability)) = self.live.remove(&device) else { return };
        let Some((view, filled)) = variability.finish_filled() else { return };
        let key = (day, view.kind, device);
        let new = Figures::of(&view, filled);
        // Readings that come out of order split a day: the larger part stands for it.
        if self.done.get(&key).is_none_or(|old| old.windows < new.windows) {
            self.done.insert(key, new);
        }
        while self.done.len() > MOST_DAYS {
            self.done.pop_first();
        }
    }

    /// The newest day before `until` against the days before it; `name` tells what a device is called.
    #[must_use]
    pub fn trend(
        &self,
        until: UnixMillis,
        name: impl Fn(&DeviceId) -> String,
    ) -> Outcome<VariabilityTrendView> {
        let mut whole = self.clone();
        whole.live.keys().copied().collect::<Vec<_>>().into_iter().for_each(|device| whole.close(device));
        let today = self.clock.day(until.saturating_sub(1), 0);
        trend(&whole.done, &self.clock, today, name)
    }
}

impl Figures {
    fn of(view: &VariabilityView, filled: Filled) -> Self {
        let mean = |spread: &SpreadView| spread.mean.parse::<u32>().ok();
        let hours = |micros: u128| {
            u32::try_from(micros / (u128::from(HOUR.unsigned_abs()) * 1000)).unwrap_or(u32::MAX)
        };
        let (hours, night) = (hours(filled.day), hours(filled.night));
        Self {
            rmssd: view.rmssd.as_ref().and_then(mean),
            windows: view.rmssd.as_ref().map_or(0, |spread| spread.count),
            sdnn: view.sdnn.as_ref().and_then(mean).filter(|_| night >= whole(LEAST_NIGHT)),
            rejected: view.rejected,
            hours,
            night,
        }
    }
}

fn trend(
    done: &BTreeMap<Key, Figures>,
    clock: &WallTime,
    today: i64,
    name: impl Fn(&DeviceId) -> String,
) -> Outcome<VariabilityTrendView> {
    let start = |day: i64| clock.start(day, 0);
    let earliest = today.saturating_sub(usual::DAYS + 1);
    let inside = || done.iter().filter(move |((day, ..), _)| (earliest..=today).contains(day));
    let none = || {
        let lacks = vec![LackView { what: Lack::BeatWindows, have: 0, need: 1 }];
        let (from, to) = (start(today.saturating_sub(1)), start(today.saturating_add(1)));
        Outcome::NotEnough(ShortView { from, to, lacks })
    };
    let Some((kind, device)) = device(inside(), today) else { return none() };
    let own = || inside().filter(move |((_, k, d), _)| *k == kind && *d == device);
    let days: Vec<(i64, DayVariabilityView)> = own()
        .filter_map(|((day, ..), f)| {
            let (windows, rejected) = (f.windows, f.rejected);
            Some((*day, DayVariabilityView { start: start(*day), rmssd: f.rmssd?, windows, rejected }))
        })
        .collect();
    let others: BTreeSet<DeviceId> = inside().map(|((_, _, d), _)| *d).filter(|d| *d != device).collect();
    let Some((newest, day)) = days.last().copied() else { return none() };
    let first = newest.saturating_sub(usual::DAYS);
    let before = days.iter().filter(|(at, _)| (first..newest).contains(at));
    let before = before.map(|(_, d)| d.rmssd.saturating_mul(1000)).collect();
    Outcome::Enough(VariabilityTrendView {
        kind,
        device: name(&device),
        other_devices: u16::try_from(others.len()).unwrap_or(u16::MAX),
        window_minutes: u16::try_from(WINDOW / 60_000).unwrap_or(u16::MAX),
        least_valid: LEAST_VALID,
        day,
        usual: usual(day.rmssd, before, start(first), start(newest)),
        whole_day: whole_day(own(), start(earliest), start(today.saturating_add(1)), start),
        days: days.into_iter().filter(|(at, _)| *at >= first).map(|(_, d)| d).collect(),
    })
}

/// The kind and the device that are shown: those with a value today or yesterday, heartbeats first, then the most days.
fn device<'a>(
    inside: impl Iterator<Item = (&'a Key, &'a Figures)>,
    today: i64,
) -> Option<(BeatKind, DeviceId)> {
    let mut counts: BTreeMap<(BeatKind, DeviceId), (u32, bool)> = BTreeMap::new();
    for ((day, kind, device), _) in inside.filter(|(_, f)| f.rmssd.is_some()) {
        let (days, newest) = counts.entry((*kind, *device)).or_default();
        *days += 1;
        *newest |= *day >= today.saturating_sub(1);
    }
    let shown = counts.into_iter().filter(|(_, (_, newest))| *newest);
    shown
        .min_by_key(|((kind, device), (days, _))| (*kind, core::cmp::Reverse(*days), *device))
        .map(|(key, _)| key)
}

/// Whole hours.
fn whole(millis: i64) -> u32 {
    u32::try_from(millis / HOUR).unwrap_or(u32::MAX)
}

/// The newest day with an SDNN; without any, what the fullest day lacks.
fn whole_day<'a>(
    own: impl Iterator<Item = (&'a Key, &'a Figures)> + Clone,
    from: UnixMillis,
    to: UnixMillis,
    start: impl Fn(i64) -> UnixMillis,
) -> Outcome<WholeDayView> {
    let found = own.clone().filter_map(|((day, ..), f)| {
        Some(WholeDayView { start: start(*day), sdnn: f.sdnn?, rejected: f.rejected })
    });
    if let Some(view) = found.last() {
        return Outcome::Enough(view);
    }
    // Of the day with the most.
    let (hours, night) = own.map(|(_, f)| (f.hours, f.night)).max().unwrap_or_default();
    let need = |what, have: u32, millis: i64| {
        let need = whole(millis);
        (have < need).then_some(LackView { what, have, need })
    };
    let lacks: Vec<LackView> =
        [need(Lack::BeatHours, hours, LEAST_DAY), need(Lack::NightHours, night, LEAST_NIGHT)]
            .into_iter()
            .flatten()
            .collect();
    Outcome::NotEnough(ShortView { from, to, lacks })
}
