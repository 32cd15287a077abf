//! Cycling: 2A5B, 2A5C.

use salus_devices::gatt::cycling::{self, Crank, Wheel};
use serde_json::{Value, json};

pub(super) fn measurement(bytes: &[u8]) -> Option<Value> {
    let packet = cycling::decode(bytes).ok()?;
    Some(json!({"wheel": packet.wheel.map(wheel), "crank": packet.crank.map(crank)}))
}

pub(super) fn features(bytes: &[u8]) -> Option<Value> {
    let f = cycling::features(bytes).ok()?;
    Some(json!({"wheel": f.wheel, "crank": f.crank, "locations": f.locations}))
}

pub(super) fn wheel(w: Wheel) -> Value {
    json!({"revolutions": w.revolutions, "ticks": w.ticks})
}

pub(super) fn crank(c: Crank) -> Value {
    json!({"revolutions": c.revolutions, "ticks": c.ticks})
}
