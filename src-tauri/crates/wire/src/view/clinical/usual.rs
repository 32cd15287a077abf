//! What is usual for a person: the middle half of their own earlier days.

use serde::{Deserialize, Serialize};

use crate::UnixMillis;

/// Where a value lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Below the lower quartile.
    Below,
    /// From the lower to the upper quartile, both included.
    Within,
    /// Above the upper quartile.
    Above,
}

/// The person's own earlier days, and where a value lies among them. In the value's unit, whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsualView {
    /// Lower quartile of the days' values.
    pub low: u32,
    /// Median.
    pub median: u32,
    /// Upper quartile.
    pub high: u32,
    /// Where the value lies.
    pub standing: Standing,
    /// How many days hold a value.
    pub days: u16,
    /// Start of the days compared with.
    pub from: UnixMillis,
    /// Their end, exclusive: what is compared is not among them.
    pub to: UnixMillis,
}

/// The person's own earlier days of both pressures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsualPressureView {
    /// Systolic, mmHg.
    pub systolic: UsualView,
    /// Diastolic, mmHg.
    pub diastolic: UsualView,
}
