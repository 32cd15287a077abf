//! Bumble, which plays the peripherals, in a Python environment of its own.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::shell::quiet;
use super::{Unavailable, folder};
use crate::env::{command, root};

/// Makes the environment when it is missing or the pinned versions have changed; returns its interpreter.
pub(super) fn ensure() -> Result<PathBuf> {
    let pinned = root().join("tests/bluez/requirements.txt");
    let wanted = fs::read_to_string(&pinned).context("reading tests/bluez/requirements.txt")?;
    let at = folder().join("python");
    let (interpreter, stamp) = (at.join("bin/python"), at.join("installed.txt"));
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) && interpreter.exists() {
        println!("   installed in {}", at.display());
        return Ok(interpreter);
    }
    println!("   installing into {} (once)", at.display());
    quiet(command("python3").args(["-m", "venv", "--clear"]).arg(&at))
        .context(Unavailable("there is no Python 3 with venv"))?;
    let mut pip = command(&interpreter.to_string_lossy());
    // Every package is named with its version; what the rest of Bumble would need is left out.
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--requirement",
    ]);
    quiet(pip.arg(&pinned)).context(Unavailable("Bumble cannot be had"))?;
    fs::write(stamp, wanted)?;
    Ok(interpreter)
}
