//! Whose record is shown: several people's records on one computer, each in a directory of its own.
//!
//! ```text
//! <data>/profile.json, record/, backups/              the first record
//! <data>/people/<16 hexadecimal digits>/ the same     each other one
//! <data>/chosen                                       which one was shown last
//! <data>/settings.json, instance.lock                 of the computer, not of a person
//! ```
//!
//! Nothing else is shared: each has its keys, passphrase, devices, members' trust and backups inside its own directory.
//! One is open at a time; turning to another closes it first.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use rand::Rng;
use salus_chain::attestation::check_name;
use salus_wire::command::{AddProfile, ChooseProfile, ListProfiles, RenameProfile};
use salus_wire::event::Event;
use salus_wire::view::{AppView, ProfileEntryView, ProfileView};
use salus_wire::{ErrorCode, Failure};

use crate::failure::OrFail;
use crate::lock::Links;
use crate::{App, Run, file, profile};

/// The first record's identifier.
const FIRST: &str = "first";
const PEOPLE: &str = "people";
const CHOSEN: &str = "chosen";
/// Most records on one computer.
const MOST: usize = 32;

impl Run for ListProfiles {
    async fn run(self, app: &App) -> Result<Vec<ProfileEntryView>, Failure> {
        entries(app)
    }
}

fn entries(app: &App) -> Result<Vec<ProfileEntryView>, Failure> {
    let home = app.home();
    let all = all(&app.0.config.data_dir).or_fail()?.into_iter();
    let entry = |(id, dir): (String, PathBuf)| {
        let profile = profile::load(&dir)?;
        Some(ProfileEntryView { id, profile, current: dir == home })
    };
    Ok(all.filter_map(entry).collect())
}

/// Whose the other records on this computer are, as far as that is known without opening them.
pub(crate) fn others(app: &App) -> Result<Vec<ProfileView>, Failure> {
    Ok(entries(app)?.into_iter().filter(|entry| !entry.current).map(|entry| entry.profile).collect())
}

impl Run for ChooseProfile {
    async fn run(self, app: &App) -> Result<AppView, Failure> {
        let known = all(&app.0.config.data_dir).or_fail()?;
        let (id, dir) = known.into_iter().find(|(id, _)| *id == self.id).ok_or(ErrorCode::NoProfile)?;
        let profile = profile::load(&dir).ok_or(ErrorCode::NoProfile)?;
        app.turn_to(dir, Some(profile)).await?;
        // Which one is shown first next time is a convenience.
        if let Err(e) = file::replace(&app.0.config.data_dir.join(CHOSEN), id.as_bytes()) {
            tracing::debug!(kind = ?e.kind(), "the choice is not remembered");
        }
        Ok(app.view().await)
    }
}

impl Run for AddProfile {
    async fn run(self, app: &App) -> Result<AppView, Failure> {
        if app.profile().is_none() {
            return Ok(app.view().await);
        }
        let (_, dir) = beside(app)?;
        app.turn_to(dir, None).await?;
        Ok(app.view().await)
    }
}

/// What names the record that is shown.
pub(crate) fn current(app: &App) -> String {
    let (root, home) = (&app.0.config.data_dir, app.home());
    let name = home.file_name().filter(|_| home != *root);
    name.map_or_else(|| FIRST.to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Where another record is than the one that is shown; `None` when it is not there.
pub(crate) fn other(app: &App, id: &str) -> Result<Option<PathBuf>, Failure> {
    let home = app.home();
    let mut all = all(&app.0.config.data_dir).or_fail()?.into_iter();
    Ok(all.find(|(known, dir)| known == id && *dir != home).map(|(_, dir)| dir))
}

/// A place for another record beside those that there are, which is not made yet, and what names it.
pub(crate) fn beside(app: &App) -> Result<(String, PathBuf), Failure> {
    let root = &app.0.config.data_dir;
    if all(root).or_fail()?.len() >= MOST {
        return Err(ErrorCode::TooMany.into());
    }
    let id = format!("{:016x}", crate::app::rng().next_u64());
    let dir = root.join(PEOPLE).join(&id);
    Ok((id, dir))
}

impl Run for RenameProfile {
    async fn run(self, app: &App) -> Result<AppView, Failure> {
        let name = self.name.trim().to_owned();
        check_name(&name).map_err(|_| Failure::with(ErrorCode::BadRequest, "name"))?;
        let _door = app.door().await;
        let renamed = app.profile().clone().map(|p| ProfileView { name, ..p }).ok_or(ErrorCode::NoProfile)?;
        profile::store(app, &renamed)?;
        *app.profile() = Some(renamed);
        Ok(app.view().await)
    }
}

impl App {
    /// The directory of the record that is shown.
    pub(crate) fn home(&self) -> PathBuf {
        self.0.home.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Closes what is open and shows another directory, locked.
    async fn turn_to(&self, dir: PathBuf, profile: Option<ProfileView>) -> Result<(), Failure> {
        let _door = self.door().await;
        // What could not be written back is said; the keys are gone in any case.
        let closed = self.leave(Links::End).await;
        *self.0.home.lock().unwrap_or_else(PoisonError::into_inner) = dir;
        *self.profile() = profile;
        // The page that was told of the closing may have asked before the other one stood here.
        self.tell(Event::LockChanged { locked: true });
        closed
    }

    /// Called once a new record is made: it is shown first next time.
    pub(crate) fn remember_choice(&self) {
        let id = current(self);
        if let Err(e) = file::replace(&self.0.config.data_dir.join(CHOSEN), id.as_bytes()) {
            tracing::debug!(kind = ?e.kind(), "the choice is not remembered");
        }
    }
}

/// Where the record is that is shown at the start: the last one, or any that there is.
pub(crate) fn start(root: &Path) -> PathBuf {
    let known = all(root).unwrap_or_default();
    let chosen = file::read(&root.join(CHOSEN)).ok().flatten().unwrap_or_default();
    let last = known.iter().find(|(id, _)| id.as_bytes() == chosen);
    last.or_else(|| known.first()).map_or_else(|| root.to_owned(), |(_, dir)| dir.clone())
}

/// Every directory that holds a record, the first one first, the others by their identifiers.
fn all(root: &Path) -> std::io::Result<Vec<(String, PathBuf)>> {
    let holds = |dir: &Path| salus_vault::Vault::exists(&dir.join(profile::RECORD));
    let mut all = Vec::new();
    if holds(root) {
        all.push((FIRST.to_owned(), root.to_owned()));
    }
    let entries = match fs::read_dir(root.join(PEOPLE)) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(all),
        entries => entries?,
    };
    let mut others: Vec<(String, PathBuf)> = Vec::new();
    for entry in entries.take(4 * MOST) {
        let entry = entry?;
        if let Some(id) = entry.file_name().to_str().filter(|id| is_id(id) && holds(&entry.path())) {
            others.push((id.to_owned(), entry.path()));
        }
    }
    others.sort();
    all.extend(others);
    Ok(all)
}

fn is_id(name: &str) -> bool {
    name.len() == 16 && name.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}
