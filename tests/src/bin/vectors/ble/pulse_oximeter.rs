//! Pulse oximeters: 2A5E, 2A5F, 2A60. What a packet does not carry has no word.

use salus_devices::gatt::number::Value as Number;
use salus_devices::gatt::pulse_oximeter::{self, Context, Oxygen};
use serde_json::{Value, json};

pub(super) fn spot_check(bytes: &[u8]) -> Option<Value> {
    let spot = pulse_oximeter::spot_check(bytes).ok()?;
    let mut value = oxygen(spot.oxygen);
    if let Some(t) = spot.time {
        value["datetime"] = json!(format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            t.year, t.month, t.day, t.hour, t.minute, t.second
        ));
    }
    if spot.clock_not_set {
        value["clock_not_set"] = json!(true);
    }
    Some(with_context(value, &spot.context))
}

pub(super) fn continuous(bytes: &[u8]) -> Option<Value> {
    let packet = pulse_oximeter::continuous(bytes).ok()?;
    let mut value = oxygen(packet.normal);
    for (word, pair) in [("fast", packet.fast), ("slow", packet.slow)] {
        if let Some(pair) = pair {
            value[word] = oxygen(pair);
        }
    }
    Some(with_context(value, &packet.context))
}

pub(super) fn features(bytes: &[u8]) -> Option<Value> {
    let f = pulse_oximeter::features(bytes).ok()?;
    Some(json!({
        "features": f.features, "status": f.status.map(|s| s.0), "sensor": f.sensor.map(|s| s.0),
    }))
}

fn oxygen(pair: Oxygen) -> Value {
    json!({"spo2": decimal(pair.saturation), "pr": decimal(pair.pulse)})
}

fn with_context(mut value: Value, context: &Context) -> Value {
    if let Some(status) = context.status {
        value["status"] = json!(status.0);
    }
    if let Some(sensor) = context.sensor {
        value["sensor"] = json!(sensor.0);
    }
    if let Some(amplitude) = context.amplitude {
        value["amplitude"] = decimal(amplitude);
    }
    value
}

pub(super) fn decimal(number: Number) -> Value {
    match number {
        Ok(decimal) => json!(decimal.to_string()),
        Err(special) => json!({"special": super::name(special)}),
    }
}
