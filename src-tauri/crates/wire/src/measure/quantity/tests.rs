//! The table of quantities against its sources.

use super::*;
use crate::Category;

/// Quantity, LOINC, UCUM, MDC: every one that has a code outside of Salus.
///
/// # Source
/// LOINC; IEEE 11073-10101 (partition * 65536 + term); UCUM. Not the table above: written from those and from the design.
const GOLDEN: &[(Quantity, Option<&str>, &str, Option<u32>)] = &[
    (Quantity::HeartRate, Some("8867-4"), "/min", Some(147_842)),
    (Quantity::RrInterval, None, "ms", Some(147_240)),
    (Quantity::Systolic, Some("8480-6"), "mm[Hg]", Some(150_021)),
    (Quantity::Diastolic, Some("8462-4"), "mm[Hg]", Some(150_022)),
    (Quantity::MeanPressure, Some("8478-0"), "mm[Hg]", Some(150_023)),
    (Quantity::PulseRate, Some("8867-4"), "/min", Some(149_546)),
    (Quantity::OxygenSaturation, Some("59408-5"), "%", Some(150_456)),
    (Quantity::PulseAmplitudeIndex, Some("61006-3"), "%", Some(150_488)),
    (Quantity::BodyTemperature, Some("8310-5"), "Cel", Some(150_364)),
    (Quantity::BodyWeight, Some("29463-7"), "kg", Some(188_736)),
    (Quantity::BodyHeight, Some("8302-2"), "cm", Some(188_740)),
    (Quantity::BodyMassIndex, Some("39156-5"), "kg/m2", Some(188_752)),
    (Quantity::BodyFat, Some("41982-0"), "%", Some(188_748)),
    (Quantity::FatFreeMass, None, "kg", Some(188_756)),
    (Quantity::SoftLeanMass, None, "kg", Some(188_760)),
    (Quantity::BodyWaterMass, None, "kg", Some(188_764)),
    (Quantity::CapillaryGlucose, Some("41653-7"), "mg/dL", Some(160_184)),
    (Quantity::InterstitialGlucose, Some("99504-3"), "mg/dL", None),
    (Quantity::GlycatedHaemoglobin, Some("4548-4"), "%", Some(160_220)),
    (Quantity::GlycatedHaemoglobinMolar, Some("59261-8"), "mmol/mol", None),
    (Quantity::Steps, Some("55423-8"), "{steps}", None),
    (Quantity::EcgVoltage, None, "uV", Some(131_328)),
    (Quantity::RespiratoryRate, Some("9279-1"), "/min", Some(151_562)),
];

#[test]
fn the_codes_of_others_are_these() {
    for (quantity, loinc, ucum, mdc) in GOLDEN {
        let codes = (quantity.loinc(), quantity.ucum(), quantity.mdc());
        assert_eq!(codes, (*loinc, *ucum, *mdc), "{quantity:?}");
    }
    for q in Quantity::ALL.iter().filter(|q| GOLDEN.iter().all(|(golden, ..)| golden != *q)) {
        assert_eq!((q.loinc(), q.mdc()), (None, None), "{q:?} has a code and is not in the table");
    }
    // The panel of a blood pressure, and the arterial saturation beside the one by pulse oximetry.
    let panels: Vec<_> = Category::ALL.iter().filter_map(|c| Some((*c, c.loinc_panel()?))).collect();
    assert_eq!(panels, [(Category::BloodPressure, "85354-9")]);
    let general: Vec<_> = Quantity::ALL.iter().filter_map(|q| Some((*q, q.loinc_general()?))).collect();
    assert_eq!(general, [(Quantity::OxygenSaturation, "2708-6")]);
}

/// The last digit of a LOINC code checks the others: a digit that is wrong or two that changed places are found.
#[test]
fn every_loinc_code_checks() {
    let codes = Quantity::ALL.iter().flat_map(|q| [q.loinc(), q.loinc_general()]);
    for code in codes.chain(Category::ALL.iter().map(|c| c.loinc_panel())).flatten() {
        let (number, check) = code.split_once('-').unwrap();
        let digits = number.bytes().rev().enumerate().map(|(at, digit)| {
            let digit = u32::from(digit - b'0') * if at % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        });
        let sum: u32 = digits.sum();
        assert_eq!(check, ((10 - sum % 10) % 10).to_string(), "{code}");
    }
}

#[test]
fn codes_are_unique_and_round_trip() {
    for q in Quantity::ALL {
        assert_eq!(Quantity::from_code(q.code()), Some(*q));
        if let Some(mdc) = q.mdc() {
            assert_eq!(Quantity::from_mdc(mdc), Some(*q));
        }
        assert_eq!(q.is_coded(), q.ucum() == "{code}", "{q:?}");
        assert_eq!(q.original_of().is_some(), q.code() >= 128, "{q:?}");
    }
}
