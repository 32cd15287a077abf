//! A record in a folder that cannot be written (a disk that the system made read-only, a backup medium): it is read from a
//! private copy, which is removed when the record is closed, and nothing is stored.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rand_core::CryptoRng;

use super::files;
use crate::VaultError;

/// A copy of a record's sealed files; removed with this.
pub(super) struct Aside(PathBuf);

impl Aside {
    /// Copies the record in `dir` when nothing can be written there; `None` when something can.
    pub(super) fn of(dir: &Path, rng: &mut (impl CryptoRng + ?Sized)) -> Result<Option<Self>, VaultError> {
        if !is_read_only(dir) {
            return Ok(None);
        }
        let mut name = [0; 8];
        rng.fill_bytes(&mut name);
        let copy = Self(std::env::temp_dir().join(format!("salus-{}", hex(name))));
        files::make(&copy.0)?;
        // With the write-ahead log, which a crash may have left: it holds the newest readings.
        for suffix in ["", "-wal"] {
            let mut from = files::database(dir).into_os_string();
            from.push(suffix);
            let from = PathBuf::from(from);
            match fs::File::open(&from) {
                Err(e) if e.kind() == ErrorKind::NotFound && !suffix.is_empty() => {}
                source => {
                    let to = copy.0.join(from.file_name().unwrap_or_default());
                    let mut to = files::private().create_new(true).write(true).open(to)?;
                    std::io::copy(&mut source?, &mut to)?;
                }
            }
        }
        Ok(Some(copy))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // Sealed rows only; the system clears its temporary files.
        let _ = files::discard_database(&self.0);
        drop(fs::remove_dir_all(&self.0));
    }
}

/// True when the system says that nothing can be written into the folder.
fn is_read_only(dir: &Path) -> bool {
    let probe = dir.join("vault.probe");
    match files::private().create(true).truncate(false).write(true).open(&probe) {
        Ok(_) => {
            drop(fs::remove_file(&probe));
            false
        }
        Err(e) => matches!(e.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem),
    }
}

fn hex(octets: [u8; 8]) -> String {
    octets.iter().map(|o| format!("{o:02x}")).collect()
}
