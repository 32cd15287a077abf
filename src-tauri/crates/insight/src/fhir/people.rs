//! Whose record it is, who helps them, and the clinicians.

use serde::Serialize;

use super::{CodeableConcept, Id, Kind, OneOrMore, Reference, Resource, Text};

/// Whose record it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "resourceType")]
pub struct Patient {
    id: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<[HumanName; 1]>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct HumanName {
    text: Text,
}

impl Patient {
    /// A patient, by the name that the record is called.
    #[must_use]
    pub fn new(id: Id, name: Option<Text>) -> Self {
        Self { id, name: name.map(|text| [HumanName { text }]) }
    }
}

/// A clinician as a member attested them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clinician<'a> {
    /// Names the person.
    pub id: Id,
    /// Names the person in the organisation.
    pub role: Id,
    /// Names the organisation.
    pub organisation_id: Id,
    /// The name as attested.
    pub name: &'a str,
    /// The organisation as attested; "-" for none.
    pub organisation: &'a str,
    /// The member that attests it.
    pub attested_by: &'a str,
}

impl Clinician<'_> {
    /// The person.
    #[must_use]
    pub fn person(&self) -> Practitioner {
        let name = Text::new(self.name).map(|text| [HumanName { text }]);
        Practitioner { name, ..Practitioner::unnamed(self.id, self.attested_by) }
    }

    /// The organisation, and the person in it; `None` where the attestation names none.
    #[must_use]
    pub fn place(&self) -> Option<(Organization, PractitionerRole)> {
        let named = self.organisation.chars().any(char::is_alphanumeric);
        let name = Text::new(self.organisation).filter(|_| named)?;
        let organization = Organization { id: self.organisation_id, name: name.clone() };
        let role = PractitionerRole {
            id: self.role,
            practitioner: self.person().reference(Text::new(self.name)),
            organization: organization.reference(Some(name)),
        };
        Some((organization, role))
    }

    /// A reference to the person in the organisation, or to the person alone.
    #[must_use]
    pub fn reference(&self) -> Reference {
        let name = Text::new(self.name);
        match self.place() {
            Some((_, role)) => role.reference(name),
            None => self.person().reference(name),
        }
    }
}

/// A clinician.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "resourceType")]
pub struct Practitioner {
    id: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<[HumanName; 1]>,
    qualification: [Qualification; 1],
}

impl Practitioner {
    /// A clinician of whom no name is known, only the member that attests them.
    #[must_use]
    pub fn unnamed(id: Id, attested_by: &str) -> Self {
        let issuer = Text::new(attested_by).map(|name| Reference::named(Kind::Organization, name));
        let code = CodeableConcept::words(Text::of("attested as a clinician"));
        Self { id, name: None, qualification: [Qualification { code, issuer }] }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Qualification {
    code: CodeableConcept,
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<Reference>,
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "resourceType")]
pub struct Organization {
    id: Id,
    name: Text,
}

/// A clinician of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "resourceType")]
pub struct PractitionerRole {
    id: Id,
    practitioner: Reference,
    organization: Reference,
}

/// Somebody who helps the patient, and whom the patient lets permit something in their place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "resourceType")]
pub struct RelatedPerson {
    id: Id,
    patient: Reference,
    relationship: [CodeableConcept; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<[HumanName; 1]>,
}

impl RelatedPerson {
    /// A helper of this patient, by their own word for their name.
    #[must_use]
    pub fn new(id: Id, patient: Reference, name: Option<Text>) -> Self {
        Self::called(id, patient, name, "helper whom the patient gave a power, which the members check")
    }

    /// Somebody who can, with others, help this patient to get back, by their own word for their name.
    #[must_use]
    pub fn guardian(id: Id, patient: Reference, name: Option<Text>) -> Self {
        Self::called(id, patient, name, "can help the patient, with others, to get back; reads nothing")
    }

    fn called(id: Id, patient: Reference, name: Option<Text>, words: &str) -> Self {
        Self {
            id,
            patient,
            relationship: [CodeableConcept::words(Text::of(words))],
            name: name.map(|text| [HumanName { text }]),
        }
    }
}

/// One reference for each name, or to the members together where no name is known.
pub(super) fn members_named(names: &[String]) -> OneOrMore<Reference> {
    let named = names.iter().filter_map(|name| Text::new(name));
    OneOrMore::or(named.map(|name| Reference::named(Kind::Organization, name)), super::members)
}

macro_rules! resources {
    ($($name:ident),+) => {
        $(impl Resource for $name {
            fn id(&self) -> Id {
                self.id
            }

            fn kind(&self) -> Kind {
                Kind::$name
            }
        })+
    };
}

resources!(Patient, Practitioner, PractitionerRole, Organization, RelatedPerson);
