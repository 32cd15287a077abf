//! The inbox's file: private, held by one at a time, never read beyond its limit.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Seek};
use std::path::Path;

use super::MAX_INBOX;
use crate::VaultError;
use crate::vault::files;

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn hold(file: File) -> Result<File, VaultError> {
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(VaultError::InUse),
        Err(TryLockError::Error(e)) => Err(e.into()),
    }
}

/// The file, made when it is missing, for whoever appends.
pub(super) fn open(path: &Path) -> Result<File, VaultError> {
    hold(options().create(true).truncate(false).open(path)?)
}

/// The file, when there is one, for whoever takes everything out.
pub(crate) fn take(path: &Path) -> Result<Option<File>, VaultError> {
    match options().open(path) {
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        file => hold(file?).map(Some),
    }
}

/// Everything in it, for whoever only looks: who takes it out, or appends, is not kept waiting. `None` without a file.
pub(crate) fn look(path: &Path) -> Result<Option<Vec<u8>>, VaultError> {
    match File::open(path) {
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        file => read(&mut file?).map(Some),
    }
}

/// Everything in it, up to the limit; what is behind that was not written by us.
pub(crate) fn read(file: &mut File) -> Result<Vec<u8>, VaultError> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.take(MAX_INBOX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Removes the file; gone after a power cut too.
pub(crate) fn discard(path: &Path) -> Result<(), VaultError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(()),
        Err(e) => Err(e.into()),
        Ok(()) => sync_directory(path),
    }
}

/// Makes the file's name durable, or that it is gone.
pub(super) fn sync_directory(path: &Path) -> Result<(), VaultError> {
    Ok(files::sync_directory(files::parent(path))?)
}
