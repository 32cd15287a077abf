//! The directory: made private, locked against a second instance, its small files replaced whole.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::{cut, replace};
use crate::VaultError;
use crate::error::Part;

/// More octets than any keyslots file has.
const MAX_FILE: u64 = 64 * 1024 + 1;

pub(super) fn database(dir: &Path) -> PathBuf {
    dir.join("vault.db")
}

pub(super) fn keyslots(dir: &Path) -> PathBuf {
    dir.join("keyslots")
}

fn unfinished(dir: &Path) -> PathBuf {
    dir.join("unfinished")
}

pub(super) fn inbox(dir: &Path) -> PathBuf {
    dir.join("inbox")
}

/// Makes the directory, and what it is in, readable by its owner only; its name is durable when this returns.
pub(super) fn make(dir: &Path) -> Result<(), VaultError> {
    let missing = dir.ancestors().take_while(|d| !d.as_os_str().is_empty() && !d.exists());
    let parents: Vec<PathBuf> = missing.map(|d| parent(d).to_owned()).collect();
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)?;
    for parent in parents {
        sync_directory(&parent)?;
    }
    Ok(())
}

/// The directory that a path is in.
pub(crate) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Locks the directory for as long as the file lives.
pub(super) fn guard(dir: &Path) -> Result<File, VaultError> {
    let file = private().create(true).truncate(false).write(true).open(dir.join("vault.lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(VaultError::InUse),
        Err(TryLockError::Error(e)) => Err(e.into()),
    }
}

/// Says that a record is being made in a directory: a database in it is none yet. Durable when this returns.
pub(super) fn begin(dir: &Path) -> Result<(), VaultError> {
    private().create(true).truncate(false).write(true).open(unfinished(dir))?;
    Ok(sync_directory(dir)?)
}

/// The record is made: from here on its database is never taken for what a crash left, whatever happens to its keyslots.
pub(super) fn finish(dir: &Path) {
    // Where it cannot be removed now, the next unlocking does it.
    drop(fs::remove_file(unfinished(dir)));
}

/// True when a directory holds a record, or what is left of one.
pub(super) fn holds_record(dir: &Path) -> bool {
    keyslots(dir).exists() || (database(dir).exists() && !unfinished(dir).exists())
}

/// Makes an empty database file that only its owner reads; what a crashed creation left is removed first.
pub(crate) fn make_database(dir: &Path) -> Result<File, VaultError> {
    discard_database(dir)?;
    Ok(private().create_new(true).write(true).open(database(dir))?)
}

/// Removes a database that is no record's, or a copy of one.
pub(super) fn discard_database(dir: &Path) -> Result<(), VaultError> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = database(dir).into_os_string();
        name.push(suffix);
        match wipe(Path::new(&name)) {
            Err(e) if e.kind() != ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
    }
    Ok(())
}

/// Writes over a file and removes it: the disk's free blocks would keep rows that are deleted from the record later.
fn wipe(path: &Path) -> std::io::Result<()> {
    cut::tail(&OpenOptions::new().write(true).open(path)?, 0)?;
    fs::remove_file(path)
}

/// The copy of the database that a backup is made from; sealed row by row like the database itself.
pub(super) fn snapshot(dir: &Path) -> PathBuf {
    dir.join("snapshot.new")
}

/// Makes an empty file for it that only its owner reads.
pub(super) fn make_snapshot(dir: &Path) -> Result<PathBuf, VaultError> {
    discard_snapshot(dir);
    private().create_new(true).write(true).open(snapshot(dir))?;
    Ok(snapshot(dir))
}

/// Removes it, and what an interrupted backup left of it.
pub(super) fn discard_snapshot(dir: &Path) {
    // What cannot be removed now is removed before the next one is made; it says no more than the database beside it.
    drop(wipe(&snapshot(dir)));
    drop(fs::remove_file(dir.join("snapshot.new-journal")));
}

/// Makes the names in a directory durable.
pub(crate) fn sync_directory(dir: &Path) -> std::io::Result<()> {
    // Elsewhere a directory cannot be synced: the file system journals its names itself.
    #[cfg(unix)]
    File::open(dir)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = dir;
    #[cfg(test)]
    synced::note_directory(dir);
    Ok(())
}

/// Makes what was written to a file durable.
pub(crate) fn sync(file: &File) -> std::io::Result<()> {
    file.sync_all()?;
    #[cfg(test)]
    synced::note(file.metadata()?.len());
    Ok(())
}

/// Reads the keyslots file. A record without it is damaged: a backup's still open its database.
pub(super) fn read_keyslots(dir: &Path) -> Result<Vec<u8>, VaultError> {
    let file = match File::open(keyslots(dir)) {
        Err(e) if e.kind() == ErrorKind::NotFound => {
            return Err(match holds_record(dir) {
                true => VaultError::Damaged { part: Part::Keyslots },
                false => VaultError::NoProfile,
            });
        }
        file => file?,
    };
    let mut bytes = Vec::new();
    file.take(MAX_FILE).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Replaces the keyslots file whole: a crash leaves the old or the new one.
pub(super) fn write_keyslots(dir: &Path, bytes: &[u8]) -> Result<(), VaultError> {
    replace::replace(&keyslots(dir), bytes)
}

/// Removes what an interrupted change of the keyslots left: the file itself is whole.
pub(super) fn discard_interrupted(dir: &Path) {
    replace::discard(&keyslots(dir));
    discard_snapshot(dir);
}

/// Undoes a creation that failed: nobody has seen the recovery key yet.
pub(super) fn discard_keyslots(dir: &Path) {
    // What cannot be removed cannot be helped here: the creation's own error is the one to report.
    drop(fs::remove_file(keyslots(dir)));
    discard_interrupted(dir);
}

/// Files that only their owner reads.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// How long files were when they were synced, on this thread: a missing sync shows in no file that is read back at once.
#[cfg(test)]
pub(crate) mod synced {
    use std::cell::RefCell;
    use std::path::{Path, PathBuf};

    thread_local! {
        static LENGTHS: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
        static DIRECTORIES: RefCell<Vec<PathBuf>> = const { RefCell::new(Vec::new()) };
    }

    pub(super) fn note(length: u64) {
        LENGTHS.with_borrow_mut(|all| all.push(length));
    }

    pub(super) fn note_directory(dir: &Path) {
        DIRECTORIES.with_borrow_mut(|all| all.push(dir.to_owned()));
    }

    /// Those since the last call.
    pub(crate) fn lengths() -> Vec<u64> {
        LENGTHS.take()
    }

    /// Directories that were synced since the last call.
    pub(crate) fn directories() -> Vec<PathBuf> {
        DIRECTORIES.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_each_new_directory_is_made_durable() {
        let dir = tempfile::tempdir().unwrap();
        let (record, above) = (dir.path().join("profile/record"), dir.path().join("profile"));
        synced::directories();
        make(&record).unwrap();
        assert_eq!(synced::directories(), [above, dir.path().to_owned()]);
        make(&record).unwrap();
        assert_eq!(synced::directories(), [""; 0].map(PathBuf::from), "it is there already");
    }

    #[test]
    fn a_copy_is_written_over_before_it_is_removed() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(make_snapshot(dir.path()).unwrap(), [7; 5000]).unwrap();
        fs::write(database(dir.path()), [7; 6000]).unwrap();
        fs::write(dir.path().join("vault.db-wal"), [7; 7000]).unwrap();
        synced::lengths();
        discard_snapshot(dir.path());
        discard_database(dir.path()).unwrap();
        assert_eq!(synced::lengths(), [5000, 6000, 7000]);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        discard_database(dir.path()).unwrap();
    }

    #[test]
    fn the_keyslots_and_their_name_are_durable() {
        let dir = tempfile::tempdir().unwrap();
        drop((synced::lengths(), synced::directories()));
        write_keyslots(dir.path(), &[5; 300]).unwrap();
        assert_eq!(synced::lengths(), [300]);
        assert_eq!(synced::directories(), [dir.path()]);
    }
}
