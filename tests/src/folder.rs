//! A folder copied aside and put back, as somebody does who has the disk.

use std::path::Path;

use anyhow::{Context, Result};

/// Copies the files of `from` into `to`, over those of the same name; `to` is made when missing, and what else is in it stays.
/// One level only: a record and its state hold no folders.
///
/// # Errors
/// `from` cannot be read, `to` cannot be written, or `from` holds a folder.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let path = entry?.path();
        std::fs::copy(&path, to.join(path.file_name().context("a name")?))?;
    }
    Ok(())
}
