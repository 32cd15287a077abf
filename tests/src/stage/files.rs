//! Everything that the window, the web view and the driver left on the disk: data, caches, temporary files, the log.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::Stage;

impl Stage {
    /// Every file of this stage with what is in it.
    ///
    /// # Errors
    /// A directory cannot be read.
    pub fn files(&self) -> Result<Vec<(PathBuf, Vec<u8>)>> {
        let mut found = Vec::new();
        walk(self.home.path(), &mut found)?;
        Ok(found)
    }
}

fn walk(dir: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) -> Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(&entry.path(), found)?;
        } else if kind.is_file() {
            // One that went meanwhile is a temporary file that is gone.
            let Ok(bytes) = std::fs::read(entry.path()) else { continue };
            found.push((entry.path(), bytes));
        }
    }
    Ok(())
}
