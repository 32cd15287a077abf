//! A clinician's patients: what is known of each permission, and two times of an opened record side by side.

use serde::{Deserialize, Serialize};

use super::{RecordView, SharedView, Standing, SummaryView};
use crate::{Category, GrantId, Quantity, UnixMillis};

/// One permission in the list of patients. The same person may have given several: nothing tells that they are of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientView {
    /// The permission.
    pub shared: SharedView,
    /// True when this clinician marked it. The mark stays, sealed, on this computer.
    pub flagged: bool,
    /// What was seen when it was opened last since the record was unlocked; nothing once the permission is over.
    pub glimpse: Option<GlimpseView>,
}

/// What an opening showed, in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlimpseView {
    /// When it was opened.
    pub opened: UnixMillis,
    /// The newest reading; of daily summaries the end of the newest day.
    pub last: Option<UnixMillis>,
    /// Days of the data window up to now with a reading, by the wall clock of this computer.
    pub days: u16,
    /// Days of the data window up to now.
    pub of_days: u16,
    /// How the newest compares, by category; a category with too little to compare with is left out.
    pub ranges: Vec<RangeView>,
}

/// What a value was compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RangeRule {
    /// The mean of a week at home against 135/85 mmHg (European Society of Hypertension).
    HomePressure,
    /// The newest day's mean against the quartiles of the person's own 28 days before it.
    OwnUsual,
}

/// How a category's newest value compares. Figures, never a diagnosis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RangeView {
    /// Which series.
    pub category: Category,
    /// The unit of the figures.
    pub quantity: Quantity,
    /// What it was compared with.
    pub rule: RangeRule,
    /// Where it lies.
    pub standing: Standing,
    /// The value: decimal text, "141/88" for a blood pressure.
    pub value: String,
    /// What is compared with: "61–70", or "135/85".
    pub range: String,
}

/// A span of time to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Start, inclusive.
    pub from: UnixMillis,
    /// End, exclusive; at most [`Period::LONGEST`] after the start.
    pub to: UnixMillis,
}

impl Period {
    /// 400 days, a year with its edges.
    pub const LONGEST: i64 = 400 * 86_400_000;
}

/// Two times of one category of an opened record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComparisonView {
    /// The permission.
    pub id: GrantId,
    /// Which series.
    pub category: Category,
    /// One per quantity that has values in either.
    pub lines: Vec<ComparedView>,
    /// The first time, without rows.
    pub first: RecordView,
    /// The second one; its chart has the same value axis.
    pub second: RecordView,
}

/// One quantity in both times.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComparedView {
    /// What.
    pub quantity: Quantity,
    /// In the first time; `None` without values.
    pub first: Option<SummaryView>,
    /// In the second time.
    pub second: Option<SummaryView>,
    /// The second mean less the first, of the figures as they are shown: decimal text without a sign.
    pub difference: Option<String>,
    /// Whether the second mean is below, the same as (within), or above the first.
    pub standing: Option<Standing>,
}
