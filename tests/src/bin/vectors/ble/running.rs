//! Running: 2A53, 2A54.

use salus_devices::gatt::running;
use serde_json::{Value, json};

pub(super) fn measurement(bytes: &[u8]) -> Option<Value> {
    let run = running::decode(bytes).ok()?;
    Some(json!({
        "speed_256": run.speed_256, "cadence": run.cadence, "stride_cm": run.stride_cm,
        "distance_dm": run.distance_dm, "running": run.running,
    }))
}

pub(super) fn features(bytes: &[u8]) -> Option<Value> {
    let f = running::features(bytes).ok()?;
    Some(json!({
        "stride": f.stride, "distance": f.distance, "walking_or_running": f.walking_or_running,
        "calibration": f.calibration, "locations": f.locations,
    }))
}
