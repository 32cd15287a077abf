//! Heart rate variability of a day against the person's own days before.

use serde::{Deserialize, Serialize};

use super::{Outcome, UsualView};
use crate::UnixMillis;
use crate::view::BeatKind;

/// One day's RMSSD.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayVariabilityView {
    /// When the day began.
    pub start: UnixMillis,
    /// Mean of its windows' RMSSD, whole milliseconds.
    pub rmssd: u32,
    /// Windows with enough beats.
    pub windows: u32,
    /// Share of the day's intervals that was left out as artefact, percent.
    pub rejected: u8,
}

/// SDNN of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WholeDayView {
    /// When the day began.
    pub start: UnixMillis,
    /// Standard deviation of all its intervals, whole milliseconds.
    pub sdnn: u32,
    /// Share of the day's intervals that was left out as artefact, percent.
    pub rejected: u8,
}

/// A day against the days before, of one device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariabilityTrendView {
    /// What the intervals lie between.
    pub kind: BeatKind,
    /// The device, as the page may name it; empty when not known.
    pub device: String,
    /// Other devices that sent intervals in this time: they are not mixed in.
    pub other_devices: u16,
    /// Length of a window, minutes.
    pub window_minutes: u16,
    /// Share of a window that used intervals must fill, percent.
    pub least_valid: u8,
    /// The day: today, or yesterday while today has no window with enough beats.
    pub day: DayVariabilityView,
    /// Against the 28 days before it.
    pub usual: Outcome<UsualView>,
    /// The newest day of this time with enough hours for an SDNN.
    pub whole_day: Outcome<WholeDayView>,
    /// The day and those before it that have a value, oldest first, at most 29.
    pub days: Vec<DayVariabilityView>,
}
