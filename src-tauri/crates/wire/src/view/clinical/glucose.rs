//! The ambulatory glucose profile of a sensor's fourteen days.

use serde::{Deserialize, Serialize};

use super::Permille;
use crate::UnixMillis;

/// Shares of the values in each range of the international consensus. They may add up to a little less or more than 100 %,
/// because each is rounded by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RangesView {
    /// Below 54 mg/dL (3.0 mmol/L).
    pub very_low: Permille,
    /// 54 to 69 mg/dL (3.0 to 3.8 mmol/L).
    pub low: Permille,
    /// 70 to 180 mg/dL (3.9 to 10.0 mmol/L).
    pub in_range: Permille,
    /// 181 to 250 mg/dL (10.1 to 13.9 mmol/L).
    pub high: Permille,
    /// Above 250 mg/dL (13.9 mmol/L).
    pub very_high: Permille,
}

/// For whom goals are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoalSet {
    /// Adults with type 1 or type 2 diabetes.
    Adult,
    /// Older or frail people, or those at high risk of low values.
    Older,
}

/// What a goal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// 70 to 180 mg/dL: more than the bound.
    InRange,
    /// Below 70 mg/dL: less than the bound.
    BelowRange,
    /// Below 54 mg/dL: less than the bound.
    VeryLow,
    /// Above 180 mg/dL: less than the bound.
    AboveRange,
    /// Above 250 mg/dL: less than the bound.
    VeryHigh,
    /// Coefficient of variation: the bound or less.
    Variation,
}

/// One goal and how it stands, by the figures as they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalView {
    /// What it is about.
    pub goal: Goal,
    /// Its bound.
    pub bound: Permille,
    /// What there is.
    pub share: Permille,
    /// Whether it is met.
    pub met: bool,
}

/// The goals of one kind of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalsView {
    /// For whom.
    pub set: GoalSet,
    /// Each.
    pub goals: Vec<GoalView>,
}

/// What the values at one time of day were, over all days: percentiles in whole mg/dL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BandView {
    /// Start of the half hour, minutes after midnight.
    pub minute: u16,
    /// How many values.
    pub values: u32,
    /// 5th percentile.
    pub p5: u16,
    /// 25th percentile.
    pub p25: u16,
    /// Median.
    pub p50: u16,
    /// 75th percentile.
    pub p75: u16,
    /// 95th percentile.
    pub p95: u16,
}

/// The profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlucoseProfileView {
    /// Start of the fourteen days.
    pub from: UnixMillis,
    /// Their end, exclusive.
    pub to: UnixMillis,
    /// Values that count.
    pub values: u32,
    /// Values that the sensor itself doubts, and those within three quarters of its step of another: left out.
    pub left_out: u32,
    /// Minutes from one value to the next, as the sensor gave them.
    pub step_minutes: u16,
    /// Share of the fourteen days for which the sensor gave values.
    pub active: Permille,
    /// Mean, whole mg/dL, decimal text.
    pub mean: String,
    /// The same in mmol/L, one place.
    pub mean_molar: String,
    /// Glucose management indicator, percent, one place.
    pub gmi: String,
    /// The same in mmol/mol, whole.
    pub gmi_molar: String,
    /// Coefficient of variation: standard deviation over mean; it can be above 100 %.
    pub variation: Permille,
    /// Time in each range.
    pub ranges: RangesView,
    /// The goals of each kind of people, the usual first; the page shows the ones that the person chose.
    pub goals: Vec<GoalsView>,
    /// By time of day, in order, at most 48; a half hour with too few days is left out.
    pub bands: Vec<BandView>,
    /// Days that a half hour needs.
    pub band_days: u8,
}
