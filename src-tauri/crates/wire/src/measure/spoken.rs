//! The keys under which words for a quantity, a category, a unit or what is missing are found, and how a value is said beside them, in the
//! page and on paper alike.

use core::fmt::{Debug, Display};

use super::{Decimal, Quantity};

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

/// A value, or two with a dash between, as it is said: a weight to 100 grams. A scale sends steps of 5 grams, to which nobody weighs a person,
/// and what was pounds has as many places. A table, and what a person typed with two places, keeps them all.
#[must_use]
pub fn rounded(value: &str, quantity: Quantity) -> String {
    if quantity.ucum() != "kg" {
        return value.to_owned();
    }
    let one =
        |part: &str| part.parse::<Decimal>().map_or_else(|_| part.to_owned(), |d| tenths(d).to_string());
    value.split(DASH).map(one).collect::<Vec<_>>().join(DASH)
}

const DASH: &str = "\u{2013}";

/// To one place, halves away from zero; what has at most two stays.
fn tenths(exact: Decimal) -> Decimal {
    let places = exact.exponent.checked_neg().and_then(|places| u32::try_from(places).ok());
    let step = places.filter(|places| *places > 2).and_then(|places| 10_i64.checked_pow(places - 1));
    let Some(step) = step else { return exact };
    let half = step / 2 * exact.mantissa.signum();
    Decimal { mantissa: exact.mantissa.saturating_add(half) / step, exponent: -1 }
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
    use crate::Category;
    use crate::view::Lack;

    #[test]
    fn names_and_units_become_keys() {
        assert_eq!(name_key("category", Category::HeartRate), "category-heart-rate");
        assert_eq!(name_key("quantity", Quantity::PulseRate), "quantity-pulse-rate");
        assert_eq!(name_key("lack", Lack::PressureReadings), "lack-pressure-readings");
        assert_eq!(unit_key(Quantity::Systolic.ucum()), "unit-mmhg");
        assert_eq!(unit_key("furlong"), "unit-unknown");
    }

    #[test]
    fn a_weight_is_said_to_a_hundred_grams_and_nothing_else_is_changed() {
        let weight = |value| rounded(value, Quantity::BodyWeight);
        for (sent, said) in [
            ("84.400", "84.4"),
            ("70.003", "70.0"),
            ("72.450", "72.5"),
            ("72.449", "72.4"),
            ("99.995", "100.0"),
            ("-0.050", "-0.1"),
            ("70.25", "70.25"),
            ("70", "70"),
            ("71.925\u{2013}72.610", "71.9\u{2013}72.6"),
            ("\u{2013}", "\u{2013}"),
        ] {
            assert_eq!(weight(sent), said, "{sent}");
        }
        assert_eq!(rounded("35.125", Quantity::MuscleMass), "35.1");
        assert_eq!(rounded("154.333", Quantity::BodyWeightPound), "154.333");
        assert_eq!(rounded("128/79", Quantity::Systolic), "128/79");
    }
}
