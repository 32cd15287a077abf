//! IEEE 11073-10101 types and units against ours.
//!
//! | ours | MDC dimension, term of partition 4 | conversion |
//! |---|---|---|
//! | /min | 2528 /min, 2720 beat/min, 2752 pulse/min, 2784 breath/min | none |
//! | % | 544 | none |
//! | ms, cm, kg, uV, mg/dL | 2194 ms, 1297 cm, 1731 kg, 4275 uV, 2130 mg/dL | none |
//! | | 2176 s, 2195 us, 1280 m, 1298 mm, 1728 g, 4274 mV, 2048 g/L | exact: the exponent |
//! | mm\[Hg\] | 3872; 3843 kPa | [`unit::kpa_to_mmhg`] |
//! | Cel | 6048; 4416 degF | (F - 32) * 5 / 9, rounded to 0.01 |
//! | kg | 1760 lb | 0.45359237 kg exactly, rounded to 0.001 |
//! | cm | 1376 in | 2.54 cm exactly, rounded to 0.1 |
//! | mg/dL | 4722 mmol/L | 180.156 g/mol, rounded to 0.1 |
//! | kg/m2 | 1952 | none |
//!
//! # Source
//! IEEE 11073-10101 for the codes; the international pound and inch of 1959; the molar mass of glucose, C6H12O6, from
//! the standard atomic weights of IUPAC.

use salus_wire::{Category, Decimal, Quantity};

use crate::Reason;
use crate::gatt::number::Value;
use crate::measure::unit;

/// A value in our unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Converted {
    /// What was measured.
    pub quantity: Quantity,
    /// In the quantity's unit.
    pub value: Decimal,
    /// As sent.
    pub sent: Decimal,
    /// The quantity under which the value as sent is kept, when it was in another unit.
    pub original: Option<Quantity>,
}

/// True for glucose of a control solution, of whatever level.
#[must_use]
pub const fn is_control_solution(kind: u32) -> bool {
    matches!(kind, 160_208 | 160_372 | 160_376 | 160_380 | 160_384)
}

/// Our quantity of a type, and the category that it belongs to by itself; `None` when the model has none.
#[must_use]
pub fn quantity(kind: u32) -> Option<(Quantity, Category)> {
    let quantity = match kind {
        // Pulse by an oximeter, and by whatever device.
        149_530 | 149_514 => Quantity::PulseRate,
        160_212 => Quantity::InterstitialGlucose,
        _ => Quantity::from_mdc(kind)?,
    };
    let category = match quantity {
        Quantity::HeartRate | Quantity::RrInterval | Quantity::PulseRate => Category::HeartRate,
        Quantity::Systolic | Quantity::Diastolic | Quantity::MeanPressure => Category::BloodPressure,
        Quantity::OxygenSaturation | Quantity::PulseAmplitudeIndex => Category::OxygenSaturation,
        Quantity::BodyTemperature => Category::BodyTemperature,
        Quantity::BodyWeight
        | Quantity::BodyHeight
        | Quantity::BodyMassIndex
        | Quantity::BodyFat
        | Quantity::FatFreeMass
        | Quantity::SoftLeanMass
        | Quantity::BodyWaterMass => Category::BodyWeight,
        Quantity::CapillaryGlucose | Quantity::InterstitialGlucose | Quantity::GlycatedHaemoglobin => {
            Category::Glucose
        }
        Quantity::RespiratoryRate => Category::Respiration,
        // A single voltage is no electrocardiogram.
        _ => return None,
    };
    Some((quantity, category))
}

/// The category of a type, also of one that stands for several values together.
#[must_use]
pub fn category(kind: u32) -> Option<Category> {
    match kind {
        // Non-invasive blood pressure: systolic, diastolic and mean in one observation.
        150_020 => Some(Category::BloodPressure),
        _ => quantity(kind).map(|(_, category)| category),
    }
}

/// A number in the quantity's unit.
///
/// # Errors
/// The [`Reason`] of a special number, [`Reason::Unsupported`] for a unit that is not in the table,
/// [`Reason::Impossible`] for a number beyond every range.
pub fn convert(quantity: Quantity, unit: u16, value: Value) -> Result<Converted, Reason> {
    let sent = value?;
    let (value, ucum) = match (quantity.ucum(), unit) {
        ("/min", 2528 | 2720 | 2752 | 2784)
        | ("%", 544)
        | ("ms", 2194)
        | ("cm", 1297)
        | ("kg", 1731)
        | ("mg/dL", 2130)
        | ("mm[Hg]", 3872)
        | ("Cel", 6048)
        | ("kg/m2", 1952) => (sent, ""),
        ("ms", 2176) => (shifted(sent, 3)?, ""),
        ("cm", 1280) | ("mg/dL", 2048) => (shifted(sent, 2)?, ""),
        ("cm", 1298) => (shifted(sent, -1)?, ""),
        ("ms", 2195) | ("kg", 1728) => (shifted(sent, -3)?, ""),
        ("mm[Hg]", 3843) => (unit::kpa_to_mmhg(sent), "kPa"),
        ("Cel", 4416) => (unit::fahrenheit_to_celsius(sent), "[degF]"),
        ("kg", 1760) => (unit::pound_to_kilogram(sent), "[lb_av]"),
        ("cm", 1376) => (unit::inch_to_centimetre(sent), "[in_i]"),
        ("mg/dL", 4722) => (unit::mmol_to_mg_per_dl(sent), "mmol/L"),
        _ => return Err(Reason::Unsupported),
    };
    let original =
        Quantity::ALL.iter().copied().find(|q| q.original_of() == Some(quantity) && q.ucum() == ucum);
    Ok(Converted { quantity, value, sent, original })
}

fn shifted(value: Decimal, by: i8) -> Result<Decimal, Reason> {
    let exponent = value.exponent.checked_add(by).ok_or(Reason::Impossible)?;
    Ok(Decimal { exponent, ..value })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(mantissa: i64, exponent: i8) -> Decimal {
        Decimal { mantissa, exponent }
    }

    #[test]
    fn units_convert_exactly_or_round_once() {
        for (quantity, unit, sent, value, original) in [
            (Quantity::HeartRate, 2720, d(72, 0), "72", None),
            (Quantity::RrInterval, 2176, d(813, -3), "813", None),
            (Quantity::BodyHeight, 1280, d(1755, -3), "175.5", None),
            (Quantity::BodyHeight, 1298, d(1755, 0), "175.5", None),
            (Quantity::BodyWeight, 1728, d(70_500, 0), "70.500", None),
            (Quantity::CapillaryGlucose, 2048, d(95, -2), "95", None),
            (Quantity::Systolic, 3843, d(16, 0), "120.0", Some(Quantity::SystolicKilopascal)),
            (Quantity::BodyTemperature, 4416, d(986, -1), "37.00", Some(Quantity::BodyTemperatureFahrenheit)),
            (Quantity::BodyTemperature, 4416, d(100, 0), "37.78", Some(Quantity::BodyTemperatureFahrenheit)),
            (Quantity::BodyWeight, 1760, d(15_432, -2), "69.998", Some(Quantity::BodyWeightPound)),
            (Quantity::BodyHeight, 1376, d(70, 0), "177.8", Some(Quantity::BodyHeightInch)),
            (Quantity::CapillaryGlucose, 4722, d(55, -1), "99.1", Some(Quantity::CapillaryGlucoseMolar)),
        ] {
            let got = convert(quantity, unit, Ok(sent)).unwrap();
            assert_eq!((got.value.to_string(), got.sent), (value.into(), sent), "{quantity:?} {unit}");
            assert_eq!(got.original, original, "{quantity:?} {unit}");
        }
    }

    #[test]
    fn a_unit_of_something_else_is_unsupported() {
        for (quantity, unit) in
            [(Quantity::HeartRate, 544), (Quantity::BodyWeight, 3872), (Quantity::OxygenSaturation, 512)]
        {
            assert_eq!(convert(quantity, unit, Ok(d(1, 0))), Err(Reason::Unsupported));
        }
        assert_eq!(quantity(131_328), None);
        assert_eq!(quantity(149_530), Some((Quantity::PulseRate, Category::HeartRate)));
    }

    proptest! {
        #[test]
        fn any_number_in_any_unit_converts(m in -8_388_608i64..8_388_608, e in any::<i8>(), unit in any::<u16>()) {
            for quantity in Quantity::ALL {
                let _ = convert(*quantity, unit, Ok(d(m, e)));
            }
            for unit in [3843, 4416, 1760, 1376, 4722, 2176, 1728] {
                for quantity in [Quantity::Systolic, Quantity::BodyTemperature, Quantity::BodyWeight,
                    Quantity::BodyHeight, Quantity::CapillaryGlucose, Quantity::RrInterval] {
                    let _ = convert(quantity, unit, Ok(d(m, e)));
                }
            }
        }
    }
}
