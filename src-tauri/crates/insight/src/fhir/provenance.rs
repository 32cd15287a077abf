//! Provenance: of a permission, who proved it, and which helper gave it; of an emergency, who answers for it; of readings, what they came from; of a gateway, its enrolment.
//!
//! # Source
//! FHIR R4, <https://hl7.org/fhir/R4/provenance.html>.

use salus_wire::view::ProofView;
use salus_wire::{DeviceId, UnixMillis};
use serde::Serialize;

use super::device::identifier;
use super::people::members_named;
use super::{
    CodeableConcept, Coding, Gateway, Id, Instant, Kind, NoSuchTime, OneOrMore, Period, Reference, Resource,
    Text,
};

const PARTICIPANT: &str = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
const OPERATION: &str = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";

mod consented;

/// How readings came into the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A device measured them.
    Measured,
    /// A person typed them.
    Typed,
    /// They were taken from a file.
    Imported,
}

/// All readings of one source.
#[derive(Debug, Clone, Copy)]
pub struct SourceFacts<'a> {
    /// Names the Provenance.
    pub id: Id,
    /// How they came.
    pub origin: Origin,
    /// The source as the other formats of an export name it.
    pub device: DeviceId,
    /// What they are, in words.
    pub words: &'a str,
    /// The measuring device, or the person.
    pub by: &'a Reference,
    /// The computer that they arrived at, where there was only one.
    pub gateway: Option<&'a Reference>,
    /// When the first was measured.
    pub first: UnixMillis,
    /// When the last was measured.
    pub last: UnixMillis,
    /// When the last one that came arrived.
    pub arrived: UnixMillis,
}

/// The resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct Provenance {
    id: Id,
    target: OneOrMore<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    occurred_period: Option<Period>,
    recorded: Instant,
    activity: CodeableConcept,
    agent: OneOrMore<Agent>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entity: Vec<Entity>,
}

impl Provenance {
    /// Of a permission: the block that proved it last, and who signed that.
    ///
    /// # Errors
    /// [`NoSuchTime`].
    pub fn of_permission(id: Id, permission: Reference, proof: &ProofView) -> Result<Self, NoSuchTime> {
        Ok(Self {
            id,
            target: OneOrMore::one(permission),
            occurred_period: None,
            recorded: Instant::new(proof.time)?,
            activity: CodeableConcept::words(Text::of(
                "proven against the consent record that the members keep",
            )),
            agent: members_named(&proof.signed_by).map(|who| Agent::new("verifier", "Verifier", who)),
            entity: vec![Entity { role: EntityRole::Source, what: Reference::block(proof) }],
        })
    }

    /// Of a permission that a helper gave: who did, and for whom. Recorded in the block of `proof`.
    ///
    /// # Errors
    /// [`NoSuchTime`].
    pub fn of_helper(
        id: Id,
        permission: Reference,
        helper: &Reference,
        patient: &Reference,
        proof: &ProofView,
    ) -> Result<Self, NoSuchTime> {
        let author = Agent::new("author", "Author", helper.clone());
        Ok(Self {
            id,
            target: OneOrMore::one(permission),
            occurred_period: None,
            recorded: Instant::new(proof.time)?,
            activity: CodeableConcept::words(Text::of(
                "permitted by a helper within the power that the patient gave them",
            )),
            agent: OneOrMore::one(Agent { on_behalf_of: Some(patient.clone()), ..author }),
            entity: vec![Entity { role: EntityRole::Source, what: Reference::block(proof) }],
        })
    }

    /// Of an opening in an emergency: who opened and answers for it, and the second clinician who agreed to it, each for themselves.
    /// Recorded in the block of `proof`.
    ///
    /// # Errors
    /// [`NoSuchTime`].
    pub fn of_emergency(
        id: Id,
        opening: Reference,
        opener: &Reference,
        second: Option<&Reference>,
        proof: &ProofView,
    ) -> Result<Self, NoSuchTime> {
        let agreed = second.map(|who| Agent::new("attester", "Attester", who.clone()));
        Ok(Self {
            id,
            target: OneOrMore::one(opening),
            occurred_period: None,
            recorded: Instant::new(proof.time)?,
            activity: CodeableConcept::words(Text::of(
                "opened in an emergency by a clinician who answers for it",
            )),
            agent: OneOrMore::one(Agent::new("performer", "Performer", opener.clone())).and(agreed),
            entity: vec![Entity { role: EntityRole::Source, what: Reference::block(proof) }],
        })
    }

    /// Of a permission that a helper gave: which other helpers agreed to it, as the block of `proof` shows it.
    ///
    /// # Errors
    /// [`NoSuchTime`].
    pub fn of_agreement(
        id: Id,
        permission: Reference,
        helpers: OneOrMore<Reference>,
        patient: &Reference,
        proof: &ProofView,
    ) -> Result<Self, NoSuchTime> {
        Ok(Self {
            id,
            target: OneOrMore::one(permission),
            occurred_period: None,
            recorded: Instant::new(proof.time)?,
            activity: CodeableConcept::words(Text::of("agreed to by other helpers")),
            agent: helpers.map(|who| {
                let agent = Agent::new("attester", "Attester", who);
                Agent { on_behalf_of: Some(patient.clone()), ..agent }
            }),
            entity: vec![Entity { role: EntityRole::Source, what: Reference::block(proof) }],
        })
    }

    /// Of all readings of one source, which are named and not in the bundle. A device's clock may say what no calendar has: then
    /// the period is left out.
    ///
    /// # Errors
    /// [`NoSuchTime`].
    pub fn of_source(facts: &SourceFacts<'_>) -> Result<Self, NoSuchTime> {
        let readings =
            Reference::outside(Some(Kind::Observation), identifier(facts.device), Text::of(facts.words));
        let (how, agent) = match facts.origin {
            Origin::Measured => ("measured by a device", ("performer", "Performer")),
            Origin::Typed => ("typed by a person", ("enterer", "Enterer")),
            Origin::Imported => ("taken from a file", ("enterer", "Enterer")),
        };
        let gateway = facts.gateway.map(|who| Agent::new("assembler", "Assembler", who.clone()));
        Ok(Self {
            id: facts.id,
            target: OneOrMore::one(readings),
            occurred_period: Period::through(facts.first, Some(facts.last)).ok(),
            recorded: Instant::new(facts.arrived)?,
            activity: CodeableConcept::from(Coding::new(OPERATION, "CREATE", "create"))
                .and_words(Text::of(how)),
            agent: OneOrMore::one(Agent::new(agent.0, agent.1, facts.by.clone())).and(gateway),
            entity: Vec::new(),
        })
    }

    /// Of a gateway's enrolment; `None` when the members recorded none.
    ///
    /// # Errors
    /// [`NoSuchTime`].
    pub fn of_gateway(id: Id, gateway: &Gateway) -> Result<Option<Self>, NoSuchTime> {
        let Some(enrolled) = gateway.enrolled else { return Ok(None) };
        Ok(Some(Self {
            id,
            target: OneOrMore::one(gateway.device().reference(Some(gateway.words()))),
            occurred_period: Some(Period::through(enrolled, gateway.withdrawn)?),
            recorded: Instant::new(gateway.withdrawn.unwrap_or(enrolled))?,
            activity: CodeableConcept::words(Text::of(
                "enrolled as a gateway in the record that the members keep",
            )),
            agent: OneOrMore::one(Agent::new("verifier", "Verifier", super::members())),
            entity: Vec::new(),
        }))
    }
}

impl Resource for Provenance {
    fn id(&self) -> Id {
        self.id
    }

    fn kind(&self) -> Kind {
        Kind::Provenance
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Agent {
    #[serde(rename = "type")]
    kind: CodeableConcept,
    who: Reference,
    #[serde(skip_serializing_if = "Option::is_none")]
    on_behalf_of: Option<Reference>,
}

impl Agent {
    fn new(code: &'static str, display: &str, who: Reference) -> Self {
        Self { kind: Coding::new(PARTICIPANT, code, display).into(), who, on_behalf_of: None }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Entity {
    role: EntityRole,
    what: Reference,
}

/// Required binding: provenance-entity-role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum EntityRole {
    Source,
}
