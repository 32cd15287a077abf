//! What each helper may do, as Consents of which the helper is the actor.

use salus_insight::fhir::{OneOrMore, Power, Proven, Provenance, Reads, Resource, members};
use salus_wire::Failure;
use salus_wire::view::{HelperRole, PermissionState, PowerState};

use super::asked::Attested;
use super::sharing::Shared;
use super::{Pen, no_time};
use crate::family::{HelperPower, sentence};
use crate::share::sentence::word;

impl Shared {
    /// One helper's power, as it was proven last.
    pub(super) fn write_power(
        &mut self,
        pen: &mut Pen<'_>,
        power: &HelperPower,
        clinicians: &[Attested],
    ) -> Result<(), Failure> {
        let (view, circle) = (&power.view, power.circle);
        let helper = self.helper(pen, &power.by)?;
        let categories: Vec<_> =
            view.limits.categories.iter().map(|category| (*category, word(*category))).collect();
        let steward = view.limits.role == HelperRole::Steward && !categories.is_empty();
        let (name, words) = (format!("{circle}/{}", view.seat), sentence::power(view));
        let id = pen.ids.of("power", &[&circle.0, &[view.seat]]);
        let consent = Power {
            id,
            name: &name,
            patient: &pen.patient,
            helper: &helper,
            reads: steward.then_some(Reads { categories: &categories, from: view.limits.data_from }),
            begins: view.limits.begins,
            lapses: view.limits.lapses,
            state: state(view.state),
            sentence: &words,
            proven: Proven::Earlier(&power.proof.height),
        };
        let consent = consent.consent().map_err(no_time)?;
        pen.entry(&consent)?;
        let id = pen.ids.of("power's proof", &[&circle.0, &[view.seat]]);
        let of = Provenance::of_permission(id, consent.reference(None), &power.proof).map_err(no_time)?;
        pen.entry(&of)?;
        let mut said = Vec::new();
        for clinician in clinicians {
            said.extend(self.attested(pen, Some(clinician), "an attested clinician")?);
        }
        if said.is_empty() {
            return Ok(());
        }
        let id = pen.ids.of("power's clinicians", &[&circle.0, &[view.seat]]);
        let (target, said) = (consent.reference(None), OneOrMore::or(said, members));
        pen.entry(&Provenance::of_attestation(id, target, said, &power.proof).map_err(no_time)?)
    }
}

/// What waits for clinicians is proposed; what rests until the patient looked at it again is not in force.
const fn state(power: PowerState) -> PermissionState {
    match power {
        PowerState::AwaitsClinicians => PermissionState::Pending,
        PowerState::NotYet => PermissionState::NotYet,
        PowerState::InForce => PermissionState::Active,
        PowerState::AwaitsReview => PermissionState::Stopped,
        PowerState::Lapsed | PowerState::HandedOver => PermissionState::Ended,
    }
}
