//! Cycling power: 2A63, 2A65. What a packet does not carry has no word.

use salus_devices::gatt::cycling_power::{self, Features};
use serde_json::{Map, Value, json};

use super::cycling::{crank, wheel};

pub(super) fn measurement(bytes: &[u8]) -> Option<Value> {
    let p = cycling_power::decode(bytes).ok()?;
    let fields = [
        ("watt", Some(json!(p.watt))),
        ("balance", p.balance.map(|b| json!({"half_percent": b.half_percent, "left": b.left}))),
        ("torque", p.torque.map(|t| json!({"nm_32": t.nm_32, "at_crank": t.at_crank}))),
        ("wheel", p.wheel.map(wheel)),
        ("crank", p.crank.map(crank)),
        ("forces", p.forces.map(|f| json!([f.largest, f.smallest]))),
        ("torques", p.torques.map(|t| json!([t.largest, t.smallest]))),
        ("angles", p.angles.map(|a| json!([a.largest, a.smallest]))),
        ("top", p.top_dead_spot.map(Value::from)),
        ("bottom", p.bottom_dead_spot.map(Value::from)),
        ("energy_kj", p.energy_kj.map(Value::from)),
        ("offset_compensation", Some(json!(p.offset_compensation))),
    ];
    let present = fields.into_iter().filter_map(|(word, value)| Some((word.to_owned(), value?)));
    Some(Value::Object(present.collect::<Map<_, _>>()))
}

pub(super) fn features(bytes: &[u8]) -> Option<Value> {
    let features = cycling_power::features(bytes).ok()?;
    let words = [
        ("balance", Features::BALANCE),
        ("torque", Features::TORQUE),
        ("wheel", Features::WHEEL),
        ("crank", Features::CRANK),
        ("extremes", Features::EXTREMES),
        ("angles", Features::ANGLES),
        ("dead_spots", Features::DEAD_SPOTS),
        ("energy", Features::ENERGY),
        ("offset_indicator", Features::OFFSET_INDICATOR),
        ("measures_torque", Features::MEASURES_TORQUE),
    ];
    let known = words.map(|(word, bit)| (word.to_owned(), Value::from(features.any(bit))));
    Some(Value::Object(known.into_iter().collect::<Map<_, _>>()))
}
