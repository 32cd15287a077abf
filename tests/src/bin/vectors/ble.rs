//! Bluetooth payloads: every entry of a characteristic that we decode must give exactly what is expected.

mod advert;
mod body_composition;
mod body_sensor;
mod cgm;
mod crc;
mod current_time;
mod cycling;
mod cycling_power;
mod elapsed_time;
mod enhanced_blood_pressure;
mod glucose;
mod health_sensor;
mod polar_pmd;
mod pulse_oximeter;
mod racp;
mod running;
mod spelling;
mod thermometer;
mod user_data;
mod weight;

use anyhow::{Context, Result};
use salus_devices::gatt::blood_pressure::{self, Context as Pressures, PulseRange, Unit};
use salus_devices::gatt::date_time::wall_millis;
use salus_devices::gatt::number::{Special, Value as Number, float, sfloat};
use salus_devices::gatt::{battery, device_information, heart_rate, omron};
use salus_wire::measure::DeviceTime;
use serde_json::{Value, json};

use super::Report;

pub(super) fn check(file: &Value) -> Result<Report> {
    let mut report = Report::default();
    let entries = file["vectors"].as_array().context("vectors")?;
    for entry in entries {
        let id = entry["id"].as_str().context("id")?;
        let characteristic = entry["characteristic"].as_str().context("characteristic")?;
        let bytes = hex::decode(entry["hex"].as_str().context("hex")?)?;
        let valid = entry["valid"].as_bool().context("valid")?;
        match decode(characteristic, &bytes, &entry["expected"]) {
            None => {
                let why = if characteristic == "SVC FE95" { "needs a vendor key" } else { "not read" };
                report.unsupported.push(format!("{id} ({characteristic}): {why}"));
            }
            Some(got) => {
                let holds = if valid { got.as_ref() == Some(&entry["expected"]) } else { got.is_none() };
                report.check(format!("{id}: {got:?}"), holds);
            }
        }
    }
    let count = file["vectors_count"].as_u64().and_then(|n| usize::try_from(n).ok());
    report.check("vectors_count", count == Some(entries.len()));
    Ok(report)
}

/// The decoded value in the file's words; the inner `None` when the octets are refused, the outer when the
/// characteristic is not supported. `expected` only says in which of two spellings a number is written.
fn decode(characteristic: &str, bytes: &[u8], expected: &Value) -> Option<Option<Value>> {
    Some(match characteristic {
        "SFLOAT" => bytes.try_into().ok().map(|b| special_or_decimal(sfloat(u16::from_le_bytes(b)))),
        "FLOAT" => bytes.try_into().ok().map(|b| special_or_decimal(float(u32::from_le_bytes(b)))),
        "2A37" => heart_rate::decode(bytes).ok().map(|hr| {
            json!({
                "bpm": hr.bpm, "contact": hr.contact, "energy_kj": hr.energy_kj, "rr_1024": hr.rr_1024(),
            })
        }),
        "2A35" => blood_pressure::decode(bytes).ok().map(|bp| {
            let mut value = common(&bp.context, expected);
            value["sys"] = number(bp.systolic, &expected["sys"]);
            value["dia"] = number(bp.diastolic, &expected["dia"]);
            value["map"] = number(bp.mean, &expected["map"]);
            value["status"] = bp.context.status.map_or(Value::Null, |s| {
                json!({
                    "movement": s.movement, "cuff_loose": s.cuff_loose, "irregular": s.irregular_pulse,
                    "pulse_range": pulse_range(s.pulse_range), "bad_position": s.bad_position,
                })
            });
            value
        }),
        "OMRON EEPROM rec" => omron::decode(bytes).ok().map(|bp| {
            let status = bp.context.status;
            json!({
                "sys": number(bp.systolic, &expected["sys"]), "dia": number(bp.diastolic, &expected["dia"]),
                "bpm": bp.context.pulse.map(|p| number(p, &expected["bpm"])),
                "datetime": bp.context.time.map(wall),
                "ihb": status.map(|s| u8::from(s.irregular_pulse)), "mov": status.map(|s| u8::from(s.movement)),
                "cuff": status.map(|s| u8::from(!s.cuff_loose)),
            })
        }),
        "2A36" => blood_pressure::decode_cuff(bytes).ok().map(|cuff| {
            let mut value = common(&cuff.context, expected);
            value["cuff"] = number(cuff.cuff, &expected["cuff"]);
            value
        }),
        "2A18" => glucose::measurement(bytes),
        "2A34" => glucose::surroundings(bytes),
        "2A51" => glucose::feature(bytes),
        "2A49" => enhanced_blood_pressure::feature(bytes),
        "2B34" => enhanced_blood_pressure::measurement(bytes),
        "2B35" => enhanced_blood_pressure::cuff(bytes),
        "2B36" => enhanced_blood_pressure::segment(bytes, expected),
        "2A52" => racp::response(bytes, expected),
        "2AA7" => cgm::measurement(bytes, expected),
        "2AA8" => cgm::feature(bytes, expected),
        "2AA9" => cgm::status(bytes, expected),
        "2AAA" => cgm::start(bytes, expected),
        "2AAB" => cgm::run_time(bytes, expected),
        "2AAC" => cgm::response(bytes, expected),
        "CRC16/MCRF4XX" => crc::value(bytes),
        "2A19" => battery::decode(bytes).ok().map(|level| json!({"percent": level})),
        "2A1C" | "2A1E" => thermometer::temperature(bytes, expected),
        "2A1D" => thermometer::site(bytes),
        "2A21" => thermometer::interval(bytes),
        "2A9D" => weight::measurement(bytes, expected),
        "2A9E" => weight::feature(bytes, expected),
        "2A9C" => body_composition::measurement(bytes, expected),
        "2A9B" => body_composition::feature(bytes, expected),
        "2A9C(vendor Mi Scale 2)" => advert::mi_scale(bytes, expected),
        "2A99" => user_data::increment(bytes),
        "2A9A" => user_data::index(bytes),
        "2A9F" => user_data::response(bytes),
        "2A9F(write)" => user_data::request(bytes, expected),
        "2A2B" => current_time::read(bytes),
        "2A2B(write)" => current_time::write(bytes, expected),
        "ADV" => advert::event(bytes, expected),
        "SVC 181D" => advert::service(0x181D, bytes, expected),
        "SVC 181B" => advert::service(0x181B, bytes, expected),
        "SVC FCD2" => advert::service(0xFCD2, bytes, expected),
        "MFR 0499" => advert::manufacturer(0x0499, bytes, expected),
        "2A23" => device_information::system_id(bytes)
            .ok()
            .map(|id| json!({"manufacturer": id.manufacturer, "organisation": id.organisation})),
        "2A24" | "2A25" | "2A26" | "2A27" | "2A28" | "2A29" => {
            device_information::text(bytes).ok().map(|text| json!({"text": text}))
        }
        "2BFF" => device_information::udi_label(bytes).ok().map(|label| json!({"label": label})),
        "2A38" => body_sensor::location(bytes),
        "2A53" => running::measurement(bytes),
        "2A54" => running::features(bytes),
        "2A5B" => cycling::measurement(bytes),
        "2A5C" => cycling::features(bytes),
        "2A5E" => pulse_oximeter::spot_check(bytes),
        "2A5F" => pulse_oximeter::continuous(bytes),
        "2A60" => pulse_oximeter::features(bytes),
        "2A63" => cycling_power::measurement(bytes),
        "2A65" => cycling_power::features(bytes),
        "2B8B" => health_sensor::live(bytes),
        "2BDD" => health_sensor::stored(bytes),
        "2BF1" => health_sensor::schedule(bytes),
        "2BF2" => elapsed_time::clock(bytes),
        "2BF3" => health_sensor::features(bytes),
        "2BF4" => health_sensor::response(bytes),
        "PMD ECG" => polar_pmd::ecg(bytes),
        "PMD ACC" => polar_pmd::acc(bytes),
        "PMD PPI" => polar_pmd::ppi(bytes),
        "PMD CP" => polar_pmd::control(bytes),
        _ => return None,
    })
}

fn common(context: &Pressures, expected: &Value) -> Value {
    let time = context.time;
    let mut value = json!({
        "unit": match context.unit { Unit::MmHg => "mm[Hg]", Unit::KPa => "kPa" },
        "datetime": time.filter(|t| wall_millis(*t).is_some()).map(|t| format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", t.year, t.month, t.day, t.hour, t.minute, t.second
        )),
        "pulse": context.pulse.map_or(Value::Null, |p| number(p, &expected["pulse"])),
        "user": context.user,
    });
    if expected.get("datetime_raw").is_some() {
        value["datetime_raw"] = json!(time.map(|t| {
            [t.year, t.month.into(), t.day.into(), t.hour.into(), t.minute.into(), t.second.into()]
        }));
    }
    value
}

fn special_or_decimal(number: Number) -> Value {
    match number {
        Ok(decimal) => json!({"decimal": decimal.to_string()}),
        Err(special) => json!({"special": name(special)}),
    }
}

/// A number as the file writes it: the whole number 60 and the fraction 18.9 are two spellings in JSON.
fn number(number: Number, expected: &Value) -> Value {
    match number {
        Ok(d) if expected.is_i64() && d.to_f64().fract() == 0.0 => json!(d.to_string().parse::<i64>().ok()),
        Ok(d) => json!(d.to_f64()),
        Err(special) => json!({"special": name(special)}),
    }
}

const fn name(special: Special) -> &'static str {
    match special {
        Special::NotANumber => "nan",
        Special::NotAtThisResolution => "nres",
        Special::PositiveInfinity => "+inf",
        Special::NegativeInfinity => "-inf",
        Special::Reserved => "rfu",
    }
}

const fn pulse_range(range: PulseRange) -> &'static str {
    match range {
        PulseRange::Inside => "in-range",
        PulseRange::Above => "above",
        PulseRange::Below => "below",
        PulseRange::Reserved => "reserved",
    }
}

/// A wall time as the file writes it; `null` when a part is unknown.
fn wall(t: DeviceTime) -> Value {
    json!(wall_millis(t).map(|_| format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        t.year, t.month, t.day, t.hour, t.minute, t.second
    )))
}

/// Holds when every entry of a profile's own fixture does, and none of its values any longer after one altered bit.
#[cfg(test)]
fn holds(fixture: &str) {
    let file: Value = serde_json::from_str(fixture).unwrap();
    let report = check(&file).unwrap();
    assert_eq!((report.differ, report.unsupported), (vec![], vec![]));
    for entry in file["vectors"].as_array().unwrap() {
        if entry["valid"] == true {
            let mut bytes = hex::decode(entry["hex"].as_str().unwrap()).unwrap();
            // The octet after the flags, or the only one: it is part of the value everywhere.
            let octet = usize::from(entry["characteristic"].as_str().unwrap().starts_with('2'));
            let octet = octet.min(bytes.len() - 1);
            bytes[octet] ^= 1;
            let got = decode(entry["characteristic"].as_str().unwrap(), &bytes, &entry["expected"]);
            assert_ne!(got.flatten().as_ref(), Some(&entry["expected"]), "{}", entry["id"]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! fixture {
        ($name:literal) => {
            holds(include_str!(concat!("../../../../src-tauri/crates/devices/fixtures/", $name, ".json")))
        };
    }

    #[test]
    fn blood_pressures_hold() {
        fixture!("blood_pressure");
    }

    #[test]
    fn battery_levels_hold() {
        fixture!("battery");
    }

    #[test]
    fn device_information_holds() {
        fixture!("device_information");
    }

    #[test]
    fn omron_records_hold() {
        fixture!("omron");
    }

    #[test]
    fn the_published_payloads_hold_and_an_altered_one_is_found() {
        let mut file: Value =
            serde_json::from_str(include_str!("../../../vectors/ble-vectors.json")).unwrap();
        let report = check(&file).unwrap();
        assert_eq!(report.differ, Vec::<String>::new());
        // 47 payloads and the count, less the one that needs the vendor's key.
        assert_eq!(report.unsupported, ["s400-2 (SVC FE95): needs a vendor key"]);
        assert_eq!(report.checked, 47);
        for at in 0..file["vectors"].as_array().unwrap().len() {
            let characteristic = file["vectors"][at]["characteristic"].as_str().unwrap().to_owned();
            if decode(&characteristic, &[], &Value::Null).is_none() || file["vectors"][at]["valid"] == false {
                continue;
            }
            let before = file["vectors"][at]["hex"].take();
            // The octet after the flags, or a number's first: it is part of the value nearly everywhere.
            let mut bytes = hex::decode(before.as_str().unwrap()).unwrap();
            let octet = match characteristic.as_str() {
                "2A9C(vendor Mi Scale 2)" => 11,
                // The last octet that is not padding, before the signal strength.
                "ADV" => bytes[..bytes.len() - 1].iter().rposition(|b| *b != 0).unwrap(),
                other => usize::from(other.starts_with('2')),
            };
            bytes[octet] ^= 1;
            file["vectors"][at]["hex"] = json!(hex::encode(bytes));
            assert_eq!(check(&file).unwrap().differ.len(), 1, "{}", file["vectors"][at]["id"]);
            file["vectors"][at]["hex"] = before;
        }
    }
}
