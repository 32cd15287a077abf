//! What a person chooses when sharing.

use serde::{Deserialize, Serialize};

use super::Quantity;

/// What a person chooses when sharing: one series per category in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Heart rate and RR intervals.
    HeartRate,
    /// Systolic, diastolic and mean pressure with the pulse taken alongside.
    BloodPressure,
    /// Oxygen saturation by a pulse oximeter, with its pulse.
    OxygenSaturation,
    /// Body temperature.
    BodyTemperature,
    /// Weight, height and body composition.
    BodyWeight,
    /// Glucose, by finger prick or sensor, with meals, exercise and medication.
    Glucose,
    /// Steps, running, cycling.
    Activity,
    /// Voltage over time of an electrocardiogram.
    Electrocardiogram,
    /// Respiratory rate.
    Respiration,
    /// The air around: temperature, humidity, pressure.
    Surroundings,
}

impl Category {
    /// Every category, in the order in which screens list them.
    pub const ALL: &'static [Category] = &[
        Category::HeartRate,
        Category::BloodPressure,
        Category::OxygenSaturation,
        Category::BodyTemperature,
        Category::BodyWeight,
        Category::Glucose,
        Category::Activity,
        Category::Electrocardiogram,
        Category::Respiration,
        Category::Surroundings,
    ];

    /// Stored code, one octet; never reused.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Category::HeartRate => 1,
            Category::BloodPressure => 2,
            Category::OxygenSaturation => 3,
            Category::BodyTemperature => 4,
            Category::BodyWeight => 5,
            Category::Glucose => 6,
            Category::Activity => 7,
            Category::Electrocardiogram => 8,
            Category::Respiration => 9,
            Category::Surroundings => 10,
        }
    }

    /// The category of a stored code.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|c| c.code() == code)
    }

    /// The quantities that are drawn and summed up, main quantity first.
    #[must_use]
    pub const fn drawn(self) -> &'static [Quantity] {
        match self {
            Category::HeartRate => &[Quantity::HeartRate],
            Category::BloodPressure => &[Quantity::Systolic, Quantity::Diastolic],
            Category::OxygenSaturation => &[Quantity::OxygenSaturation],
            Category::BodyTemperature => &[Quantity::BodyTemperature],
            Category::BodyWeight => &[Quantity::BodyWeight],
            Category::Glucose => &[Quantity::CapillaryGlucose, Quantity::InterstitialGlucose],
            Category::Activity => &[Quantity::Steps, Quantity::Cadence],
            Category::Electrocardiogram => &[Quantity::EcgVoltage],
            Category::Respiration => &[Quantity::RespiratoryRate],
            Category::Surroundings => &[Quantity::AirTemperature],
        }
    }

    /// The quantities that a person can type, in the order of the form; the first is required, and with a blood
    /// pressure the second too. Empty when typing makes no sense.
    #[must_use]
    pub const fn typed(self) -> &'static [Quantity] {
        match self {
            Category::HeartRate => &[Quantity::HeartRate],
            Category::BloodPressure => &[Quantity::Systolic, Quantity::Diastolic, Quantity::PulseRate],
            Category::OxygenSaturation => &[Quantity::OxygenSaturation, Quantity::PulseRate],
            Category::BodyTemperature => &[Quantity::BodyTemperature],
            Category::BodyWeight => &[Quantity::BodyWeight, Quantity::BodyFat],
            Category::Glucose => &[Quantity::CapillaryGlucose, Quantity::Carbohydrate],
            Category::Activity => &[Quantity::Steps],
            Category::Respiration => &[Quantity::RespiratoryRate],
            Category::Electrocardiogram | Category::Surroundings => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_round_trip() {
        for c in Category::ALL {
            assert_eq!(Category::from_code(c.code()), Some(*c));
        }
    }
}
