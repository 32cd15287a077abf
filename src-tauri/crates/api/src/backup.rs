//! Backups: made by themselves once a day and by hand, rehearsed, restored; and what to do when a laptop is lost.

mod identity;
pub(crate) mod keep_up;
mod lost;
mod place;
pub(crate) mod restore;
mod rewrite;

use std::path::Path;

use salus_vault::vault::rehearse;
use salus_vault::{RecoveryKey, Vault, backup};
use salus_wire::command::{ChooseBackupFolder, Command, GetBackups, MakeBackup, RehearseBackup};
use salus_wire::event::Event;
use salus_wire::view::{BackupNeed, BackupView, BackupsView, RehearsalView};
use salus_wire::{ErrorCode, Failure, UnixMillis};

use crate::failure::OrFail;
use crate::lock::Open;
use crate::work::Running;
use crate::{App, Choice, Run, doors, file, profile};
pub use identity::backup_identity;
use place::Place;
use rewrite::{Deletions, Parts};

/// Namespace of what is kept about backups, sealed in the record.
const KEPT: &str = crate::namespace::BACKUPS;
const FAILURE: &[u8] = b"failure";
const MADE: &[u8] = b"made";
const REHEARSED: &[u8] = b"rehearsed";
/// Where a rehearsal takes the record out to, beside it.
const REHEARSAL: &str = "rehearsal";
/// A test restoration is due so long after the last one, or after the first backup. 90 days.
const REHEARSE_MS: i64 = 90 * 86_400_000;
/// A disk that is plugged in now and then is missed only after so long without a backup. 7 days.
const AWAY_MS: i64 = 7 * 86_400_000;

impl Run for GetBackups {
    async fn run(self, app: &App) -> Result<BackupsView, Failure> {
        let open = app.open().await?;
        view(app, &open).await
    }
}

impl Run for MakeBackup {
    async fn run(self, app: &App) -> Result<BackupsView, Failure> {
        let open = app.open().await?;
        let running = app.begin(MakeBackup::NAME)?;
        make(app, &open, &running).await?;
        drop(running);
        view(app, &open).await
    }
}

impl Run for ChooseBackupFolder {
    async fn run(self, app: &App) -> Result<BackupsView, Failure> {
        let folder = if self.own {
            None
        } else {
            let chosen = app.0.config.confirm.choose(Choice::Folder).await;
            Some(chosen.ok_or(ErrorCode::Cancelled)?)
        };
        let open = app.open().await?;
        Place::keep(&open.vault, folder.as_deref()).await?;
        // The first backup there shows that it can be written; why not is part of the view.
        let running = app.begin(MakeBackup::NAME)?;
        if let Err(failure) = make(app, &open, &running).await {
            tracing::debug!(code = %failure.code, "no backup in the new folder yet");
        }
        drop(running);
        view(app, &open).await
    }
}

impl Run for RehearseBackup {
    async fn run(self, app: &App) -> Result<RehearsalView, Failure> {
        let key: RecoveryKey = self.key.parse().map_err(|_| ErrorCode::WrongRecoveryKey)?;
        let open = app.open().await?;
        let running = app.begin(RehearseBackup::NAME)?;
        open.vault.learn(&key).await.map_err(|e| wrong_key(e.code()))?;
        doors::keep_written(&open.vault, app.now()).await;
        let place = Place::of(app, &open.vault).await?;
        let id = open.vault.record_id();
        if place.is_new() || backup::list(&place.folder, id).or_fail()?.is_empty() {
            // The first one: a record of an earlier version learnt only now which key is to open it.
            make(app, &open, &running).await?;
        }
        let newest =
            backup::list(&place.folder, id).or_fail()?.into_iter().next().ok_or(ErrorCode::NothingYet)?;
        forget_rehearsal(app);
        let scratch = app.path(REHEARSAL);
        let walked =
            rehearse(&newest.path, &key, &scratch, crate::app::rng(), &running.watch).await.or_fail()?;
        open.vault.cabinet().put(KEPT, REHEARSED, &app.now().to_be_bytes()).await.or_fail()?;
        app.tell(Event::BackupsChanged);
        Ok(RehearsalView { at: newest.at, readings: walked.readings })
    }
}

/// Removes what a rehearsal left that was killed: a whole copy of the record as it was, sealed.
pub(crate) fn forget_rehearsal(app: &App) {
    salus_vault::vault::forget_rehearsal(&app.path(REHEARSAL));
}

/// A wrong recovery key is said in its own words here: no passphrase was asked for.
pub(super) fn wrong_key(code: ErrorCode) -> Failure {
    if code == ErrorCode::WrongPassphrase { ErrorCode::WrongRecoveryKey.into() } else { code.into() }
}

/// True when backups go to a folder that the person chose.
pub(crate) async fn elsewhere(app: &App, vault: &Vault) -> Result<bool, Failure> {
    Ok(Place::of(app, vault).await?.is_chosen())
}

/// Makes a backup and clears away what need not be kept; what went wrong is remembered until one succeeds.
async fn make(app: &App, open: &Open, running: &Running) -> Result<(), Failure> {
    let now = app.now();
    let made = async {
        let place = Place::of(app, &open.vault).await?;
        place.ready()?;
        // Read before the record is copied: what is deleted meanwhile is in the copy.
        let (deletions, parts) = (Deletions::of(&open.vault), Parts::of(&open.vault).await?);
        let profile = file::read(&app.path(profile::FILE)).or_fail()?;
        let made =
            open.vault.back_up(&place.folder, now, profile.as_deref(), &running.watch).await.or_fail()?;
        let id = open.vault.record_id();
        // One that cannot be cleared away does no harm.
        if let Err(error) = backup::prune(&place.folder, id, made.at) {
            tracing::debug!(%error, "old backups stay");
        }
        let own = app.path(place::OWN);
        let folders: [&Path; 2] = [&place.folder, &own];
        if deletions.pending(&open.vault).await? || parts.replaced(&open.vault).await? {
            deletions.clear(&open.vault, &folders, &made.path).await?;
        }
        parts.settle(&open.vault).await?;
        Ok::<_, Failure>(())
    };
    let made = made.await;
    let cabinet = open.vault.cabinet();
    let kept = match &made {
        Ok(()) => match cabinet.put(KEPT, MADE, &now.to_be_bytes()).await {
            Ok(()) => cabinet.remove(KEPT, FAILURE).await.map(|_| ()),
            failed => failed,
        },
        Err(failure) => cabinet.put(KEPT, FAILURE, failure.code.as_str().as_bytes()).await,
    };
    if let Err(error) = kept {
        tracing::debug!(%error, "how the backup went is not remembered");
    }
    app.tell(Event::BackupsChanged);
    made
}

pub(crate) async fn view(app: &App, open: &Open) -> Result<BackupsView, Failure> {
    let cabinet = open.vault.cabinet();
    let place = Place::of(app, &open.vault).await?;
    let id = open.vault.record_id();
    let listed = if place.is_new() { Ok(Vec::new()) } else { backup::list(&place.folder, id) };
    let stored = cabinet.get(KEPT, FAILURE).await.or_fail()?;
    let stored =
        stored.and_then(|code| ErrorCode::ALL.iter().copied().find(|c| *c.as_str().as_bytes() == code[..]));
    let failure = listed.as_ref().err().map(backup::BackupError::code).or(stored);
    let backups: Vec<_> =
        listed.unwrap_or_default().iter().map(|b| BackupView { at: b.at, size: b.size }).collect();
    let (made, rehearsed) = (instant(open, MADE).await?, instant(open, REHEARSED).await?);
    let rewriting = Deletions::of(&open.vault).pending(&open.vault).await? && !backups.is_empty();
    let since = rehearsed.or_else(|| backups.iter().map(|b| b.at).min());
    let ready = open.vault.can_back_up().await.or_fail()?;
    let rehearsal_due = since.is_some_and(|since| app.now().saturating_sub(since) >= REHEARSE_MS);
    let away = made.max(backups.first().map(|b| b.at)).map(|made| app.now().saturating_sub(made));
    let need = match failure {
        _ if !ready => Some(BackupNeed::RecoveryKey),
        Some(code) if is_told(code, away) => Some(BackupNeed::Look),
        _ if rehearsal_due => Some(BackupNeed::Test),
        _ => None,
    };
    Ok(BackupsView {
        ready,
        folder: place.name(),
        rehearsal_due,
        backups,
        failure,
        rewriting,
        rehearsed,
        restored: open.vault.writers().len() > 1,
        need,
    })
}

async fn instant(open: &Open, name: &[u8]) -> Result<Option<UnixMillis>, Failure> {
    let kept = open.vault.cabinet().get(KEPT, name).await.or_fail()?;
    Ok(kept.and_then(|at| Some(UnixMillis::from_be_bytes(at[..].try_into().ok()?))))
}

/// True when a failure is told outside the page of backups: at once when waiting does not mend it; and what a person did, by
/// unplugging the disk or by stopping it, when there was no backup for `away` milliseconds, or never one.
fn is_told(code: ErrorCode, away: Option<i64>) -> bool {
    match code {
        ErrorCode::TargetMissing | ErrorCode::Cancelled => away.is_none_or(|away| away >= AWAY_MS),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_that_is_away_for_a_week_is_told_and_anything_else_at_once() {
        for code in [ErrorCode::TargetMissing, ErrorCode::Cancelled] {
            assert!(is_told(code, None) && is_told(code, Some(AWAY_MS)));
            assert!(!is_told(code, Some(AWAY_MS - 1)));
        }
        assert!(is_told(ErrorCode::DiskFull, Some(0)) && is_told(ErrorCode::BackupNotVerified, Some(0)));
    }
}
