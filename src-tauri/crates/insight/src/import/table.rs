//! Tables: Salus' own, and others whose columns say what they are.
//!
//! ```text
//! own     a row for each value; rows with one number of `reading` are one reading
//! long    time | quantity | value | unit          rows of one time and series, one after the other, are one reading
//! wide    time | systolic | diastolic | ...       the unit in the heading, in brackets
//! ```
//!
//! A time stands in one column, or as a date and a time in two. Columns between `,`, `;` or tabs, whichever the first row has most of.

mod own;

use csv::{ByteRecord, Reader, ReaderBuilder};
use salus_wire::view::{ImportAside, ImportFormat};
use salus_wire::{Category, Component, Decimal, Quality, Quantity, UnixMillis};

use super::names::{heading, quantity};
use super::{Found, Goes, Local, MAX_LINE, Row, Unreadable, go_on, home, when};

/// Most columns.
const MAX_COLUMNS: usize = 200;

/// Where things stand in a row.
struct Layout {
    time: Time,
    values: Values,
    note: Option<usize>,
}

enum Time {
    Millis(usize),
    One(usize),
    Two { date: usize, time: usize },
}

enum Values {
    Long { name: usize, value: usize, unit: Option<usize> },
    Wide(Vec<(usize, Quantity)>),
}

pub(super) fn read(text: &[u8], local: Local<'_>, goes: Goes<'_>) -> Result<Found, Unreadable> {
    let first = text.split(|b| *b == b'\n').next().unwrap_or_default();
    if first.len() > MAX_LINE {
        return Err(Unreadable::Unknown);
    }
    let many = |delimiter: u8| first.iter().filter(|b| **b == delimiter).count();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|d| many(*d)).unwrap_or(b',');
    let mut rows = Rows::new(text, delimiter);
    let Some((_, head)) = rows.next(goes)? else { return Err(Unreadable::Unknown) };
    let head: Vec<String> = head.map_err(|_| Unreadable::Unknown)?.into_iter().map(str::to_owned).collect();
    if own::is_own(&head) {
        return own::read(&head, rows, goes);
    }
    let layout = layout(&head).ok_or(Unreadable::Unknown)?;
    others(&layout, rows, local, goes)
}

/// A row's line, and its cells.
type Cells<'a> = (u32, Result<Vec<&'a str>, ImportAside>);

/// The rows of a table.
struct Rows<'t> {
    text: &'t [u8],
    reader: Reader<&'t [u8]>,
    record: ByteRecord,
    /// How far lines were counted, and which one begins there.
    counted: (usize, u32),
}

impl<'t> Rows<'t> {
    fn new(text: &'t [u8], delimiter: u8) -> Self {
        let mut builder = ReaderBuilder::new();
        let reader = builder.has_headers(false).flexible(true).delimiter(delimiter).from_reader(text);
        Self { text, reader, record: ByteRecord::new(), counted: (0, 1) }
    }

    /// The next row; `None` at the end.
    fn next(&mut self, goes: &mut dyn FnMut(u64) -> bool) -> Result<Option<Cells<'_>>, Unreadable> {
        // What is flexible and read from memory fails at nothing; whatever it is, it ends here.
        if !self.reader.read_byte_record(&mut self.record).unwrap_or(false) {
            return Ok(None);
        }
        let begins = self.record.position().map_or(0, csv::Position::byte);
        let line = self.line(usize::try_from(begins).unwrap_or(usize::MAX));
        go_on(goes, line, begins)?;
        if self.record.as_slice().len() > MAX_LINE || self.record.len() > MAX_COLUMNS {
            return Ok(Some((line, Err(ImportAside::TooLong))));
        }
        let cells: Option<Vec<&str>> =
            self.record.iter().map(|cell| core::str::from_utf8(cell).ok()).collect();
        Ok(Some((line, cells.ok_or(ImportAside::Malformed))))
    }

    /// The line of a row. Its octets may begin with the end of the line before.
    fn line(&mut self, begins: usize) -> u32 {
        let (from, line) = self.counted;
        let rest = self.text.get(begins..).unwrap_or_default();
        let ends = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let to = begins.saturating_add(ends);
        let passed = self.text.get(from..to).unwrap_or_default().iter().filter(|b| **b == b'\n').count();
        self.counted = (to, line.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX)));
        self.counted.1
    }
}

fn layout(head: &[String]) -> Option<Layout> {
    let head: Vec<(String, Option<String>)> = head.iter().map(|h| heading(h)).collect();
    let at = |names: &[&str]| head.iter().position(|(name, _)| names.contains(&name.as_str()));
    let clock = at(&["time", "time_of_day"]);
    let time = match (at(&["time_ms"]), at(&["date", "day"]), clock) {
        (Some(column), ..) => Time::Millis(column),
        (_, Some(date), Some(time)) => Time::Two { date, time },
        (_, date, time) => {
            let named =
                at(&["datetime", "date_time", "timestamp", "measured_at", "measurement_time", "when"]);
            Time::One(named.or(time).or(date)?)
        }
    };
    let long = at(&["quantity", "measurement", "type"]).zip(at(&["value"]));
    let values = match long {
        Some((name, value)) => Values::Long { name, value, unit: at(&["unit", "units"]) },
        None => {
            let column = |(i, (name, unit)): (usize, &(String, Option<String>))| {
                Some((i, quantity(name, unit.as_deref())?))
            };
            let columns: Vec<_> = head.iter().enumerate().filter_map(column).collect();
            if columns.is_empty() {
                return None;
            }
            Values::Wide(columns)
        }
    };
    Some(Layout { time, values, note: at(&["note", "notes", "comment", "comments"]) })
}

fn others(
    layout: &Layout,
    mut table: Rows<'_>,
    local: Local<'_>,
    goes: Goes<'_>,
) -> Result<Found, Unreadable> {
    let mut found = Found::new(ImportFormat::Table);
    let mut open: Option<Row> = None;
    while let Some((line, cells)) = table.next(goes)? {
        let read = cells.and_then(|cells| rows(layout, line, &cells, local));
        let rows = match read {
            Ok(rows) => rows,
            Err(reason) => {
                found.take(line, Err(reason))?;
                continue;
            }
        };
        for row in rows {
            let joins = matches!(layout.values, Values::Long { .. });
            match &mut open {
                Some(before) if joins && belongs(before, &row) => {
                    before.values.extend(row.values);
                    before.note = before.note.take().or(row.note);
                }
                _ => {
                    if let Some(whole) = open.replace(row) {
                        found.take(whole.line, Ok(whole))?;
                    }
                }
            }
        }
    }
    if let Some(whole) = open {
        found.take(whole.line, Ok(whole))?;
    }
    Ok(found)
}

/// Whether a row of a long table goes on with the reading before: the same time and series, and another quantity.
fn belongs(before: &Row, row: &Row) -> bool {
    let new = row.values.iter().all(|c| before.values.iter().all(|b| b.quantity != c.quantity));
    (before.at, before.category) == (row.at, row.category) && new
}

/// The readings of one row, one of each series.
fn rows(layout: &Layout, line: u32, cells: &[&str], local: Local<'_>) -> Result<Vec<Row>, ImportAside> {
    let cell = |column: usize| cells.get(column).map(|c| c.trim()).unwrap_or_default();
    let at = time(&layout.time, cell, local).ok_or(ImportAside::NoTime)?;
    let found: Vec<(Quantity, &str)> = match &layout.values {
        Values::Long { name, value, unit } => {
            let (name, in_name) = heading(cell(*name));
            let unit = unit.map(cell).filter(|u| !u.is_empty()).map(str::to_owned).or(in_name);
            vec![(quantity(&name, unit.as_deref()).ok_or(ImportAside::Unknown)?, cell(*value))]
        }
        Values::Wide(columns) => columns.iter().map(|(i, q)| (*q, cell(*i))).collect(),
    };
    let held = found.into_iter().filter(|(_, text)| !text.is_empty() && *text != "-");
    let parse = |(quantity, text): (Quantity, &str)| -> Result<Component, ImportAside> {
        let value: Decimal = text.parse().map_err(|_| ImportAside::NotANumber)?;
        Ok(Component { quantity, value })
    };
    let values = held.map(parse).collect::<Result<Vec<_>, ImportAside>>()?;
    if values.is_empty() {
        return Err(ImportAside::Unknown);
    }
    let note = layout.note.map(cell).filter(|n| !n.is_empty()).map(str::to_owned);
    Ok(by_series(line, at, values, note))
}

fn time<'a>(time: &Time, cell: impl Fn(usize) -> &'a str, local: Local<'_>) -> Option<UnixMillis> {
    match time {
        Time::Millis(column) => cell(*column).parse().ok(),
        Time::One(column) => when::instant(cell(*column), local),
        Time::Two { date, time } => when::both(cell(*date), cell(*time), local),
    }
}

/// Takes values apart by series. A pulse stands beside a pressure or a saturation; alone it is a heart rate.
fn by_series(line: u32, at: UnixMillis, values: Vec<Component>, note: Option<String>) -> Vec<Row> {
    let holds = |category: Category| {
        values.iter().any(|c| c.quantity != Quantity::PulseRate && home(c.quantity) == Some(category))
    };
    let beside = [Category::BloodPressure, Category::OxygenSaturation].into_iter().find(|c| holds(*c));
    let mut rows: Vec<Row> = Vec::new();
    for mut value in values {
        let category = match (value.quantity, beside) {
            (Quantity::PulseRate, Some(beside)) => Some(beside),
            (Quantity::PulseRate, None) => {
                value.quantity = Quantity::HeartRate;
                Some(Category::HeartRate)
            }
            (other, _) => home(other),
        };
        let Some(category) = category else { continue };
        match rows.iter_mut().find(|row| row.category == category) {
            Some(row) if row.values.iter().all(|c| c.quantity != value.quantity) => row.values.push(value),
            // Two columns of one name: the first one counts.
            Some(_) => {}
            None => rows.push(Row {
                line,
                category,
                at,
                values: vec![value],
                quality: Quality::default(),
                note: None,
            }),
        }
    }
    if let Some(first) = rows.first_mut() {
        first.note = note;
    }
    rows
}
