//! Polar Measurement Data: frames by kind, and the control point.

use salus_devices::gatt::polar_pmd::{self, Acceleration, Error, Message, Samples, SettingKind};
use serde_json::{Value, json};

pub(super) fn ecg(bytes: &[u8]) -> Option<Value> {
    let frame = polar_pmd::frame(bytes).ok()?;
    let Samples::Ecg(samples) = frame.samples else { return None };
    Some(json!({
        "type": "ECG", "timestamp_ns": frame.nanos, "frame_type": 0, "uV": samples.iter().collect::<Vec<_>>(),
        "last_sample_ts": frame.nanos,
    }))
}

pub(super) fn acc(bytes: &[u8]) -> Option<Value> {
    let frame = polar_pmd::frame(bytes).ok()?;
    let milli_g: Vec<Value> = match frame.samples {
        Samples::Acc8(samples) => samples.iter().map(triple).collect(),
        Samples::Acc16(samples) => samples.iter().map(triple).collect(),
        Samples::Ecg(_) | Samples::Ppi(_) => return None,
    };
    Some(json!({"timestamp_ns": frame.nanos, "mG": milli_g}))
}

pub(super) fn ppi(bytes: &[u8]) -> Option<Value> {
    let frame = polar_pmd::frame(bytes).ok()?;
    let Samples::Ppi(samples) = frame.samples else { return None };
    let samples: Vec<Value> = samples
        .iter()
        .map(|s| {
            json!({
                "bpm": s.bpm, "ms": s.millis, "error_ms": s.error_millis, "moved": s.moved, "contact": s.contact,
            })
        })
        .collect();
    Some(json!({"samples": samples}))
}

pub(super) fn control(bytes: &[u8]) -> Option<Value> {
    Some(match polar_pmd::message(bytes).ok()? {
        Message::Stopped(kinds) => json!({"stopped": kinds}),
        Message::Features(f) => json!({"ecg": f.ecg, "acc": f.acc, "ppi": f.ppi}),
        Message::Answer(a) => {
            let mut value = json!({"op": a.op, "kind": a.kind, "more": a.more});
            match a.outcome {
                Err(error) => value["error"] = json!(name(error)),
                Ok(parameters) => value["settings"] = settings(parameters)?,
            }
            value
        }
    })
}

fn settings(parameters: &[u8]) -> Option<Value> {
    let settings = polar_pmd::settings(parameters).ok()?;
    Some(settings.iter().map(|s| json!([word(s.kind), s.values().collect::<Vec<_>>()])).collect())
}

fn triple(a: Acceleration) -> Value {
    json!([a.x, a.y, a.z])
}

const fn word(kind: SettingKind) -> &'static str {
    match kind {
        SettingKind::SampleRate => "sample_rate",
        SettingKind::Resolution => "resolution",
        SettingKind::Range => "range",
        SettingKind::RangeMilli => "range_milli",
        SettingKind::Channels => "channels",
        SettingKind::Factor => "factor",
    }
}

const fn name(error: Error) -> &'static str {
    match error {
        Error::Op => "op",
        Error::Kind => "kind",
        Error::NotSupported => "not supported",
        Error::Length => "length",
        Error::Parameter => "parameter",
        Error::AlreadyInState => "already in state",
        Error::Resolution => "resolution",
        Error::SampleRate => "sample rate",
        Error::Range => "range",
        Error::Mtu => "mtu",
        Error::Channels => "channels",
        Error::State => "state",
        Error::Charging => "charging",
        Error::Other(_) => "other",
    }
}
