//! Continuous glucose monitoring. Whether a service is checked is known from its feature: here, from `crc_ok` in the
//! expectation, which stands there for refused octets too.

use salus_devices::gatt::cgm::control::{self, Limit, Response};
use salus_devices::gatt::cgm::session::{decode_run_time, decode_start};
use salus_devices::gatt::cgm::{Annunciation, Record, decode, decode_feature, decode_status};
use salus_devices::gatt::crc::Protection;
use serde_json::{Value, json};

use super::glucose::text;
use super::wall;

pub(super) fn measurement(bytes: &[u8], expected: &Value) -> Option<Value> {
    let records: Vec<Value> = decode(bytes, protection(expected)).ok()?.map(|r| record(&r)).collect();
    Some(match &records[..] {
        [one] if expected.get("records").is_none() => checked(one.clone(), expected),
        _ => checked(json!({"records": records}), expected),
    })
}

fn record(record: &Record) -> Value {
    let mut value = json!({"conc": text(record.glucose), "offset_min": record.offset_minutes});
    noticed(&mut value, record.annunciation);
    for (key, number) in [("trend", record.trend), ("quality", record.quality)] {
        if let Some(number) = number {
            value[key] = text(number);
        }
    }
    value
}

fn noticed(value: &mut Value, annunciation: Annunciation) {
    let Annunciation { status, cal_temp, warning } = annunciation;
    for (key, octet) in [("status", status), ("caltemp", cal_temp), ("warning", warning)] {
        if let Some(octet) = octet {
            value[key] = json!(octet);
        }
    }
}

pub(super) fn feature(bytes: &[u8], expected: &Value) -> Option<Value> {
    let feature = decode_feature(bytes).ok()?;
    let value = json!({"features": feature.bits, "type": feature.fluid, "location": feature.site});
    Some(if feature.protection() == Protection::Checked { checked(value, expected) } else { value })
}

pub(super) fn status(bytes: &[u8], expected: &Value) -> Option<Value> {
    let status = decode_status(bytes, protection(expected)).ok()?;
    let mut value = json!({"offset_min": status.offset_minutes});
    noticed(&mut value, status.annunciation);
    Some(checked(value, expected))
}

pub(super) fn start(bytes: &[u8], expected: &Value) -> Option<Value> {
    let start = decode_start(bytes, protection(expected)).ok()?;
    let value = json!({"datetime": wall(start.time), "tz_15min": start.zone, "dst": start.summer});
    Some(checked(value, expected))
}

pub(super) fn run_time(bytes: &[u8], expected: &Value) -> Option<Value> {
    let hours = decode_run_time(bytes, protection(expected)).ok()?;
    Some(checked(json!({"hours": hours}), expected))
}

pub(super) fn response(bytes: &[u8], expected: &Value) -> Option<Value> {
    let value = match control::decode(bytes, protection(expected)).ok()? {
        Response::Interval(minutes) => json!({"interval_min": minutes}),
        Response::Calibration(c) => json!({
            "conc": text(c.glucose), "offset_min": c.offset_minutes, "type": c.fluid, "location": c.site,
            "next_min": c.next_minutes, "record": c.record, "status": c.status,
        }),
        Response::Limit(limit, value) => json!({"limit": name(limit), "value": text(value)}),
        Response::Ended { request, result } => json!({"request": request, "result": result}),
    };
    Some(checked(value, expected))
}

const fn name(limit: Limit) -> &'static str {
    match limit {
        Limit::PatientHigh => "patient high",
        Limit::PatientLow => "patient low",
        Limit::Hypo => "hypo",
        Limit::Hyper => "hyper",
        Limit::Decrease => "decrease",
        Limit::Increase => "increase",
    }
}

fn protection(expected: &Value) -> Protection {
    if expected.get("crc_ok").is_some() { Protection::Checked } else { Protection::Plain }
}

/// A value that was decoded had the right checksum, if any.
fn checked(mut value: Value, expected: &Value) -> Value {
    if protection(expected) == Protection::Checked {
        value["crc_ok"] = json!(true);
    }
    value
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_fixture_holds() {
        super::super::holds(include_str!("../../../../../src-tauri/crates/devices/fixtures/cgm.json"));
    }
}
