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

    /// The LOINC code of a reading as a whole, where several values belong to one panel.
    #[must_use]
    pub const fn loinc_panel(self) -> Option<&'static str> {
        match self {
            Category::BloodPressure => Some("85354-9"),
            _ => None,
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

    /// The quantities that a person can type, in the order of the form. A reading needs at least one amount; an upper
    /// and a lower pressure come together. Empty when typing makes no sense.
    ///
    /// Values in another unit are typed as the quantity whose [`Quantity::original_of`] is listed here. A quantity
    /// stands in one category; a pulse and exercise stand in each in which people note them.
    ///
    /// | never typed | because |
    /// |---|---|
    /// | RR and pulse intervals, voltages, time between samples | hundreds in a minute: a device sends them or nobody does |
    /// | impedance | scales do not show it, and it means something only with the scale's own frequency and formula |
    /// | trend of the glucose | meters show an arrow, no number |
    /// | a sensor's quality, a record's number | the device's own accounts, not about the person |
    /// | tester, state of health, sample fluid | a note says it in the person's own words |
    #[must_use]
    pub const fn typed(self) -> &'static [Quantity] {
        use Quantity as Q;
        match self {
            Category::HeartRate => &[Q::HeartRate],
            Category::BloodPressure => &[Q::Systolic, Q::Diastolic, Q::PulseRate, Q::MeanPressure],
            Category::OxygenSaturation => &[Q::OxygenSaturation, Q::PulseRate, Q::PulseAmplitudeIndex],
            Category::BodyTemperature => &[Q::BodyTemperature, Q::MeasurementSite],
            Category::BodyWeight => &[
                Q::BodyWeight,
                Q::BodyFat,
                Q::BodyHeight,
                Q::BodyMassIndex,
                Q::MuscleMass,
                Q::MusclePercentage,
                Q::BodyWaterMass,
                Q::FatFreeMass,
                Q::SoftLeanMass,
                Q::BasalMetabolism,
            ],
            Category::Glucose => &[
                Q::CapillaryGlucose,
                Q::Carbohydrate,
                Q::MealContext,
                Q::CarbohydrateKind,
                Q::InterstitialGlucose,
                Q::GlycatedHaemoglobin,
                Q::InsulinDose,
                Q::MedicationKind,
                Q::MedicationMass,
                Q::MedicationVolume,
                Q::ExerciseDuration,
                Q::ExerciseIntensity,
            ],
            Category::Activity => &[
                Q::Steps,
                Q::Distance,
                Q::ExerciseDuration,
                Q::ExerciseIntensity,
                Q::EnergyExpended,
                Q::Speed,
                Q::Cadence,
                Q::StrideLength,
                Q::Power,
            ],
            Category::Respiration => &[Q::RespiratoryRate],
            Category::Surroundings => &[Q::AirTemperature, Q::RelativeHumidity, Q::AirPressure],
            Category::Electrocardiogram => &[],
        }
    }

    /// The first of [`Category::typed`], which a form asks for at once so that the usual reading is typed quickly.
    #[must_use]
    pub const fn asked(self) -> &'static [Quantity] {
        let first = match self {
            Category::BloodPressure => 3,
            Category::OxygenSaturation
            | Category::BodyWeight
            | Category::Glucose
            | Category::Activity
            | Category::Surroundings => 2,
            Category::HeartRate | Category::BodyTemperature | Category::Respiration => 1,
            Category::Electrocardiogram => 0,
        };
        self.typed().split_at(first).0
    }

    /// The rest of [`Category::typed`].
    #[must_use]
    pub fn more(self) -> &'static [Quantity] {
        self.typed().get(self.asked().len()..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
