//! JSON Lines of Salus' own export.

use salus_wire::view::{ImportAside, ImportFormat};
use salus_wire::{Component, Decimal, Quality, Quantity};
use serde::Deserialize;

use super::names::named;
use super::{Found, Goes, Row, Unreadable, go_on, numbered};

/// The schema that is read; a line of another one is not.
const SCHEMA: &str = "salus-export/1";

/// What a line says, as far as it is read.
#[derive(Deserialize)]
struct Line {
    schema: String,
    category: String,
    time_ms: i64,
    values: Vec<Value>,
    #[serde(default)]
    flags: Vec<String>,
    #[serde(default)]
    note: Option<String>,
}

#[derive(Deserialize)]
struct Value {
    quantity: String,
    mantissa: i64,
    exponent: i8,
}

/// True when the first line is one of an export.
pub(super) fn is_own(text: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Schema {
        schema: String,
    }
    let first = numbered(text).find_map(|(.., line)| line);
    let schema = first.and_then(|line| serde_json::from_slice::<Schema>(line).ok());
    schema.is_some_and(|s| s.schema.starts_with("salus-export/"))
}

pub(super) fn read(text: &[u8], goes: Goes<'_>) -> Result<Found, Unreadable> {
    let mut found = Found::new(ImportFormat::SalusLines);
    for (number, done, line) in numbered(text) {
        go_on(goes, number, done)?;
        let row = line.ok_or(ImportAside::TooLong).and_then(|line| row(number, line));
        found.take(number, row)?;
    }
    Ok(found)
}

fn row(number: u32, line: &[u8]) -> Result<Row, ImportAside> {
    let line: Line = serde_json::from_slice(line).map_err(|_| ImportAside::Malformed)?;
    if line.schema != SCHEMA {
        return Err(ImportAside::Malformed);
    }
    let quality = quality(line.flags.iter().map(String::as_str))?;
    let value = |v: &Value| {
        let value = Decimal { mantissa: v.mantissa, exponent: v.exponent };
        Some(Component { quantity: named(&v.quantity)?, value })
    };
    let mut values = line.values.iter().map(value).collect::<Option<Vec<_>>>().ok_or(ImportAside::Unknown)?;
    // The number is the device's own; here the readings have none.
    values.retain(|c| c.quantity != Quantity::RecordNumber);
    let category = named(&line.category).ok_or(ImportAside::Unknown)?;
    Ok(Row { line: number, category, at: line.time_ms, values, quality, note: line.note })
}

/// What holds of the measurement itself. How it came to the record before is not how it comes to this one. A reading that nobody
/// claimed may be another person's.
pub(super) fn quality<'a>(flags: impl Iterator<Item = &'a str>) -> Result<Quality, ImportAside> {
    let mut quality = Quality::default();
    for flag in flags {
        quality = quality.with(match flag {
            "unclaimed" => return Err(ImportAside::NotThePatient),
            "no_contact" => Quality::NO_CONTACT,
            "movement" => Quality::MOVEMENT,
            "cuff_loose" => Quality::CUFF_LOOSE,
            "irregular_pulse" => Quality::IRREGULAR_PULSE,
            "bad_position" => Quality::BAD_POSITION,
            "pulse_range" => Quality::PULSE_RANGE,
            "low_signal" => Quality::LOW_SIGNAL,
            "questionable" => Quality::QUESTIONABLE,
            "provisional" => Quality::PROVISIONAL,
            _ => 0,
        });
    }
    Ok(quality)
}
