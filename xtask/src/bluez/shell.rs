//! What the other parts ask the system for.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// What is in a folder, in the order of names.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut paths = entries.map(|e| Ok(e?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
