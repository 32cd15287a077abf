//! A small file replaced whole: whatever interrupts it leaves the old one or the new one.
//!
//! ```text
//! <name>.new made -> written -> synced -> renamed over <name> -> directory synced
//! ```
//!
//! The rename is the one moment at which the old file stops and the new one starts. Until the directory is synced a power
//! cut may bring the old one back, so only then is it reported as done.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::files::{self, private};
use crate::VaultError;

/// How far a replacement has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Made,
    Written,
    Synced,
    Renamed,
}

/// Replaces `path` whole, readable by its owner only.
///
/// # Errors
/// [`VaultError::DiskFull`], [`VaultError::Storage`]; the old file stays, except when only the last sync failed: then
/// either may be there.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), VaultError> {
    stepwise(path, bytes, |_| Ok(()))
}

/// Removes what an interrupted replacement left.
pub(super) fn discard(path: &Path) {
    // What cannot be removed is overwritten by the next replacement, and nothing ever reads it.
    drop(fs::remove_file(temporary(path)));
}

fn stepwise(
    path: &Path,
    bytes: &[u8],
    mut after: impl FnMut(Step) -> Result<(), VaultError>,
) -> Result<(), VaultError> {
    let renamed = write(path, bytes, &mut after).and_then(|()| Ok(fs::rename(temporary(path), path)?));
    if let Err(e) = renamed {
        // A full disk needs the room, and the new content must not lie around.
        discard(path);
        return Err(e);
    }
    after(Step::Renamed)?;
    Ok(files::sync_directory(files::parent(path))?)
}

fn write(
    path: &Path,
    bytes: &[u8],
    after: &mut impl FnMut(Step) -> Result<(), VaultError>,
) -> Result<(), VaultError> {
    let mut file = private().create(true).truncate(true).write(true).open(temporary(path))?;
    after(Step::Made)?;
    file.write_all(bytes)?;
    after(Step::Written)?;
    files::sync(&file)?;
    after(Step::Synced)
}

fn temporary(path: &Path) -> PathBuf {
    path.with_extension("new")
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;

    const STEPS: [Step; 4] = [Step::Made, Step::Written, Step::Synced, Step::Renamed];

    fn old(dir: &Path) -> PathBuf {
        let path = dir.join("keyslots");
        fs::write(&path, "old").unwrap();
        path
    }

    #[test]
    fn interrupted_after_any_step_it_leaves_the_old_or_the_new_one() {
        for last in STEPS {
            let dir = tempfile::tempdir().unwrap();
            let path = old(dir.path());
            // A panic stops like the end of the process: nothing is tidied up.
            let stop = |step| if step == last { panic!("interrupted, as the test wants") } else { Ok(()) };
            assert!(catch_unwind(AssertUnwindSafe(|| stepwise(&path, b"new", stop))).is_err());
            let left = if last == Step::Renamed { "new" } else { "old" };
            assert_eq!(fs::read_to_string(&path).unwrap(), left, "{last:?}");
            assert_eq!(temporary(&path).exists(), last != Step::Renamed, "{last:?}");
            // The next one is not hindered by what was left, be it longer or shorter.
            fs::write(temporary(&path), "what was left, longer than the new one").unwrap();
            replace(&path, b"next").unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), "next");
            assert!(!temporary(&path).exists());
        }
    }

    #[test]
    fn a_step_that_fails_before_the_rename_keeps_the_old_one_and_leaves_nothing() {
        for failing in STEPS {
            let dir = tempfile::tempdir().unwrap();
            let path = old(dir.path());
            let fail = |step| if step == failing { Err(VaultError::DiskFull) } else { Ok(()) };
            assert_eq!(stepwise(&path, b"new", fail), Err(VaultError::DiskFull));
            let left = if failing == Step::Renamed { "new" } else { "old" };
            assert_eq!(fs::read_to_string(&path).unwrap(), left, "{failing:?}");
            assert!(!temporary(&path).exists(), "{failing:?}");
        }
    }

    /// A power cut after the rename must find the new octets; after the return, also the name.
    #[test]
    fn the_octets_are_synced_before_the_rename_and_the_name_before_it_returns() {
        let dir = tempfile::tempdir().unwrap();
        let path = old(dir.path());
        drop((files::synced::lengths(), files::synced::directories()));
        stepwise(&path, b"newer", |step| {
            let synced: &[u64] = if step == Step::Synced { &[5] } else { &[] };
            assert_eq!(files::synced::lengths(), synced, "{step:?}");
            assert_eq!(files::synced::directories().len(), 0, "{step:?}");
            Ok(())
        })
        .unwrap();
        assert_eq!(files::synced::directories(), [dir.path()]);
    }

    #[test]
    fn the_steps_come_in_order() {
        let dir = tempfile::tempdir().unwrap();
        let mut seen = Vec::new();
        stepwise(&old(dir.path()), b"new", |step| {
            seen.push(step);
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, STEPS);
    }
}
