//! What opens the record, and changing it. Old and new are never both gone: the vault replaces a slot whole.

use std::collections::BTreeSet;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use salus_vault::{PassphraseCost, RecoveryKey, Vault};
use salus_wire::command::{
    ChangePassphrase, GetDoors, MakeRecoveryKey, ResetPassphrase, SetRecoveryKey, TryRecoveryKey,
};
use salus_wire::view::{DoorsView, GuardiansView, RecoveryKeyView};
use salus_wire::{ErrorCode, Failure, UnixMillis};
use tokio::time::Instant;

use crate::failure::OrFail;
use crate::lock::Open;
use crate::namespace::DOORS;
use crate::{App, Run};

/// So many groups of a recovery key that was shown are typed back.
const TYPED_BACK: usize = 2;
/// Since when the recovery key is known to be written down; nothing while it is not.
const WRITTEN: &[u8] = b"written";

/// A recovery key that was shown. The record keeps no key that could be shown again.
#[derive(Clone)]
pub(crate) struct Shown {
    key: RecoveryKey,
    /// It opens the record already: one of a new record does, one that is to replace another not before it was typed back.
    opens: bool,
}

/// The cost of a new passphrase on this computer: about a second. On the controlled clock of tests and demonstrations the
/// floor, below which nothing is opened anywhere: nobody keeps a record there.
pub(crate) async fn cost(app: &App) -> PassphraseCost {
    if app.0.config.test_clock {
        return PassphraseCost::FLOOR;
    }
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

/// Keeps which recovery key is on the screen, until groups of it were typed back.
fn remember(open: &Open, shown: Option<Shown>) {
    *open.shown_key.lock().unwrap_or_else(PoisonError::into_inner) = shown;
}

/// The recovery key of a record that was just made: it opens it, and nobody wrote it down yet.
pub(crate) fn remember_first(open: &Open, key: RecoveryKey) {
    remember(open, Some(Shown { key, opens: true }));
}

/// Keeps that the recovery key is written down: somebody typed it, or groups of it, from there.
pub(crate) async fn keep_written(vault: &Vault, now: UnixMillis) {
    if let Err(error) = vault.cabinet().put(DOORS, WRITTEN, &now.to_be_bytes()).await {
        // In a record that can only be read, for one: the person is asked once more.
        tracing::debug!(%error, "that the recovery key is written down is not kept");
    }
}

/// The recovery key is another one, which nobody wrote down yet.
pub(crate) async fn forget_written(vault: &Vault) -> Result<(), Failure> {
    vault.cabinet().remove(DOORS, WRITTEN).await.or_fail().map(|_| ())
}

fn typed(key: &str) -> Result<RecoveryKey, Failure> {
    key.parse().map_err(|_| ErrorCode::KeyMistyped.into())
}

async fn view(open: &Open) -> Result<DoorsView, Failure> {
    let doors = open.vault.doors().await.or_fail()?;
    // A mark that does not open is none: typing the key once makes it anew.
    let written = matches!(open.vault.cabinet().get(DOORS, WRITTEN).await, Ok(Some(_)));
    Ok(DoorsView {
        passphrase: doors.passphrase,
        recovery_key: doors.recovery_key,
        written,
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
        open.vault.set_passphrase_with(&self.new, cost(app).await).await.or_fail()?;
        view(&open).await
    }
}

impl Run for ResetPassphrase {
    async fn run(self, app: &App) -> Result<DoorsView, Failure> {
        let key = typed(&self.key)?;
        let open = app.open().await?;
        open.vault.check_recovery_key(&key).await.or_fail()?;
        keep_written(&open.vault, app.now()).await;
        open.vault.set_passphrase_with(&self.new, cost(app).await).await.or_fail()?;
        view(&open).await
    }
}

impl Run for MakeRecoveryKey {
    async fn run(self, app: &App) -> Result<RecoveryKeyView, Failure> {
        let open = app.open().await?;
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let key = open.vault.fresh_recovery_key().await.or_fail()?;
        let view = shown(&key);
        remember(&open, Some(Shown { key, opens: false }));
        Ok(view)
    }
}

impl Run for SetRecoveryKey {
    async fn run(self, app: &App) -> Result<DoorsView, Failure> {
        let open = app.open().await?;
        let shown = open.shown_key.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Shown { key, opens } = shown.ok_or(ErrorCode::NotAsked)?;
        let places: BTreeSet<u8> = self.typed.iter().map(|t| t.at).collect();
        if places.len() < TYPED_BACK || places.len() != self.typed.len() {
            return Err(ErrorCode::BadRequest.into());
        }
        let differ = self.typed.iter().filter(|t| !key.is_group(usize::from(t.at), &t.text));
        let differ: Vec<String> = differ.map(|t| (u16::from(t.at) + 1).to_string()).collect();
        if !differ.is_empty() {
            return Err(Failure::with(ErrorCode::GroupMistyped, differ.join(" ")));
        }
        if !opens {
            open.vault.set_recovery_key(&key).await.or_fail()?;
        }
        keep_written(&open.vault, app.now()).await;
        remember(&open, None);
        view(&open).await
    }
}

impl Run for TryRecoveryKey {
    async fn run(self, app: &App) -> Result<(), Failure> {
        let key = typed(&self.key)?;
        let open = app.open().await?;
        open.vault.check_recovery_key(&key).await.or_fail()?;
        keep_written(&open.vault, app.now()).await;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::MemoryHeads;
    use crate::testing::{Hands, NOON, open};

    #[tokio::test]
    async fn a_record_on_a_controlled_clock_costs_the_floor_and_no_less() {
        let dir = tempfile::tempdir().unwrap();
        let app = open(dir.path(), &Hands::at(NOON), Arc::new(MemoryHeads::default())).await;
        assert_eq!(cost(&app).await, PassphraseCost::FLOOR);
    }
}
