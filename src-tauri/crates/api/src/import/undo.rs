//! Taking a whole import out again. It can be stopped, and gone on with: what is out is out.

use salus_vault::VaultError;
use salus_wire::command::{Command, UndoImport};
use salus_wire::event::Event;
use salus_wire::view::{ImportState, ImportView};
use salus_wire::{ErrorCode, Failure, Reading};

use super::kept::{self, Facts};
use crate::entry::notes;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::work::Running;
use crate::{App, Run, laptops};

impl Run for UndoImport {
    async fn run(self, app: &App) -> Result<ImportView, Failure> {
        let running = app.begin(UndoImport::NAME)?;
        let open = app.open().await?;
        let mut facts = kept::one(&open.vault, &self.id).await?;
        match facts.state {
            ImportState::Undone => return Ok(facts.view()),
            ImportState::HalfUndone => {}
            ImportState::Kept | ImportState::Unfinished => {
                facts.state = ImportState::HalfUndone;
                facts.readings = 0;
                facts.save(&open.vault).await?;
            }
        }
        let places = facts.places();
        let taken = take(&open, &mut facts, &running).await;
        laptops::taken_out(&open.vault, &places).await?;
        if taken.is_ok() {
            facts.undone();
        }
        let saved = facts.save(&open.vault).await;
        kept::tidy(&open.vault).await?;
        app.tell(Event::ReadingsChanged);
        taken.and(saved).map(|()| facts.view())
    }
}

/// Takes it out, hour by hour. One that cannot be read is left, and told when the others are done.
async fn take(open: &Open, facts: &mut Facts, running: &Running) -> Result<(), Failure> {
    let places = facts.places();
    let (mut damaged, total) = (false, places.len() as u64);
    for (done, (category, epoch)) in (0u64..).zip(places) {
        running.watch.step(done, total).or_fail()?;
        let gone = match open.vault.take_out(category, epoch, facts.id).await {
            Err(VaultError::Damaged { .. }) => {
                damaged = true;
                continue;
            }
            // It was deleted for ever meanwhile.
            Err(VaultError::Shredded) => continue,
            gone => gone.or_fail()?,
        };
        facts.readings = facts.readings.saturating_add(u32::try_from(gone.len()).unwrap_or(u32::MAX));
        for reading in &gone {
            forget_note(open, reading).await?;
        }
    }
    if damaged { Err(ErrorCode::Damaged.into()) } else { Ok(()) }
}

/// The note goes with its reading, unless another one is of the same instant.
async fn forget_note(open: &Open, reading: &Reading) -> Result<(), Failure> {
    let Some(end) = reading.at.checked_add(1) else { return Ok(()) };
    let (left, _) = open.vault.readable(reading.category, reading.at, end).await.or_fail()?;
    if left.is_empty() { notes::forget(&open.vault, reading.category, reading.at).await } else { Ok(()) }
}
