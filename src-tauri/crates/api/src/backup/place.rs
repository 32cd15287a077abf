//! Where a record's backups go: its own folder, or one that the person chose.

use std::path::{Path, PathBuf};

use salus_vault::{BackupError, Vault};
use salus_wire::{ErrorCode, Failure};

use super::KEPT;
use crate::failure::OrFail;
use crate::{App, file};

const FOLDER: &[u8] = b"folder";
/// The record's own folder of backups, inside the profile's directory.
pub(super) const OWN: &str = "backups";

/// A folder of backups.
pub(super) struct Place {
    pub(super) folder: PathBuf,
    own: bool,
}

impl Place {
    /// The record's.
    pub(super) async fn of(app: &App, vault: &Vault) -> Result<Self, Failure> {
        let stored = vault.cabinet().get(KEPT, FOLDER).await.or_fail()?;
        let chosen = stored.and_then(|path| String::from_utf8(path.to_vec()).ok()).map(PathBuf::from);
        Ok(match chosen {
            Some(folder) => Self { folder, own: false },
            None => Self { folder: app.path(OWN), own: true },
        })
    }

    /// Keeps a choice; `None` is the record's own.
    pub(super) async fn keep(vault: &Vault, folder: Option<&Path>) -> Result<(), Failure> {
        let Some(folder) = folder else {
            return vault.cabinet().remove(KEPT, FOLDER).await.or_fail().map(|_| ());
        };
        let text = folder.to_str().filter(|_| folder.is_absolute()).ok_or(ErrorCode::TargetMissing)?;
        vault.cabinet().put(KEPT, FOLDER, text.as_bytes()).await.or_fail()
    }

    /// Makes the record's own folder; one that the person chose must be there: an empty folder in place of a disk that is not
    /// plugged in would fill the wrong disk.
    pub(super) fn ready(&self) -> Result<(), Failure> {
        if self.own && !self.folder.exists() {
            file::make_private(&self.folder).or_fail()?;
        }
        if self.folder.is_dir() { Ok(()) } else { Err(BackupError::FolderMissing).or_fail() }
    }

    /// True before the first backup in the record's own folder.
    pub(super) fn is_new(&self) -> bool {
        self.own && !self.folder.exists()
    }

    /// True for a folder that the person chose, which may outlast this computer.
    pub(super) const fn is_chosen(&self) -> bool {
        !self.own
    }

    /// What the page may know of it: the last part of its path.
    pub(super) fn name(&self) -> Option<String> {
        let name = self.folder.file_name().map_or_else(|| "/".into(), |name| name.to_string_lossy());
        (!self.own).then(|| name.into_owned())
    }
}
