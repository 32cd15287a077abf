//! Reports on paper: what can be made, what was made, and what a check of one says.

use serde::{Deserialize, Serialize};

use crate::UnixMillis;

/// Days of a report at most: a quarter of a year.
pub const MOST_REPORT_DAYS: i64 = 92;
/// Days of a blood pressure diary at most, so that each has its line on the page: a month.
pub const MOST_DIARY_DAYS: i64 = 31;
/// Characters of a typed code at most, with whatever stands between its groups.
pub const MOST_CODE: usize = 200;

/// What a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// A page for a visit: each category in a sentence, its figures and a small chart.
    Visit,
    /// Blood pressures day by day.
    Diary,
    /// The ambulatory glucose profile.
    Glucose,
}

/// The language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportLanguage {
    /// English.
    English,
    /// Arabic, from right to left.
    Arabic,
}

/// A report that this record made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeReportView {
    /// Its code, in groups of four.
    pub code: String,
    /// What it is.
    pub kind: ReportKind,
    /// Whose readings are in it.
    pub person: String,
    /// Start of its time.
    pub from: UnixMillis,
    /// End of its time, exclusive.
    pub to: UnixMillis,
    /// When it was made, by this computer.
    pub made: UnixMillis,
    /// When the members recorded it, proven; `None` while they have not.
    pub recorded: Option<UnixMillis>,
}

/// What is known of a report that was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportStanding {
    /// This record made exactly this, and the members recorded it.
    Proven,
    /// This record made exactly this; the members have not recorded it yet, or could not be asked.
    Waiting,
    /// The members recorded exactly this, for another record. By whom, they do not know.
    Elsewhere,
    /// Neither did this record make it, nor have the members recorded it.
    Nobody,
    /// This record did not make it, and the members could not be asked.
    Unasked,
}

/// What a check of a report says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedReportView {
    /// The code of what was checked, in groups of four: the one on the paper has to be the same.
    pub code: String,
    /// What is known of it.
    pub standing: ReportStanding,
    /// When the members recorded it.
    pub recorded: Option<UnixMillis>,
    /// What this record knows of having made it.
    pub made: Option<MadeReportView>,
    /// What the report says, in the order of its page; empty when only a code was typed.
    pub lines: Vec<String>,
}
