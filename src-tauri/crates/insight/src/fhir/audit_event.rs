//! AuditEvent: something that was done with a permission, as the members recorded it; and what was done to who acts for the patient, to
//! keys and to laptops (`deed`).
//!
//! | done | type | subtype | action |
//! |---|---|---|---|
//! | given | 110113 Security Alert | 110135 Object Security Attributes Changed | C |
//! | an emergency announced | 110113 | 110127 Emergency Override Started | E |
//! | opened | 110110 Patient Record | access; in an emergency also 110127 Emergency Override Started | R |
//! | stopped, objected to, ended | 110113 | 110135 | U |
//! | erased | 110113 | 110135 | D |
//! | said of an emergency | 110113 | attest | C |
//!
//! DICOM sends a change of an object's security attributes as a Security Alert.
//!
//! # Source
//! FHIR R4, <https://hl7.org/fhir/R4/auditevent.html>; DICOM PS3.15, A.5.3.10 and A.5.3.11.

use salus_wire::UnixMillis;
use salus_wire::view::ProofView;
use serde::Serialize;

use super::{CodeableConcept, Coding, Id, Instant, Kind, NoSuchTime, OneOrMore, Reference, Resource, Text};

mod deed;

pub use deed::{About, Deed, Happening, Stage};

const ROLE_TYPE: &str = "http://terminology.hl7.org/CodeSystem/extra-security-role-type";
const ENTITY_TYPE: &str = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
const OBJECT_ROLE: &str = "http://terminology.hl7.org/CodeSystem/object-role";

/// What something was opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Treatment.
    Treatment,
    /// An emergency.
    Emergency,
}

impl Purpose {
    pub(super) fn coding(self) -> Coding {
        match self {
            Self::Treatment => Coding::reason("TREAT", "treatment"),
            Self::Emergency => Coding::reason("ETREAT", "Emergency Treatment"),
        }
    }
}

/// What somebody said of an emergency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// That it was right.
    Justified,
    /// That they object.
    Objected,
    /// That they object, and that nothing more is opened with the permission.
    Stopped,
}

impl Said {
    const fn words(self) -> &'static str {
        match self {
            Self::Justified => "justified",
            Self::Objected => "objection",
            Self::Stopped => "objection, and a stop of the permission",
        }
    }
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// A permission was given.
    Given,
    /// Somebody announced an emergency with it.
    Announced {
        /// When; the proof is of a later block.
        at: UnixMillis,
    },
    /// Something was opened with it.
    Opened {
        /// What for.
        purpose: Purpose,
        /// The number of the stated reason, if any.
        reason: Option<u8>,
    },
    /// It was stopped.
    Stopped,
    /// Somebody objected to what a helper permitted, before it could be opened: that ends it too.
    Objected,
    /// Somebody said what to think of an emergency.
    Reviewed {
        /// When; the proof is of a later block.
        at: UnixMillis,
        /// What.
        said: Said,
        /// Names the AuditEvent of the announcement or opening.
        of: Id,
    },
    /// It ran out.
    Ended,
    /// All members confirmed that they deleted their part.
    Erased,
}

/// An act on a permission.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// Names the act.
    pub id: Id,
    /// What was done.
    pub done: Done,
    /// Names the permission's Consent.
    pub permission: Id,
    /// Whose record it is.
    pub patient: &'a Reference,
    /// Who did it; the clinician of an opening.
    pub by: &'a Reference,
    /// The second clinician, who agreed to an opening, as somebody of their own.
    pub second: Option<&'a Reference>,
    /// The block that it was recorded in, or that proved it.
    pub proof: &'a ProofView,
}

impl Act<'_> {
    /// The resource.
    ///
    /// # Errors
    /// [`NoSuchTime`].
    pub fn event(&self) -> Result<AuditEvent, NoSuchTime> {
        let permission = Reference::to(Kind::Consent, self.permission, None);
        Ok(AuditEvent {
            id: self.id,
            kind: self.kind_of(),
            subtype: self.subtypes(),
            action: self.action(),
            recorded: Instant::new(self.time())?,
            outcome: Outcome::Success,
            purpose_of_event: self.purposes(),
            agent: self.agents(),
            source: Source { observer: super::members() },
            entity: vec![
                Entity::of(self.patient.clone(), ("1", "Person"), Some(("1", "Patient"))),
                Entity::of(permission, ("2", "System Object"), Some(("13", "Security Resource"))),
                self.block(),
            ],
        })
    }

    const fn time(&self) -> UnixMillis {
        match self.done {
            Done::Announced { at } | Done::Reviewed { at, .. } => at,
            _ => self.proof.time,
        }
    }

    fn kind_of(&self) -> Coding {
        match self.done {
            Done::Opened { .. } => Coding::dicom("110110", "Patient Record"),
            _ => Coding::dicom("110113", "Security Alert"),
        }
    }

    fn subtypes(&self) -> Vec<Coding> {
        let access = || Coding::lifecycle("access", "Access/View Record Lifecycle Event");
        let emergency = || Coding::dicom("110127", "Emergency Override Started");
        match self.done {
            Done::Announced { .. } => vec![emergency()],
            Done::Opened { purpose: Purpose::Treatment, .. } => vec![access()],
            Done::Opened { purpose: Purpose::Emergency, .. } => vec![access(), emergency()],
            Done::Reviewed { .. } => vec![Coding::lifecycle("attest", "Attest Record Lifecycle Event")],
            _ => vec![Coding::dicom("110135", "Object Security Attributes Changed")],
        }
    }

    const fn action(&self) -> Action {
        match self.done {
            Done::Given | Done::Reviewed { .. } => Action::Create,
            Done::Announced { .. } => Action::Execute,
            Done::Opened { .. } => Action::Read,
            Done::Stopped | Done::Objected | Done::Ended => Action::Update,
            Done::Erased => Action::Delete,
        }
    }

    fn purposes(&self) -> Vec<CodeableConcept> {
        match self.done {
            Done::Announced { .. } => vec![Coding::reason("BTG", "break the glass").into()],
            Done::Opened { purpose, .. } => vec![purpose.coding().into()],
            _ => Vec::new(),
        }
    }

    fn agents(&self) -> OneOrMore<Agent> {
        let human = || Some(CodeableConcept::from(Coding::new(ROLE_TYPE, "humanuser", "human user")));
        let by = |kind, requestor| Agent {
            kind,
            who: self.by.clone(),
            requestor,
            policy: vec![self.permission.urn()],
        };
        match self.done {
            // Nobody asked for it: its time was over, or the members did as they have to.
            Done::Ended | Done::Erased => OneOrMore::one(by(None, false)),
            Done::Given | Done::Announced { .. } | Done::Stopped | Done::Objected | Done::Reviewed { .. } => {
                OneOrMore::one(by(human(), true))
            }
            Done::Opened { .. } => {
                let second = self.second.map(|who| Agent {
                    kind: human(),
                    who: who.clone(),
                    requestor: false,
                    policy: Vec::new(),
                });
                OneOrMore::one(by(human(), true)).and(second)
            }
        }
    }

    fn block(&self) -> Entity {
        let mut block = Entity::block(self.proof);
        let detail = &mut block.detail;
        match self.done {
            Done::Opened { reason: Some(reason), .. } => {
                detail.push(Detail::new("stated reason", &reason.to_string()));
            }
            Done::Objected => detail.push(Detail::new("stopped by", "objection")),
            Done::Reviewed { said, of, .. } => {
                detail.push(Detail::new("said", said.words()));
                detail.push(Detail::new("of the event", &of.urn()));
            }
            _ => {}
        }
        block
    }
}

/// The resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct AuditEvent {
    id: Id,
    #[serde(rename = "type")]
    kind: Coding,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    subtype: Vec<Coding>,
    action: Action,
    recorded: Instant,
    outcome: Outcome,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    purpose_of_event: Vec<CodeableConcept>,
    agent: OneOrMore<Agent>,
    source: Source,
    /// The patient first: never empty.
    entity: Vec<Entity>,
}

impl Resource for AuditEvent {
    fn id(&self) -> Id {
        self.id
    }

    fn kind(&self) -> Kind {
        Kind::AuditEvent
    }
}

/// Required binding: audit-event-action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
enum Action {
    #[serde(rename = "C")]
    Create,
    #[serde(rename = "R")]
    Read,
    #[serde(rename = "U")]
    Update,
    #[serde(rename = "D")]
    Delete,
    #[serde(rename = "E")]
    Execute,
}

/// Required binding: audit-event-outcome. What failed is not recorded, but for what did not show what it was asked to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
enum Outcome {
    #[serde(rename = "0")]
    Success,
    #[serde(rename = "4")]
    MinorFailure,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Agent {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<CodeableConcept>,
    who: Reference,
    requestor: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    policy: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Source {
    observer: Reference,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Entity {
    what: Reference,
    #[serde(rename = "type")]
    kind: Coding,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Coding>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    detail: Vec<Detail>,
}

/// A code and its display.
type Code = (&'static str, &'static str);

impl Entity {
    fn of(what: Reference, kind: Code, role: Option<Code>) -> Self {
        let kind = Coding::new(ENTITY_TYPE, kind.0, kind.1);
        let role = role.map(|role| Coding::new(OBJECT_ROLE, role.0, role.1));
        Self { what, kind, role, detail: Vec::new() }
    }

    /// The block that something was proven in, and who signed it.
    fn block(proof: &ProofView) -> Self {
        let mut detail = vec![
            Detail::new("block height", &proof.height),
            Detail::new("block hash, SHA-256", &proof.block),
        ];
        detail.extend(proof.signed_by.iter().map(|name| Detail::new("signed by member", name)));
        Self { detail, ..Self::of(Reference::block(proof), ("2", "System Object"), None) }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Detail {
    #[serde(rename = "type")]
    kind: Text,
    value_string: Text,
}

impl Detail {
    fn new(kind: &str, value: &str) -> Self {
        Self { kind: Text::of(kind), value_string: Text::of(value) }
    }
}
