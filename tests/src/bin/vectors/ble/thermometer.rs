//! 2A1C and 2A1E, 2A1D, 2A21.

use salus_devices::gatt::thermometer::{self, Unit};
use serde_json::{Value, json};

use super::{name, spelling};

pub(super) fn temperature(bytes: &[u8], expected: &Value) -> Option<Value> {
    let t = thermometer::decode(bytes).ok()?;
    let mut words = json!({
        "unit": match t.unit { Unit::Celsius => "Cel", Unit::Fahrenheit => "[degF]" },
        "datetime": spelling::datetime(t.time),
        "type": t.site.map(|site| site.code()),
    });
    match t.value {
        Ok(value) => words["temp"] = spelling::decimal(value, &expected["temp"]),
        Err(special) => words["special"] = json!(name(special)),
    }
    Some(words)
}

pub(super) fn site(bytes: &[u8]) -> Option<Value> {
    thermometer::decode_type(bytes).ok().map(|site| json!({"type": site.code()}))
}

pub(super) fn interval(bytes: &[u8]) -> Option<Value> {
    thermometer::decode_interval(bytes).ok().map(|seconds| json!({"seconds": seconds}))
}

#[cfg(test)]
#[test]
fn the_fixture_holds() {
    super::spelling::fixture(include_str!(
        "../../../../../src-tauri/crates/devices/fixtures/thermometer.json"
    ));
}
