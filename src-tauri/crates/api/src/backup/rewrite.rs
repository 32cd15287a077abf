//! After readings were deleted for ever, or guardians were replaced: the backups that still hold what was deleted, or that the
//! guardians' parts of before open, make way for a new one.
//!
//! A backup is sealed to keys that are not here, so nothing can be taken out of one. The next backup is made at
//! once instead; when it was read back whole, the older ones go: of its folder, and of the record's own. Until that worked, the
//! page says how many hold what was deleted. Another folder that was chosen before, and copies that a person made, are not
//! known here.

use std::path::Path;

use salus_vault::{Shredded, Vault, backup};
use salus_wire::{ErrorCode, Failure};

use super::KEPT;
use crate::failure::OrFail;

/// Which deletions the folder's backups are free of.
const REWRITTEN: &[u8] = b"rewritten";
/// Which guardians' parts open the folder's backups.
const GUARDIANS: &[u8] = b"guardians";

/// Which guardians' parts open a backup that is made from now on: what tells them, or nothing without guardians.
#[derive(PartialEq, Eq)]
pub(super) struct Parts(Vec<u8>);

impl Parts {
    /// Of the record as it is now.
    pub(super) async fn of(vault: &Vault) -> Result<Self, Failure> {
        let checks = vault.guardian_checks().await.or_fail()?;
        Ok(Self(checks.map(|checks| checks.to_bytes()).unwrap_or_default()))
    }

    async fn before(vault: &Vault) -> Result<Self, Failure> {
        let kept = vault.cabinet().get(KEPT, GUARDIANS).await.or_fail()?;
        Ok(Self(kept.map(|kept| kept.to_vec()).unwrap_or_default()))
    }

    /// True when the folder's backups open by other parts, or by none.
    pub(super) async fn pending(&self, vault: &Vault) -> Result<bool, Failure> {
        Ok(*self != Self::before(vault).await?)
    }

    /// True when parts of before still open backups of the folder. Before anybody was named, none did.
    pub(super) async fn replaced(&self, vault: &Vault) -> Result<bool, Failure> {
        let before = Self::before(vault).await?;
        Ok(!before.0.is_empty() && *self != before)
    }

    /// Remembers whose parts open the folder's backups.
    pub(super) async fn settle(&self, vault: &Vault) -> Result<(), Failure> {
        if self.pending(vault).await? {
            vault.cabinet().put(KEPT, GUARDIANS, &self.0).await.or_fail()?;
        }
        Ok(())
    }
}

/// The deletions that a backup made from now on is free of.
#[derive(PartialEq, Eq)]
pub(super) struct Deletions(Vec<u8>);

impl Deletions {
    /// Of the record as it is now.
    pub(super) fn of(vault: &Vault) -> Self {
        let mut all = vault.shredded();
        all.sort_by_key(|s| (s.category, s.first, s.last, s.at));
        Self(all.iter().flat_map(one).collect())
    }

    /// True when backups of the folder may hold what was deleted.
    pub(super) async fn pending(&self, vault: &Vault) -> Result<bool, Failure> {
        let kept = vault.cabinet().get(KEPT, REWRITTEN).await.or_fail()?;
        Ok(kept.as_ref().map_or(&[][..], |kept| kept.as_slice()) != self.0)
    }

    /// Removes all backups but the one that was just verified, whatever date they bear.
    pub(super) async fn clear(
        self,
        vault: &Vault,
        folders: &[&Path],
        verified: &Path,
    ) -> Result<(), Failure> {
        let mut left = None;
        for folder in folders {
            // One that a kill left unfinished may be whole, and is in no list.
            match backup::clear_interrupted(folder, vault.record_id()) {
                Ok(true) | Err(backup::BackupError::FolderMissing) => {}
                Ok(false) => left = Some(ErrorCode::BackupNotRemoved),
                Err(error) => return Err(error).or_fail(),
            }
            for old in others(folder, vault, verified).or_fail()? {
                if let Err(error) = std::fs::remove_file(&old.path) {
                    tracing::warn!(kind = ?error.kind(), "a backup that holds deleted readings cannot be removed");
                    left = Some(ErrorCode::BackupNotRemoved);
                }
            }
        }
        match left {
            Some(code) => Err(code.into()),
            None => self.settle(vault).await,
        }
    }

    /// Remembers that the folder's backups are free of them: also in a record that came out of such a backup.
    pub(super) async fn settle(self, vault: &Vault) -> Result<(), Failure> {
        vault.cabinet().put(KEPT, REWRITTEN, &self.0).await.or_fail()
    }
}

/// Nothing in a folder that is not there.
fn others(folder: &Path, vault: &Vault, verified: &Path) -> Result<Vec<backup::Backup>, backup::BackupError> {
    let mut all = match backup::list(folder, vault.record_id()) {
        Err(backup::BackupError::FolderMissing) => Vec::new(),
        listed => listed?,
    };
    all.retain(|b| b.path != verified);
    Ok(all)
}

/// What and when, in octets. The numbers of readings change without a new deletion.
fn one(s: &Shredded) -> impl Iterator<Item = u8> {
    let category = s.category.code().to_be_bytes();
    let (first, last) = (s.first.number().to_be_bytes(), s.last.number().to_be_bytes());
    category.into_iter().chain(first).chain(last).chain(s.at.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use salus_wire::command::MakeBackup;

    use super::*;
    use crate::testing::{Hands, NOON, patient, weigh};

    #[tokio::test]
    async fn an_unfinished_backup_goes_too_and_holds_the_rewriting_up_while_it_stays() {
        let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
        let app = patient(dir.path(), &clock).await;
        weigh(&app, NOON).await.unwrap();
        app.run(MakeBackup {}).await.unwrap();
        let (own, gone) = (app.path(super::super::place::OWN), dir.path().join("not plugged in"));
        let open = app.open().await.unwrap();
        let made = backup::list(&own, open.vault.record_id()).unwrap();
        let left = own.join(format!("{}.new", made[0].path.file_name().unwrap().to_str().unwrap()));
        std::fs::copy(&made[0].path, &left).unwrap();
        let clear = async || {
            let deletions = Deletions::of(&open.vault);
            deletions.clear(&open.vault, &[&own, &gone], &made[0].path).await
        };
        clear().await.unwrap();
        assert!(!left.exists() && made[0].path.exists());
        // A directory in its place cannot be removed like a file.
        std::fs::create_dir(&left).unwrap();
        assert_eq!(clear().await.unwrap_err().code, ErrorCode::BackupNotRemoved);
        drop(open);
        app.close().await.unwrap();
    }

    #[tokio::test]
    async fn backups_that_the_parts_of_before_open_make_way_and_those_of_before_any_stay() {
        let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
        let app = patient(dir.path(), &clock).await;
        weigh(&app, NOON).await.unwrap();
        app.run(MakeBackup {}).await.unwrap();
        let own = app.path(super::super::place::OWN);
        // One of the day before too: of one day only the newest is kept in any case.
        let first = std::fs::read_dir(&own).unwrap().next().unwrap().unwrap().path();
        let earlier = first.to_str().unwrap().replace("-20261118-", "-20261117-");
        std::fs::copy(&first, earlier).unwrap();
        let name = async |seed: u8| {
            let open = app.open().await.unwrap();
            let guardians = [[seed; 32], [seed + 1; 32]];
            let (slot, _) = open.vault.fresh_guardians(&guardians, 2).await.unwrap();
            open.vault.set_guardians(&slot).await.unwrap();
            let parts = Parts::of(&open.vault).await.unwrap();
            (parts.pending(&open.vault).await.unwrap(), parts.replaced(&open.vault).await.unwrap())
        };
        let made = async |later: i64| {
            clock.set(NOON + later);
            app.run(MakeBackup {}).await.unwrap();
            let open = app.open().await.unwrap();
            let pending = Parts::of(&open.vault).await.unwrap().pending(&open.vault).await.unwrap();
            (backup::list(&own, open.vault.record_id()).unwrap().len(), pending)
        };
        assert_eq!(name(11).await, (true, false), "the first: nobody's parts open what is there");
        assert_eq!(made(1_000).await, (2, false));
        assert_eq!(name(21).await, (true, true));
        assert_eq!(made(2_000).await, (1, false), "only the new one");
        app.close().await.unwrap();
    }
}
