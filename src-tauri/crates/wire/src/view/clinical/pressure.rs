//! Blood pressure at home, as the European Society of Hypertension averages it.

use serde::{Deserialize, Serialize};

use super::{Outcome, UsualPressureView};
use crate::UnixMillis;

/// A mean pressure, whole mmHg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PressureView {
    /// Systolic.
    pub systolic: u16,
    /// Diastolic.
    pub diastolic: u16,
}

/// The mornings or the evenings by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PressurePartView {
    /// How many readings.
    pub readings: u32,
    /// Their mean.
    pub mean: PressureView,
}

/// When a morning and an evening is, in minutes after the midnight that the day begins with; ends are exclusive. An evening
/// reaches past the next midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PressureWindowsView {
    /// Start of the morning, and of the day.
    pub morning_from: u16,
    /// Its end.
    pub morning_to: u16,
    /// Start of the evening.
    pub evening_from: u16,
    /// Its end, and that of the day: 1680 is four o'clock of the next night.
    pub evening_to: u16,
}

/// Readings of the seven days that are not in the mean, by the first reason that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PressureLeftOutView {
    /// The cuff was loose, the body moved, the position was wrong, or the device itself doubts the value.
    pub doubted: u32,
    /// Neither in the morning nor in the evening.
    pub other_times: u32,
    /// Of the first day.
    pub first_day: u32,
    /// The third and later ones of one morning or evening.
    pub beyond_two: u32,
}

/// The mean of a week at home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomePressureView {
    /// Start of the seven days.
    pub from: UnixMillis,
    /// Their end, exclusive.
    pub to: UnixMillis,
    /// Days in the mean; the first is not among them.
    pub days: u8,
    /// Readings in the mean.
    pub readings: u32,
    /// The mean of them.
    pub mean: PressureView,
    /// The mornings; `None` without any.
    pub morning: Option<PressurePartView>,
    /// The evenings; `None` without any.
    pub evening: Option<PressurePartView>,
    /// Mean pulse of the same readings, per minute.
    pub pulse: Option<u16>,
    /// Above or at this, in either value, the mean is high: 135/85.
    pub threshold: PressureView,
    /// Whether the mean is high, by the figures as they are shown.
    pub high: bool,
    /// Readings in the mean with which the device saw an irregular pulse: they are kept.
    pub irregular: u32,
    /// Readings of the seven days that are not in the mean.
    pub left_out: PressureLeftOutView,
    /// What counts as morning and evening.
    pub windows: PressureWindowsView,
    /// The person's own 28 days before these seven.
    pub usual: Outcome<UsualPressureView>,
}
