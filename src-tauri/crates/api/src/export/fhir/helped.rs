//! What helpers permitted, as Consents of which the helper is the performer, with a Provenance that names them and one that names who
//! agreed.

use salus_insight::fhir::{Done, OneOrMore, Permission, Provenance, Resource, members};
use salus_wire::Failure;
use salus_wire::view::{GivenState, GivenView, PermissionState};

use super::asked::Log;
use super::proven::{self, Under};
use super::sharing::{Acting, Shared, permission_id};
use super::{Pen, no_time};
use crate::family::{ByHelper, sentence};
use crate::share::sentence::word;

impl Shared {
    /// One permission of a helper, with every act that is proven.
    pub(super) fn write_given(
        &mut self,
        pen: &mut Pen<'_>,
        given: &ByHelper,
        log: &Log,
    ) -> Result<(), Failure> {
        let view = &given.view;
        let who = self.clinician(pen, &view.clinician)?;
        let helper = self.helper(pen, &given.by)?;
        let (proven, proof) = self.standing(log, Some(&given.proof));
        let recorded = match log {
            Log::Proven(log) => log.acts.first().filter(|act| act.done == Done::Given).map(|act| &act.proof),
            Log::NotRecorded | Log::Unknown => None,
        };
        let categories: Vec<_> =
            view.categories.iter().map(|category| (*category, word(*category))).collect();
        let (name, words) = (view.id.to_string(), sentence::given(view));
        let under = Under::of(view.condition.as_ref());
        let consent = Permission {
            id: permission_id(pen, &view.id),
            name: &name,
            patient: &pen.patient,
            by: Some(&helper),
            clinician: &who,
            categories: &categories,
            data_from: view.data_from,
            data_to: view.data_to,
            starts: view.starts,
            ends: view.ends,
            state: state(view),
            given: recorded.map(|proof| proof.time),
            sentence: &words,
            condition: under.as_ref().map(Under::said),
            proven,
        };
        let consent = consent.consent().map_err(no_time)?;
        proven::write(pen, &consent, &view.id, proof)?;
        if let Some(proof) = recorded {
            let id = pen.ids.of("delegate", &[&view.id.0]);
            let of = Provenance::of_helper(id, consent.reference(None), &helper, &pen.patient, proof);
            pen.entry(&of.map_err(no_time)?)?;
        }
        let mut agreed = Vec::new();
        for key in &given.agreed {
            agreed.push(self.helper(pen, key)?);
        }
        if !agreed.is_empty() {
            let id = pen.ids.of("agreement", &[&view.id.0]);
            let (target, helpers) = (consent.reference(None), OneOrMore::or(agreed, members));
            let of = Provenance::of_agreement(id, target, helpers, &pen.patient, &given.proof);
            pen.entry(&of.map_err(no_time)?)?;
        }
        if given.confirmed {
            let id = pen.ids.of("confirmation", &[&view.id.0]);
            let target = consent.reference(None);
            let of = Provenance::of_confirmation(id, target, &pen.patient, &given.proof).map_err(no_time)?;
            pen.entry(&of)?;
        }
        if let Log::Proven(log) = log {
            let objected = view.state == GivenState::Objected;
            let (id, kept, by_patient) = (view.id, None, given.ended_by_person);
            let acting = Acting { id, kept, giver: &helper, clinician: &who, objected, by_patient };
            self.acts(pen, &acting, log)?;
        }
        Ok(())
    }
}

/// What waits is proposed; what rests, until the patient confirms it, is not in force.
const fn state(view: &GivenView) -> PermissionState {
    match view.state {
        GivenState::AwaitsOthers | GivenState::AwaitsTime => PermissionState::Pending,
        GivenState::NotYet => PermissionState::NotYet,
        GivenState::Active => PermissionState::Active,
        GivenState::Rests | GivenState::Objected | GivenState::Stopped => PermissionState::Stopped,
        GivenState::Ended => PermissionState::Ended,
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::GrantId;
    use salus_wire::view::ClinicianView;

    use super::*;

    fn given(standing: GivenState) -> GivenView {
        let none = String::new;
        GivenView {
            id: GrantId([1; 32]),
            clinician: ClinicianView {
                name: "Dr Ana".into(),
                organisation: "-".into(),
                attested_by: "City Hospital".into(),
                proven_at_height: none(),
                on_duty: false,
                asks: None,
            },
            categories: Vec::new(),
            data_from: 0,
            data_to: 1,
            starts: 0,
            ends: 1,
            condition: None,
            by: none(),
            state: standing,
            agreed: 0,
            needs: 0,
            ready: None,
            may_agree: false,
            may_stop: false,
            may_object: false,
            objector: None,
            opened: Vec::new(),
            left: false,
        }
    }

    #[test]
    fn what_rests_or_was_objected_to_is_not_in_force() {
        for (standing, said) in [
            (GivenState::AwaitsOthers, PermissionState::Pending),
            (GivenState::Active, PermissionState::Active),
            (GivenState::Rests, PermissionState::Stopped),
            (GivenState::Objected, PermissionState::Stopped),
            (GivenState::Ended, PermissionState::Ended),
        ] {
            assert_eq!(state(&given(standing)), said);
        }
    }
}
