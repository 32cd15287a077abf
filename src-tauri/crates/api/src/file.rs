//! Small files that are replaced as a whole: written beside, synced, renamed.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

/// Largest small file: settings and the profile are below 1 KiB.
const MAX: u64 = 64 * 1024;

/// The content, `None` when there is no such file.
pub(crate) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e),
    };
    let mut content = Vec::new();
    file.take(MAX + 1).read_to_end(&mut content)?;
    if content.len() as u64 > MAX {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(Some(content))
}

/// Makes a directory, and what it is in, readable by its owner only; its name is durable when this returns.
pub(crate) fn make_private(dir: &Path) -> io::Result<()> {
    let missing: Vec<&Path> =
        dir.ancestors().take_while(|d| !d.as_os_str().is_empty() && !d.exists()).collect();
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)?;
    missing.into_iter().try_for_each(sync_name)
}

/// Replaces the file; after a crash it holds the old or the new content.
pub(crate) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(content)?;
    sync(&file)?;
    fs::rename(&beside, path)?;
    sync_name(path)
}

fn sync(file: &File) -> io::Result<()> {
    file.sync_all()?;
    #[cfg(test)]
    synced::note(file.metadata()?.len());
    Ok(())
}

/// Makes the name of a file or directory durable.
fn sync_name(path: &Path) -> io::Result<()> {
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Elsewhere a directory cannot be synced: the file system journals its names itself.
    #[cfg(unix)]
    File::open(parent)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = parent;
    #[cfg(test)]
    synced::note_directory(parent);
    Ok(())
}

/// What was synced on this thread: a missing sync shows in no file that is read back at once.
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

    /// The lengths of files, and the directories, that were synced since the last call.
    pub(crate) fn taken() -> (Vec<u64>, Vec<PathBuf>) {
        (LENGTHS.take(), DIRECTORIES.take())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole_and_a_huge_one_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("settings.json");
        assert_eq!(read(&path).unwrap(), None);
        replace(&path, b"one").unwrap();
        replace(&path, b"two").unwrap();
        assert_eq!(read(&path).unwrap().as_deref(), Some(&b"two"[..]));
        fs::write(&path, vec![b' '; 65 * 1024]).unwrap();
        assert!(read(&path).is_err());
    }

    #[test]
    fn the_octets_and_every_new_name_are_durable() {
        let dir = tempfile::tempdir().unwrap();
        let (home, path) = (dir.path().join("people/one"), dir.path().join("people/one/settings.json"));
        synced::taken();
        make_private(&home).unwrap();
        assert_eq!(synced::taken(), (vec![], vec![dir.path().join("people"), dir.path().to_owned()]));
        make_private(&home).unwrap();
        assert_eq!(synced::taken(), (vec![], vec![]));
        replace(&path, b"four").unwrap();
        assert_eq!(synced::taken(), (vec![4], vec![home]));
    }
}
