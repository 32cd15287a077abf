//! AuditEvent: what was done to who acts for the patient, to keys, to laptops, and to the word that somebody is a clinician.
//!
//! All are of type 110113 Security Alert.
//!
//! | deed | subtype | action, once done |
//! |---|---|---|
//! | a helper comes, goes; another power, reviewed; handed over; who can help to get back | 110136 Security Roles Changed | C, D, U |
//! | a clinician says that a power may begin | 110136, attest | C |
//! | rules | 110129 Security Configuration | U |
//! | the patient's key retires, is given anew; the record's identity retires; other keys for readings | 110137 User security Attributes Changed | U |
//! | the patient's computer takes the circle that was given back | 110137, restore | U |
//! | a laptop is added, removed | 110137 | C, D |
//! | a rehearsal is asked for, answered | verify | E |
//! | a member suspends, withdraws its word for a clinician | 110137 | U, D |
//!
//! What waits is announced (C), agreed to (C, with attest), objected to or dropped (U), or done.
//!
//! # Source
//! DICOM PS3.16, CID 403; ISO 21089 in <https://hl7.org/fhir/R4/codesystem-iso-21089-lifecycle.html>.

use salus_wire::UnixMillis;
use salus_wire::view::ProofView;

use super::super::Identifier;
use super::super::id::CIRCLE;
use super::{Action, Agent, AuditEvent, Code, Detail, Entity, Outcome, ROLE_TYPE, Source};
use super::{CodeableConcept, Coding, Id, Instant, NoSuchTime, OneOrMore, Reference, Text};

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Somebody may help.
    HelperAdded,
    /// Somebody helps no longer.
    HelperRemoved,
    /// A helper may do more, or less.
    PowerChanged,
    /// A helper's power was looked at and goes on.
    PowerReviewed,
    /// A clinician says that a power may begin.
    PowerAttested,
    /// Others can help to get back.
    GuardiansNamed,
    /// Helpers need one another for other things.
    RulesSet,
    /// A child came of age.
    HandedOver,
    /// The patient's key gave way to another, because somebody else may have it.
    KeyRetired,
    /// The patient got another key: those who can help to get back gave it, or the patient asked for it.
    KeyGiven,
    /// The patient's computer took the circle that was given back.
    CircleTaken,
    /// Those who can help to get back were asked whether they hold what they were entrusted with.
    RehearsalAsked,
    /// One of them answered.
    RehearsalAnswered {
        /// Whether it showed that they do; where a part could not be told, that they hold their key.
        shown: bool,
    },
    /// A laptop came to the record.
    LaptopAdded,
    /// A laptop is out of it.
    LaptopRemoved,
    /// The record's identity, by which it is known to the members, gave way to another.
    IdentityRetired,
    /// What is measured from then on is under other keys.
    KeysBegun,
    /// A member holds its word back that somebody is a clinician.
    AttestationSuspended,
    /// A member took it back for good.
    AttestationWithdrawn,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Somebody asked for it: it waits.
    Announced,
    /// Somebody agreed to it.
    Agreed,
    /// Somebody objected: it does not happen.
    Objected,
    /// It does not happen, because something else took its place.
    Dropped,
    /// It is done.
    Done,
}

/// Whom or what it is about, besides the patient.
#[derive(Debug, Clone, Copy)]
pub enum About<'a> {
    /// A person.
    Person(&'a Reference),
    /// A laptop.
    Laptop(&'a Reference),
    /// Who acts for the patient: the circle as the members have it, hexadecimal.
    Circle(&'a str),
    /// The record.
    Record,
}

/// Something that was done.
#[derive(Debug, Clone)]
pub struct Happening<'a> {
    /// Names it.
    pub id: Id,
    /// What.
    pub deed: Deed,
    /// How far.
    pub stage: Stage,
    /// Whose record it is.
    pub patient: &'a Reference,
    /// Who asked for it, or did it.
    pub by: &'a Reference,
    /// Who else had to agree, and did.
    pub agreed: &'a [Reference],
    /// Whom or what it is about.
    pub about: About<'a>,
    /// What else is known: kind and words.
    pub details: &'a [(&'static str, String)],
    /// When.
    pub at: UnixMillis,
    /// Who noticed it: the members, or the computer that this was exported on.
    pub observer: &'a Reference,
    /// The block that shows it, of what the members recorded.
    pub proof: Option<&'a ProofView>,
}

impl Happening<'_> {
    /// The resource.
    ///
    /// # Errors
    /// [`NoSuchTime`].
    pub fn event(&self) -> Result<AuditEvent, NoSuchTime> {
        let failed = self.deed == Deed::RehearsalAnswered { shown: false };
        Ok(AuditEvent {
            id: self.id,
            kind: Coding::dicom("110113", "Security Alert"),
            subtype: self.subtypes(),
            action: self.action(),
            recorded: Instant::new(self.at)?,
            outcome: if failed { Outcome::MinorFailure } else { Outcome::Success },
            purpose_of_event: Vec::new(),
            agent: OneOrMore::one(self.agent(self.by, true))
                .and(self.agreed.iter().map(|who| self.agent(who, false))),
            source: Source { observer: self.observer.clone() },
            entity: self.entities(),
        })
    }

    fn subtypes(&self) -> Vec<Coding> {
        let mut all: Vec<Coding> =
            self.deed.dicom().map(|(code, words)| Coding::dicom(code, words)).into_iter().collect();
        let life = match (self.stage, self.deed) {
            (Stage::Agreed, _) | (_, Deed::PowerAttested) => {
                Some(("attest", "Attest Record Lifecycle Event"))
            }
            (_, Deed::CircleTaken) => Some(("restore", "Restore Record Lifecycle Event")),
            (_, Deed::RehearsalAsked | Deed::RehearsalAnswered { .. }) => {
                Some(("verify", "Verify Record Lifecycle Event"))
            }
            _ => None,
        };
        all.extend(life.map(|(code, words)| Coding::lifecycle(code, words)));
        all
    }

    const fn action(&self) -> Action {
        match self.stage {
            Stage::Announced | Stage::Agreed => Action::Create,
            Stage::Objected | Stage::Dropped => Action::Update,
            Stage::Done => match self.deed {
                Deed::HelperAdded | Deed::PowerAttested | Deed::LaptopAdded => Action::Create,
                Deed::HelperRemoved | Deed::LaptopRemoved | Deed::AttestationWithdrawn => Action::Delete,
                Deed::RehearsalAsked | Deed::RehearsalAnswered { .. } => Action::Execute,
                _ => Action::Update,
            },
        }
    }

    fn agent(&self, who: &Reference, requestor: bool) -> Agent {
        // A member does not act as a person.
        let member = matches!(self.deed, Deed::AttestationSuspended | Deed::AttestationWithdrawn);
        let human = || CodeableConcept::from(Coding::new(ROLE_TYPE, "humanuser", "human user"));
        Agent { kind: (!member).then(human), who: who.clone(), requestor, policy: Vec::new() }
    }

    fn entities(&self) -> Vec<Entity> {
        let object = ("2", "System Object");
        let user = Some(("11", "Security User Entity"));
        let patient = Entity::of(self.patient.clone(), ("1", "Person"), Some(("1", "Patient")));
        let about = match self.about {
            About::Person(who) => Some(Entity::of(who.clone(), ("1", "Person"), user)),
            About::Laptop(laptop) => Some(Entity::of(laptop.clone(), object, user)),
            About::Circle(circle) => {
                let (name, words) = (Identifier::new(CIRCLE, Text::of(circle)), "who acts for the patient");
                let what = Reference::outside(None, name, Text::of(words));
                Some(Entity::of(what, object, Some(("12", "Security User Group"))))
            }
            About::Record => None,
        };
        let mut all: Vec<Entity> = std::iter::once(patient).chain(about).collect();
        if let Some(last) = all.last_mut() {
            last.detail.push(Detail::new("what", self.deed.words()));
            last.detail.push(Detail::new("how far", self.stage.words()));
            last.detail.extend(self.details.iter().map(|(kind, words)| Detail::new(kind, words)));
        }
        all.extend(self.proof.map(Entity::block));
        all
    }
}

impl Deed {
    const fn dicom(self) -> Option<Code> {
        match self {
            Self::HelperAdded
            | Self::HelperRemoved
            | Self::PowerChanged
            | Self::PowerReviewed
            | Self::PowerAttested
            | Self::GuardiansNamed
            | Self::HandedOver => Some(("110136", "Security Roles Changed")),
            Self::RulesSet => Some(("110129", "Security Configuration")),
            Self::RehearsalAsked | Self::RehearsalAnswered { .. } => None,
            Self::KeyRetired
            | Self::KeyGiven
            | Self::CircleTaken
            | Self::LaptopAdded
            | Self::LaptopRemoved
            | Self::IdentityRetired
            | Self::KeysBegun
            | Self::AttestationSuspended
            | Self::AttestationWithdrawn => Some(("110137", "User security Attributes Changed")),
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::HelperAdded => "somebody may help the patient",
            Self::HelperRemoved => "somebody helps the patient no longer",
            Self::PowerChanged => "another power of a helper",
            Self::PowerReviewed => "a helper's power was looked at and goes on",
            Self::PowerAttested => "a clinician says that a helper's power may begin",
            Self::GuardiansNamed => "who can help the patient to get back",
            Self::RulesSet => "what helpers need one another for",
            Self::HandedOver => "handed over: nobody helps any more, and what was permitted rests",
            Self::KeyRetired => "the patient's key gave way to another",
            Self::KeyGiven => "another key for the patient",
            Self::CircleTaken => "the patient's computer took back who helps",
            Self::RehearsalAsked => "whether what was entrusted is still held",
            Self::RehearsalAnswered { .. } => "an answer whether what was entrusted is still held",
            Self::LaptopAdded => "a laptop was added to the record",
            Self::LaptopRemoved => "a laptop was removed from the record",
            Self::IdentityRetired => "the record's identity gave way to another, because a laptop is lost",
            Self::KeysBegun => "other keys for what is measured from then on",
            Self::AttestationSuspended => "a member holds its word for a clinician back",
            Self::AttestationWithdrawn => "a member took its word for a clinician back",
        }
    }
}

impl Stage {
    const fn words(self) -> &'static str {
        match self {
            Self::Announced => "asked for; waits",
            Self::Agreed => "agreed to",
            Self::Objected => "objected to; does not happen",
            Self::Dropped => "does not happen; something else took its place",
            Self::Done => "done",
        }
    }
}
