//! What was opened, as far as clinical conventions use it: in memory until the record is locked, and summed up as often as is asked.

use std::collections::BTreeMap;
use std::sync::{MutexGuard, PoisonError};

use salus_insight::clinical::Material;
use salus_sharing::capsule::ToldDevice;
use salus_wire::command::{GetOpenedClinical, ScoreNews};
use salus_wire::view::{ClinicalView, NewsView, RecordView, WallClock};
use salus_wire::{Category, ErrorCode, Failure, GrantId, Reading, UnixMillis};

use super::{until, wall};
use crate::devices::told;
use crate::lock::Open;
use crate::{App, Run, inbox};

/// Opened records that are kept; for one more, the one that was opened longest ago goes.
const MOST: usize = 8;

/// What was opened since the record was unlocked.
#[derive(Default)]
pub(crate) struct Opened(BTreeMap<GrantId, Kept>);

/// One opened record.
struct Kept {
    material: Material,
    /// What was shown of it, for a report; empty until it was.
    shown: Shown,
    categories: Vec<Category>,
    /// The end of what the permission covers, exclusive; not after the opening.
    until: UnixMillis,
    /// The permission's end, exclusive.
    ends: UnixMillis,
    opened: UnixMillis,
}

/// What was shown of an opened record.
#[derive(Default)]
struct Shown {
    patient: String,
    from: UnixMillis,
    records: Vec<RecordView>,
}

/// What a report of an opened record is made of; a copy, so that nothing waits for the page.
#[derive(Clone)]
pub(crate) struct Held {
    /// The patient's name, as the permission tells it.
    pub(crate) patient: String,
    /// Start of what the permission covers.
    pub(crate) from: UnixMillis,
    /// Its end, exclusive; not after the opening.
    pub(crate) until: UnixMillis,
    /// What the conventions use of it.
    pub(crate) material: Material,
    /// Each category as it was shown.
    pub(crate) records: Vec<RecordView>,
}

/// The permission that something was opened with.
pub(crate) struct With {
    pub(crate) id: GrantId,
    pub(crate) data_from: UnixMillis,
    pub(crate) data_to: UnixMillis,
    pub(crate) ends: UnixMillis,
}

/// Keeps what the conventions use of an opening, in place of an earlier one with the same permission.
pub(crate) fn keep(
    open: &Open,
    with: &With,
    readings: &[(Category, Vec<Reading>)],
    devices: &[ToldDevice],
    now: UnixMillis,
) {
    let until = with.data_to.min(now.saturating_add(1));
    let mut material = Material::new(wall(with.data_from, until));
    for (category, readings) in readings {
        // Whole hours are decrypted: what lies outside of the permission's window is left out here as on the screen.
        let inside = |r: &&Reading| r.category == *category && (with.data_from..until).contains(&r.at);
        let inside: Vec<Reading> = readings.iter().filter(inside).cloned().collect();
        material.take(&inside, |r| told::origin(devices, r).name);
    }
    let categories = readings.iter().map(|(category, _)| *category).collect();
    let shown = Shown::default();
    let kept = Kept { material, shown, categories, until, ends: with.ends, opened: now };
    opened(open).insert(with.id, kept);
}

/// Keeps what was shown of an opening beside it.
pub(crate) fn keep_records(
    open: &Open,
    id: &GrantId,
    patient: &str,
    from: UnixMillis,
    records: &[RecordView],
) {
    if let Some(kept) = opened(open).0.get_mut(id) {
        kept.shown = Shown { patient: patient.to_owned(), from, records: records.to_vec() };
    }
}

/// What was opened with a permission that is in force, for a report. No member is asked.
pub(crate) async fn of_opened(open: &Open, id: &GrantId, now: UnixMillis) -> Result<Held, Failure> {
    in_force(open, id, now).await?;
    let held = opened(open);
    let kept = held.0.get(id).filter(|kept| !kept.shown.records.is_empty()).ok_or(ErrorCode::NothingYet)?;
    let Shown { patient, from, records } = &kept.shown;
    Ok(Held {
        patient: patient.clone(),
        from: *from,
        until: kept.until,
        material: kept.material.clone(),
        records: records.clone(),
    })
}

impl Opened {
    fn insert(&mut self, id: GrantId, kept: Kept) {
        self.0.insert(id, kept);
        while self.0.len() > MOST {
            let oldest = self.0.iter().min_by_key(|(_, kept)| kept.opened).map(|(id, _)| *id);
            let Some(oldest) = oldest else { return };
            self.0.remove(&oldest);
        }
    }
}

impl Run for GetOpenedClinical {
    async fn run(self, app: &App) -> Result<ClinicalView, Failure> {
        let now = app.now();
        let asked = self.until.map(|asked| until(Some(asked), now)).transpose()?;
        let open = app.open().await?;
        in_force(&open, &self.id, now).await?;
        let held = opened(&open);
        let kept = held.0.get(&self.id).ok_or(ErrorCode::NothingYet)?;
        let none = || Failure::with(ErrorCode::BadRequest, "category");
        if !Material::sums_up(self.category) {
            return Err(none());
        }
        if !kept.categories.contains(&self.category) {
            return Err(ErrorCode::OutsideScope.into());
        }
        let until = asked.unwrap_or(kept.until).min(kept.until);
        of_shared(&kept.material, self.category, until).ok_or_else(none)
    }
}

/// A category of a shared record by its convention, as its reader's screen has it; `None` where no convention sums it up. The
/// patient's look through a permission is made here too.
pub(crate) fn of_shared(material: &Material, category: Category, until: UnixMillis) -> Option<ClinicalView> {
    let summary = material.summary(category, until)?;
    Some(ClinicalView { category, clock: WallClock::Reader, summary, damaged: 0 })
}

impl Run for ScoreNews {
    async fn run(self, app: &App) -> Result<NewsView, Failure> {
        let now = app.now();
        let open = app.open().await?;
        in_force(&open, &self.id, now).await?;
        let held = opened(&open);
        let kept = held.0.get(&self.id).ok_or(ErrorCode::NothingYet)?;
        Ok(kept.material.news(self.typed, now))
    }
}

/// Refuses, and drops what was kept, when the permission is over as far as is known here.
async fn in_force(open: &Open, id: &GrantId, now: UnixMillis) -> Result<(), Failure> {
    let said = inbox::over(&open.vault, id).await?;
    let mut held = opened(open);
    let ended = held.0.get(id).filter(|kept| now >= kept.ends).map(|_| ErrorCode::Ended);
    match said.or(ended) {
        None => Ok(()),
        Some(code) => {
            held.0.remove(id);
            Err(code.into())
        }
    }
}

fn opened(open: &Open) -> MutexGuard<'_, Opened> {
    open.opened.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
