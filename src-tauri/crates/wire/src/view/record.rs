//! Readings: one screen of a category with its chart and table.

use serde::{Deserialize, Serialize};

use super::{ProvenanceView, VariabilityView};
use crate::{Category, Level, Quality, Quantity, UnixMillis};

/// One value in a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueView {
    /// What.
    pub quantity: Quantity,
    /// Decimal text with its precision.
    pub value: String,
}

/// One row of the table of readings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingView {
    /// When.
    pub at: UnixMillis,
    /// Values, main quantity first.
    pub values: Vec<ValueView>,
    /// Flags.
    pub quality: Quality,
    /// The device's name; to somebody else than the patient its model, empty when not known.
    pub device: String,
    /// The person's own note.
    pub note: Option<String>,
    /// Where it comes from.
    pub provenance: ProvenanceView,
}

/// One record screen: summary, chart and table of a span.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordView {
    /// Which series.
    pub category: Category,
    /// Newest live reading with a drawn value; where no reading has one, the newest live one.
    pub latest: Option<ReadingView>,
    /// Count, lowest, mean, highest of each drawn quantity.
    pub summary: Vec<SummaryView>,
    /// The chart.
    pub chart: ChartView,
    /// Newest rows first, at most 500.
    pub rows: Vec<ReadingView>,
    /// Rows in the span in all.
    pub total: u32,
    /// Variability of the time between beats, when the span holds such intervals.
    pub variability: Option<VariabilityView>,
    /// Set when chart and summary come from summaries of such intervals, because the span holds more readings than a screen
    /// needs; variability is not worked out then.
    pub summed: Option<Level>,
    /// Parts of about an hour that are damaged: what they hold is missing here.
    pub damaged: u32,
    /// Where only daily summaries are given, what they say, newest first; `total` counts days then, and there are no rows.
    #[serde(default)]
    pub days: Vec<DayView>,
}

/// What one day comes to in one quantity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayView {
    /// When the day began, in UTC.
    pub start: UnixMillis,
    /// What.
    pub quantity: Quantity,
    /// How many values.
    pub count: u32,
    /// Lowest, decimal text.
    pub min: String,
    /// Mean, rounded to the coarsest precision of the values; `None` where they have no exact sum.
    pub mean: Option<String>,
    /// Highest.
    pub max: String,
    /// Share of the day's minutes that hold a value, of a glucose sensor share of the values that were due; percent, rounded down; at
    /// least 1.
    pub coverage: u8,
}

/// Plain statistics of one quantity in a span.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SummaryView {
    /// What.
    pub quantity: Quantity,
    /// How many values.
    pub count: u32,
    /// Lowest, decimal text.
    pub min: String,
    /// Mean, rounded to the coarsest precision of the values.
    pub mean: String,
    /// Highest.
    pub max: String,
    /// Share of minutes of the span up to now that hold a value, of a glucose sensor share of the values that were due; percent.
    pub coverage: u8,
}

/// A chart, reduced to what can be seen: at most one column per pixel, extremes kept, gaps kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChartView {
    /// Left edge.
    pub from: UnixMillis,
    /// Right edge.
    pub to: UnixMillis,
    /// Lower edge of the value axis.
    pub low: f64,
    /// Upper edge of the value axis.
    pub high: f64,
    /// Round values for the value axis, lowest first.
    pub value_ticks: Vec<f64>,
    /// Times for the time axis.
    pub time_ticks: Vec<UnixMillis>,
    /// One per quantity.
    pub lines: Vec<LineView>,
}

/// One quantity's line: runs without gaps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineView {
    /// What.
    pub quantity: Quantity,
    /// Each run is drawn on its own; nothing is drawn between runs.
    pub runs: Vec<Vec<ColumnView>>,
}

/// One pixel column.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ColumnView {
    /// Time of the first value in the column.
    pub at: UnixMillis,
    /// Lowest value.
    pub min: f64,
    /// Highest value.
    pub max: f64,
    /// Last value, where the line leaves the column.
    pub last: f64,
}
