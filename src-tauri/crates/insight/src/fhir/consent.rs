//! Consent: one permission.
//!
//! | of the permission | in the resource |
//! |---|---|
//! | whose readings, and who gives it: the patient, or a helper | patient, performer |
//! | who may open | provision.provision.actor |
//! | when it may be opened | provision.period |
//! | which readings, of which time | provision.provision.code, .dataPeriod, .class |
//! | what for, where its condition says so | provision.provision.purpose |
//! | a condition | policy.uri, with its hash; its words are in the text |
//! | the sentence that was confirmed | text |
//!
//! The base rule is OPTIN, and the root provision has no type (R4 does not permit one there); what is permitted is nested in it.
//!
//! # Source
//! FHIR R4, <https://hl7.org/fhir/R4/consent.html>.

use salus_wire::view::PermissionState;
use salus_wire::{Category, UnixMillis};
use serde::Serialize;

mod entrusted;
mod power;

use super::coding::of_category;
use super::id::{CONTRACT, PERMISSION};
use super::{
    CodeableConcept, Coding, Id, Identifier, Instant, Kind, Meta, Narrative, NoSuchTime, OneOrMore, Period,
    Proven, Purpose, Reference, Resource, Text,
};

const SCOPE: &str = "http://terminology.hl7.org/CodeSystem/consentscope";
const ACTION: &str = "http://terminology.hl7.org/CodeSystem/consentaction";
const PARTICIPATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
const RESOURCES: &str = "http://hl7.org/fhir/resource-types";

pub use entrusted::{Entrusted, Trust};
pub use power::{Power, Reads};

/// A condition under which a permission may be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Condition<'a> {
    /// The consent contract's hash, hexadecimal.
    pub hash: &'a str,
    /// In words, where this program knows them.
    pub sentence: Option<&'a str>,
    /// The only thing that it may be opened for, where the condition says so.
    pub purpose: Option<Purpose>,
}

/// A permission.
#[derive(Debug, Clone, Copy)]
pub struct Permission<'a> {
    /// Names its Consent.
    pub id: Id,
    /// What the members call it, hexadecimal.
    pub name: &'a str,
    /// Whose record it is.
    pub patient: &'a Reference,
    /// Who gave it in the patient's place; `None` for the patient.
    pub by: Option<&'a Reference>,
    /// Who may open.
    pub clinician: &'a Reference,
    /// Which readings, each with its words; at least one.
    pub categories: &'a [(Category, &'a str)],
    /// First instant of the readings.
    pub data_from: UnixMillis,
    /// First instant after them.
    pub data_to: UnixMillis,
    /// First instant at which it may be opened.
    pub starts: UnixMillis,
    /// First instant at which it may not any more.
    pub ends: UnixMillis,
    /// Where it stands.
    pub state: PermissionState,
    /// When it was recorded, where known.
    pub given: Option<UnixMillis>,
    /// The sentence that was confirmed.
    pub sentence: &'a str,
    /// A condition, if it has one.
    pub condition: Option<Condition<'a>>,
    /// How far it was proven.
    pub proven: Proven<'a>,
}

impl Permission<'_> {
    /// The resource.
    ///
    /// # Errors
    /// [`NoSuchTime`].
    pub fn consent(&self) -> Result<Consent, NoSuchTime> {
        let words = [Some(self.sentence), self.condition.and_then(|condition| condition.sentence)];
        let words: Vec<Text> = words.into_iter().flatten().filter_map(Text::new).collect();
        let policy = |condition: &Condition<'_>| Policy { uri: format!("{CONTRACT}#{}", condition.hash) };
        Ok(Consent {
            id: self.id,
            meta: self.proven.into(),
            text: (!words.is_empty()).then(|| Narrative::additional(&words)),
            identifier: [Identifier::new(PERMISSION, Text::of(self.name))],
            status: status(self.state),
            scope: Coding::new(SCOPE, "patient-privacy", "Privacy Consent").into(),
            category: OneOrMore::one(CodeableConcept::from(Coding::loinc("59284-0", "Patient Consent")))
                .and([CodeableConcept::from(Coding::act("INFA", "information access"))]),
            patient: self.patient.clone(),
            date_time: self.given.map(Instant::new).transpose()?,
            performer: [self.by.unwrap_or(self.patient).clone()],
            policy: self.condition.iter().map(policy).collect(),
            policy_rule: Coding::act("OPTIN", "opt-in").into(),
            provision: Provision {
                period: Some(Period::until(self.starts, self.ends)?),
                provision: [self.permitted()?],
            },
        })
    }

    fn permitted(&self) -> Result<Permitted, NoSuchTime> {
        let codes = |(category, words): &(Category, &str)| of_category(*category, &Text::of(words));
        Ok(Permitted {
            kind: ProvisionType::Permit,
            actor: OneOrMore::one(Actor {
                role: Coding::new(PARTICIPATION, "IRCP", "information recipient").into(),
                reference: self.clinician.clone(),
            }),
            action: vec![Coding::new(ACTION, "access", "Access").into()],
            purpose: self.condition.and_then(|c| c.purpose).map(Purpose::coding).into_iter().collect(),
            class: vec![Coding::new(RESOURCES, "Observation", "Observation")],
            code: self.categories.iter().flat_map(codes).collect(),
            data_period: Some(Period::until(self.data_from, self.data_to)?),
        })
    }
}

/// The resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct Consent {
    id: Id,
    meta: Meta,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Narrative>,
    identifier: [Identifier; 1],
    status: Status,
    scope: CodeableConcept,
    category: OneOrMore<CodeableConcept>,
    patient: Reference,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_time: Option<Instant>,
    performer: [Reference; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    policy: Vec<Policy>,
    policy_rule: CodeableConcept,
    provision: Provision,
}

impl Resource for Consent {
    fn id(&self) -> Id {
        self.id
    }

    fn kind(&self) -> Kind {
        Kind::Consent
    }
}

/// Required binding: consent-state-codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Proposed,
    Active,
    Inactive,
}

const fn status(state: PermissionState) -> Status {
    match state {
        PermissionState::Pending => Status::Proposed,
        PermissionState::NotYet | PermissionState::Active => Status::Active,
        PermissionState::Ended | PermissionState::Stopped => Status::Inactive,
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Policy {
    uri: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Provision {
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<Period>,
    provision: [Permitted; 1],
}

/// Required binding: consent-provision-type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum ProvisionType {
    Permit,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Permitted {
    #[serde(rename = "type")]
    kind: ProvisionType,
    actor: OneOrMore<Actor>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    action: Vec<CodeableConcept>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    purpose: Vec<Coding>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    class: Vec<Coding>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    code: Vec<CodeableConcept>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_period: Option<Period>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Actor {
    role: CodeableConcept,
    reference: Reference,
}
