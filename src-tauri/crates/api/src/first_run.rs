//! The first run: how far it is, kept beside the record so that a crash or the lock begins nothing anew, and undoing what it made.
//!
//! ```text
//! <data>/first_run_begun.json      before the record is made: of the computer
//! <home>/first_run.json            afterwards: of the record that is shown
//! ```
//!
//! Guarantees: neither file holds a name, a passphrase or anything of health; a damaged one means that no first run is under way. A
//! record is removed only while it holds nothing: each place where something of a person's could be kept is looked at.
//!
//! Non-guarantees: backups of the removed record stay where they are (another record's may lie beside them); the keyring keeps what it
//! kept for it, which opens nothing any more; and the members keep a patient's enrolment, a salted commitment whose salt goes with the
//! record.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use salus_vault::Vault;
use salus_wire::command::{KeepFirstRun, UndoProfile};
use salus_wire::event::Event;
use salus_wire::view::{AppView, FirstRunStep, FirstRunView};
use salus_wire::{Category, ErrorCode, Failure};

use crate::failure::OrFail;
use crate::lock::Links;
use crate::profile::RECORD;
use crate::{App, Run, file, namespace, profile};

/// Before the record is made, in the computer's directory.
const BEGUN: &str = "first_run_begun.json";
/// Afterwards, in the record's.
const FILE: &str = "first_run.json";
/// What a removed record is called while its files go.
const REMOVED: &str = "record.removed";

/// What is kept in every record, whether or not a person did anything with it.
const OF_EVERY_RECORD: &[&str] = &[
    namespace::ANCHORS,
    namespace::BACKUPS,
    namespace::DOORS,
    namespace::DRAFTS,
    namespace::ENROLMENTS,
    namespace::MEMBERS,
    namespace::NOTICES,
    namespace::PROFILE,
    namespace::WORK,
];

impl Run for KeepFirstRun {
    async fn run(self, app: &App) -> Result<AppView, Failure> {
        // One after the other, and none while the record is made or removed.
        let _door = app.door().await;
        match self.at {
            Some(view) if !view.is_sound() => return Err(Failure::with(ErrorCode::BadRequest, "skipped")),
            Some(view) => write(&path(app), &view)?,
            None => {
                forget(&path(app)).or_fail()?;
                // Of one that began here and came to its record another way, out of a backup.
                forget_begun(app);
            }
        }
        Ok(app.view().await)
    }
}

impl Run for UndoProfile {
    async fn run(self, app: &App) -> Result<AppView, Failure> {
        // Closing the record lets the page begin anew, and with the page goes its request: the removal is finished in any case.
        let app = app.clone();
        let undone = tokio::spawn(async move { undo(&app).await });
        undone.await.unwrap_or_else(|_| Err(ErrorCode::Internal.into()))
    }
}

/// Not `Unlocked` on the wire: closing the record would end the use case in its middle.
async fn undo(app: &App) -> Result<AppView, Failure> {
    let _door = app.door().await;
    let begun = load(app).ok_or(ErrorCode::NotAllowed)?;
    holds_nothing(&app.open().await?.vault).await?;
    app.leave(Links::End).await?;
    // Under this name it is no record any more, whatever a crash leaves of it.
    let (record, removed) = (app.path(RECORD), app.path(REMOVED));
    fs::rename(&record, &removed).or_fail()?;
    *app.profile() = None;
    let begun = FirstRunView { step: FirstRunStep::Who, ..begun };
    let kept = write(&path(app), &begun);
    let gone = remove_rest(app, &removed);
    // The page that was told of the closing may have asked before the record was gone.
    app.tell(Event::LockChanged { locked: true });
    kept.and(gone.or_fail())?;
    Ok(app.view().await)
}

/// Refuses a record in which anything is kept.
async fn holds_nothing(vault: &Vault) -> Result<(), Failure> {
    for category in Category::ALL {
        if vault.count(*category).await.or_fail()? > 0 {
            return Err(ErrorCode::NotEmpty.into());
        }
    }
    for name in namespace::ALL.iter().filter(|name| !OF_EVERY_RECORD.contains(name)) {
        if !vault.cabinet().list(name).await.or_fail()?.is_empty() {
            return Err(ErrorCode::NotEmpty.into());
        }
    }
    Ok(())
}

fn remove_rest(app: &App, removed: &Path) -> io::Result<()> {
    forget(&app.path(profile::FILE))?;
    forget(&app.path(FILE))?;
    fs::remove_dir_all(removed)
}

/// How far the first run is of the record that is shown, or of the one that is to be made.
pub(crate) fn load(app: &App) -> Option<FirstRunView> {
    let made = app.profile().as_ref().map(|profile| profile.role);
    read(&path(app)).map(|view| view.beside(made))
}

/// Called when the record is about to be made: its first run goes on with the recovery key, also after a crash.
pub(crate) fn carry_over(app: &App) {
    let Some(begun) = read(&app.0.config.data_dir.join(BEGUN)) else { return };
    let goes_on = FirstRunView { step: FirstRunStep::Key, ..begun };
    if let Err(failure) = write(&app.path(FILE), &goes_on) {
        // Without it the first run ends here, and the screens say what is still to be done.
        tracing::warn!(code = %failure.code, "how far the first run is, is not kept");
    }
}

/// Called once the record is made.
pub(crate) fn forget_begun(app: &App) {
    if let Err(e) = forget(&app.0.config.data_dir.join(BEGUN)) {
        tracing::debug!(kind = ?e.kind(), "that a first run was begun is not forgotten");
    }
}

fn path(app: &App) -> PathBuf {
    let made = app.profile().is_some();
    if made { app.path(FILE) } else { app.0.config.data_dir.join(BEGUN) }
}

fn read(path: &Path) -> Option<FirstRunView> {
    let content = file::read(path).ok().flatten()?;
    serde_json::from_slice::<FirstRunView>(&content).ok().filter(FirstRunView::is_sound)
}

fn write(path: &Path, view: &FirstRunView) -> Result<(), Failure> {
    let content = serde_json::to_vec(view).map_err(|_| ErrorCode::Internal)?;
    file::replace(path, &content).or_fail()
}

fn forget(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests;
