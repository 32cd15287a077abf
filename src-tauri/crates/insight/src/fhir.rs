//! Permissions, what was done with them, and where readings come from, as resources of HL7 FHIR R4. Pure: plain facts come in,
//! JSON goes out.
//!
//! ```text
//! a permission            -> Consent      period = when it may be opened, dataPeriod = which readings
//! an act on a permission  -> AuditEvent   with the block that it was proven in; what was said of an emergency is one more
//! opened in an emergency  -> Provenance   of that AuditEvent, by who opened and by who agreed
//! what was proven of it   -> Provenance   of the Consent, by the members that signed
//! a source of readings    -> Device, Provenance; one for each source, none for each reading
//! a gateway               -> Device, Provenance of its enrolment
//! a helper's permission   -> Consent with that helper as its performer, Provenance of the helper on the patient's behalf
//! a helper's power        -> Consent with that helper as its actor
//! who agreed to it        -> Provenance of the Consent, of each helper on the patient's behalf
//! who can help to get back, or stop what is permitted -> Consent with them as its actors
//! what was done to who acts for the patient, to keys, to laptops -> AuditEvent; Provenance of it, where several had to agree
//! a clinician's word that a power may begin -> Provenance of the power's Consent; that the word for a clinician ended -> AuditEvent
//! another laptop          -> Device
//! who                     -> Patient, RelatedPerson, Practitioner, PractitionerRole, Organization
//! all of them             -> Bundle of type collection, entry by entry
//! ```
//!
//! Guarantees: what R4 wants at least once is there by its type, codes of required bindings are enumerations, no text is
//! empty or holds what JSON for FHIR may not, no list is empty. No key is in it, and nothing that was not told: an unknown time
//! or name is left out.
//!
//! Not guaranteed: that a receiver knows the code systems that FHIR calls example or extensible.
//!
//! # Source
//! HL7 FHIR R4 (4.0.1), <https://hl7.org/fhir/R4/>; LOINC; DICOM PS3.16, annex D (DCM).

mod audit_event;
pub mod bundle;
mod coding;
mod consent;
mod device;
mod id;
mod meta;
mod people;
mod provenance;
#[cfg(test)]
mod tests;
mod text;
mod time;

pub use audit_event::{About, Act, AuditEvent, Deed, Done, Happening, Purpose, Said, Stage};
pub use coding::{CodeableConcept, Coding};
pub use consent::{Condition, Consent, Entrusted, Permission, Power, Reads, Trust};
pub use device::{Device, Gateway, Laptop, Source};
pub use id::{Id, Identifier, Kind, Reference};
pub use meta::{Meta, OneOrMore, Proven};
pub use people::{Clinician, Organization, Patient, Practitioner, PractitionerRole, RelatedPerson};
pub use provenance::{Origin, Provenance, SourceFacts};
pub use text::{Narrative, Text};
pub use time::{Instant, NoSuchTime, Period};

/// A resource with an identifier of its own.
pub trait Resource: serde::Serialize {
    /// Names it, here and in every later export.
    fn id(&self) -> Id;

    /// What kind it is.
    fn kind(&self) -> Kind;

    /// A reference to it.
    fn reference(&self, display: Option<Text>) -> Reference {
        Reference::to(self.kind(), self.id(), display)
    }
}

/// The members together, who keep the consent record.
#[must_use]
pub fn members() -> Reference {
    Reference::named(Kind::Organization, Text::of("the members that keep the consent record"))
}
