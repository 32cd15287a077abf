//! Comma-separated values: one row for each value, RFC 4180.
//!
//! A cell of outside text (a device's name, a note) that begins with `=`, `+`, `-`, `@`, a tab, a line break or `'` gets a `'`
//! before it: a spreadsheet would run it as a formula. Taking one leading `'` off gives the text back. Numbers are
//! written as numbers, also negative ones.
//!
//! # Source
//! RFC 4180; OWASP, "CSV Injection".

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};
use salus_wire::{Component, Failure};

use super::facts::{self, Facts};
use crate::failure::bug;

/// The first row.
pub(super) const COLUMNS: [&str; 27] = [
    "reading",
    "category",
    "time",
    "time_ms",
    "arrived_ms",
    "quantity",
    "loinc",
    "mdc",
    "value",
    "exponent",
    "unit",
    "original_quantity",
    "original_value",
    "original_exponent",
    "original_unit",
    "device",
    "device_name",
    "model",
    "firmware",
    "user",
    "origin",
    "link",
    "clock",
    "clock_behind_ms",
    "device_time",
    "flags",
    "note",
];

/// The first row's text.
pub(super) fn head() -> Result<Vec<u8>, Failure> {
    let mut out = Vec::new();
    rows(&mut out, [COLUMNS.map(Cow::Borrowed)])?;
    Ok(out)
}

/// Counts the readings, so that the rows of one can be told from those of the next.
#[derive(Default)]
pub(super) struct Pen {
    reading: u64,
}

impl Pen {
    /// One reading's rows.
    pub(super) fn write(&mut self, facts: &Facts<'_>, out: &mut Vec<u8>) -> Result<(), Failure> {
        self.reading += 1;
        let pairs = pairs(&facts.reading.components);
        // A reading without any value is a reading all the same.
        let pairs = if pairs.is_empty() { vec![(None, None)] } else { pairs };
        let cells = pairs.into_iter().map(|(value, original)| self.cells(facts, value, original));
        rows(out, cells.collect::<Result<Vec<_>, _>>()?)
    }

    fn cells<'a>(
        &self,
        facts: &'a Facts<'_>,
        value: Option<Component>,
        original: Option<Component>,
    ) -> Result<[Cow<'a, str>; 27], Failure> {
        let r = facts.reading;
        let source = facts.source();
        let quantity = value.map(|c| facts::name(&c.quantity)).transpose()?;
        let original_quantity = original.map(|c| facts::name(&c.quantity)).transpose()?;
        let number = |c: Option<Component>| c.map(|c| c.value.to_string()).unwrap_or_default();
        let exponent = |c: Option<Component>| c.map(|c| c.value.exponent.to_string()).unwrap_or_default();
        let unit = |c: Option<Component>| c.map_or("", |c| c.quantity.ucum());
        Ok([
            self.reading.to_string().into(),
            facts::name(&r.category)?.into(),
            facts::instant(r.at).into(),
            r.at.to_string().into(),
            r.arrived.to_string().into(),
            quantity.unwrap_or_default().into(),
            value.and_then(|c| r.loinc(c.quantity)).unwrap_or_default().into(),
            value.and_then(|c| r.mdc(c.quantity)).map(|m| m.to_string()).unwrap_or_default().into(),
            number(value).into(),
            exponent(value).into(),
            unit(value).into(),
            original_quantity.unwrap_or_default().into(),
            number(original).into(),
            exponent(original).into(),
            unit(original).into(),
            hex::encode(r.device.as_bytes()).into(),
            text(&facts.origin.name),
            text(facts.origin.model.as_deref().unwrap_or_default()),
            text(facts.origin.firmware.as_deref().unwrap_or_default()),
            r.user.map(|u| u.to_string()).unwrap_or_default().into(),
            source.origin.into(),
            source.link.unwrap_or_default().into(),
            source.clock.unwrap_or_default().into(),
            source.behind.map(|b| b.to_string()).unwrap_or_default().into(),
            r.device_time.map(facts::device_time).unwrap_or_default().into(),
            facts.flags().join(" ").into(),
            text(facts.note.unwrap_or_default()),
        ])
    }
}

/// Each value with the one that it was converted from; one without the other stands alone.
fn pairs(components: &[Component]) -> Vec<(Option<Component>, Option<Component>)> {
    let mut originals: Vec<Component> =
        components.iter().copied().filter(|c| c.quantity.original_of().is_some()).collect();
    let mut pairs: Vec<_> = components
        .iter()
        .filter(|c| c.quantity.original_of().is_none())
        .map(|c| {
            let at = originals.iter().position(|o| o.quantity.original_of() == Some(c.quantity));
            (Some(*c), at.map(|at| originals.remove(at)))
        })
        .collect();
    pairs.extend(originals.into_iter().map(|o| (None, Some(o))));
    pairs
}

/// Outside text, so that no spreadsheet takes it for a formula.
fn text(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'']) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

fn rows<'a>(out: &mut Vec<u8>, rows: impl IntoIterator<Item = [Cow<'a, str>; 27]>) -> Result<(), Failure> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    for row in rows {
        writer
            .write_record(row.iter().map(|cell| cell.as_bytes()))
            .map_err(|_| bug("a row has no text form"))?;
    }
    writer.flush().map_err(|_| bug("a row has no text form"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outside_text_is_no_formula_and_comes_back() {
        for (outside, cell) in [
            ("=1+1", "'=1+1"),
            ("+49 30", "'+49 30"),
            ("-cmd", "'-cmd"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("'quoted", "''quoted"),
            ("a cuff", "a cuff"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(text(outside), cell);
            assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), outside);
        }
    }

    #[test]
    fn cells_are_quoted_as_the_standard_says() {
        let mut out = Vec::new();
        let mut cells = [const { Cow::Borrowed("") }; 27];
        (cells[0], cells[1], cells[2]) = ("a,b".into(), "say \"so\"".into(), "two\r\nlines".into());
        rows(&mut out, [cells]).unwrap();
        let expected = format!("\"a,b\",\"say \"\"so\"\"\",\"two\r\nlines\"{}\r\n", ",".repeat(24));
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
