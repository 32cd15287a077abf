//! Permissions as Consents, with their clinicians, proofs and acts.

use std::collections::BTreeSet;

use salus_chain::ids::VerifyingKey;
use salus_chain::tx::GrantTerms;
use salus_insight::fhir::{
    Act, Clinician, Condition, Consent, Done, Id, Kind, Meta, Permission, Practitioner, Proven, Provenance,
    Purpose, Reference, RelatedPerson, Resource, Text, members,
};
use salus_sharing::emergency::is_emergency;
use salus_wire::view::ClinicianView;
use salus_wire::{Failure, GrantId, UnixMillis};

use super::asked::{Attested, Happened, Log, ProvenLog, Review};
use super::{Pen, no_time, proven};
use crate::app::utc_offset_minutes;
use crate::share::kept::Kept;
use crate::share::sentence::{self, word};

/// What was written of permissions.
#[derive(Default)]
pub(super) struct Shared {
    /// How many openings.
    pub(super) openings: u32,
    /// How many permissions were not proven now.
    pub(super) missing: u32,
    /// The lowest head at which one was proven.
    height: Option<u64>,
    /// Clinicians that stand in the bundle already.
    clinicians: BTreeSet<Id>,
    /// Helpers that do.
    pub(super) helpers: BTreeSet<Id>,
    /// What happened beside permissions, that does.
    pub(super) happened: BTreeSet<Id>,
    /// The names of those who help or helped, or can help to get back, by their own word, by their keys.
    names: Vec<(VerifyingKey, String)>,
    /// The keys of those who are written because they can, or could, help to get back.
    guardians: BTreeSet<VerifyingKey>,
}

impl Shared {
    /// Nothing yet.
    pub(super) fn new(names: Vec<(VerifyingKey, String)>) -> Self {
        Self { names, ..Self::default() }
    }

    /// One permission, with every act that is proven.
    pub(super) fn write(
        &mut self,
        pen: &mut Pen<'_>,
        kept: &Kept,
        log: &Log,
        now: UnixMillis,
    ) -> Result<(), Failure> {
        let who = match &kept.facts.card {
            Some(_) => holder(),
            None if kept.facts.group.is_some() => on_duty(&kept.facts.clinician.name),
            None => self.clinician(pen, &kept.facts.clinician)?,
        };
        let remembered = kept.facts.proven.as_ref().map(|proven| &proven.proof);
        let (proven, proof) = self.standing(log, remembered);
        let consent = consent(pen, kept, &who, log, proven, now)?;
        proven::write(pen, &consent, &kept.id(), proof)?;
        if let Log::Proven(log) = log {
            let patient = pen.patient.clone();
            let (id, objected) = (kept.id(), false);
            let (kept, giver, clinician) = (Some(kept), &patient, &who);
            let acting = Acting { id, kept, giver, clinician, objected, by_patient: false };
            self.acts(pen, &acting, log)?;
        }
        Ok(())
    }

    /// How far everything was proven; `newest` is the newest head that is known at all.
    pub(super) fn proven(&self, newest: Option<u64>) -> Meta {
        let height = self.height.or(newest).map(|height| height.to_string());
        match height.as_deref() {
            Some(height) if self.missing == 0 => Proven::Complete(height).into(),
            // What was proven earlier of each permission stands with it.
            Some(height) if self.height.is_some() => Proven::Earlier(height).into(),
            _ => Proven::Not.into(),
        }
    }

    /// A clinician, written once.
    pub(super) fn clinician(
        &mut self,
        pen: &mut Pen<'_>,
        view: &ClinicianView,
    ) -> Result<Reference, Failure> {
        let (name, organisation) = (view.name.as_bytes(), view.organisation.as_bytes());
        let named = [name, organisation, view.attested_by.as_bytes()];
        let clinician = Clinician {
            id: pen.ids.of("clinician", &named),
            role: pen.ids.of("clinician's role", &named),
            organisation_id: pen.ids.of("organisation", &named[1..]),
            name: &view.name,
            organisation: &view.organisation,
            attested_by: &view.attested_by,
        };
        if self.clinicians.insert(clinician.id) {
            pen.entry(&clinician.person())?;
            if let Some((organization, role)) = clinician.place() {
                if self.clinicians.insert(organization.id()) {
                    pen.entry(&organization)?;
                }
                pen.entry(&role)?;
            }
        }
        Ok(clinician.reference())
    }

    /// A clinician of whom only a key is known, written once; the key itself is not written. That a member does not stand by its word
    /// for them any more is written with it.
    pub(super) fn attested(
        &mut self,
        pen: &mut Pen<'_>,
        attested: Option<&Attested>,
        words: &str,
    ) -> Result<Option<Reference>, Failure> {
        let Some(attested) = attested else { return Ok(None) };
        let person = Practitioner::unnamed(pen.ids.of("attested", &[&attested.key]), &attested.by);
        let who = person.reference(Text::new(words));
        if self.clinicians.insert(person.id()) {
            pen.entry(&person)?;
            self.over(pen, attested, &who)?;
        }
        Ok(Some(who))
    }

    /// Who of those on duty opened, where the organisation said it.
    fn opener(
        &mut self,
        pen: &mut Pen<'_>,
        kept: &Kept,
        signer: &[u8; 32],
    ) -> Result<Option<Reference>, Failure> {
        let opener = kept.facts.openers.iter().find(|opener| opener.key == *signer);
        let Some(opener) = opener.filter(|_| kept.facts.group.is_some()) else { return Ok(None) };
        let person = ClinicianView {
            name: opener.name.clone(),
            organisation: opener.organisation.clone(),
            on_duty: false,
            ..kept.facts.clinician.clone()
        };
        self.clinician(pen, &person).map(Some)
    }

    /// Every act on a permission, and how far everything was proven.
    pub(super) fn acts(
        &mut self,
        pen: &mut Pen<'_>,
        acting: &Acting<'_>,
        log: &ProvenLog,
    ) -> Result<(), Failure> {
        self.height = Some(self.height.map_or(log.height, |height| height.min(log.height)));
        let (patient, members) = (pen.patient.clone(), members());
        let somebody = Text::new("the patient, or somebody whom the patient lets stop it");
        let somebody = somebody.map_or(members.clone(), |words| Reference::named(Kind::Patient, words));
        // What a helper gave any helper can stop.
        let alone = log.stopped_by_patient_only && *acting.giver == patient;
        for (place, Happened { done, proof, signer, opener, second, reviews }) in (0u64..).zip(&log.acts) {
            let on_duty = match acting.kept.zip(signer.as_ref()) {
                Some((kept, signer)) => self.opener(pen, kept, signer)?,
                None => None,
            };
            // For treatment it is whom the permission is for, unless another clinician's key opened it.
            let own = acting.kept.and_then(|kept| kept.facts.credential);
            let treatment = matches!(done, Done::Opened { purpose: Purpose::Treatment, .. });
            let opener = opener.as_ref().filter(|by| !treatment || own.is_some_and(|own| own != by.key));
            let answers = self.attested(pen, opener, "an attested clinician")?;
            let second = self.attested(pen, second.as_ref(), "a second attested clinician")?;
            let by = match done {
                Done::Opened { .. } => {
                    self.openings += 1;
                    on_duty.as_ref().or(answers.as_ref()).unwrap_or(acting.clinician)
                }
                Done::Announced { .. } => answers.as_ref().unwrap_or(acting.clinician),
                Done::Stopped | Done::Objected if alone || acting.by_patient => &patient,
                Done::Stopped | Done::Objected => &somebody,
                Done::Given | Done::Reviewed { .. } => acting.giver,
                Done::Ended | Done::Erased => &members,
            };
            let act = Act {
                id: pen.ids.of("act", &[&acting.id.0, &place.to_be_bytes()]),
                done: if acting.objected && *done == Done::Stopped { Done::Objected } else { *done },
                permission: permission_id(pen, &acting.id),
                patient: &patient,
                by,
                second: second.as_ref(),
                proof,
            };
            let event = act.event().map_err(no_time)?;
            pen.entry(&event)?;
            if let (Done::Opened { purpose: Purpose::Emergency, .. }, Some(answers)) = (done, &answers) {
                let id = pen.ids.of("who answers", &[&acting.id.0, &place.to_be_bytes()]);
                let (target, second) = (event.reference(None), second.as_ref());
                let of = Provenance::of_emergency(id, target, answers, second, proof);
                pen.entry(&of.map_err(no_time)?)?;
            }
            self.reviews(pen, acting, event.id(), reviews)?;
        }
        Ok(())
    }

    /// What was said of an emergency, by the patient and by who helps them.
    fn reviews(
        &mut self,
        pen: &mut Pen<'_>,
        acting: &Acting<'_>,
        of: Id,
        reviews: &[Review],
    ) -> Result<(), Failure> {
        let patient = pen.patient.clone();
        for Review { by: key, own, said, at, proof } in reviews {
            let by = if *own { patient.clone() } else { self.helper(pen, key)? };
            let act = Act {
                id: pen.ids.of("review", &[of.urn().as_bytes(), &key.0]),
                done: Done::Reviewed { at: *at, said: *said, of },
                permission: permission_id(pen, &acting.id),
                patient: &patient,
                by: &by,
                second: None,
                proof,
            };
            pen.entry(&act.event().map_err(no_time)?)?;
        }
        Ok(())
    }

    /// A helper, written once. The name is their own word; whoever it is, the key is the same.
    pub(super) fn helper(&mut self, pen: &mut Pen<'_>, key: &VerifyingKey) -> Result<Reference, Failure> {
        let name = self.names.iter().find(|(known, _)| known == key);
        let name = name.and_then(|(_, name)| Text::new(name));
        let id = pen.ids.of("helper", &[&key.0]);
        let person = if self.guardians.contains(key) {
            RelatedPerson::guardian(id, pen.patient.clone(), name.clone())
        } else {
            RelatedPerson::new(id, pen.patient.clone(), name.clone())
        };
        if self.helpers.insert(person.id()) {
            pen.entry(&person)?;
        }
        Ok(person.reference(name))
    }

    /// Somebody who can, or could, help to get back, written once.
    pub(super) fn guardian(&mut self, pen: &mut Pen<'_>, key: &VerifyingKey) -> Result<Reference, Failure> {
        self.guardians.insert(*key);
        self.helper(pen, key)
    }
}

/// Who may open with an emergency card: nobody knows beforehand who that is.
fn holder() -> Reference {
    let words = Text::new("whoever holds the emergency card");
    words.map_or_else(members, |words| Reference::named(Kind::Practitioner, words))
}

/// Whom those on duty are: nobody knows beforehand who opens.
pub(super) fn on_duty(group: &str) -> Reference {
    let words = Text::new(&format!("whoever is on duty for {group}"));
    words.map_or_else(members, |words| Reference::named(Kind::Practitioner, words))
}

/// Whose act is whose.
pub(super) struct Acting<'a> {
    /// The permission.
    pub(super) id: GrantId,
    /// What is kept of it, when the person gave it: who of those on duty opened.
    pub(super) kept: Option<&'a Kept>,
    /// Who gave it.
    pub(super) giver: &'a Reference,
    /// Who opens.
    pub(super) clinician: &'a Reference,
    /// Whether an objection is what ended it.
    pub(super) objected: bool,
    /// Whether the patient said here that it is to end.
    pub(super) by_patient: bool,
}

/// Names a permission's Consent.
pub(super) fn permission_id(pen: &Pen<'_>, id: &GrantId) -> Id {
    pen.ids.of("permission", &[&id.0])
}

fn consent(
    pen: &Pen<'_>,
    kept: &Kept,
    clinician: &Reference,
    log: &Log,
    proven: Proven<'_>,
    now: UnixMillis,
) -> Result<Consent, Failure> {
    let facts = &kept.facts;
    let categories: Vec<_> = facts.categories.iter().map(|category| (*category, word(*category))).collect();
    let (state, given) = match log {
        Log::Proven(log) => (log.state, log.acts.first().map(|act| act.proof.time)),
        Log::NotRecorded | Log::Unknown => (kept.state(now), None),
    };
    let (name, contract) = (kept.id().to_string(), contract(kept.permission.terms()));
    let words = sentence::condition(&facts.policy, utc_offset_minutes(facts.starts));
    let condition = contract.as_ref().map(|(hash, purpose)| Condition {
        hash: hash.as_str(),
        sentence: words.as_deref(),
        purpose: *purpose,
    });
    Permission {
        id: permission_id(pen, &kept.id()),
        by: None,
        name: &name,
        patient: &pen.patient,
        clinician,
        categories: &categories,
        data_from: facts.data_from,
        data_to: facts.data_to,
        starts: facts.starts,
        ends: facts.ends,
        state,
        given,
        sentence: &facts.sentence,
        condition,
        proven,
    }
    .consent()
    .map_err(no_time)
}

/// The hash of the contract that a permission is under, and what alone it may be opened for, where that is known of the contract.
fn contract(terms: &GrantTerms) -> Option<(String, Option<Purpose>)> {
    let hash = terms.contract_hash;
    let purpose = is_emergency(terms).then_some(Purpose::Emergency);
    (hash.0 != [0; 32]).then(|| (hash.to_string(), purpose))
}
