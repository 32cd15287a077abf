//! Consent: what the patient trusts several people with besides reading and permitting.
//!
//! | entrusted | who | until when |
//! |---|---|---|
//! | to help the patient to get back | those who were named, of whom so many together | until others are named: no period |
//! | to stop what the patient permits | the helpers who were told of it | until the patient takes it back: no period |
//!
//! # Source
//! FHIR R4, <https://hl7.org/fhir/R4/consent.html>.

use super::super::id::CIRCLE;
use super::{Actor, Consent, Permitted, Provision, ProvisionType, SCOPE, Status};
use super::{CodeableConcept, Coding, Id, Identifier, Narrative, OneOrMore, Proven, Reference, Text};

/// What people are trusted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// So many of them together give the patient's computer another key; none of them reads anything.
    GetBack {
        /// How many together.
        needed: u8,
        /// How many there are.
        of: u8,
    },
    /// Each of them stops what the patient permits; none of them reads anything by it.
    Stop,
}

/// People whom the patient trusts with something.
#[derive(Debug, Clone)]
pub struct Entrusted<'a> {
    /// Names its Consent.
    pub id: Id,
    /// The circle as the members have it, hexadecimal.
    pub circle: &'a str,
    /// With what.
    pub trust: Trust,
    /// Whose record it is.
    pub patient: &'a Reference,
    /// Who.
    pub people: OneOrMore<Reference>,
    /// Whether it holds.
    pub holds: bool,
    /// How far it was proven.
    pub proven: Proven<'a>,
}

impl Entrusted<'_> {
    /// The resource.
    #[must_use]
    pub fn consent(&self) -> Consent {
        let (name, category, role, sentence) = self.trust.words();
        let sentence = Text::of(&sentence);
        let role = CodeableConcept::words(Text::of(role));
        let actor = |reference| Actor { role: role.clone(), reference };
        let permitted = Permitted {
            kind: ProvisionType::Permit,
            actor: self.people.clone().map(actor),
            action: Vec::new(),
            purpose: Vec::new(),
            class: Vec::new(),
            code: Vec::new(),
            data_period: None,
        };
        Consent {
            id: self.id,
            meta: self.proven.into(),
            text: Some(Narrative::additional([&sentence])),
            identifier: [Identifier::new(CIRCLE, Text::of(&format!("{}/{name}", self.circle)))],
            status: if self.holds { Status::Active } else { Status::Inactive },
            scope: Coding::new(SCOPE, "patient-privacy", "Privacy Consent").into(),
            category: OneOrMore::one(CodeableConcept::words(Text::of(category))),
            patient: self.patient.clone(),
            date_time: None,
            performer: [self.patient.clone()],
            policy: Vec::new(),
            policy_rule: Coding::act("OPTIN", "opt-in").into(),
            provision: Provision { period: None, provision: [permitted] },
        }
    }
}

impl Trust {
    /// Its name behind the circle's, its category, the role of each, and a sentence.
    fn words(self) -> (&'static str, &'static str, &'static str, String) {
        match self {
            Self::GetBack { needed, of } => (
                "guardians",
                "people who can help the patient to get back",
                "with the others, lets another computer speak for the patient, after 72 hours; reads nothing",
                format!(
                    "{needed} of these {of} together can let another computer speak for the patient, 72 hours after they asked for \
                     it and if nobody of the patient's people objects. None of them reads anything."
                ),
            ),
            Self::Stop => (
                "stops",
                "helpers who can stop what the patient permits",
                "stops a permission that the patient gave; reads nothing by it",
                "Each of these helpers can stop a permission that the patient gave.".to_owned(),
            ),
        }
    }
}
