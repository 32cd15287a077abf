//! What the vault is measured beside: plain SQLite, SQLCipher and age, in a package of its own with a lockfile of its own.
//!
//! Where it cannot be built the table says so, and the rest is measured.

use std::ffi::OsString;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use crate::env::{cargo, root, target};
use crate::step::{run as command_run, step};

/// Days of rows; more would take longer than they would tell.
const DAYS: &str = "10";

/// The arguments of `bench-vault`: a file with what the others did, or none.
pub(super) fn vault() -> Result<Vec<OsString>> {
    let built = step("building what the vault is measured beside", || {
        let mut c = cargo(&["build", "--release", "--locked", "--manifest-path"]);
        c.arg(root().join("tests/bench-baselines/Cargo.toml"))
            .arg("--target-dir")
            .arg(target().join("baselines"));
        command_run(&mut c, "SQLCipher needs a C compiler and OpenSSL's headers (libssl-dev).")
    });
    if let Err(error) = built {
        println!("SKIPPED: SQLite, SQLCipher and age are not measured: {error:#}");
        return Ok(Vec::new());
    }
    let folder = target().join("baselines");
    let (day, said) = (folder.join("day"), folder.join("said.json"));
    step("measuring: SQLite, SQLCipher, age", || {
        let mut c = std::process::Command::new(target().join("release/bench-vault"));
        command_run(c.arg("--data").arg(&day), "The line above says why.")?;
        let program = folder.join("release/salus-bench-baselines");
        let mut c = std::process::Command::new(&program);
        c.arg(&day).arg(DAYS).env("TMPDIR", super::disk()?).stderr(Stdio::inherit());
        let out = c.output().with_context(|| format!("starting {}", program.display()))?;
        ensure!(out.status.success(), "it ended with {}", out.status);
        Ok(std::fs::write(&said, &out.stdout)?)
    })?;
    Ok(vec![said.into_os_string()])
}
