//! What is judged without running anything of ours: form, lints, licences.

use std::process::Command;

use anyhow::Result;

use super::page_tests;
use crate::env::{cargo, command, output, root, target};
use crate::step::{run as command_run, step};

/// Packages that are workspaces of their own; `cargo fmt --all` does not see them.
const APART: [&str; 3] = ["ui", "tests/fuzz", "tests/bench-baselines"];

/// rustfmt over everything.
pub(super) fn format() -> Result<()> {
    step("format", || {
        command_run(&mut cargo(&["fmt", "--all", "--check"]), "Run `cargo fmt --all`.")?;
        for folder in APART {
            let hint = format!("Run `cargo fmt` in {folder}/.");
            command_run(cargo(&["fmt", "--check"]).current_dir(root().join(folder)), &hint)?;
        }
        Ok(())
    })
}

/// Clippy over the workspace, over the page, and over the fuzz targets, which nothing else compiles: a target that does
/// not build tests nothing. The page is linted as a native build: no code of it is for wasm only. The baselines of the
/// benchmark are not: they build SQLCipher, and `cargo xtask bench vault` compiles them.
pub(super) fn lints() -> Result<()> {
    step("lints (clippy, warnings denied)", || {
        let clippy = |args: &[&str]| {
            let mut c = cargo(&["clippy", "--locked"]);
            c.args(args).args(["--", "-D", "warnings"]);
            c
        };
        let hint = "Mend what clippy names.";
        command_run(&mut clippy(&["--workspace", "--all-targets"]), hint)?;
        let mut page = clippy(&["--all-targets"]);
        page.current_dir(root().join("ui")).env("CARGO_TARGET_DIR", page_tests());
        command_run(&mut page, hint)?;
        let mut fuzz = clippy(&["--bins", "--manifest-path", "tests/fuzz/Cargo.toml"]);
        fuzz.env("CARGO_TARGET_DIR", target().join("fuzz"));
        command_run(&mut fuzz, "The targets are listed in tests/fuzz/Cargo.toml.")
    })
}

/// Every lockfile of what is shipped, and what an exception that it does not need is: the page needs fewer.
const LOCKFILES: [(&str, &str); 2] = [("Cargo.toml", "--deny"), ("ui/Cargo.toml", "--allow")];

/// cargo-deny on one lockfile, by the one configuration.
fn deny(manifest: &str) -> Command {
    let mut c = command("cargo-deny");
    c.args(["--config", "deny.toml", "--manifest-path", manifest]);
    c
}

/// Licences, sources and bans always; advisories where the advisory database can be reached.
pub(super) fn licences() -> Result<()> {
    step("licences, sources, bans", || {
        for (manifest, exceptions) in LOCKFILES {
            let mut c = deny(manifest);
            c.args(["--log-level", "error", "check", exceptions, "license-not-encountered"]);
            c.args([exceptions, "unused-wrapper", "licenses", "bans", "sources"]);
            command_run(
                &mut c,
                "See deny.toml: an exception needs a reason there, and goes with its reason.",
            )?;
        }
        Ok(())
    })?;
    step("advisories", || {
        if output("cargo-deny", &["--log-level", "error", "fetch", "db"]).is_none() {
            println!("   SKIPPED, NOT PASSED: the advisory database cannot be reached from here");
            return Ok(());
        }
        for (manifest, _) in LOCKFILES {
            let mut c = deny(manifest);
            let hint = "Update the named package, or explain in deny.toml.";
            command_run(c.args(["check", "advisories"]), hint)?;
        }
        Ok(())
    })
}
