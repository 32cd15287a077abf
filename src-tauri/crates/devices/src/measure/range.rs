//! What a living body, or the air around it, can give: a value outside is refused as impossible.
//!
//! Wide on purpose. These are not clinical limits: a value that is alarming and possible is stored and shown.

use salus_wire::{Decimal, Quantity};

/// Lowest and highest accepted value in the quantity's own unit, both inclusive.
#[must_use]
pub const fn plausible(quantity: Quantity) -> (Decimal, Decimal) {
    let (low, high) = match quantity {
        Quantity::HeartRate | Quantity::PulseRate => (20, 300),
        Quantity::RrInterval | Quantity::PulseInterval => (0, 65_536),
        Quantity::EnergyExpended | Quantity::BasalMetabolism => (0, 65_535),
        Quantity::Systolic => (40, 300),
        Quantity::Diastolic => (20, 200),
        Quantity::MeanPressure => (20, 300),
        Quantity::OxygenSaturation => (30, 100),
        Quantity::BodyTemperature => (25, 45),
        Quantity::BodyWeight => (1, 650),
        Quantity::BodyHeight => (20, 280),
        Quantity::BodyMassIndex => (5, 250),
        Quantity::BodyFat | Quantity::MusclePercentage => (1, 90),
        Quantity::MuscleMass | Quantity::FatFreeMass | Quantity::SoftLeanMass | Quantity::BodyWaterMass => {
            (1, 650)
        }
        Quantity::Impedance => (1, 6554),
        // A meter's own range is 10 or 20 to 600; kits for research go a little further.
        Quantity::CapillaryGlucose | Quantity::InterstitialGlucose => (10, 1000),
        Quantity::GlucoseTrend => (-100, 100),
        Quantity::PulseAmplitudeIndex
        | Quantity::SensorQuality
        | Quantity::ExerciseIntensity
        | Quantity::RelativeHumidity => (0, 100),
        Quantity::Carbohydrate => (0, 2000),
        Quantity::ExerciseDuration => (0, 86_400),
        Quantity::MedicationMass | Quantity::MedicationVolume => (0, 10_000),
        Quantity::GlycatedHaemoglobin => (2, 25),
        Quantity::Steps => (0, 200_000),
        Quantity::Speed => (0, 60),
        Quantity::Cadence => (0, 400),
        Quantity::StrideLength => (0, 655),
        Quantity::Distance => (0, 10_000_000),
        Quantity::Power => (-3000, 5000),
        Quantity::RespiratoryRate => (1, 150),
        Quantity::AirTemperature => (-100, 150),
        Quantity::AirPressure => (200, 1300),
        // Codes, samples and originals are judged where they are used, or with what they were converted to.
        _ => (i64::MIN, i64::MAX),
    };
    (Decimal::whole(low), Decimal::whole(high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::unit;

    #[test]
    fn a_range_has_a_lower_and_an_upper_end() {
        for quantity in Quantity::ALL {
            let (low, high) = plausible(*quantity);
            assert!(unit::less(low, high), "{quantity:?}");
        }
    }

    #[test]
    fn whatever_a_person_may_type_has_a_range() {
        for category in salus_wire::Category::ALL {
            for quantity in category.typed() {
                assert!(plausible(*quantity).1.mantissa < 1_000_000, "{quantity:?}");
            }
        }
    }
}
