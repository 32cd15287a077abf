//! What the patient permitted on other laptops, as Consents like any other; the other laptop told of it, the members prove it.

use salus_insight::fhir::Permission;
use salus_vault::Vault;
use salus_wire::Failure;
use salus_wire::view::PermissionView;

use super::asked::Log;
use super::proven::{self, Under};
use super::sharing::{Acting, Shared, on_duty, permission_id};
use super::{Pen, no_time};
use crate::share::kept::Kept;
use crate::share::sentence::word;
use crate::{App, laptops};

/// Everything that other laptops gave and this one did not.
pub(super) async fn all(app: &App, vault: &Vault, kept: &[Kept]) -> Result<Vec<PermissionView>, Failure> {
    // How many members there are is not written.
    let mut all = laptops::views(vault, app.now(), 0).await?;
    all.retain(|view| kept.iter().all(|kept| kept.id() != view.id));
    all.sort_by_key(|view| view.id.0);
    all.dedup_by_key(|view| view.id.0);
    Ok(all)
}

impl Shared {
    /// One of them, with every act that is proven.
    pub(super) fn write_told(
        &mut self,
        pen: &mut Pen<'_>,
        view: &PermissionView,
        log: &Log,
    ) -> Result<(), Failure> {
        let who = if view.clinician.on_duty {
            on_duty(&view.clinician.name)
        } else {
            self.clinician(pen, &view.clinician)?
        };
        let (proven, proof) = self.standing(log, view.proof.as_ref());
        let (state, given) = match log {
            Log::Proven(log) => (log.state, log.acts.first().map(|act| act.proof.time)),
            Log::NotRecorded | Log::Unknown => (view.state, None),
        };
        let categories: Vec<_> =
            view.categories.iter().map(|category| (*category, word(*category))).collect();
        let what: Vec<&str> = categories.iter().map(|(_, words)| *words).collect();
        let sentence = format!(
            "{} may see the patient's {}. Given on another laptop of the patient.",
            view.clinician.name,
            what.join(", ")
        );
        let under = Under::of(view.condition.as_ref());
        let consent = Permission {
            id: permission_id(pen, &view.id),
            name: &view.id.to_string(),
            patient: &pen.patient,
            by: None,
            clinician: &who,
            categories: &categories,
            data_from: view.data_from,
            data_to: view.data_to,
            starts: view.starts,
            ends: view.ends,
            state,
            given,
            sentence: &sentence,
            condition: under.as_ref().map(Under::said),
            proven,
        };
        let consent = consent.consent().map_err(no_time)?;
        proven::write(pen, &consent, &view.id, proof)?;
        if let Log::Proven(log) = log {
            let patient = pen.patient.clone();
            let (id, kept, giver) = (view.id, None, &patient);
            let (objected, by_patient) = (false, false);
            let acting = Acting { id, kept, giver, clinician: &who, objected, by_patient };
            self.acts(pen, &acting, log)?;
        }
        Ok(())
    }
}
