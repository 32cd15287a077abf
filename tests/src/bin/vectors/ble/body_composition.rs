//! 2A9C and 2A9B.

use salus_devices::gatt::body_composition::{self, Fields};
use salus_devices::gatt::weight::Unit;
use serde_json::{Map, Value, json};

use super::spelling::{datetime, optional, put};
use super::weight::unit;

pub(super) fn measurement(bytes: &[u8], expected: &Value) -> Option<Value> {
    if expected.get("raw").is_some() {
        return body_composition::fields(bytes).ok().map(|f| json!({"raw": raw(&f)}));
    }
    let b = body_composition::decode(bytes).ok()?;
    let mut words = Map::new();
    words.insert("body_fat_pct".to_owned(), optional(b.fat, &expected["body_fat_pct"]));
    // The file says the unit where it is not the usual one and something has it.
    let has_unit =
        [b.muscle, b.fat_free, b.soft_lean, b.water, b.weight, b.height].iter().any(Option::is_some);
    put(&mut words, "unit", json!(Some(b.unit).filter(|u| has_unit && *u != Unit::Metric).map(unit)));
    put(&mut words, "in_two", json!(Some(b.in_two).filter(|is| *is)));
    put(&mut words, "datetime", datetime(b.time));
    put(&mut words, "user", json!(b.user));
    for (key, value) in [
        ("basal_kj", b.basal),
        ("muscle_pct", b.muscle_share),
        ("muscle_mass", b.muscle),
        ("fat_free_mass", b.fat_free),
        ("soft_lean_mass", b.soft_lean),
        ("water_mass", b.water),
        ("impedance_ohm", b.impedance),
        ("weight", b.weight),
        ("height", b.height),
    ] {
        put(&mut words, key, optional(value, &expected[key]));
    }
    Some(words.into())
}

fn raw(fields: &Fields) -> Value {
    let mut words = Map::new();
    put(&mut words, "body_fat", json!(fields.fat));
    if let Some([y0, y1, month, day, h, m, s]) = fields.time {
        let time = json!({
            "year": u16::from_le_bytes([y0, y1]), "month": month, "day": day, "h": h, "m": m, "s": s,
        });
        words.extend(time.as_object().cloned().unwrap_or_default());
    }
    put(&mut words, "user", json!(fields.user));
    let keys = ["bmr", "muscle_pct", "muscle_mass", "ffm", "slm", "water", "impedance", "weight", "height"];
    for (key, value) in keys.into_iter().zip(fields.optional) {
        put(&mut words, key, json!(value));
    }
    words.into()
}

pub(super) fn feature(bytes: &[u8], expected: &Value) -> Option<Value> {
    let f = body_composition::decode_feature(bytes).ok()?;
    Some(json!({
        "time": f.time, "users": f.users, "optional": f.optional,
        "weight_step_kg": optional(f.weight_step, &expected["weight_step_kg"]),
        "height_step_cm": optional(f.height_step, &expected["height_step_cm"]),
    }))
}

#[cfg(test)]
#[test]
fn the_fixture_holds() {
    super::spelling::fixture(include_str!(
        "../../../../../src-tauri/crates/devices/fixtures/body_composition.json"
    ));
}
