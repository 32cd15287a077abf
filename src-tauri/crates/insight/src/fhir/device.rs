//! Device: what measured readings, and the computers that they arrived at.

use salus_wire::{DeviceId, UnixMillis};
use serde::Serialize;

use super::id::DEVICE;
use super::{CodeableConcept, Id, Identifier, Kind, Reference, Resource, Text};

/// A measuring device, as it was last known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source<'a> {
    /// Names its resource.
    pub id: Id,
    /// Names it as in the other formats of an export.
    pub device: DeviceId,
    /// What it is called on the page; empty when not known.
    pub name: &'a str,
    /// Maker and model.
    pub model: Option<&'a str>,
    /// Firmware.
    pub firmware: Option<&'a str>,
}

impl Source<'_> {
    /// The resource.
    #[must_use]
    pub fn device(&self, patient: &Reference) -> Device {
        let named = Text::new(self.name).map(|name| Name { name, kind: NameType::UserFriendlyName });
        let model = self.model.and_then(Text::new).map(|name| Name { name, kind: NameType::ModelName });
        let kind = CodeableConcept::words(Text::of("firmware"));
        Device {
            id: self.id,
            identifier: vec![identifier(self.device)],
            status: None,
            device_name: named.into_iter().chain(model).collect(),
            version: self
                .firmware
                .and_then(Text::new)
                .map(|value| Version { kind, value })
                .into_iter()
                .collect(),
            patient: Some(patient.clone()),
        }
    }
}

pub(super) fn identifier(device: DeviceId) -> Identifier {
    Identifier::new(DEVICE, Text::of(&device.to_string()))
}

/// A computer at which readings arrive, and seals them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gateway {
    /// Names its resource.
    pub id: Id,
    /// This computer, or one that the record was on before.
    pub here: bool,
    /// When the members recorded its enrolment, if they did.
    pub enrolled: Option<UnixMillis>,
    /// When that was withdrawn.
    pub withdrawn: Option<UnixMillis>,
}

impl Gateway {
    /// The resource.
    #[must_use]
    pub fn device(&self) -> Device {
        Device {
            id: self.id,
            identifier: Vec::new(),
            status: Some(if self.here { Status::Active } else { Status::Inactive }),
            device_name: vec![Name { name: self.words(), kind: NameType::Other }],
            version: Vec::new(),
            patient: None,
        }
    }

    pub(super) fn words(&self) -> Text {
        let words = if self.here {
            "the computer that this was exported on"
        } else {
            "a computer that the record was on before"
        };
        Text::of(words)
    }
}

/// Another laptop of the patient's, with the same record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Laptop<'a> {
    /// Names its resource.
    pub id: Id,
    /// What the patient calls it; empty when not known.
    pub name: &'a str,
    /// Whether it was removed from the record.
    pub removed: bool,
}

impl Laptop<'_> {
    /// The resource.
    #[must_use]
    pub fn device(&self) -> Device {
        let named = Text::new(self.name).map(|name| Name { name, kind: NameType::UserFriendlyName });
        let what =
            Name { name: Text::of("a laptop of the patient with the same record"), kind: NameType::Other };
        Device {
            id: self.id,
            identifier: Vec::new(),
            status: Some(if self.removed { Status::Inactive } else { Status::Active }),
            device_name: named.into_iter().chain([what]).collect(),
            version: Vec::new(),
            patient: None,
        }
    }
}

/// The resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct Device {
    id: Id,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    identifier: Vec<Identifier>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    device_name: Vec<Name>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    version: Vec<Version>,
    #[serde(skip_serializing_if = "Option::is_none")]
    patient: Option<Reference>,
}

impl Resource for Device {
    fn id(&self) -> Id {
        self.id
    }

    fn kind(&self) -> Kind {
        Kind::Device
    }
}

/// Required binding: device-status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Active,
    Inactive,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Name {
    name: Text,
    #[serde(rename = "type")]
    kind: NameType,
}

/// Required binding: device-nametype.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum NameType {
    UserFriendlyName,
    ModelName,
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Version {
    #[serde(rename = "type")]
    kind: CodeableConcept,
    value: Text,
}
