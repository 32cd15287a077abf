//! Elapsed Time: 2BF2.

use salus_devices::gatt::elapsed_time::{self, ElapsedTime, Resolution, Sync, Timeline};
use serde_json::{Value, json};

pub(super) fn clock(bytes: &[u8]) -> Option<Value> {
    let clock = elapsed_time::clock(bytes).ok()?;
    let mut value = time(&clock.now);
    value["needs_setting"] = json!(clock.needs_setting);
    value["keeps_summer_time"] = json!(clock.keeps_summer_time);
    value["keeps_zone"] = json!(clock.keeps_zone);
    Some(value)
}

pub(super) fn time(t: &ElapsedTime) -> Value {
    let timeline = match t.timeline {
        Timeline::Counter => "counter",
        Timeline::Utc => "utc",
        Timeline::Local => "local",
    };
    let unit = match t.resolution {
        Resolution::Second => "1 s",
        Resolution::Tenth => "0.1 s",
        Resolution::Milli => "1 ms",
        Resolution::TenthMilli => "0.1 ms",
    };
    let sync = match t.sync {
        Sync::Unknown => "unknown",
        Sync::Network => "network",
        Sync::Satellite => "satellite",
        Sync::Radio => "radio",
        Sync::Person => "person",
        Sync::Atomic => "atomic",
        Sync::Cellular => "cellular",
        Sync::Never => "never",
    };
    json!({
        "timeline": timeline, "unit": unit, "value": t.value, "sync": sync,
        "offset_quarters": t.offset_quarters, "current": t.current,
    })
}
