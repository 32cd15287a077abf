//! The folder of backups: what is in it, and what may go.

use std::fs;
use std::path::{Path, PathBuf};

use salus_wire::UnixMillis;

use super::{BackupError, keep, name};

/// One backup in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Its file.
    pub path: PathBuf,
    /// Of when it is, by its name: Unix milliseconds, whole seconds.
    pub at: UnixMillis,
    /// Octets.
    pub size: u64,
}

/// The backups of one record in a folder, the newest first. Other files, and those of other records, are not looked at.
///
/// # Errors
/// [`BackupError::FolderMissing`], [`BackupError::Unreadable`].
pub fn list(folder: &Path, record: [u8; 16]) -> Result<Vec<Backup>, BackupError> {
    let mut found = Vec::new();
    for entry in entries(folder)? {
        let entry = entry.map_err(|_| BackupError::Unreadable)?;
        let Some(at) = entry.file_name().to_str().and_then(|n| name::instant(record, n)) else { continue };
        let known = entry.metadata().map_err(|_| BackupError::Unreadable)?;
        if known.is_file() {
            found.push(Backup { path: entry.path(), at, size: known.len() });
        }
    }
    found.sort_by_key(|backup| core::cmp::Reverse(backup.at));
    Ok(found)
}

/// Removes what need not be kept; `newest` stays in any case. Called after a backup was verified, and never otherwise.
///
/// # Errors
/// As [`list`]; a file that cannot be removed stays, which is not an error.
pub fn prune(folder: &Path, record: [u8; 16], newest: UnixMillis) -> Result<usize, BackupError> {
    let all = list(folder, record)?;
    let kept = keep::kept(&all.iter().map(|b| b.at).collect::<Vec<_>>());
    let newest = newest - newest.rem_euclid(1000);
    let surplus = all.iter().filter(|b| !kept.contains(&b.at) && b.at != newest);
    Ok(surplus.filter(|b| fs::remove_file(&b.path).is_ok()).count())
}

/// Removes what backups of this record left that were killed: files that were not finished, and may be whole. False when one
/// stays: it opens with the recovery key like a backup.
///
/// # Errors
/// As [`list`].
pub fn clear_interrupted(folder: &Path, record: [u8; 16]) -> Result<bool, BackupError> {
    let mut cleared = true;
    for entry in entries(folder)? {
        let entry = entry.map_err(|_| BackupError::Unreadable)?;
        let ours = entry.file_name().to_str().is_some_and(|n| name::is_unfinished(record, n));
        if ours && let Err(e) = fs::remove_file(entry.path()) {
            tracing::warn!(kind = ?e.kind(), "an interrupted backup cannot be removed");
            cleared = false;
        }
    }
    Ok(cleared)
}

fn entries(folder: &Path) -> Result<fs::ReadDir, BackupError> {
    fs::read_dir(folder).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => BackupError::FolderMissing,
        _ => BackupError::Unreadable,
    })
}
