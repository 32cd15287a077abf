//! 2A9D and 2A9E.

use salus_devices::gatt::weight::{self, Unit};
use serde_json::{Map, Value, json};

use super::spelling::{datetime, optional, put};

pub(super) fn measurement(bytes: &[u8], expected: &Value) -> Option<Value> {
    let w = weight::decode(bytes).ok()?;
    let mut words = Map::new();
    words.insert("weight".to_owned(), optional(w.weight, &expected["weight"]));
    words.insert("unit".to_owned(), json!(unit(w.unit)));
    put(&mut words, "datetime", datetime(w.time));
    put(&mut words, "user", json!(w.user));
    put(&mut words, "bmi", optional(w.bmi, &expected["bmi"]));
    put(&mut words, "height", optional(w.height, &expected["height"]));
    Some(words.into())
}

pub(super) const fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Metric => "kg",
        Unit::Imperial => "[lb_av]",
    }
}

pub(super) fn feature(bytes: &[u8], expected: &Value) -> Option<Value> {
    let f = weight::decode_feature(bytes).ok()?;
    Some(json!({
        "time": f.time, "users": f.users, "bmi": f.bmi,
        "weight_step_kg": optional(f.weight_step, &expected["weight_step_kg"]),
        "height_step_cm": optional(f.height_step, &expected["height_step_cm"]),
    }))
}

#[cfg(test)]
#[test]
fn the_fixture_holds() {
    super::spelling::fixture(include_str!("../../../../../src-tauri/crates/devices/fixtures/weight.json"));
}
