//! "I have a backup": a record on a new laptop.

use salus_vault::{RecoveryKey, Vault};
use salus_wire::command::{Command, RestoreBackup};
use salus_wire::view::{AppView, ProfileView, Role};
use salus_wire::{ErrorCode, Failure};

use super::rewrite::Deletions;
use crate::failure::OrFail;
use crate::{App, Choice, Run, anchor, profile};

impl Run for RestoreBackup {
    async fn run(self, app: &App) -> Result<AppView, Failure> {
        let key: RecoveryKey = self.key.parse().map_err(|_| ErrorCode::WrongRecoveryKey)?;
        let record = app.path(profile::RECORD);
        if app.profile().is_some() || Vault::exists(&record) {
            return Err(ErrorCode::ProfileExists.into());
        }
        let running = app.begin(RestoreBackup::NAME)?;
        let chosen = app.0.config.confirm.choose(Choice::Backup).await.ok_or(ErrorCode::Cancelled)?;
        let _door = app.door().await;
        if app.profile().is_some() || record != app.path(profile::RECORD) {
            return Err(ErrorCode::ProfileExists.into());
        }
        let new = (self.passphrase.as_str(), crate::doors::cost().await);
        let restored =
            Vault::restore_with(&chosen, &key, &record, new, crate::app::rng(), &running.watch).await;
        let (vault, beside) = restored.or_fail()?;
        // A backup without it is of a patient whose name is not known: it can still be opened.
        let profile = beside
            .and_then(|bytes| serde_json::from_slice::<ProfileView>(&bytes).ok())
            .unwrap_or(ProfileView { name: "?".into(), role: Role::Patient });
        profile::store(app, &profile)?;
        *app.profile() = Some(profile.clone());
        app.remember_choice();
        // What the lost computer recorded after this backup was made is not held against it.
        anchor::accept(&vault, app.now()).await?;
        Deletions::of(&vault).settle(&vault).await?;
        app.enter(vault, profile.role).await?;
        Ok(app.view().await)
    }
}
