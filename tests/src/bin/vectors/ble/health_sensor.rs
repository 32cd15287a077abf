//! Generic health sensors: 2B8B and 2BDD in one segment, 2BF1, 2BF3, 2BF4. What an observation does not carry has no
//! word.

use salus_devices::gatt::health_sensor::{
    self, Attribute, Codes, Observation, Response, Segments, Simple, Value as Observed,
};
use serde_json::{Map, Value, json};

use super::elapsed_time::time;
use super::pulse_oximeter::decimal;

pub(super) fn live(bytes: &[u8]) -> Option<Value> {
    let mut segments = Segments::new();
    let whole = segments.push(bytes).whole?;
    health_sensor::live(whole).ok().map(|o| observation(&o))
}

pub(super) fn stored(bytes: &[u8]) -> Option<Value> {
    let mut segments = Segments::new();
    let whole = segments.push(bytes).whole?;
    let stored = health_sensor::stored(whole).ok()?;
    let mut value = observation(&stored.observation);
    value["record"] = json!(stored.record);
    Some(value)
}

pub(super) fn features(bytes: &[u8]) -> Option<Value> {
    let f = health_sensor::features(bytes).ok()?;
    Some(json!({
        "kinds": codes(f.kinds),
        "specializations": f.specializations.iter().map(|(term, version)| json!([term, version])).collect::<Vec<_>>(),
    }))
}

pub(super) fn schedule(bytes: &[u8]) -> Option<Value> {
    let s = health_sensor::schedule(bytes).ok()?;
    Some(json!({"kind": s.kind, "period": decimal(s.period), "interval": decimal(s.interval)}))
}

pub(super) fn response(bytes: &[u8]) -> Option<Value> {
    health_sensor::response(bytes).ok().map(|r| match r {
        Response::Done => json!({"response": "done"}),
        Response::Busy => json!({"response": "busy"}),
        Response::NotAllowed => json!({"response": "not allowed"}),
    })
}

fn observation(o: &Observation<'_>) -> Value {
    let list = |c: Codes<'_>| c.iter().next().map(|_| codes(c));
    let fields = [
        ("kind", o.kind.map(Value::from)),
        ("time", o.time.map(|t| time(&t))),
        ("duration", o.duration.map(decimal)),
        ("status", (o.status.0 != 0).then(|| json!(o.status.0))),
        ("id", o.id.map(Value::from)),
        ("patient", o.patient.map(Value::from)),
        ("supplemental", list(o.supplemental)),
        ("derived_from", list(o.derived_from)),
        ("member_of", list(o.member_of)),
        ("attributes", o.attributes.iter().next().map(|_| attributes(o.attributes.iter()))),
        ("value", Some(value(&o.value))),
    ];
    let present = fields.into_iter().filter_map(|(word, value)| Some((word.to_owned(), value?)));
    Value::Object(present.collect::<Map<_, _>>())
}

fn value(observed: &Observed<'_>) -> Value {
    match observed {
        Observed::Simple(simple) => self::simple(simple),
        Observed::Compound(components) => {
            components.iter().map(|c| json!({"kind": c.kind, "value": self::simple(&c.value)})).collect()
        }
        Observed::Attributes(list) => json!({"attributes": attributes(list.iter())}),
        Observed::Bundle(members) => {
            json!({"bundle": members.iter().map(|o| observation(&o)).collect::<Vec<_>>()})
        }
    }
}

fn simple(simple: &Simple<'_>) -> Value {
    match simple {
        Simple::Numeric(n) => json!({"unit": n.unit, "number": decimal(n.value)}),
        Simple::Discrete(code) => json!({"code": code}),
        Simple::Text(text) => json!({"text": text}),
        Simple::Samples(s) => json!({
            "unit": s.unit, "scale": decimal(s.scale), "offset": decimal(s.offset), "period": decimal(s.period),
            "per_period": s.per_period, "width": s.width, "samples": hex::encode(s.octets),
        }),
        Simple::Events(events) => json!({"events": codes(*events)}),
        Simple::States(s) => json!({
            "supported": hex::encode(s.supported), "states": hex::encode(s.states), "bits": hex::encode(s.bits),
        }),
    }
}

fn codes(codes: Codes<'_>) -> Value {
    codes.iter().collect()
}

fn attributes<'a>(list: impl Iterator<Item = Attribute<'a>>) -> Value {
    list.map(|a| json!({"kind": a.kind, "format": a.format, "octets": hex::encode(a.octets)})).collect()
}
