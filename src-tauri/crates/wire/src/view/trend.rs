//! How a person's readings compare with their own earlier days, and how much of each day holds readings.
//!
//! ```text
//! 28 days before | today                  where something was measured today
//! 28 days before | the last seven days    else
//! ```
//!
//! Never a norm of others, and never a finding.

use serde::{Deserialize, Serialize};

use crate::{Category, Quantity, UnixMillis};

/// Days that are compared with.
pub const TREND_DAYS: i64 = 28;
/// The fewest of them that must hold a value.
pub const TREND_LEAST_DAYS: u16 = 7;

/// Which readings are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrendSpan {
    /// Those of today.
    Today,
    /// Those of the last seven days: today there are none.
    Week,
}

/// How they compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compared {
    /// Below the usual range.
    Lower,
    /// Within it, both ends included.
    Usual,
    /// Above it.
    Higher,
    /// Of two quantities that belong together one is below and the other above.
    Apart,
}

/// The middle half of the earlier days' values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MiddleView {
    /// Lower quartile, decimal text.
    pub low: String,
    /// Median.
    pub median: String,
    /// Upper quartile.
    pub high: String,
}

/// One quantity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrendLineView {
    /// What.
    pub quantity: Quantity,
    /// The mean of what is compared, decimal text; of steps the day's sum, or the mean of the days' sums. `None` without a value.
    pub value: Option<String>,
    /// How many values that is of.
    pub count: u32,
    /// What is usual; `None` when fewer than [`TREND_LEAST_DAYS`] earlier days hold a value.
    pub usual: Option<MiddleView>,
    /// How many of the earlier days hold a value.
    pub days: u16,
}

/// How much there is of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoveredDayView {
    /// Its midnight, by the clock of the person's computer.
    pub start: UnixMillis,
    /// How many values of the main quantity.
    pub count: u32,
    /// Minutes that hold one; of a glucose sensor's each covers the minutes until the next is due.
    pub minutes: u32,
    /// Minutes that the day has, today up to now; at least 1.
    pub of: u32,
}

/// One category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrendView {
    /// Which series.
    pub category: Category,
    /// What is compared.
    pub span: TrendSpan,
    /// The drawn quantities that hold a value in the time looked at, main quantity first.
    pub lines: Vec<TrendLineView>,
    /// How it compares; `None` without a value, or without enough earlier days.
    pub compared: Option<Compared>,
    /// The last seven days, today first.
    pub week: Vec<CoveredDayView>,
    /// Where the record of this category begins, to about an hour.
    pub begins: Option<UnixMillis>,
    /// Days that were left out because a part of them is damaged.
    pub damaged: u32,
}
