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
        // Most that a strap can send (2A37) and a scale (2A9C), 16 bits; 65 MJ is more than anybody burns in a day.
        Quantity::EnergyExpended | Quantity::BasalMetabolism => (0, 65_535),
        Quantity::Systolic => (40, 300),
        Quantity::Diastolic => (20, 200),
        Quantity::MeanPressure => (20, 300),
        Quantity::OxygenSaturation => (30, 100),
        Quantity::BodyTemperature => (25, 45),
        // From a premature child to the heaviest person known, 635 kg.
        Quantity::BodyWeight => (1, 650),
        // From a premature child to the tallest person known, 272 cm.
        Quantity::BodyHeight => (20, 280),
        Quantity::BodyMassIndex => (5, 250),
        Quantity::BodyFat | Quantity::MusclePercentage => (1, 90),
        // Parts of the weight.
        Quantity::MuscleMass | Quantity::FatFreeMass | Quantity::SoftLeanMass | Quantity::BodyWaterMass => {
            (1, 650)
        }
        Quantity::Impedance => (1, 6554),
        // A meter's own range is 10 or 20 to 600; kits for research go a little further.
        Quantity::CapillaryGlucose | Quantity::InterstitialGlucose => (10, 1000),
        Quantity::GlucoseTrend => (-100, 100),
        // Shares of a whole.
        Quantity::PulseAmplitudeIndex
        | Quantity::SensorQuality
        | Quantity::ExerciseIntensity
        | Quantity::RelativeHumidity => (0, 100),
        // A day of a cyclist who eats all day is near 1000 g.
        Quantity::Carbohydrate => (0, 2000),
        // A day; longer exercise is more than one reading.
        Quantity::ExerciseDuration => (0, 86_400),
        // 10 g and 10 L: above any single dose.
        Quantity::MedicationMass | Quantity::MedicationVolume => (0, 10_000),
        // Pens give up to 160 units at once, a pump's reservoir holds up to 300; a day's sum is more.
        Quantity::InsulinDose => (0, 1000),
        // Laboratories report from 3 or 4 to 20.
        Quantity::GlycatedHaemoglobin => (2, 25),
        // A day of 24 hours on foot, near 150 km.
        Quantity::Steps => (0, 200_000),
        // 216 km/h: downhill on a bicycle, and no car.
        Quantity::Speed => (0, 60),
        // Sprinters stay below 300 a minute, on foot and on a bicycle.
        Quantity::Cadence => (0, 400),
        // Most that a foot pod can send (2A53), 16 bits in centimetres.
        Quantity::StrideLength => (0, 655),
        // 10,000 km.
        Quantity::Distance => (0, 10_000_000),
        // Track sprinters reach 2500 W; a meter that brakes sends negative ones.
        Quantity::Power => (-3000, 5000),
        Quantity::RespiratoryRate => (1, 150),
        Quantity::AirTemperature => (-100, 150),
        // From the top of Everest, 330 hPa, down to a deep mine.
        Quantity::AirPressure => (200, 1300),
        // As far as the tables of 2A1D and 2A34 go.
        Quantity::MeasurementSite => (1, 9),
        Quantity::CarbohydrateKind => (1, 7),
        Quantity::MealContext | Quantity::MedicationKind => (1, 5),
        // Other codes, samples and originals are judged where they are used, or with what they were converted to.
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
                let (low, high) = plausible(*quantity);
                assert!(low.mantissa > -10_000 && high.mantissa <= 10_000_000, "{quantity:?}");
            }
        }
    }
}
