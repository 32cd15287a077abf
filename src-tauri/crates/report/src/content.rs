//! What a report says, apart from any language: what the code names, the page prints and the file carries.
//!
//! ```text
//! octets = serde_json of Report, without spaces; begins with {"salus_report":1, or, made by a helper, {"salus_report":2,
//! ```
//!
//! No floating point, so that what reads back encodes to the same octets. Dates and times of day are those of the computer that made
//! it; whoever reads it has to know no time zone.
//!
//! Limits hold at making and at reading ([`Report::read`]): of a file from outside nothing is believed but its octets.

mod limits;
mod sketch;

use salus_insight::clinical::Date;
use salus_insight::clinical::glucose::traces::DayTrace;
use salus_insight::clinical::pressure::diary::DiaryDay;
use salus_wire::view::{ClinicalSummary, Outcome, ReportKind};
use salus_wire::{Category, Quantity, UnixMillis};
use serde::{Deserialize, Serialize};

use crate::error::ReportError;

pub use sketch::{GRID, Sketch, SketchLine, Tick};

/// The format's version.
pub const VERSION: u8 = 1;
/// That of a report which somebody made who helps the person.
pub const HELPED: u8 = 2;
/// Octets of a content at most: ten charts of 200 columns and two lines are a fifth of it.
pub const MOST_OCTETS: usize = 512 * 1024;
/// Devices that are named at most.
pub const MOST_SOURCES: usize = limits::SOURCES;
/// What a content begins with, before its version.
pub(crate) const BEGINS: &[u8] = b"{\"salus_report\":";

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// [`VERSION`], or [`HELPED`]; first, so that it is found in a file.
    pub salus_report: u8,
    /// Whose readings.
    pub person: String,
    /// Who made it of what was shared, a clinician or a helper; `None` for the person's own.
    pub author: Option<String>,
    /// What the author can read, who helps the person; `None` for a clinician's and for the person's own. Written where there is one
    /// only, so that the others are as they were before there were any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helper: Option<Reach>,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// Start of the time, inclusive.
    pub from: UnixMillis,
    /// Its end, exclusive.
    pub to: UnixMillis,
    /// When it was made.
    pub made: Moment,
    /// What is in it.
    pub body: Body,
}

/// What somebody who helps the person can read of the record at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// Their first day.
    pub first: Date,
    /// Which readings; at least one kind.
    pub categories: Vec<Category>,
}

/// An instant as its wall clock showed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// When.
    pub at: UnixMillis,
    /// The date.
    pub date: Date,
    /// Minutes after midnight.
    pub minute: u16,
    /// Minutes east of UTC.
    pub offset: i16,
}

/// What is in a report, by its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// A page for a visit.
    Visit(Visit),
    /// A diary of blood pressures.
    Diary(Diary),
    /// A glucose profile.
    Glucose(Profile),
}

/// A page for a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// One for each category that is in it, in the order of the page.
    pub parts: Vec<Part>,
    /// Categories of which there are readings and none here; empty where that is not known.
    pub absent: Vec<Category>,
    /// What measured, as far as the newest readings tell.
    pub devices: Vec<Source>,
    /// Some readings were typed.
    pub typed: bool,
    /// Some came out of files.
    pub imported: bool,
    /// Parts of about an hour that could not be read.
    pub damaged: u32,
}

/// One category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which.
    pub category: Category,
    /// How many readings.
    pub total: u32,
    /// Figures of each drawn quantity that has values.
    pub figures: Vec<Figure>,
    /// What the category's convention gives, where there is one.
    pub summary: Option<Summed>,
    /// The chart of the screen.
    pub sketch: Sketch,
}

/// Plain statistics of one quantity, as the screen has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What.
    pub quantity: Quantity,
    /// How many values.
    pub count: u32,
    /// Lowest, decimal text.
    pub min: String,
    /// Mean.
    pub mean: String,
    /// Highest.
    pub max: String,
    /// Share of minutes that hold a value, percent.
    pub coverage: u8,
}

/// A convention's outcome with the dates that it is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summed {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// The outcome.
    pub summary: ClinicalSummary,
}

/// What measured.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Source {
    /// What the person calls it, or its model.
    pub name: String,
    /// Maker and model as it says, where known and another than the name.
    pub model: Option<String>,
}

/// A diary of blood pressures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diary {
    /// Days that hold a reading, oldest first.
    pub days: Vec<DiaryDay>,
    /// The mean of a week at home, as of the diary's end.
    pub week: Summed,
    /// Parts of about an hour that could not be read.
    pub damaged: u32,
}

/// A glucose profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The fourteen days by the convention.
    pub fortnight: Summed,
    /// Each of the days.
    pub traces: Vec<DayTrace>,
    /// Parts of about an hour that could not be read.
    pub damaged: u32,
}

impl Source {
    /// A device by its name, and its model where that says more.
    #[must_use]
    pub fn new(name: &str, model: Option<&str>) -> Self {
        let short = |text: &str| limits::cut(text, limits::SOURCE);
        let model = model.filter(|model| *model != name && !model.is_empty());
        Self { name: short(name), model: model.map(short) }
    }
}

/// A person's name as a report has it.
#[must_use]
pub fn named(name: &str) -> String {
    limits::cut(name, limits::NAME)
}

/// A convention's outcome as a report has it: without the days that only a screen draws, and with a short name of the device.
#[must_use]
pub fn shortened(mut summary: ClinicalSummary) -> ClinicalSummary {
    if let ClinicalSummary::Variability(Outcome::Enough(trend)) = &mut summary {
        trend.days.clear();
        trend.device = limits::cut(&trend.device, limits::SOURCE);
    }
    summary
}

impl Report {
    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> ReportKind {
        match self.body {
            Body::Visit(_) => ReportKind::Visit,
            Body::Diary(_) => ReportKind::Diary,
            Body::Glucose(_) => ReportKind::Glucose,
        }
    }

    /// The canonical octets.
    ///
    /// # Errors
    /// [`ReportError::Limits`].
    pub fn octets(&self) -> Result<Vec<u8>, ReportError> {
        if !limits::holds(self) {
            return Err(ReportError::Limits);
        }
        let octets = serde_json::to_vec(self).map_err(|_| ReportError::Limits)?;
        if octets.len() > MOST_OCTETS { Err(ReportError::Limits) } else { Ok(octets) }
    }

    /// Reads the content that `octets` begin with, and how long it is; `None` when it is none, is beyond a limit, or is encoded in
    /// any other way than [`Report::octets`] does.
    #[must_use]
    pub fn read(octets: &[u8]) -> Option<(Self, usize)> {
        if !octets.starts_with(BEGINS) {
            return None;
        }
        let octets = octets.get(..MOST_OCTETS).unwrap_or(octets);
        let mut values = serde_json::Deserializer::from_slice(octets).into_iter::<Self>();
        let report = values.next()?.ok()?;
        let length = values.byte_offset();
        let again = report.octets().ok()?;
        (octets.get(..length) == Some(&again[..])).then_some((report, length))
    }
}

#[cfg(test)]
pub(crate) mod tests;
