//! Enhanced blood pressure, its cuff pressure, feature and stored record.

use salus_devices::gatt::blood_pressure::Unit;
use salus_devices::gatt::crc::Protection;
use salus_devices::gatt::enhanced_blood_pressure::record::{self, Assembly};
use salus_devices::gatt::enhanced_blood_pressure::{Context, Epoch, decode, decode_cuff, decode_feature};
use serde_json::{Value, json};

use super::glucose::text;
use super::{pulse_range, wall};

pub(super) fn measurement(bytes: &[u8]) -> Option<Value> {
    let bp = decode(bytes).ok()?;
    let mut value = common(&bp.context);
    value["sys"] = text(bp.systolic);
    value["dia"] = text(bp.diastolic);
    value["map"] = text(bp.mean);
    Some(value)
}

pub(super) fn cuff(bytes: &[u8]) -> Option<Value> {
    let cuff = decode_cuff(bytes).ok()?;
    let mut value = common(&cuff.context);
    value["cuff"] = text(cuff.cuff);
    Some(value)
}

pub(super) fn feature(bytes: &[u8]) -> Option<Value> {
    decode_feature(bytes).ok().map(|feature| json!({"features": feature.0}))
}

/// One segment; a record that is whole in it is put together too, with its checksum if `crc_ok` is expected.
pub(super) fn segment(bytes: &[u8], expected: &Value) -> Option<Value> {
    let segment = record::decode(bytes).ok()?;
    let mut value = json!({
        "first": segment.first, "last": segment.last, "counter": segment.counter,
        "seq": segment.sequence, "uuid": format!("{:04X}", segment.uuid), "value": hex::encode(segment.value),
    });
    if segment.first && segment.last {
        let checked = expected.get("crc_ok").is_some();
        let protection = if checked { Protection::Checked } else { Protection::Plain };
        let whole = Assembly::new(protection).segment(bytes).ok()??;
        value["value"] = json!(hex::encode(whole.value));
        if checked {
            value["crc_ok"] = json!(true);
        }
    }
    Some(value)
}

fn common(context: &Context) -> Value {
    json!({
        "unit": match context.unit { Unit::MmHg => "mm[Hg]", Unit::KPa => "kPa" },
        "epoch": match context.epoch { Epoch::Y1900 => 1900, Epoch::Y2000 => 2000 },
        "time_stamp": context.time_stamp,
        "shown_time": context.shown_time,
        "datetime": context.time().map(wall),
        "pulse": context.pulse.map(text),
        "user": context.user,
        "status": context.status.map(|s| json!({
            "movement": s.movement, "cuff_loose": s.cuff_loose, "irregular": s.irregular_pulse,
            "pulse_range": pulse_range(s.pulse_range), "bad_position": s.bad_position,
        })),
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_fixture_holds() {
        super::super::holds(include_str!(
            "../../../../../src-tauri/crates/devices/fixtures/enhanced_blood_pressure.json"
        ));
    }
}
