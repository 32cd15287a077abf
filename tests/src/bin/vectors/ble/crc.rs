//! The checksum itself, over the octets of an entry.

use salus_devices::gatt::crc::checksum;
use serde_json::{Value, json};

pub(super) fn value(bytes: &[u8]) -> Option<Value> {
    Some(json!({"crc": checksum(bytes)}))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_fixture_holds() {
        super::super::holds(include_str!("../../../../../src-tauri/crates/devices/fixtures/crc.json"));
    }
}
