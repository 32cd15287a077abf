//! "I have a backup": a record on a new laptop.

use std::path::Path;

use salus_vault::vault::Restored;
use salus_vault::{RecoveryKey, Vault};
use salus_wire::command::{Command, RestoreBackup};
use salus_wire::view::{AppView, ProfileView};
use salus_wire::{ErrorCode, Failure};

use super::rewrite::{Deletions, Parts};
use crate::failure::OrFail;
use crate::{App, Choice, Moment, Run, anchor, doors, heads, profile};

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
        let new = (self.passphrase.as_str(), doors::cost(app).await);
        let restored =
            Vault::restore_unfinished(&chosen, &key, &record, new, crate::app::rng(), &running.watch).await;
        let restored = restored.or_fail()?;
        let profile = match complete(app, &restored).await {
            Ok(profile) => profile,
            Err(failure) => {
                restored.discard().await;
                return Err(failure);
            }
        };
        let (vault, _) = restored.finish().await.or_fail()?;
        *app.profile() = Some(profile);
        app.remember_choice();
        app.enter(vault).await?;
        Ok(app.view().await)
    }
}

#[cfg(test)]
mod tests;

/// Everything that the record must have from its first moment on. Killed before its end, nothing of it counts, and the backup can
/// be restored again.
async fn complete(app: &App, restored: &Restored) -> Result<ProfileView, Failure> {
    let (vault, profile) = (restored.vault(), settle(app, &app.home(), restored).await?);
    // It was typed from the paper just now.
    doors::keep_written(vault, app.now()).await;
    // Nor is what a damaged record on this computer had come to.
    heads::keep(app, vault, Moment::Last).await;
    Ok(profile)
}

/// What a record out of a backup has in any case, whoever opened the backup.
pub(crate) async fn settle(app: &App, home: &Path, restored: &Restored) -> Result<ProfileView, Failure> {
    let vault = restored.vault();
    let beside = restored.profile().and_then(|bytes| serde_json::from_slice::<ProfileView>(bytes).ok());
    let profile = match beside {
        Some(profile) => profile,
        None => profile::kept(vault).await.unwrap_or_else(profile::nameless),
    };
    profile::store_at(home, &profile)?;
    // What the lost computer recorded after this backup was made is not held against it.
    anchor::accept(vault, app.now()).await?;
    Deletions::of(vault).settle(vault).await?;
    // Newer backups may lie in the folder: none of them goes because of what this one knew of guardians.
    Parts::of(vault).await?.settle(vault).await?;
    Ok(profile)
}
