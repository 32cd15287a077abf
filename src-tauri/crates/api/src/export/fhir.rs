//! Permissions, what was done with them, and where readings come from, as one Bundle of HL7 FHIR R4.
//!
//! ```text
//! patient, gateways                           what the record knows
//! each helper's power                         as it was proven last, with the clinicians who let it begin
//! what happened to who acts for the patient   from the states that were proven, and how it stands now
//! each permission, a helper's too, and each act  as the members prove it now; else what was proven last, and a tag that says so
//! each permission of another laptop           the same
//! who can help to get back, laptops, keys     what the record knows
//! each source of readings                     counted up over all epochs, an epoch at a time
//! ```
//!
//! Readings are not in it: each would be a resource of a kilobyte (docs/EXPORT.md).

mod asked;
mod happened;
mod helped;
mod powers;
mod proven;
mod sharing;
mod sources;
#[cfg(test)]
mod tests;
mod told;
mod trusted;

use salus_chain::ids::VerifyingKey;
use salus_insight::fhir::{Id, Instant, Kind, NoSuchTime, Patient, Reference, Resource, Text, bundle};
use salus_vault::{Epoch, Identity, Vault};
use salus_wire::view::{ExportView, SharingExportView};
use salus_wire::{Category, Failure};

use super::sink::Sink;
use crate::failure::{OrFail, bug};
use crate::family::history::Who;
use crate::lock::Open;
use crate::record::renew;
use crate::share::kept;
use crate::work::Running;
use crate::{App, family, laptops};
use sources::Sources;

/// A patient whose profile is damaged is called this ([`crate::profile::nameless`]).
const NAMELESS: &str = "?";

/// Writes the bundle; `work` is every epoch that holds readings.
pub(super) async fn fill(
    app: &App,
    open: &Open,
    sink: &mut Sink,
    work: &[(Category, Epoch)],
    running: &Running,
) -> Result<ExportView, Failure> {
    let ids = Ids(&open.vault);
    let now = app.now();
    let name = app.profile().as_ref().map(|profile| profile.name.clone()).filter(|name| name != NAMELESS);
    let name = name.as_deref().and_then(Text::new);
    let patient = Patient::new(ids.of("patient", &[]), name.clone());
    let mut pen = Pen { ids, patient: patient.reference(name), text: Vec::new() };
    let (id, written) = (pen.ids.of("bundle", &[&now.to_be_bytes()]), Instant::new(now).map_err(no_time)?);
    bundle::begin(id, written, &patient, &mut pen.text).map_err(|_| no_form())?;

    let kept = kept::all(&open.vault).await?;
    let helped = family::by_helpers(app, &open.vault).await?;
    let told = told::all(app, &open.vault, &kept).await?;
    let total = (kept.len() + helped.len() + told.len() + work.len()) as u64;
    let mut asked = asked::Asked::new(app, open);
    let mut shared = sharing::Shared::new(family::names(&open.vault).await?);
    let trusted = family::trusted(app, &open.vault).await?;
    if let Some(trusted) = &trusted {
        // First, so that they are written as those who can help to get back.
        shared.write_guardians(&mut pen, trusted)?;
    }
    for power in family::powers(app, &open.vault).await? {
        let mut clinicians = Vec::new();
        for key in &power.attested {
            clinicians.push(asked.clinician(key).await);
        }
        shared.write_power(&mut pen, &power, &clinicians)?;
    }
    for shown in family::history::all(app, &open.vault).await? {
        let clinician = match shown.passed.by {
            Who::Clinician(key) => Some(asked.clinician(&key).await),
            _ => None,
        };
        shared.write_happened(&mut pen, &shown, clinician.as_ref())?;
    }
    sink.write(pen.take()).await?;
    for (done, permission) in (0u64..).zip(&kept) {
        running.watch.step(done, total).or_fail()?;
        let log = asked.log(&permission.permission.id(), Some(permission.permission.holding())).await;
        shared.write(&mut pen, permission, &log, now)?;
        if let Some(key) = permission.facts.credential {
            let clinician = asked.clinician(&VerifyingKey(key)).await;
            shared.write_over(&mut pen, permission, &clinician)?;
        }
        sink.write(pen.take()).await?;
    }

    for (done, given) in (kept.len() as u64..).zip(&helped) {
        running.watch.step(done, total).or_fail()?;
        let log = asked.log(&salus_chain::ids::GrantId(given.view.id.0), None).await;
        shared.write_given(&mut pen, given, &log)?;
        sink.write(pen.take()).await?;
    }

    for (done, view) in ((kept.len() + helped.len()) as u64..).zip(&told) {
        running.watch.step(done, total).or_fail()?;
        let log = asked.log(&salus_chain::ids::GrantId(view.id.0), None).await;
        shared.write_told(&mut pen, view, &log)?;
        sink.write(pen.take()).await?;
    }

    let gateway = sources::gateways(&mut pen, &open.vault).await?;
    let here = Reference::to(Kind::Device, pen.ids.of("gateway", &[&open.vault.writer().key]), None);
    if let Some(trusted) = &trusted {
        shared.write_trusted(&mut pen, trusted, &here)?;
    }
    shared.write_laptops(&mut pen, &laptops::known(&open.vault).await?, &here)?;
    shared.write_renewals(&mut pen, &renew::all(&open.vault).await?, &here)?;
    let mut sources = Sources::default();
    let mut view = ExportView { readings: 0, unclaimed: 0, damaged: 0, sharing: None };
    for (done, (category, epoch)) in ((kept.len() + helped.len() + told.len()) as u64..).zip(work) {
        running.watch.step(done, total).or_fail()?;
        let readings = open.vault.readable(*category, epoch.start(), epoch.end()).await.or_fail()?;
        let (readings, damaged) = readings;
        sources.add(&readings);
        view.readings += readings.len() as u64;
        view.damaged += damaged;
    }
    sources.write(&mut pen, open, gateway.as_ref())?;
    let newest = app.0.network.newest().0.map(|head| head.height);
    bundle::end(&shared.proven(newest), &mut pen.text).map_err(|_| no_form())?;
    sink.write(pen.take()).await?;
    view.sharing = Some(SharingExportView {
        permissions: u32::try_from(kept.len() + helped.len() + told.len()).unwrap_or(u32::MAX),
        openings: shared.openings,
        complete: shared.missing == 0,
    });
    Ok(view)
}

/// Makes identifiers that are the same in every export of this record and tell nothing of what they are made of.
struct Ids<'a>(&'a Vault);

impl Ids<'_> {
    fn of(&self, kind: &str, parts: &[&[u8]]) -> Id {
        let mut context = Vec::new();
        for part in std::iter::once(&kind.as_bytes()).chain(parts) {
            context.extend_from_slice(&(part.len() as u64).to_be_bytes());
            context.extend_from_slice(part);
        }
        Id::of(&self.0.derive(Identity::FIRST, "salus/fhir-id", &context))
    }
}

/// Writes entries, and knows whose record it is.
struct Pen<'a> {
    ids: Ids<'a>,
    patient: Reference,
    text: Vec<u8>,
}

impl Pen<'_> {
    fn entry(&mut self, resource: &impl Resource) -> Result<(), Failure> {
        bundle::entry(resource, &mut self.text).map_err(|_| no_form())
    }

    /// What was written since this was called last.
    fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.text)
    }
}

fn no_form() -> Failure {
    bug("a resource has no JSON form")
}

/// Times of permissions are checked when these are given, and times of blocks are ours.
fn no_time(error: NoSuchTime) -> Failure {
    tracing::debug!(%error, "a resource is not written");
    bug("a time has no calendar form")
}
