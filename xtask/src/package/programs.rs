//! The programs that are packaged: built each for itself, and without what only a debugger reads.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Facts;
use crate::env::{FLAGS, cargo, command, flags, quiet, target};
use crate::step::{run as command_run, step};
use crate::ui;

/// The packages of the workspace, which are called like their programs.
const PROGRAMS: [&str; 2] = ["salus", "salus-node"];

/// Builds both, optimised, with the page. One command for both would give each what the other switches on in shared crates.
pub(super) fn build() -> Result<()> {
    ui::build(true)?;
    for program in PROGRAMS {
        step(&format!("{program}, optimised"), || {
            let mut c = cargo(&["build", "--release", "--locked", "--package", program]);
            c.env("CARGO_TARGET_DIR", folder()).env(FLAGS, flags());
            command_run(&mut c, "See the compiler's message above.")
        })?;
    }
    Ok(())
}

/// A folder of its own: with other flags than the benchmark's, each would build everything again after the other.
fn folder() -> PathBuf {
    target().join("package-build")
}

/// A built program without symbols and notes, as Debian strips its own; in `folder`.
pub(super) fn stripped(program: &str, facts: &Facts, folder: &Path) -> Result<PathBuf> {
    let built = if facts.debug { target().join("debug") } else { self::folder().join("release") };
    let built = built.join(program);
    anyhow::ensure!(built.is_file(), "{} is not built", built.display());
    fs::create_dir_all(folder)?;
    let stripped = folder.join(program);
    let mut strip = command("strip");
    strip.args(["--remove-section=.comment", "--remove-section=.note", "-o"]).arg(&stripped).arg(&built);
    quiet(&mut strip).context("strip is in binutils, with the compiler")?;
    Ok(stripped)
}
