//! The table of Salus' own export.

use salus_wire::view::{ImportAside, ImportFormat};
use salus_wire::{Component, Decimal, Quantity};

use super::Rows;
use crate::import::lines::quality;
use crate::import::names::named;
use crate::import::{Found, Goes, Row, Unreadable};

/// The columns that are read.
const COLUMNS: [&str; 10] = [
    "reading",
    "category",
    "time_ms",
    "quantity",
    "value",
    "exponent",
    "original_quantity",
    "original_value",
    "flags",
    "note",
];

/// True for the columns of an export.
pub(super) fn is_own(head: &[String]) -> bool {
    COLUMNS.iter().all(|name| head.iter().any(|h| h == name))
}

/// What one row of the table says.
struct Piece {
    reading: String,
    row: Row,
}

pub(super) fn read(head: &[String], mut table: Rows<'_>, goes: Goes<'_>) -> Result<Found, Unreadable> {
    let places = COLUMNS.map(|name| head.iter().position(|h| h == name).unwrap_or(usize::MAX));
    let mut found = Found::new(ImportFormat::SalusTable);
    let mut open: Option<Piece> = None;
    // A reading of which one row is not taken is not taken as a half.
    let mut spoilt: Option<String> = None;
    while let Some((line, cells)) = table.next(goes)? {
        let cells = match cells {
            Ok(cells) => cells,
            Err(reason) => {
                found.take(line, Err(reason))?;
                continue;
            }
        };
        let cells = places.map(|place| cells.get(place).copied().unwrap_or_default());
        let number = cells[0];
        if spoilt.as_deref() == Some(number) {
            continue;
        }
        match piece(line, cells) {
            Ok(new) => match &mut open {
                Some(before) if before.reading == new.reading => before.row.values.extend(new.row.values),
                _ => {
                    if let Some(whole) = open.replace(new) {
                        found.take(whole.row.line, Ok(whole.row))?;
                    }
                }
            },
            Err(reason) => {
                spoilt = Some(number.to_owned());
                if open.as_ref().is_some_and(|o| o.reading == number) {
                    open = None;
                }
                found.take(line, Err(reason))?;
            }
        }
    }
    if let Some(whole) = open {
        found.take(whole.row.line, Ok(whole.row))?;
    }
    Ok(found)
}

fn piece(line: u32, cells: [&str; 10]) -> Result<Piece, ImportAside> {
    let [reading, category, at, quantity, value, exponent, original, original_value, flags, note] = cells;
    let quality = quality(flags.split_whitespace())?;
    let category = named(category).ok_or(ImportAside::Unknown)?;
    let at = at.parse().map_err(|_| ImportAside::NoTime)?;
    let mut values = Vec::new();
    for (name, text, exponent) in [(quantity, value, exponent), (original, original_value, "")] {
        if !name.is_empty() {
            let quantity = named(name).ok_or(ImportAside::Unknown)?;
            values.push(Component { quantity, value: number(text, exponent)? });
        }
    }
    values.retain(|c| c.quantity != Quantity::RecordNumber);
    // As it was written, so that no spreadsheet takes it for a formula.
    let note = note.strip_prefix('\'').unwrap_or(note);
    let note = (!note.is_empty()).then(|| note.to_owned());
    Ok(Piece { reading: reading.to_owned(), row: Row { line, category, at, values, quality, note } })
}

/// A value with its precision: an exponent of 2 says that the last two zeros are not measured.
fn number(text: &str, exponent: &str) -> Result<Decimal, ImportAside> {
    let bad = ImportAside::NotANumber;
    let value: Decimal = text.parse().map_err(|_| bad)?;
    let places: i8 = if exponent.is_empty() { 0 } else { exponent.parse().map_err(|_| bad)? };
    if places <= 0 || value.mantissa == 0 {
        return Ok(value);
    }
    let unit = 10i64.checked_pow(places.unsigned_abs().into()).ok_or(bad)?;
    let whole = value.exponent == 0 && value.mantissa % unit == 0;
    if whole { Ok(Decimal { mantissa: value.mantissa / unit, exponent: places }) } else { Err(bad) }
}
