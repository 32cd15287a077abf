//! 2A2B, read and written. What is written is right when encoding the expected words gives the octets.

use salus_devices::gatt::date_time::{self, Adjust};
use serde_json::{Value, json};

use super::spelling::datetime;

pub(super) fn read(bytes: &[u8]) -> Option<Value> {
    date_time::current_time(bytes).ok().map(|time| json!({"datetime": datetime(Some(time))}))
}

pub(super) fn write(bytes: &[u8], expected: &Value) -> Option<Value> {
    let reason = match expected["reason"].as_str()? {
        "manual" => Adjust::Manual,
        "reference" => Adjust::Reference,
        _ => return None,
    };
    let octets = date_time::encode_current_time(expected["wall_millis"].as_i64()?, reason)?;
    (octets == bytes).then(|| expected.clone())
}

#[cfg(test)]
#[test]
fn the_fixture_holds() {
    super::spelling::fixture(include_str!(
        "../../../../../src-tauri/crates/devices/fixtures/current_time.json"
    ));
}
