//! How the file writes decimals, times and devices' numbers.

use salus_devices::gatt::date_time::wall_millis;
use salus_wire::Decimal;
use salus_wire::measure::DeviceTime;
use serde_json::{Map, Value, json};

/// Text where the expectation is text, which keeps the precision; else a number.
pub(super) fn decimal(value: Decimal, expected: &Value) -> Value {
    if expected.is_string() { json!(value.to_string()) } else { super::number(Ok(value), expected) }
}

/// A decimal that may be missing.
pub(super) fn optional(value: Option<Decimal>, expected: &Value) -> Value {
    value.map_or(Value::Null, |v| decimal(v, expected))
}

/// A whole time; `null` when a part is unknown.
pub(super) fn datetime(time: Option<DeviceTime>) -> Value {
    json!(time.filter(|t| wall_millis(*t).is_some()).map(|t| {
        format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", t.year, t.month, t.day, t.hour, t.minute, t.second)
    }))
}

/// Puts a value in unless there is none.
pub(super) fn put(words: &mut Map<String, Value>, key: &str, value: Value) {
    if !value.is_null() {
        words.insert(key.to_owned(), value);
    }
}

#[cfg(test)]
pub(super) fn fixture(text: &str) {
    let report = super::check(&serde_json::from_str(text).unwrap()).unwrap();
    assert_eq!((report.differ, report.unsupported), (Vec::<String>::new(), Vec::new()));
}
