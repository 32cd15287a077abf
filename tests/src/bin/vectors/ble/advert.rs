//! Advertisements: whole HCI events ("ADV"), service data ("SVC"), manufacturer data ("MFR"), and what Mi Scale 2
//! sends on 2A9C.

use salus_devices::advert::mi_scale::{self, Weighing};
use salus_devices::advert::{self, Advert, Air, bthome, ruuvi};
use salus_devices::gatt::weight::Unit;
use salus_wire::Decimal;
use serde_json::{Map, Value, json};

use super::spelling::{datetime, decimal, optional, put};

/// An HCI event that holds one legacy advertising report.
///
/// ```text
/// 04 event, 3E LE meta, length u8 of what follows, 02 advertising report, 01 one report, event type u8,
/// address type u8, address 6 octets least significant first, length u8, data, RSSI i8
/// ```
///
/// # Source
/// Core specification 6.0, volume 4 part E 7.7.65.2.
struct Report<'a> {
    mac: String,
    data: &'a [u8],
    rssi: i8,
}

fn report(event: &[u8]) -> Option<Report<'_>> {
    let ([0x04, 0x3E, length], rest) = event.split_first_chunk()? else { return None };
    if usize::from(*length) != rest.len() {
        return None;
    }
    let ([0x02, 0x01, _, _, mac @ .., length], rest) = rest.split_first_chunk::<11>()? else { return None };
    let (rssi, data) = rest.split_last()?;
    let mac = mac.iter().rev().map(|octet| format!("{octet:02X}")).collect::<Vec<_>>().join(":");
    (usize::from(*length) == data.len()).then(|| Report { mac, data, rssi: rssi.cast_signed() })
}

pub(super) fn event(bytes: &[u8], expected: &Value) -> Option<Value> {
    let report = report(bytes)?;
    let mut words = Map::new();
    match advert::decode(report.data).ok()?? {
        Advert::MiScale(w) => {
            words.insert("mac".to_owned(), json!(report.mac));
            words.insert(weight_key(w.unit).to_owned(), decimal(w.weight, &expected[weight_key(w.unit)]));
            words.insert("stabilised".to_owned(), json!(w.stable));
            words.insert("impedance".to_owned(), json!(w.impedance));
        }
        Advert::BtHome(v) => room(&mut words, &v, expected),
        Advert::Ruuvi(v) => tag(&mut words, &v, expected),
    }
    words.insert("rssi".to_owned(), json!(report.rssi));
    Some(words.into())
}

pub(super) fn service(uuid: u16, bytes: &[u8], expected: &Value) -> Option<Value> {
    found(&advert::service(uuid, bytes)?.ok()?, expected)
}

pub(super) fn manufacturer(company: u16, bytes: &[u8], expected: &Value) -> Option<Value> {
    found(&advert::manufacturer(company, bytes)?.ok()?, expected)
}

pub(super) fn mi_scale(bytes: &[u8], expected: &Value) -> Option<Value> {
    mi_scale::decode_second(bytes).ok().map(|w| weighing(&w, expected))
}

fn found(advert: &Advert, expected: &Value) -> Option<Value> {
    let mut words = Map::new();
    match advert {
        Advert::MiScale(w) => return Some(weighing(w, expected)),
        Advert::BtHome(v) => room(&mut words, v, expected),
        Advert::Ruuvi(v) => tag(&mut words, v, expected),
    }
    Some(words.into())
}

const fn weight_key(unit: Unit) -> &'static str {
    match unit {
        Unit::Metric => "weight_kg",
        Unit::Imperial => "weight_lb",
    }
}

fn weighing(w: &Weighing, expected: &Value) -> Value {
    let key = weight_key(w.unit);
    json!({
        key: decimal(w.weight, &expected[key]), "datetime": datetime(w.time), "stabilised": w.stable,
        "removed": w.stepped_off, "impedance_ohm": w.impedance,
    })
}

fn room(words: &mut Map<String, Value>, values: &bthome::Values, expected: &Value) {
    put(words, "packet", json!(values.packet));
    put(words, "battery", json!(values.battery));
    if let Some((mass, unit)) = values.mass {
        put(words, weight_key(unit), decimal(mass, &expected[weight_key(unit)]));
    }
    air(words, &values.air, expected);
}

fn tag(words: &mut Map<String, Value>, values: &ruuvi::Values, expected: &Value) {
    air(words, &values.air, expected);
    let volt = values.battery_mv.map(|mv| Decimal { mantissa: i64::from(mv), exponent: -3 });
    put(words, "voltage", optional(volt, &expected["voltage"]));
    put(words, "number", json!(values.number));
}

fn air(words: &mut Map<String, Value>, air: &Air, expected: &Value) {
    put(words, "temp", optional(air.temperature, &expected["temp"]));
    put(words, "humidity", optional(air.humidity, &expected["humidity"]));
    put(words, "pressure_hpa", optional(air.pressure, &expected["pressure_hpa"]));
}

#[cfg(test)]
#[test]
fn the_fixtures_hold() {
    for text in [
        include_str!("../../../../../src-tauri/crates/devices/fixtures/mi_scale.json"),
        include_str!("../../../../../src-tauri/crates/devices/fixtures/bthome.json"),
        include_str!("../../../../../src-tauri/crates/devices/fixtures/ruuvi.json"),
    ] {
        super::spelling::fixture(text);
    }
}
