//! The profile: whose record this directory holds, and what for. One directory is one profile ([`crate::people`]).

use std::path::Path;

use salus_chain::attestation::check_name;
use salus_vault::Vault;
use salus_wire::command::{CreateProfile, GetApp};
use salus_wire::view::{AppView, ProfileView, RecoveryKeyView};
use salus_wire::{ErrorCode, Failure};

use crate::failure::OrFail;
use crate::{App, Run, file};

impl Run for GetApp {
    async fn run(self, app: &App) -> Result<AppView, Failure> {
        Ok(app.view().await)
    }
}

impl Run for CreateProfile {
    async fn run(self, app: &App) -> Result<RecoveryKeyView, Failure> {
        let name = self.name.trim().to_owned();
        check_name(&name).map_err(|_| Failure::with(ErrorCode::BadRequest, "name"))?;
        // One at a time: the second of two clicks finds the profile.
        let _door = app.door().await;
        let record = app.path(RECORD);
        if app.profile().is_some() || Vault::exists(&record) {
            return Err(ErrorCode::ProfileExists.into());
        }
        let profile = ProfileView { name, role: self.role };
        let (cost, keyring) = (crate::doors::cost().await, app.0.config.keyring.clone());
        // Before the record: one without the other is none, and nobody has seen its recovery key yet.
        file::make_private(&app.home()).or_fail()?;
        store(app, &profile)?;
        let made = Vault::create_on(&record, &self.passphrase, cost, keyring, app.now(), crate::app::rng());
        let (vault, key) = made.await.or_fail()?;
        *app.profile() = Some(profile.clone());
        app.remember_choice();
        app.enter(vault, profile.role).await?;
        Ok(crate::doors::shown(&key))
    }
}

/// The directory of the sealed record, inside the profile's.
pub(crate) const RECORD: &str = "record";

/// The file with the name and the role.
pub(crate) const FILE: &str = "profile.json";

/// Stores the name and the role.
pub(crate) fn store(app: &App, profile: &ProfileView) -> Result<(), Failure> {
    let content = serde_json::to_vec_pretty(profile).map_err(|_| ErrorCode::Internal)?;
    file::replace(&app.path(FILE), &content).or_fail()
}

/// The stored profile; one without a record does not count (making it was interrupted).
pub(crate) fn load(dir: &Path) -> Result<Option<ProfileView>, Failure> {
    if !Vault::exists(&dir.join(RECORD)) {
        return Ok(None);
    }
    let stored = file::read(&dir.join(FILE)).or_fail()?;
    // A record whose profile file is gone is a patient's record without a name: it can still be opened.
    let fallback = ProfileView { name: "?".into(), role: salus_wire::view::Role::Patient };
    match stored {
        None => Ok(Some(fallback)),
        Some(bytes) => {
            serde_json::from_slice(&bytes).map(Some).map_err(|_| Failure::with(ErrorCode::Damaged, FILE))
        }
    }
}
