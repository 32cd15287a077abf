//! Readings from a file: what is in it, what was kept of it, and taking it out again.

use serde::{Deserialize, Serialize};

use super::ReadingView;
use crate::{Category, DeviceId, UnixMillis};

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportFormat {
    /// JSON Lines of Salus' own export.
    SalusLines,
    /// The table of Salus' own export.
    SalusTable,
    /// Another table, with columns that Salus knows.
    Table,
    /// Observations of HL7 FHIR R4.
    Fhir,
}

/// Why something in a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportAside {
    /// Not of the format.
    Malformed,
    /// Longer than a line can be, or with more values than a reading can have.
    TooLong,
    /// No time, or one that can be read in two ways.
    NoTime,
    /// A time still to come, or before 1970.
    OtherTime,
    /// No value that there is a quantity and a unit for.
    Unknown,
    /// What stands for a value is no number.
    NotANumber,
    /// No living body, and no air around it, gives this value.
    Impossible,
    /// An upper pressure without the lower one, or below it.
    Incomplete,
    /// The same reading stands in the file before.
    Twice,
    /// The file itself says that it is of somebody else, was taken back, or never final.
    NotThePatient,
}

impl ImportAside {
    /// Every reason.
    pub const ALL: [ImportAside; 10] = [
        ImportAside::Malformed,
        ImportAside::TooLong,
        ImportAside::NoTime,
        ImportAside::OtherTime,
        ImportAside::Unknown,
        ImportAside::NotANumber,
        ImportAside::Impossible,
        ImportAside::Incomplete,
        ImportAside::Twice,
        ImportAside::NotThePatient,
    ];
}

/// How much is not taken for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportAsideView {
    /// Why.
    pub reason: ImportAside,
    /// How often, at least 1.
    pub count: u32,
    /// The first of them: numbers of lines, or of entries in a bundle; from 1.
    pub first: Vec<u32>,
}

/// What a file holds of one category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportGroupView {
    /// Which series.
    pub category: Category,
    /// How many readings.
    pub count: u32,
    /// The first one's time.
    pub first: UnixMillis,
    /// The last one's time.
    pub last: UnixMillis,
}

/// A reading of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSampleView {
    /// Which series.
    pub category: Category,
    /// The reading, as it would stand in the record.
    pub reading: ReadingView,
}

/// What a file holds; nothing is stored yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPreviewView {
    /// What its readings will be known by.
    pub id: DeviceId,
    /// What kind of file it is.
    pub format: ImportFormat,
    /// Readings that would be stored.
    pub readings: u32,
    /// The same by category.
    pub groups: Vec<ImportGroupView>,
    /// Readings that are in the record already.
    pub known: u32,
    /// Readings of a time that was deleted for ever; they are not stored.
    pub deleted: u32,
    /// Notes that would be stored with readings.
    pub notes: u32,
    /// What is not taken.
    pub aside: Vec<ImportAsideView>,
    /// A few of the newest readings.
    pub newest: Vec<ImportSampleView>,
}

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// It was stopped before all of it was stored.
    Unfinished,
    /// All of it is stored.
    Kept,
    /// Taking it out was stopped: a part of it is still there.
    HalfUndone,
    /// It was taken out.
    Undone,
}

/// One import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    /// What its readings are known by.
    pub id: DeviceId,
    /// What kind of file it was.
    pub format: ImportFormat,
    /// When.
    pub at: UnixMillis,
    /// Where it stands.
    pub state: ImportState,
    /// Readings that were stored, or, of one that was undone, taken out.
    pub readings: u32,
    /// What was to be stored, by category.
    pub groups: Vec<ImportGroupView>,
}
