//! Readings out of a file: Salus' own export, other tables, observations of HL7 FHIR R4.
//!
//! ```text
//! octets -> what kind        own lines, own table, another table, FHIR; everything else is refused as a whole
//!        -> rows             one for each reading, with the line or entry that it stands in
//!        -> set aside        what is not of the kind, by reason, with the first lines
//! ```
//!
//! Every octet is hostile: a file has at most [`MAX_FILE`], a line [`MAX_LINE`], a result [`MAX_ROWS`] rows and [`MAX_VALUES`]
//! values. Nothing is guessed: a number without a unit is taken only where there is no other unit, and a time that can be read in
//! two ways is none.
//!
//! Not done here: whether a body can give the value, whether the record holds the reading already. Whose readings they are no
//! file proves.
//!
//! # Source
//! RFC 4180; HL7 FHIR R4, Bundle and Observation; docs/EXPORT.md.

mod fhir;
mod lines;
mod names;
mod table;
mod when;

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use salus_wire::view::{ImportAside, ImportAsideView, ImportFormat};
use salus_wire::{Category, Component, Quality, Quantity, Reading, UnixMillis};

/// Most octets of a file. 64 MiB.
pub const MAX_FILE: u64 = 64 << 20;
/// Most octets of a line or a row. 64 KiB.
pub const MAX_LINE: usize = 64 << 10;
/// Most readings of a file.
pub const MAX_ROWS: usize = 200_000;
/// Most values of a file.
pub const MAX_VALUES: usize = 1_000_000;
/// Lines that are named for each reason.
const NAMED: usize = 5;
/// Lines between two looks at whether to go on.
const STEP: u32 = 512;

/// The clock of the person's computer: an instant of a wall-clock time, `None` for one that no clock shows there.
pub type Local<'a> = &'a dyn Fn(NaiveDateTime) -> Option<UnixMillis>;

/// Hears how many octets are done, and says whether to go on.
pub type Goes<'a> = &'a mut dyn FnMut(u64) -> bool;

/// One reading of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it stands: the number of a line, or of an entry; from 1.
    pub line: u32,
    /// Which series.
    pub category: Category,
    /// When.
    pub at: UnixMillis,
    /// The values as they stand there; of some both the stored one and the one in another unit.
    pub values: Vec<Component>,
    /// What the file says of its quality.
    pub quality: Quality,
    /// A note.
    pub note: Option<String>,
}

/// What is not taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aside(BTreeMap<ImportAside, (u32, Vec<u32>)>);

impl Aside {
    /// Counts one.
    pub fn add(&mut self, reason: ImportAside, line: u32) {
        let (count, first) = self.0.entry(reason).or_default();
        *count = count.saturating_add(1);
        if first.len() < NAMED {
            first.push(line);
        }
    }

    /// How many in all.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.0.values().map(|(count, _)| *count).fold(0, u32::saturating_add)
    }

    /// By reason.
    #[must_use]
    pub fn views(&self) -> Vec<ImportAsideView> {
        let view = |(reason, (count, first)): (&ImportAside, &(u32, Vec<u32>))| ImportAsideView {
            reason: *reason,
            count: *count,
            first: first.clone(),
        };
        self.0.iter().map(view).collect()
    }
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What kind of file it is.
    pub format: ImportFormat,
    /// Its readings, as they stand there.
    pub rows: Vec<Row>,
    /// What is not taken.
    pub aside: Aside,
    values: usize,
}

/// Why nothing of a file is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// No kind of file that is known here, or not one reading in it.
    Unknown,
    /// Above a limit.
    TooLarge,
    /// Nobody wants it any more.
    Stopped,
}

impl Found {
    fn new(format: ImportFormat) -> Self {
        Self { format, rows: Vec::new(), aside: Aside::default(), values: 0 }
    }

    /// Takes a row, or counts why not.
    fn take(&mut self, line: u32, row: Result<Row, ImportAside>) -> Result<(), Unreadable> {
        match row {
            Ok(row) if row.values.len() > Reading::MAX_COMPONENTS => {
                self.aside.add(ImportAside::TooLong, line)
            }
            Ok(row) => {
                self.values = self.values.saturating_add(row.values.len());
                self.rows.push(row);
                if self.rows.len() > MAX_ROWS || self.values > MAX_VALUES {
                    return Err(Unreadable::TooLarge);
                }
            }
            Err(reason) => self.aside.add(reason, line),
        }
        Ok(())
    }
}

/// Reads a file.
///
/// # Errors
/// [`Unreadable`]: nothing of it is taken then.
pub fn read(octets: &[u8], local: Local<'_>, goes: Goes<'_>) -> Result<Found, Unreadable> {
    if octets.len() as u64 > MAX_FILE {
        return Err(Unreadable::TooLarge);
    }
    let text = octets.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(octets);
    let found = match text.iter().find(|b| !b.is_ascii_whitespace()) {
        Some(b'{') if lines::is_own(text) => lines::read(text, goes)?,
        Some(b'{') => fhir::read(text, local, goes)?,
        // XML, as of Apple Health, and archives are none.
        None | Some(b'<' | b'[' | 0) => return Err(Unreadable::Unknown),
        Some(_) => table::read(text, local, goes)?,
    };
    if found.rows.is_empty() && found.aside.count() == 0 { Err(Unreadable::Unknown) } else { Ok(found) }
}

/// The lines of a text with their numbers, without their ends; empty ones are left out. Too long ones are `None`.
fn numbered(text: &[u8]) -> impl Iterator<Item = (u32, u64, Option<&[u8]>)> {
    let mut done = 0u64;
    let lines = text.split(|b| *b == b'\n').zip(1u32..).map(move |(line, number)| {
        done = done.saturating_add(line.len() as u64 + 1);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        (number, done, (line.len() <= MAX_LINE).then_some(line))
    });
    lines.filter(|(.., line)| line.is_none_or(|l| !l.iter().all(u8::is_ascii_whitespace)))
}

/// Asks now and then whether to go on.
fn go_on(goes: &mut dyn FnMut(u64) -> bool, number: u32, done: u64) -> Result<(), Unreadable> {
    if number.is_multiple_of(STEP) && !goes(done) { Err(Unreadable::Stopped) } else { Ok(()) }
}

/// The series that a quantity is stored in when it stands alone.
fn home(quantity: Quantity) -> Option<Category> {
    let stored = quantity.original_of().unwrap_or(quantity);
    let all = || Category::ALL.iter().copied();
    all().find(|c| c.drawn().contains(&stored)).or_else(|| all().find(|c| c.typed().contains(&stored)))
}

#[cfg(test)]
mod tests;
