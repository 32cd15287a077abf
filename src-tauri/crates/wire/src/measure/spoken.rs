//! The keys under which words for a quantity, a category, a unit or what is missing are found, in the page and on paper alike.

use core::fmt::{Debug, Display};

/// The key of something that its own name tells: "category-heart-rate".
#[must_use]
pub fn name_key(kind: &str, name: impl Debug) -> String {
    let mut key = kind.to_owned();
    for letter in format!("{name:?}").chars() {
        if letter.is_ascii_uppercase() {
            key.push('-');
        }
        key.push(letter.to_ascii_lowercase());
    }
    key
}

/// A number or what is made of numbers, in its own direction inside any sentence.
#[must_use]
pub fn isolated(text: impl Display) -> String {
    format!("\u{2068}{text}\u{2069}")
}

/// The key of a UCUM unit. A test finds words for the unit of every quantity.
#[must_use]
pub fn unit_key(ucum: &str) -> &'static str {
    match ucum {
        "/min" => "unit-per-minute",
        "%" => "unit-percent",
        "mm[Hg]" => "unit-mmhg",
        "kPa" => "unit-kilopascal",
        "hPa" => "unit-hectopascal",
        "Cel" => "unit-celsius",
        "[degF]" => "unit-fahrenheit",
        "kg" => "unit-kilogram",
        "[lb_av]" => "unit-pound",
        "g" => "unit-gram",
        "mg" => "unit-milligram",
        "mL" => "unit-millilitre",
        "[iU]" => "unit-insulin",
        "kg/m2" => "unit-body-mass",
        "m" => "unit-metre",
        "km" => "unit-kilometre",
        "cm" => "unit-centimetre",
        "[in_i]" => "unit-inch",
        "m/s" => "unit-metre-per-second",
        "km/h" => "unit-kilometre-per-hour",
        "mg/dL" => "unit-milligram-per-decilitre",
        "mmol/L" => "unit-millimole-per-litre",
        "mmol/mol" => "unit-millimole-per-mole",
        "mg/dL/min" => "unit-milligram-per-decilitre-minute",
        "s" => "unit-second",
        "min" => "unit-minute",
        "ms" => "unit-millisecond",
        "us" => "unit-microsecond",
        "kJ" => "unit-kilojoule",
        "kcal" => "unit-kilocalorie",
        "W" => "unit-watt",
        "Ohm" => "unit-ohm",
        "uV" => "unit-microvolt",
        "{steps}" => "unit-steps",
        _ => "unit-unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Lack;
    use crate::{Category, Quantity};

    #[test]
    fn names_and_units_become_keys() {
        assert_eq!(name_key("category", Category::HeartRate), "category-heart-rate");
        assert_eq!(name_key("quantity", Quantity::PulseRate), "quantity-pulse-rate");
        assert_eq!(name_key("lack", Lack::PressureReadings), "lack-pressure-readings");
        assert_eq!(unit_key(Quantity::Systolic.ucum()), "unit-mmhg");
        assert_eq!(unit_key("furlong"), "unit-unknown");
    }
}
