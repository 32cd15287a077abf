//! Readings from a file: read and checked first, shown, stored only when the person says so, and taken out again as a whole.
//!
//! ```text
//! choose_import  file (a dialog of the desktop's own) -> insight::import -> check -> preview      in memory only, until the lock
//! keep_import    what was read, in small transactions; what was to come is kept first, so that a half can be taken out too
//! undo_import    epoch by epoch, sealed anew without it (vault::take_out)
//! ```
//!
//! The readings of one import have one number in place of a device's. So they are told apart from everything else, also by who opens
//! a shared record, and a copy of a reading that a device brought is known by its time and its values, not by where it came from.
//!
//! A file proves nothing: not who was measured, and not with what. Its readings are flagged as imported on every screen, in every
//! export and in what is shared.

mod check;
mod kept;
mod read;
#[cfg(test)]
mod tests;
mod undo;

use std::sync::PoisonError;

use salus_wire::command::{ChooseImport, Command, KeepImport, LeaveImport, ListImports};
use salus_wire::event::Event;
use salus_wire::view::{ImportPreviewView, ImportState, ImportView};
use salus_wire::{ErrorCode, Failure, Reading};

use crate::entry::notes;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::work::Running;
use crate::{App, Choice, Run};
pub(crate) use check::Pending;
use kept::Facts;
pub(crate) use kept::{take_over, taken_out};

/// What names of files with readings end with.
pub const ENDINGS: &[&str] = &["csv", "jsonl", "ndjson", "json", "txt", "tsv"];

/// Readings that are stored in one transaction.
const TOGETHER: usize = 200;

impl Run for ChooseImport {
    async fn run(self, app: &App) -> Result<ImportPreviewView, Failure> {
        let running = app.begin(ChooseImport::NAME)?;
        let chosen = app.0.config.confirm.choose(Choice::Readings).await.ok_or(ErrorCode::Cancelled)?;
        let found = read::file(chosen, &running.watch).await?;
        let open = app.open().await?;
        let pending = check::all(&open, found, app.now(), &running).await?;
        let view = pending.view();
        *held(&open) = Some(pending);
        Ok(view)
    }
}

impl Run for LeaveImport {
    async fn run(self, app: &App) -> Result<(), Failure> {
        let open = app.open().await?;
        *held(&open) = None;
        Ok(())
    }
}

impl Run for KeepImport {
    async fn run(self, app: &App) -> Result<ImportView, Failure> {
        let running = app.begin(KeepImport::NAME)?;
        let open = app.open().await?;
        let pending = held(&open).take_if(|pending| pending.id == self.id).ok_or(ErrorCode::NothingYet)?;
        let mut facts = Facts::of(&pending, app.now());
        // Before anything is stored: cut off from here on, what is there can be taken out.
        facts.save(&open.vault).await?;
        let stored = store(&open, &pending, &mut facts, &running).await;
        if stored.is_ok() {
            facts.state = ImportState::Kept;
        }
        let saved = facts.save(&open.vault).await;
        app.tell(Event::ReadingsChanged);
        stored.and(saved).map(|()| facts.view())
    }
}

impl Run for ListImports {
    async fn run(self, app: &App) -> Result<Vec<ImportView>, Failure> {
        let open = app.open().await?;
        Ok(kept::all(&open.vault).await?.iter().map(Facts::view).collect())
    }
}

async fn store(open: &Open, pending: &Pending, facts: &mut Facts, running: &Running) -> Result<(), Failure> {
    let total = pending.readings.len() as u64;
    let mut done = 0u64;
    for some in pending.readings.chunks(TOGETHER) {
        running.watch.step(done, total).or_fail()?;
        let readings: Vec<Reading> = some.iter().map(|(reading, _)| reading.clone()).collect();
        let recorded = open.vault.record(&readings).await.or_fail()?;
        facts.readings = facts.readings.saturating_add(u32::try_from(recorded.new).unwrap_or(u32::MAX));
        for (reading, note) in some {
            if let Some(note) = note {
                notes::keep(&open.vault, reading.category, reading.at, note).await?;
            }
        }
        done = done.saturating_add(some.len() as u64);
    }
    running.watch.step(total, total).or_fail()
}

fn held(open: &Open) -> std::sync::MutexGuard<'_, Option<Pending>> {
    open.import.lock().unwrap_or_else(PoisonError::into_inner)
}
