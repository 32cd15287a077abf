//! What opens the record, and changing it. Old and new are never both gone: the vault replaces a slot whole.

use std::collections::BTreeSet;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use salus_vault::{PassphraseCost, RecoveryKey};
use salus_wire::command::{
    ChangePassphrase, GetDoors, MakeRecoveryKey, ResetPassphrase, SetRecoveryKey, TryRecoveryKey,
};
use salus_wire::view::{DoorsView, GuardiansView, RecoveryKeyView};
use salus_wire::{ErrorCode, Failure};
use tokio::time::Instant;

use crate::failure::OrFail;
use crate::lock::Open;
use crate::{App, Run};

/// So many groups of a new recovery key are typed back before the old one goes.
const TYPED_BACK: usize = 2;

/// The cost of a new passphrase on this computer: about a second.
pub(crate) async fn cost() -> PassphraseCost {
    let measured = tokio::task::spawn_blocking(|| {
        let begun = Instant::now();
        PassphraseCost::FLOOR.spend().map(|()| begun.elapsed())
    });
    // Too little memory even for the floor is told when the passphrase is set.
    measured.await.ok().and_then(Result::ok).map_or(PassphraseCost::FLOOR, PassphraseCost::calibrated)
}

/// A recovery key as pages show it.
pub(crate) fn shown(key: &RecoveryKey) -> RecoveryKeyView {
    RecoveryKeyView { groups: key.to_text().split('-').map(str::to_owned).collect() }
}

fn typed(key: &str) -> Result<RecoveryKey, Failure> {
    key.parse().map_err(|_| ErrorCode::KeyMistyped.into())
}

async fn view(open: &Open) -> Result<DoorsView, Failure> {
    let doors = open.vault.doors().await.or_fail()?;
    Ok(DoorsView {
        passphrase: doors.passphrase,
        recovery_key: doors.recovery_key,
        guardians: doors.guardians.map(|(needed, of)| GuardiansView { needed, of }),
        refused: open.refused.load(Ordering::Relaxed),
    })
}

impl Run for GetDoors {
    async fn run(self, app: &App) -> Result<DoorsView, Failure> {
        view(&*app.open().await?).await
    }
}

impl Run for ChangePassphrase {
    async fn run(self, app: &App) -> Result<DoorsView, Failure> {
        let open = app.open().await?;
        open.vault.check_passphrase(&self.old).await.or_fail()?;
        open.vault.set_passphrase_with(&self.new, cost().await).await.or_fail()?;
        view(&open).await
    }
}

impl Run for ResetPassphrase {
    async fn run(self, app: &App) -> Result<DoorsView, Failure> {
        let key = typed(&self.key)?;
        let open = app.open().await?;
        open.vault.check_recovery_key(&key).await.or_fail()?;
        open.vault.set_passphrase_with(&self.new, cost().await).await.or_fail()?;
        view(&open).await
    }
}

impl Run for MakeRecoveryKey {
    async fn run(self, app: &App) -> Result<RecoveryKeyView, Failure> {
        let open = app.open().await?;
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let key = open.vault.fresh_recovery_key().await.or_fail()?;
        let view = shown(&key);
        *open.shown_key.lock().unwrap_or_else(PoisonError::into_inner) = Some(key);
        Ok(view)
    }
}

impl Run for SetRecoveryKey {
    async fn run(self, app: &App) -> Result<DoorsView, Failure> {
        let open = app.open().await?;
        let key = open.shown_key.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let key = key.ok_or(ErrorCode::NotAsked)?;
        let places: BTreeSet<u8> = self.typed.iter().map(|t| t.at).collect();
        if places.len() < TYPED_BACK || places.len() != self.typed.len() {
            return Err(ErrorCode::BadRequest.into());
        }
        if !self.typed.iter().all(|t| key.is_group(usize::from(t.at), &t.text)) {
            return Err(ErrorCode::KeyMistyped.into());
        }
        open.vault.set_recovery_key(&key).await.or_fail()?;
        *open.shown_key.lock().unwrap_or_else(PoisonError::into_inner) = None;
        view(&open).await
    }
}

impl Run for TryRecoveryKey {
    async fn run(self, app: &App) -> Result<(), Failure> {
        let key = typed(&self.key)?;
        app.open().await?.vault.check_recovery_key(&key).await.or_fail()
    }
}
