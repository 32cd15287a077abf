//! What happened to who acts for the patient, as AuditEvents: each from two states that the members proved; with a Provenance of
//! what others than the patient brought about. And that a member does not stand by its word for a clinician any more.

use salus_insight::fhir::{
    About, Happening, Instant, Kind, Provenance, Reference, Resource, Stage, Text, members,
};
use salus_wire::Failure;

use super::asked::Attested;
use super::sharing::Shared;
use super::{Pen, no_time};
use crate::family::history::{Passed, Shown, Who};
use crate::share::kept::Kept;

/// What every name of something that happened begins with, and of the Provenance of it.
const EVENT: &str = "happened";
const BROUGHT: &str = "who brought it about";

impl Shared {
    /// Something that happened to the circle; `clinician` is who did it, where that is one.
    pub(super) fn write_happened(
        &mut self,
        pen: &mut Pen<'_>,
        shown: &Shown,
        clinician: Option<&Attested>,
    ) -> Result<(), Failure> {
        let Shown { circle, passed, proof } = shown;
        let (name, circle) = (passed.name(), circle.to_string());
        let id = pen.ids.of(EVENT, &[circle.as_bytes(), &name]);
        if !self.happened.insert(id) {
            return Ok(());
        }
        let by = self.who(pen, passed.by, clinician)?;
        let mut agreed = Vec::new();
        for who in &passed.agreed {
            agreed.push(self.who(pen, *who, None)?);
        }
        let helper = match &passed.about {
            Some(key) => Some(self.helper(pen, key)?),
            None => None,
        };
        let (patient, details) = (pen.patient.clone(), details(passed));
        let happening = Happening {
            id,
            deed: passed.deed,
            stage: passed.stage,
            patient: &patient,
            by: &by,
            agreed: &agreed,
            about: helper.as_ref().map_or(About::Circle(&circle), About::Person),
            details: &details,
            at: passed.at,
            observer: &members(),
            proof: Some(proof),
        };
        let event = happening.event().map_err(no_time)?;
        pen.entry(&event)?;
        let others = matches!(passed.by, Who::Helper(_) | Who::Guardian(_));
        if passed.stage == Stage::Done && others {
            let id = pen.ids.of(BROUGHT, &[circle.as_bytes(), &name]);
            let target = event.reference(None);
            let of = Provenance::of_change(id, target, &by, &agreed, &patient, proof).map_err(no_time)?;
            pen.entry(&of)?;
        }
        Ok(())
    }

    /// That the member that attested the clinician of a permission does not stand by its word any more.
    pub(super) fn write_over(
        &mut self,
        pen: &mut Pen<'_>,
        kept: &Kept,
        attested: &Attested,
    ) -> Result<(), Failure> {
        let by_name = kept.facts.card.is_none() && kept.facts.group.is_none();
        if attested.over.is_none() || !by_name {
            return Ok(());
        }
        let who = self.clinician(pen, &kept.facts.clinician)?;
        self.over(pen, attested, &who)
    }

    /// The same, of somebody who is written already.
    pub(super) fn over(
        &mut self,
        pen: &mut Pen<'_>,
        attested: &Attested,
        who: &Reference,
    ) -> Result<(), Failure> {
        let Some((deed, proof)) = &attested.over else { return Ok(()) };
        let id = pen.ids.of("attestation", &[&attested.key, proof.height.as_bytes()]);
        if !self.happened.insert(id) {
            return Ok(());
        }
        let name = Text::new(&attested.by);
        let member = name.map_or_else(members, |name| Reference::named(Kind::Organization, name));
        let patient = pen.patient.clone();
        let happening = Happening {
            id,
            deed: *deed,
            stage: Stage::Done,
            patient: &patient,
            by: &member,
            agreed: &[],
            about: About::Person(who),
            details: &[],
            at: proof.time,
            observer: &members(),
            proof: Some(proof),
        };
        pen.entry(&happening.event().map_err(no_time)?)
    }

    fn who(
        &mut self,
        pen: &mut Pen<'_>,
        who: Who,
        clinician: Option<&Attested>,
    ) -> Result<Reference, Failure> {
        Ok(match who {
            Who::Patient => pen.patient.clone(),
            Who::Helper(key) => self.helper(pen, &key)?,
            Who::Guardian(key) => self.guardian(pen, &key)?,
            Who::Clinician(_) => {
                let words = "an attested clinician";
                self.attested(pen, clinician, words)?.unwrap_or_else(|| somebody(words))
            }
            Who::Somebody => somebody("the patient, or somebody whom the patient named"),
        })
    }
}

/// Somebody of whom no more is known than these words.
fn somebody(words: &str) -> Reference {
    Text::new(words).map_or_else(members, |words| Reference::named(Kind::RelatedPerson, words))
}

fn details(passed: &Passed) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    let effective = passed.effective.and_then(|at| Instant::new(at).ok());
    all.extend(effective.map(|at| ("takes effect, unless somebody objects", at.to_string())));
    if passed.needs > 0 {
        all.push(("others who have to agree", passed.needs.to_string()));
    }
    all.extend(passed.guardians.map(|(needed, of)| ("how many together", format!("{needed} of {of}"))));
    all
}
