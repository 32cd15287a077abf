//! Names of resources, and references to them.

use std::fmt::{self, Write};

use salus_wire::view::ProofView;
use serde::{Serialize, Serializer};

use super::Text;

/// Names a permission: 32 octets, hexadecimal, as the members have it.
pub(super) const PERMISSION: &str = "urn:uuid:04adb7e5-f6a4-4e1f-8f31-7e1adcef551c";
/// Names a helper's power: the circle as the members have it, hexadecimal, and the seat in it after a stroke.
pub(super) const POWER: &str = "urn:uuid:e2f9e39e-a838-4cdd-bb78-ea58f2e89151";
/// Names who acts for a patient: the circle as the members have it, hexadecimal; after a stroke, one thing that its people are trusted with.
pub(super) const CIRCLE: &str = "urn:uuid:aa8b2c02-ba5d-4703-8f90-0190dbccf117";
/// Names a block: its hash, hexadecimal.
const BLOCK: &str = "urn:uuid:08bb096e-dd6a-42cd-9e66-fb1a7b1a5afd";
/// Names a device: 16 octets, hexadecimal, as in the column `device` of the other formats.
pub(super) const DEVICE: &str = "urn:uuid:d4580b5c-9afb-47b3-9a2a-97bbf5198b7c";
/// Before `#` and a consent contract's hash, hexadecimal: names the contract.
pub(super) const CONTRACT: &str = "urn:uuid:77e6df08-e062-46c5-977d-ec42b8960282";

/// A resource's identifier: a UUID of version 8, made of a hash, so that it is the same in every export.
///
/// # Source
/// RFC 9562, 5.8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id([u8; 16]);

impl Id {
    /// Of a hash's first 16 octets.
    #[must_use]
    pub fn of(hash: &[u8; 32]) -> Self {
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        id[6] = 0x80 | (id[6] & 0x0f);
        id[8] = 0x80 | (id[8] & 0x3f);
        Self(id)
    }

    /// As a URI.
    #[must_use]
    pub fn urn(self) -> String {
        format!("urn:uuid:{self}")
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, octet) in self.0.iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                f.write_char('-')?;
            }
            write!(f, "{octet:02x}")?;
        }
        Ok(())
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

/// A name in a system of names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Identifier {
    system: &'static str,
    value: Text,
}

impl Identifier {
    pub(super) const fn new(system: &'static str, value: Text) -> Self {
        Self { system, value }
    }
}

/// A kind of resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Kind {
    /// Something that was done.
    AuditEvent,
    /// A permission.
    Consent,
    /// A measuring device, or a gateway.
    Device,
    /// A reading; only referred to.
    Observation,
    /// An organisation.
    Organization,
    /// Whose record it is.
    Patient,
    /// A clinician.
    Practitioner,
    /// A clinician of an organisation.
    PractitionerRole,
    /// Where something comes from.
    Provenance,
    /// Somebody who helps the patient.
    RelatedPerson,
}

/// A reference: to a resource of the same bundle, or to something that is only named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reference {
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<Kind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<Identifier>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display: Option<Text>,
}

impl Reference {
    /// To a resource of the same bundle.
    #[must_use]
    pub fn to(kind: Kind, id: Id, display: Option<Text>) -> Self {
        Self { reference: Some(id.urn()), kind: Some(kind), identifier: None, display }
    }

    /// To something that has a name only.
    #[must_use]
    pub const fn named(kind: Kind, display: Text) -> Self {
        Self { reference: None, kind: Some(kind), identifier: None, display: Some(display) }
    }

    /// To something that has a name in a system of names and is not in the bundle; no kind for what is no resource.
    pub(super) const fn outside(kind: Option<Kind>, identifier: Identifier, display: Text) -> Self {
        Self { reference: None, kind, identifier: Some(identifier), display: Some(display) }
    }

    /// A block of the consent record.
    pub(super) fn block(proof: &ProofView) -> Self {
        let identifier = Identifier::new(BLOCK, Text::of(&proof.block));
        Self::outside(None, identifier, Text::of(&format!("block {}", proof.height)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_uuid_of_version_8_and_of_its_variant() {
        assert_eq!(Id::of(&[0xff; 32]).to_string(), "ffffffff-ffff-8fff-bfff-ffffffffffff");
        assert_eq!(Id::of(&[0; 32]).urn(), "urn:uuid:00000000-0000-8000-8000-000000000000");
    }
}
