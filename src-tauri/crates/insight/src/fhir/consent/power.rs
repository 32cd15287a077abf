//! Consent of a power: what the patient lets one helper do, and until when.
//!
//! | of the power | in the resource |
//! |---|---|
//! | who gives it | patient, performer |
//! | to whom | provision.provision.actor |
//! | from when until when | provision.period |
//! | what a steward reads and permits | provision.provision.action, .class, .code, .dataPeriod |
//! | everything else that limits it | text |

use salus_wire::view::PermissionState;
use salus_wire::{Category, UnixMillis};

use super::{ACTION, Actor, Consent, Permitted, Provision, ProvisionType, RESOURCES, SCOPE, status};
use crate::fhir::coding::of_category;
use crate::fhir::id::POWER;
use crate::fhir::{
    CodeableConcept, Coding, Id, Identifier, Narrative, NoSuchTime, OneOrMore, Period, Proven, Reference,
    Text,
};

const ROLE: &str = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";

/// What a steward reads and permits.
#[derive(Debug, Clone, Copy)]
pub struct Reads<'a> {
    /// Which readings, each with its words; at least one.
    pub categories: &'a [(Category, &'a str)],
    /// Measured from this instant on.
    pub from: UnixMillis,
}

/// A helper's power.
#[derive(Debug, Clone, Copy)]
pub struct Power<'a> {
    /// Names its Consent.
    pub id: Id,
    /// What the members call it: the circle, hexadecimal, and the seat in it after a stroke.
    pub name: &'a str,
    /// Whose record it is.
    pub patient: &'a Reference,
    /// Who may act.
    pub helper: &'a Reference,
    /// What a steward reads; `None` for who agrees, objects and stops, and reads nothing.
    pub reads: Option<Reads<'a>>,
    /// First instant of it.
    pub begins: UnixMillis,
    /// First instant after it.
    pub lapses: UnixMillis,
    /// Where it stands, in the words of a permission.
    pub state: PermissionState,
    /// Its limits, in words.
    pub sentence: &'a str,
    /// How far it was proven.
    pub proven: Proven<'a>,
}

impl Power<'_> {
    /// The resource.
    ///
    /// # Errors
    /// [`NoSuchTime`].
    pub fn consent(&self) -> Result<Consent, NoSuchTime> {
        let words = Text::new(self.sentence);
        let category = CodeableConcept::words(Text::of("power that the patient gave a helper"));
        Ok(Consent {
            id: self.id,
            meta: self.proven.into(),
            text: words.as_ref().map(|words| Narrative::additional([words])),
            identifier: [Identifier::new(POWER, Text::of(self.name))],
            status: status(self.state),
            scope: Coding::new(SCOPE, "patient-privacy", "Privacy Consent").into(),
            category: OneOrMore::one(category),
            patient: self.patient.clone(),
            date_time: None,
            performer: [self.patient.clone()],
            policy: Vec::new(),
            policy_rule: Coding::act("OPTIN", "opt-in").into(),
            provision: Provision {
                period: Some(Period::until(self.begins, self.lapses)?),
                provision: [self.permitted()?],
            },
        })
    }

    fn permitted(&self) -> Result<Permitted, NoSuchTime> {
        let codes = |(category, words): &(Category, &str)| of_category(*category, &Text::of(words));
        let action = |code, display| CodeableConcept::from(Coding::new(ACTION, code, display));
        let nothing = Permitted {
            kind: ProvisionType::Permit,
            actor: OneOrMore::one(Actor { role: self.role(), reference: self.helper.clone() }),
            action: Vec::new(),
            purpose: Vec::new(),
            class: Vec::new(),
            code: Vec::new(),
            data_period: None,
        };
        let Some(reads) = self.reads else { return Ok(nothing) };
        Ok(Permitted {
            action: vec![action("access", "Access"), action("disclose", "Disclose")],
            class: vec![Coding::new(RESOURCES, "Observation", "Observation")],
            code: reads.categories.iter().flat_map(codes).collect(),
            data_period: Some(Period::through(reads.from, None)?),
            ..nothing
        })
    }

    fn role(&self) -> CodeableConcept {
        match self.reads {
            Some(_) => Coding::new(ROLE, "HPOWATT", "healthcare power of attorney").into(),
            None => CodeableConcept::words(Text::of(
                "agrees to what other helpers permit, objects to it and stops it; reads nothing",
            )),
        }
    }
}
