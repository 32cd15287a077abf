//! Glucose measurement, context and feature.

use salus_devices::gatt::glucose::context::{self, MedicationUnit};
use salus_devices::gatt::glucose::{Unit, decode, decode_feature};
use salus_devices::gatt::number::Value as Number;
use serde_json::{Map, Value, json};

use super::{name, wall};

pub(super) fn measurement(bytes: &[u8]) -> Option<Value> {
    let glucose = decode(bytes).ok()?;
    let mut value = json!({
        "seq": glucose.sequence, "base": wall(glucose.base), "context_follows": glucose.context_follows,
    });
    if let Some(minutes) = glucose.offset_minutes {
        value["offset_min"] = json!(minutes);
    }
    if let Some(sent) = glucose.concentration {
        value["conc"] = text(sent.value);
        value["unit"] = json!(match sent.unit {
            Unit::KgPerLitre => "kg/L",
            Unit::MolPerLitre => "mol/L",
        });
        value["type"] = json!(sent.fluid);
        value["location"] = json!(sent.site);
    }
    if let Some(status) = glucose.status {
        value["status"] = json!(status.0);
    }
    Some(value)
}

pub(super) fn surroundings(bytes: &[u8]) -> Option<Value> {
    let context = context::decode(bytes).ok()?;
    let mut value = Map::new();
    let mut put = |key: &str, field: Value| value.insert(key.to_owned(), field);
    put("seq", json!(context.sequence));
    if let Some(eaten) = context.carbohydrate {
        put("carbohydrate", json!({"kind": eaten.kind, "kg": text(eaten.kg)}));
    }
    if let Some(meal) = context.meal {
        put("meal", json!(meal));
    }
    if let Some(who) = context.tester_health {
        put("tester", json!(who.tester));
        put("health", json!(who.health));
    }
    if let Some(exercise) = context.exercise {
        put("exercise", json!({"seconds": exercise.seconds, "intensity": exercise.intensity}));
    }
    if let Some(taken) = context.medication {
        let unit = match taken.unit {
            MedicationUnit::Kg => "kg",
            MedicationUnit::Litre => "L",
        };
        put("medication", json!({"kind": taken.kind, "amount": text(taken.amount), "unit": unit}));
    }
    if let Some(hba1c) = context.hba1c {
        put("hba1c", text(hba1c));
    }
    Some(Value::Object(value))
}

pub(super) fn feature(bytes: &[u8]) -> Option<Value> {
    decode_feature(bytes).ok().map(|feature| json!({"features": feature.0}))
}

/// A number as the text that keeps its precision.
pub(super) fn text(number: Number) -> Value {
    number.map_or_else(|special| json!({"special": name(special)}), |d| json!(d.to_string()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_fixture_holds() {
        super::super::holds(include_str!("../../../../../src-tauri/crates/devices/fixtures/glucose.json"));
    }
}
