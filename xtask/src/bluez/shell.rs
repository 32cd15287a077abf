//! What the other parts ask the system for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// What is in a folder, in the order of names.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut paths = entries.map(|e| Ok(e?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// Runs a command without showing its output, which is returned; an error holds the end of what it complained.
pub(super) fn quiet(command: &mut Command) -> Result<String> {
    let name =
        Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let out = command.output().with_context(|| format!("starting {name}"))?;
    if !out.status.success() {
        let complaint = String::from_utf8_lossy(&out.stderr);
        let last: Vec<&str> = complaint.lines().rev().take(3).collect();
        bail!("{name} ended with {}: {}", out.status, last.into_iter().rev().collect::<Vec<_>>().join(" / "));
    }
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}
