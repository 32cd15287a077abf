//! Provenance of what several people brought about: each of them, and for whom.
//!
//! | of | agents | activity |
//! |---|---|---|
//! | a change of who acts for the patient, that needed others | who asked (author), who agreed (attester), for the patient | UPDATE |
//! | a power that waited for clinicians | each clinician who said that it may begin (attester) | UPDATE |
//! | a helper's permission that rested | the patient who confirmed it (attester) | UPDATE |
//!
//! # Source
//! FHIR R4, <https://hl7.org/fhir/R4/provenance.html>; HL7 v3 DataOperation.

use salus_wire::view::ProofView;

use super::{Agent, Entity, EntityRole, OPERATION, Provenance};
use super::{CodeableConcept, Coding, Id, Instant, NoSuchTime, OneOrMore, Reference, Text};

impl Provenance {
    /// Of a change of who acts for the patient, by its AuditEvent: who asked for it, and who agreed, each for the patient, as the block
    /// of `proof` shows it.
    ///
    /// # Errors
    /// [`NoSuchTime`].
    pub fn of_change(
        id: Id,
        change: Reference,
        asked: &Reference,
        agreed: &[Reference],
        patient: &Reference,
        proof: &ProofView,
    ) -> Result<Self, NoSuchTime> {
        let on_behalf = |agent| Agent { on_behalf_of: Some(patient.clone()), ..agent };
        let author = on_behalf(Agent::new("author", "Author", asked.clone()));
        let agreed = agreed.iter().map(|who| on_behalf(Agent::new("attester", "Attester", who.clone())));
        let agents = OneOrMore::one(author).and(agreed);
        Self::brought(id, change, "asked for and agreed to by people whom the patient named", agents, proof)
    }

    /// Of a power that waited for clinicians: each who said that it may begin, as the block of `proof` shows it.
    ///
    /// # Errors
    /// [`NoSuchTime`].
    pub fn of_attestation(
        id: Id,
        power: Reference,
        clinicians: OneOrMore<Reference>,
        proof: &ProofView,
    ) -> Result<Self, NoSuchTime> {
        let agents = clinicians.map(|who| Agent::new("attester", "Attester", who));
        Self::brought(id, power, "said by clinicians that the power may begin", agents, proof)
    }

    /// Of a helper's permission that rested: that the patient confirmed it, as the block of `proof` shows it.
    ///
    /// # Errors
    /// [`NoSuchTime`].
    pub fn of_confirmation(
        id: Id,
        permission: Reference,
        patient: &Reference,
        proof: &ProofView,
    ) -> Result<Self, NoSuchTime> {
        let agents = OneOrMore::one(Agent::new("attester", "Attester", patient.clone()));
        Self::brought(id, permission, "confirmed by the patient, after it rested", agents, proof)
    }

    fn brought(
        id: Id,
        target: Reference,
        words: &str,
        agent: OneOrMore<Agent>,
        proof: &ProofView,
    ) -> Result<Self, NoSuchTime> {
        Ok(Self {
            id,
            target: OneOrMore::one(target),
            occurred_period: None,
            recorded: Instant::new(proof.time)?,
            activity: CodeableConcept::from(Coding::new(OPERATION, "UPDATE", "revise"))
                .and_words(Text::of(words)),
            agent,
            entity: vec![Entity { role: EntityRole::Source, what: Reference::block(proof) }],
        })
    }
}
