//! JSON Lines: one object for each reading, exactly as stored.

use salus_wire::Failure;
use serde::Serialize;

use super::facts::{self, Facts};
use crate::failure::bug;

/// The schema's name and version, in every line: lines can be taken apart and put together.
pub(super) const SCHEMA: &str = "salus-export/1";

#[derive(Serialize)]
struct Line<'a> {
    schema: &'static str,
    category: String,
    time: String,
    time_ms: i64,
    arrived_ms: i64,
    values: Vec<Value>,
    device: String,
    device_name: &'a str,
    model: Option<&'a str>,
    firmware: Option<&'a str>,
    user: Option<u8>,
    origin: &'static str,
    link: Option<&'static str>,
    clock: Option<&'static str>,
    clock_behind_ms: Option<i64>,
    device_time: Option<String>,
    flags: Vec<&'static str>,
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct Value {
    quantity: String,
    loinc: Option<&'static str>,
    mdc: Option<u32>,
    /// With the precision that was sent, as text: no reader rounds it.
    value: String,
    mantissa: i64,
    exponent: i8,
    unit: &'static str,
    /// For a value in the unit that it was sent or typed in: which one was made of it.
    original_of: Option<String>,
}

/// One reading's line.
pub(super) fn write(facts: &Facts<'_>, out: &mut Vec<u8>) -> Result<(), Failure> {
    let r = facts.reading;
    let source = facts.source();
    let value = |c: &salus_wire::Component| {
        Ok(Value {
            quantity: facts::name(&c.quantity)?,
            loinc: r.loinc(c.quantity),
            mdc: r.mdc(c.quantity),
            value: c.value.to_string(),
            mantissa: c.value.mantissa,
            exponent: c.value.exponent,
            unit: c.quantity.ucum(),
            original_of: c.quantity.original_of().map(|q| facts::name(&q)).transpose()?,
        })
    };
    let line = Line {
        schema: SCHEMA,
        category: facts::name(&r.category)?,
        time: facts::instant(r.at),
        time_ms: r.at,
        arrived_ms: r.arrived,
        values: r.components.iter().map(value).collect::<Result<_, Failure>>()?,
        device: hex::encode(r.device.as_bytes()),
        device_name: &facts.origin.name,
        model: facts.origin.model.as_deref(),
        firmware: facts.origin.firmware.as_deref(),
        user: r.user,
        origin: source.origin,
        link: source.link,
        clock: source.clock,
        clock_behind_ms: source.behind,
        device_time: r.device_time.map(facts::device_time),
        flags: facts.flags(),
        note: facts.note,
    };
    serde_json::to_writer(&mut *out, &line).map_err(|_| bug("a line has no JSON form"))?;
    out.push(b'\n');
    Ok(())
}
