//! The readings come back: guardians' parts open a backup, and the record in it lies beside the one of the meantime, with a new
//! passphrase, a new recovery key, and the circle. The parts are void then: it gives guardians new ones by itself.

use std::path::Path;

use salus_sharing::circle::gather::{Enough, Gathered};
use salus_vault::vault::{Restored, Returned};
use salus_vault::{BackupError, RecoveryKey, Vault};
use salus_wire::command::{Command, ForgoReadings, RegainReadings};
use salus_wire::view::{FamilyView, RegainedView};
use salus_wire::{Category, ErrorCode, Failure};

use super::kept::Own;
use super::{carry, lost, meantime, sentence, view};
use crate::app::rng;
use crate::asked::Asked;
use crate::backup::restore;
use crate::failure::OrFail;
use crate::profile::RECORD;
use crate::record::renew;
use crate::work::Running;
use crate::{App, Choice, Moment, Run, doors, heads, people};

impl Run for RegainReadings {
    async fn run(self, app: &App) -> Result<RegainedView, Failure> {
        let open = app.open().await?;
        let vault = &open.vault;
        vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let gathered = lost::gathered(vault).await?.ok_or(ErrorCode::NothingYet)?;
        if gathered.enough.is_empty() {
            return Err(ErrorCode::TooFewParts.into());
        }
        let sentence = sentence::regain(app.tongue());
        app.ask(Asked::Regain, &sentence).await?;
        let running = app.begin(RegainReadings::NAME)?;
        let chosen = app.0.config.confirm.choose(Choice::Backup).await.ok_or(ErrorCode::Cancelled)?;
        let (id, home) = people::beside(app)?;
        let key = RecoveryKey::random(&mut rng());
        let regained = async {
            let by = (&gathered, &key, self.passphrase.as_str());
            let restored = opened(app, &chosen, by, &home, &running).await?;
            // What is kept of the circle here does not change while it goes over.
            let turn = open.sharing.take().await;
            if let Err(failure) = complete(app, vault, &home, &restored).await {
                restored.discard().await;
                return Err(failure);
            }
            let (regained, _) = restored.finish().await.or_fail()?;
            // From here on it is a record; this one speaks in the circle no more.
            Own::forget(vault).await?;
            lost::forget(vault).await?;
            drop(turn);
            let mut readings = 0_u64;
            for category in Category::ALL {
                readings = readings.saturating_add(regained.count(*category).await.or_fail()?);
            }
            if let Err(error) = regained.lock().await {
                tracing::debug!(%error, "the regained record is closed without its last write");
            }
            Ok(readings)
        };
        let regained: Result<u64, Failure> = regained.await;
        if regained.is_err() && !Vault::exists(&home.join(RECORD)) {
            // What cannot be removed is sealed, and no record.
            drop(std::fs::remove_dir_all(&home));
        }
        let readings = regained?;
        app.tell(salus_wire::event::Event::PermissionsChanged);
        Ok(RegainedView { id, readings, key: doors::shown(&key) })
    }
}

impl Run for ForgoReadings {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let open = app.open().await?;
        if !lost::waits(&open.vault).await? {
            return Err(ErrorCode::NothingYet.into());
        }
        let sentence = sentence::forgo(app.tongue());
        app.ask(Asked::Forgo, &sentence).await?;
        let _turn = open.sharing.take().await;
        lost::forget(&open.vault).await?;
        app.tell(salus_wire::event::Event::PermissionsChanged);
        view::of(app, &open.vault).await
    }
}

/// Opens the backup with the first parts that do; more than one group of them are enough only where several guardians together
/// gave false ones.
async fn opened(
    app: &App,
    file: &Path,
    (gathered, recovery, passphrase): (&Gathered, &RecoveryKey, &str),
    home: &Path,
    running: &Running,
) -> Result<Restored, Failure> {
    let new = (passphrase, doors::cost(app).await);
    for Enough { checks, shares } in &gathered.enough {
        let back = Returned { checks, shares, recovery };
        let dir = home.join(RECORD);
        match Vault::restore_by_guardians(file, back, &dir, new, rng(), &running.watch).await {
            Err(BackupError::WrongKey) => {}
            restored => return restored.or_fail(),
        }
    }
    Err(ErrorCode::PartsOtherBackup.into())
}

/// Everything that the record must have from its first moment on; killed before its end, nothing of it counts.
async fn complete(app: &App, from: &Vault, home: &Path, restored: &Restored) -> Result<(), Failure> {
    let to = restored.vault();
    restore::settle(app, home, restored).await?;
    doors::forget_written(to).await?;
    carry::carry(from, to).await?;
    // Computer and paper are gone: the identity that the lost record had, whoever has it, acts for nobody. The circle's key is new already.
    renew::retire_regained(to, app.now()).await?;
    meantime::remember(app, from, to).await?;
    heads::keep(app, to, Moment::Last).await;
    Ok(())
}
