//! Codes and the systems that they are of.

use salus_wire::Category;
use serde::Serialize;

use super::Text;

const LOINC: &str = "http://loinc.org";
const DICOM: &str = "http://dicom.nema.org/resources/ontology/DCM";
const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
const ACT_REASON: &str = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
const LIFECYCLE: &str = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";

/// A code of a system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coding {
    system: &'static str,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    display: Option<Text>,
}

impl Coding {
    pub(super) fn new(system: &'static str, code: &'static str, display: &str) -> Self {
        Self { system, code, display: Text::new(display) }
    }

    /// Of DICOM's audit messages.
    pub(super) fn dicom(code: &'static str, display: &str) -> Self {
        Self::new(DICOM, code, display)
    }

    /// Of the life of a record, ISO 21089.
    pub(super) fn lifecycle(code: &'static str, display: &str) -> Self {
        Self::new(LIFECYCLE, code, display)
    }

    /// Why something is done.
    pub(super) fn reason(code: &'static str, display: &str) -> Self {
        Self::new(ACT_REASON, code, display)
    }

    /// Of HL7's kinds of acts.
    pub(super) fn act(code: &'static str, display: &str) -> Self {
        Self::new(ACT_CODE, code, display)
    }

    /// Of LOINC, with its display in FHIR's value sets where one is given.
    pub(super) fn loinc(code: &'static str, display: &str) -> Self {
        Self::new(LOINC, code, display)
    }
}

/// A notion: codes for it, words for it, at least one of either.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodeableConcept {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    coding: Vec<Coding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Text>,
}

impl CodeableConcept {
    /// Words without a code.
    #[must_use]
    pub const fn words(text: Text) -> Self {
        Self { coding: Vec::new(), text: Some(text) }
    }

    pub(super) fn and_words(self, text: Text) -> Self {
        Self { text: Some(text), ..self }
    }
}

impl From<Coding> for CodeableConcept {
    fn from(coding: Coding) -> Self {
        Self { coding: vec![coding], text: None }
    }
}

/// What a category's readings are called in LOINC: the panel where there is one, and what is drawn of it; words alone where LOINC
/// has none.
pub(super) fn of_category(category: Category, words: &Text) -> Vec<CodeableConcept> {
    let drawn = category.drawn().iter().filter_map(|quantity| quantity.loinc());
    let mut all: Vec<CodeableConcept> = Vec::new();
    for code in category.loinc_panel().into_iter().chain(drawn) {
        let concept = CodeableConcept::from(Coding::loinc(code, "")).and_words(words.clone());
        if !all.contains(&concept) {
            all.push(concept);
        }
    }
    if all.is_empty() {
        all.push(CodeableConcept::words(words.clone()));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_is_said_in_codes_or_in_words() {
        for category in Category::ALL {
            let concepts = of_category(*category, &Text::of("words"));
            assert!(!concepts.is_empty() && concepts.iter().all(|c| c.text.is_some()), "{category:?}");
        }
        let pressure =
            serde_json::to_value(of_category(Category::BloodPressure, &Text::of("words"))).unwrap();
        let codes: Vec<_> = pressure.as_array().unwrap().iter().map(|c| &c["coding"][0]["code"]).collect();
        assert_eq!(codes, ["85354-9", "8480-6", "8462-4"]);
        assert_eq!(pressure[0]["coding"][0]["system"], "http://loinc.org");
    }
}
