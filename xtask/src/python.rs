//! Python environments of their own in the build cache, with pinned packages: for programs that only tests start.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::env::{Unavailable, command, quiet, root};

/// Makes the environment `at` when it is missing or the versions that the file `pinned` names have changed; returns its
/// interpreter. `cannot` says what is missing when its packages cannot be fetched.
pub(crate) fn ensure(at: &Path, pinned: &str, cannot: &'static str) -> Result<PathBuf> {
    let pinned = root().join(pinned);
    let wanted = fs::read_to_string(&pinned).with_context(|| format!("reading {}", pinned.display()))?;
    let (interpreter, stamp) = (at.join("bin/python"), at.join("installed.txt"));
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) && interpreter.exists() {
        println!("   installed in {}", at.display());
        return Ok(interpreter);
    }
    println!("   installing into {} (once)", at.display());
    quiet(command("python3").args(["-m", "venv", "--clear"]).arg(at))
        .context(Unavailable("there is no Python 3 with venv"))?;
    let mut pip = command(&interpreter.to_string_lossy());
    // Every package is named with its version; what else they would need is left out.
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--requirement",
    ]);
    quiet(pip.arg(&pinned)).context(Unavailable(cannot))?;
    fs::write(stamp, wanted)?;
    Ok(interpreter)
}
