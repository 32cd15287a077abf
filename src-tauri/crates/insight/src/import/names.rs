//! Names of quantities and units, as other programs write them.

use salus_wire::Quantity;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error;

/// A category or a quantity by its name on the wire.
pub(super) fn named<'a, T: Deserialize<'a>>(name: &'a str) -> Option<T> {
    let name: serde::de::value::StrDeserializer<'a, Error> = name.into_deserializer();
    T::deserialize(name).ok()
}

/// A heading without the unit that stands in it in brackets: `Weight (kg)` is `weight` and `kg`.
pub(super) fn heading(text: &str) -> (String, Option<String>) {
    let text = text.trim().trim_matches('"');
    let (name, unit) = match text.split_once(['(', '[']) {
        Some((name, rest)) => (name, Some(rest.trim_end().trim_end_matches([')', ']']).trim().to_owned())),
        None => (text, None),
    };
    let plain = |c: char| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let name: String = name.trim().chars().map(plain).collect();
    (name.trim_matches('_').to_owned(), unit.filter(|u| !u.is_empty()))
}

/// What a name stands for; true when it says the unit as well, because it is the name of this model.
fn stored(name: &str) -> Option<(Quantity, bool)> {
    let known = match name {
        "sys" | "systole" | "systolic_pressure" | "systolic_blood_pressure" => Quantity::Systolic,
        "dia" | "diastole" | "diastolic_pressure" | "diastolic_blood_pressure" => Quantity::Diastolic,
        "pulse" | "puls" => Quantity::PulseRate,
        "hr" | "bpm" | "heartrate" => Quantity::HeartRate,
        "spo2" | "o2" | "oxygen" | "saturation" => Quantity::OxygenSaturation,
        "temp" | "temperature" => Quantity::BodyTemperature,
        "weight" => Quantity::BodyWeight,
        "height" => Quantity::BodyHeight,
        "bmi" => Quantity::BodyMassIndex,
        "fat" | "body_fat_percentage" => Quantity::BodyFat,
        "glucose" | "blood_glucose" | "blood_sugar" | "bg" => Quantity::CapillaryGlucose,
        "hba1c" => Quantity::GlycatedHaemoglobin,
        "respiration" | "breathing_rate" => Quantity::RespiratoryRate,
        "step_count" => Quantity::Steps,
        _ => return named(name).map(|quantity| (quantity, true)),
    };
    Some((known, false))
}

/// A unit as the model writes it.
fn ucum(unit: &str) -> Option<&'static str> {
    let plain: String = unit.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    Some(match plain.as_str() {
        "mmhg" | "mm[hg]" => "mm[Hg]",
        "kpa" => "kPa",
        "/min" | "1/min" | "bpm" | "beats/min" | "{beats}/min" | "breaths/min" | "{breaths}/min"
        | "min-1" => "/min",
        "%" => "%",
        "°c" | "c" | "cel" | "celsius" => "Cel",
        "°f" | "f" | "[degf]" | "fahrenheit" => "[degF]",
        "kg" => "kg",
        "lb" | "lbs" | "[lb_av]" => "[lb_av]",
        "cm" => "cm",
        "in" | "[in_i]" => "[in_i]",
        "kg/m2" | "kg/m²" => "kg/m2",
        "mg/dl" => "mg/dL",
        "mmol/l" => "mmol/L",
        "mmol/mol" => "mmol/mol",
        "steps" | "{steps}" | "{#}" => "{steps}",
        _ => return None,
    })
}

/// The quantity of a name and a unit; `None` where the unit is missing and there are several, or where it does not fit.
pub(super) fn quantity(name: &str, unit: Option<&str>) -> Option<Quantity> {
    let (quantity, says_unit) = stored(name)?;
    if quantity == Quantity::RecordNumber || quantity.is_coded() {
        return None;
    }
    in_unit(quantity, unit, says_unit)
}

/// The same quantity in a unit.
pub(super) fn in_unit(quantity: Quantity, unit: Option<&str>, says_unit: bool) -> Option<Quantity> {
    let other = || Quantity::ALL.iter().copied().find(|q| q.original_of() == Some(quantity));
    let Some(unit) = unit else {
        // Of pressures no value in one unit is one in the other.
        let pressure = quantity.ucum() == "mm[Hg]";
        return (says_unit || pressure || other().is_none()).then_some(quantity);
    };
    let unit = ucum(unit)?;
    if quantity.ucum() == unit { Some(quantity) } else { other().filter(|q| q.ucum() == unit) }
}
