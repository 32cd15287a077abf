//! What the record itself knows besides permissions: whom the patient trusts to help to get back and to stop, rehearsals, laptops,
//! and when keys began anew.

use salus_insight::fhir::{
    About, Deed, Entrusted, Happening, Id, Laptop, OneOrMore, Proven, Provenance, Reference, Resource, Stage,
    Trust, members,
};
use salus_wire::view::LaptopView;
use salus_wire::{Failure, UnixMillis};

use super::sharing::Shared;
use super::{Pen, no_time};
use crate::family::Trusted;
use crate::record::renew::{Because, Renewal};

/// Something that only the record knows of, and this computer saw.
struct Own<'a> {
    id: Id,
    deed: Deed,
    by: &'a Reference,
    about: About<'a>,
    details: &'a [(&'static str, String)],
    at: UnixMillis,
}

impl Shared {
    /// Who can help to get back.
    pub(super) fn write_guardians(&mut self, pen: &mut Pen<'_>, trusted: &Trusted) -> Result<(), Failure> {
        let mut people = Vec::new();
        for key in &trusted.guardians {
            people.push(self.guardian(pen, key)?);
        }
        let of = u8::try_from(people.len()).unwrap_or(u8::MAX);
        entrusted(pen, trusted, (Trust::GetBack { needed: trusted.needed, of }, true), people)
    }

    /// Who can stop what the patient permits, and what became of rehearsals.
    pub(super) fn write_trusted(
        &mut self,
        pen: &mut Pen<'_>,
        trusted: &Trusted,
        here: &Reference,
    ) -> Result<(), Failure> {
        let mut people = Vec::new();
        for key in trusted.stops.iter().flatten() {
            people.push(self.helper(pen, key)?);
        }
        entrusted(pen, trusted, (Trust::Stop, trusted.lets_stop), people)?;
        let (patient, circle) = (pen.patient.clone(), trusted.circle.to_string());
        for (deed, at) in [(Deed::RehearsalAsked, trusted.asked), (Deed::CircleTaken, trusted.given_back)] {
            let Some(at) = at else { continue };
            let kind = if deed == Deed::CircleTaken { "circle taken" } else { "rehearsal asked" };
            let id = pen.ids.of(kind, &[&trusted.circle.0, &at.to_be_bytes()]);
            let about = About::Circle(&circle);
            own(pen, here, &Own { id, deed, by: &patient, about, details: &[], at })?;
        }
        for (key, at, shown) in &trusted.answered {
            let by = self.guardian(pen, key)?;
            let id = pen.ids.of("rehearsal answered", &[&trusted.circle.0, &key.0, &at.to_be_bytes()]);
            let (deed, about) = (Deed::RehearsalAnswered { shown: *shown }, About::Circle(&circle));
            own(pen, here, &Own { id, deed, by: &by, about, details: &[], at: *at })?;
        }
        Ok(())
    }

    /// The patient's other laptops, and when this one was removed.
    pub(super) fn write_laptops(
        &mut self,
        pen: &mut Pen<'_>,
        (others, removed): &(Vec<LaptopView>, Option<UnixMillis>),
        here: &Reference,
    ) -> Result<(), Failure> {
        for laptop in others {
            let id = pen.ids.of("laptop", &[&[laptop.number]]);
            let device = Laptop { id, name: &laptop.name, removed: laptop.removed.is_some() }.device();
            pen.entry(&device)?;
            let (device, number) = (device.reference(None), [laptop.number]);
            let this = (&device, number.as_slice());
            laptop_event(pen, here, (Deed::LaptopAdded, laptop.added), this, &[])?;
            let back = ("members took back what it may do", laptop.shut_out.to_string());
            laptop_event(pen, here, (Deed::LaptopRemoved, laptop.removed), this, &[back])?;
        }
        laptop_event(pen, here, (Deed::LaptopRemoved, *removed), (here, b"this".as_slice()), &[])
    }

    /// When keys began anew, and why.
    pub(super) fn write_renewals(
        &mut self,
        pen: &mut Pen<'_>,
        renewals: &[Renewal],
        here: &Reference,
    ) -> Result<(), Failure> {
        let patient = pen.patient.clone();
        for renewal in renewals.iter().rev() {
            let id = pen.ids.of("renewal", &[&renewal.at.to_be_bytes()]);
            if !self.happened.insert(id) {
                continue;
            }
            let why = match &renewal.because {
                Because::Helpers(names) => format!("helps no longer: {}", names.join(", ")),
                Because::Less { names, .. } => format!("helps with less: {}", names.join(", ")),
                Because::Laptop(name) => format!("a laptop was removed: {name}"),
                Because::Lost => "a laptop with the record is lost".to_owned(),
            };
            // Of before there were several identities, that of the record stayed.
            let retired = renewal.because == Because::Lost && renewal.identity > 0;
            let deed = if retired { Deed::IdentityRetired } else { Deed::KeysBegun };
            let (details, at) = ([("because", why)], renewal.at);
            own(pen, here, &Own { id, deed, by: &patient, about: About::Record, details: &details, at })?;
        }
        Ok(())
    }
}

/// A Consent with these people as its actors, and its proof; nothing where there is nobody.
fn entrusted(
    pen: &mut Pen<'_>,
    trusted: &Trusted,
    (trust, holds): (Trust, bool),
    people: Vec<Reference>,
) -> Result<(), Failure> {
    if people.is_empty() {
        return Ok(());
    }
    let kind = if trust == Trust::Stop { "stops" } else { "guardians" };
    let circle = trusted.circle.to_string();
    let consent = Entrusted {
        id: pen.ids.of(kind, &[&trusted.circle.0]),
        circle: &circle,
        trust,
        patient: &pen.patient,
        people: OneOrMore::or(people, members),
        holds,
        // Whom the patient told of their stops no member knows.
        proven: if trust == Trust::Stop { Proven::Not } else { Proven::Earlier(&trusted.proof.height) },
    }
    .consent();
    pen.entry(&consent)?;
    if trust == Trust::Stop {
        return Ok(());
    }
    let id = pen.ids.of("guardians' proof", &[&trusted.circle.0]);
    let of = Provenance::of_permission(id, consent.reference(None), &trusted.proof).map_err(no_time)?;
    pen.entry(&of)
}

fn laptop_event(
    pen: &mut Pen<'_>,
    here: &Reference,
    (deed, at): (Deed, Option<UnixMillis>),
    (laptop, name): (&Reference, &[u8]),
    details: &[(&'static str, String)],
) -> Result<(), Failure> {
    let Some(at) = at else { return Ok(()) };
    let kind = if deed == Deed::LaptopAdded { "laptop added" } else { "laptop removed" };
    let (id, patient) = (pen.ids.of(kind, &[name]), pen.patient.clone());
    own(pen, here, &Own { id, deed, by: &patient, about: About::Laptop(laptop), details, at })
}

/// Other computers told some of these times: one that no calendar has is left out, so that it keeps nothing else from the patient.
fn own(pen: &mut Pen<'_>, here: &Reference, own: &Own<'_>) -> Result<(), Failure> {
    let patient = pen.patient.clone();
    let happening = Happening {
        id: own.id,
        deed: own.deed,
        stage: Stage::Done,
        patient: &patient,
        by: own.by,
        agreed: &[],
        about: own.about,
        details: own.details,
        at: own.at,
        observer: here,
        proof: None,
    };
    match happening.event() {
        Ok(event) => pen.entry(&event),
        Err(error) => {
            tracing::debug!(%error, "an event is not written");
            Ok(())
        }
    }
}
