//! Views of how much the time between heartbeats varies. Statistics of a healthy body and of a sick one alike: never a
//! diagnosis.

use serde::{Deserialize, Serialize};

/// What the intervals lie between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BeatKind {
    /// Beats of the heart: RR intervals, as a strap with electrodes sends them.
    Heart,
    /// Waves of the pulse, as an optical sensor sees them; not the same as beats of the heart, and never mixed with them.
    Pulse,
}

/// Variability of the intervals in a span.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariabilityView {
    /// What kind of device measured: RR intervals where there are any, pulse intervals otherwise.
    pub kind: BeatKind,
    /// Intervals received.
    pub received: u32,
    /// Intervals used.
    pub used: u32,
    /// Share of the received intervals that was left out as artefact, percent; 0 and 100 are exact.
    pub rejected: u8,
    /// Length of a window, minutes.
    pub window_minutes: u16,
    /// Share of a window's intervals, and of its time, that used intervals must fill, percent.
    pub least_valid: u8,
    /// Windows that hold intervals, but too few.
    pub short_windows: u32,
    /// RMSSD of the windows that hold enough; `None` when there is none.
    pub rmssd: Option<SpreadView>,
    /// SDNN of whole stretches of 24 hours; `None` when no stretch holds enough.
    pub sdnn: Option<SpreadView>,
}

/// One statistic over several stretches of time, in whole milliseconds, decimal text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpreadView {
    /// How many stretches.
    pub count: u32,
    /// Lowest.
    pub min: String,
    /// Mean of the stretches.
    pub mean: String,
    /// Highest.
    pub max: String,
}
