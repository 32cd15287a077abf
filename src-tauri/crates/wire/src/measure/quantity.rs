//! Every quantity with its stored code, its unit and its codes in LOINC and IEEE 11073.

use serde::{Deserialize, Serialize};

macro_rules! quantities {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $ucum:literal, $loinc:expr, $mdc:expr, $original:expr;)+) => {
        /// One measured quantity.
        ///
        /// # Source
        /// LOINC and IEEE 11073-10101 (MDC) where a code is given; UCUM for units. Where several codes exist, the
        /// one of the Bluetooth and HL7 personal health device mappings.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Quantity { $($(#[$doc])* $name),+ }

        impl Quantity {
            /// Every quantity.
            pub const ALL: &'static [Quantity] = &[$(Quantity::$name),+];

            /// Stored code, one octet; never reused.
            #[must_use]
            pub const fn code(self) -> u8 {
                match self { $(Quantity::$name => $code),+ }
            }

            /// The UCUM unit of stored values.
            #[must_use]
            pub const fn ucum(self) -> &'static str {
                match self { $(Quantity::$name => $ucum),+ }
            }

            /// LOINC code.
            #[must_use]
            pub const fn loinc(self) -> Option<&'static str> {
                match self { $(Quantity::$name => $loinc),+ }
            }

            /// IEEE 11073-10101 code, partition * 65536 + term.
            #[must_use]
            pub const fn mdc(self) -> Option<u32> {
                match self { $(Quantity::$name => $mdc),+ }
            }

            /// For a value exactly as a device sent it in another unit: the quantity that the conversion gave.
            #[must_use]
            pub const fn original_of(self) -> Option<Quantity> {
                match self { $(Quantity::$name => $original),+ }
            }
        }
    };
}

quantities! {
    /// Heart rate.
    HeartRate = 1, "/min", Some("8867-4"), Some(147_842), None;
    /// RR interval.
    RrInterval = 2, "ms", None, Some(147_240), None;
    /// Energy expended since the last reset.
    EnergyExpended = 3, "kJ", None, None, None;
    /// Systolic pressure.
    Systolic = 4, "mm[Hg]", Some("8480-6"), Some(150_021), None;
    /// Diastolic pressure.
    Diastolic = 5, "mm[Hg]", Some("8462-4"), Some(150_022), None;
    /// Mean arterial pressure.
    MeanPressure = 6, "mm[Hg]", Some("8478-0"), Some(150_023), None;
    /// Pulse rate taken with a blood pressure or an oxygen saturation.
    PulseRate = 7, "/min", Some("8867-4"), Some(149_546), None;
    /// Oxygen saturation by pulse oximetry.
    OxygenSaturation = 8, "%", Some("59408-5"), Some(150_456), None;
    /// Perfusion of the tissue, pulsatile against constant signal.
    PulseAmplitudeIndex = 9, "%", Some("61006-3"), Some(150_488), None;
    /// Body temperature.
    BodyTemperature = 10, "Cel", Some("8310-5"), Some(150_364), None;
    /// Body weight.
    BodyWeight = 11, "kg", Some("29463-7"), Some(188_736), None;
    /// Body height.
    BodyHeight = 12, "cm", Some("8302-2"), Some(188_740), None;
    /// Body mass index.
    BodyMassIndex = 13, "kg/m2", Some("39156-5"), Some(188_752), None;
    /// Body fat, share of the weight.
    BodyFat = 14, "%", Some("41982-0"), Some(188_748), None;
    /// Basal metabolism, per day.
    BasalMetabolism = 15, "kJ", None, None, None;
    /// Muscle, share of the weight.
    MusclePercentage = 16, "%", None, None, None;
    /// Muscle.
    MuscleMass = 17, "kg", None, None, None;
    /// Weight without fat.
    FatFreeMass = 18, "kg", None, Some(188_756), None;
    /// Weight without fat and bone.
    SoftLeanMass = 19, "kg", None, Some(188_760), None;
    /// Water in the body.
    BodyWaterMass = 20, "kg", None, Some(188_764), None;
    /// Electrical impedance of the body.
    Impedance = 21, "Ohm", None, None, None;
    /// Glucose in capillary blood.
    CapillaryGlucose = 22, "mg/dL", Some("41653-7"), Some(160_184), None;
    /// Glucose in interstitial fluid, by a sensor.
    InterstitialGlucose = 23, "mg/dL", Some("99504-3"), None, None;
    /// Trend of the interstitial glucose.
    GlucoseTrend = 24, "mg/dL/min", None, None, None;
    /// Quality of the sensor's value, as the sensor says.
    SensorQuality = 25, "%", None, None, None;
    /// Carbohydrates eaten.
    Carbohydrate = 26, "g", None, None, None;
    /// How long exercise took.
    ExerciseDuration = 27, "s", None, None, None;
    /// How hard exercise was, of the person's most.
    ExerciseIntensity = 28, "%", None, None, None;
    /// Medication by mass.
    MedicationMass = 29, "mg", None, None, None;
    /// Medication by volume; insulin of 100 units/mL is 0.01 mL a unit, of other strengths less.
    MedicationVolume = 30, "mL", None, None, None;
    /// Glycated haemoglobin.
    GlycatedHaemoglobin = 31, "%", Some("4548-4"), Some(160_220), None;
    /// Steps in the time that the reading covers.
    Steps = 32, "{steps}", Some("55423-8"), None, None;
    /// Speed of a runner or a bicycle.
    Speed = 33, "m/s", None, None, None;
    /// Steps or crank revolutions a minute.
    Cadence = 34, "/min", None, None, None;
    /// Length of a step.
    StrideLength = 35, "cm", None, None, None;
    /// Distance.
    Distance = 36, "m", None, None, None;
    /// Power of a cyclist.
    Power = 37, "W", None, None, None;
    /// Voltage of an electrocardiogram; samples in order of time.
    EcgVoltage = 38, "uV", None, Some(131_328), None;
    /// Time from one sample to the next of a reading that holds several.
    SampleInterval = 39, "us", None, None, None;
    /// Respiratory rate.
    RespiratoryRate = 40, "/min", Some("9279-1"), Some(151_562), None;
    /// Temperature of the air.
    AirTemperature = 41, "Cel", None, None, None;
    /// Relative humidity of the air.
    RelativeHumidity = 42, "%", None, None, None;
    /// Pressure of the air.
    AirPressure = 43, "hPa", None, None, None;
    /// Interval from one pulse wave to the next, by an optical sensor.
    PulseInterval = 44, "ms", None, None, None;
    /// Insulin, as its pen or pump counts it, whatever the strength.
    InsulinDose = 45, "[iU]", None, None, None;

    /// The device's own number of this record, by which copies of it are recognised; shown nowhere. Of a device that numbers and
    /// times nothing: which of its records with these values it is, from 1.
    RecordNumber = 64, "{code}", None, None, None;
    /// Where on the body: the code of the characteristic that the device used (2A1D, 2A18).
    MeasurementSite = 65, "{code}", None, None, None;
    /// Which meal: the carbohydrate code of 2A34.
    CarbohydrateKind = 66, "{code}", None, None, None;
    /// Before or after a meal: the meal code of 2A34.
    MealContext = 67, "{code}", None, None, None;
    /// Who tested: the tester code of 2A34.
    Tester = 68, "{code}", None, None, None;
    /// State of health: the health code of 2A34.
    HealthContext = 69, "{code}", None, None, None;
    /// Which medication: the medication code of 2A34.
    MedicationKind = 70, "{code}", None, None, None;
    /// What the fluid was: the type code of 2A18.
    SampleFluid = 71, "{code}", None, None, None;

    /// Systolic pressure as sent.
    SystolicKilopascal = 128, "kPa", None, None, Some(Quantity::Systolic);
    /// Diastolic pressure as sent.
    DiastolicKilopascal = 129, "kPa", None, None, Some(Quantity::Diastolic);
    /// Mean pressure as sent.
    MeanKilopascal = 130, "kPa", None, None, Some(Quantity::MeanPressure);
    /// Body temperature as sent.
    BodyTemperatureFahrenheit = 131, "[degF]", None, None, Some(Quantity::BodyTemperature);
    /// Body weight as sent.
    BodyWeightPound = 132, "[lb_av]", None, None, Some(Quantity::BodyWeight);
    /// Body height as sent.
    BodyHeightInch = 133, "[in_i]", None, None, Some(Quantity::BodyHeight);
    /// Muscle as sent.
    MuscleMassPound = 134, "[lb_av]", None, None, Some(Quantity::MuscleMass);
    /// Fat-free mass as sent.
    FatFreeMassPound = 135, "[lb_av]", None, None, Some(Quantity::FatFreeMass);
    /// Soft lean mass as sent.
    SoftLeanMassPound = 136, "[lb_av]", None, None, Some(Quantity::SoftLeanMass);
    /// Body water as sent.
    BodyWaterMassPound = 137, "[lb_av]", None, None, Some(Quantity::BodyWaterMass);
    /// Capillary glucose as sent or typed.
    CapillaryGlucoseMolar = 138, "mmol/L", None, None, Some(Quantity::CapillaryGlucose);
    /// Interstitial glucose as sent.
    InterstitialGlucoseMolar = 139, "mmol/L", None, None, Some(Quantity::InterstitialGlucose);
    /// Glycated haemoglobin by the IFCC's reference, as laboratories outside the United States print it.
    GlycatedHaemoglobinMolar = 140, "mmol/mol", Some("59261-8"), None, Some(Quantity::GlycatedHaemoglobin);
    /// Energy as watches show it.
    EnergyExpendedKilocalorie = 141, "kcal", None, None, Some(Quantity::EnergyExpended);
    /// Basal metabolism as scales show it.
    BasalMetabolismKilocalorie = 142, "kcal", None, None, Some(Quantity::BasalMetabolism);
    /// Exercise as people count it.
    ExerciseDurationMinute = 143, "min", None, None, Some(Quantity::ExerciseDuration);
    /// Distance as watches show it.
    DistanceKilometre = 144, "km", None, None, Some(Quantity::Distance);
    /// Speed as watches and bicycles show it.
    SpeedKilometreHour = 145, "km/h", None, None, Some(Quantity::Speed);
    /// Temperature of the air as typed.
    AirTemperatureFahrenheit = 146, "[degF]", None, None, Some(Quantity::AirTemperature);
}

impl Quantity {
    /// The quantity of a stored code.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|q| q.code() == code)
    }

    /// The quantity of an IEEE 11073-10101 code.
    #[must_use]
    pub fn from_mdc(code: u32) -> Option<Self> {
        Self::ALL.iter().copied().find(|q| q.mdc() == Some(code))
    }

    /// A second LOINC code that exchange formats want beside [`Quantity::loinc`]: of a saturation by pulse oximetry the one
    /// of any arterial saturation, by which HL7's profile of vital signs finds it.
    #[must_use]
    pub const fn loinc_general(self) -> Option<&'static str> {
        match self {
            Quantity::OxygenSaturation => Some("2708-6"),
            _ => None,
        }
    }

    /// True for a number that stands for a word ("{code}"), not for an amount.
    #[must_use]
    pub const fn is_coded(self) -> bool {
        self.code() >= 64 && self.code() < 128
    }
}

#[cfg(test)]
mod tests;
