//! `cargo xtask test`: everything that must hold before a change lands.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::bluez::{self, Outcome};
use crate::env::{built, cargo, command, output, root};
use crate::step::{run as command_run, step};
use crate::{arrows, setup, ui};

/// What to run.
#[derive(Args)]
pub(crate) struct Options {
    /// Only tests whose name contains this; skips formatting, lints and licences
    filter: Option<String>,
    /// Only the journeys against the real BlueZ, in a virtual machine; fails where it cannot be had
    #[arg(long, conflicts_with = "filter")]
    bluez: bool,
    /// Only the long tests: a thousand kills and a thousand power cuts; takes tens of minutes
    #[arg(long, conflicts_with_all = ["filter", "bluez"])]
    long: bool,
}

/// Set-up, then every check; stops at the first that fails.
fn everything() -> Result<()> {
    setup::run()?;
    step("format", || {
        command_run(&mut cargo(&["fmt", "--all", "--check"]), "Run `cargo fmt --all`.")?;
        command_run(cargo(&["fmt", "--check"]).current_dir(root().join("ui")), "Run `cargo fmt` in ui/.")
    })?;
    arrows::run()?;
    ui::build(false)?;
    step("lints (clippy, warnings denied)", || {
        let args = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
        command_run(&mut cargo(&args), "Mend what clippy names.")
    })?;
    fuzz_targets()?;
    licences()?;
    programs()?;
    nextest(&["--workspace"])?;
    let bluez = bluez::run()?;
    step("page tests (wording, contrast, languages)", || {
        let mut c = cargo(&["test", "--locked", "--quiet"]);
        c.current_dir(root().join("ui")).env("CARGO_TARGET_DIR", crate::env::target().join("ui-native"));
        command_run(&mut c, "See the failing test above.")
    })?;
    step("golden and device vectors", || {
        for file in ["golden-vectors.json", "ble-vectors.json"] {
            let path = root().join("tests/vectors").join(file);
            let mut c = built("vectors");
            command_run(c.arg(path), "A value differs from the specification's vector.")?;
        }
        Ok(())
    })?;
    if bluez == Outcome::Skipped {
        println!("   SKIPPED, NOT PASSED: the real BlueZ; the reason is above");
    }
    Ok(())
}

/// Runs the chore.
pub(crate) fn run(options: &Options) -> Result<()> {
    if options.bluez {
        setup::run()?;
        // Whoever asks for this alone must not take a skipped run for a passed one.
        anyhow::ensure!(bluez::run()? == Outcome::Passed, "the real BlueZ was skipped, not passed");
        return Ok(());
    }
    if options.long {
        setup::run()?;
        return long();
    }
    match &options.filter {
        None => step("all tests", everything),
        Some(filter) => {
            setup::run()?;
            ui::build(false)?;
            programs()?;
            nextest(&["--workspace", filter])
        }
    }
}

fn programs() -> Result<()> {
    step("the programs that the journeys start", || {
        // With the tests: what they switch on in shared crates would otherwise build everything a second time.
        let args = ["build", "--workspace", "--bins", "--tests", "--locked"];
        command_run(&mut cargo(&args), "See the compiler's message above.")
    })
}

fn nextest(args: &[&str]) -> Result<()> {
    step("unit tests, property tests and journeys", || {
        let mut c = cargo(&["nextest", "run", "--locked", "--no-fail-fast"]);
        command_run(c.args(args), "See the failing tests above; `cargo xtask test NAME` runs one.")
    })
}

/// The vault has the only long tests: its features alone are built, which costs less than the workspace's.
fn long() -> Result<()> {
    step("the long tests", || {
        let mut c = cargo(&["nextest", "run", "--locked", "--no-fail-fast", "--package", "salus-vault"]);
        c.args(["--profile", "long", "--run-ignored", "only", "--success-output", "final", "long_"]);
        command_run(&mut c, "SALUS_SEED=(the printed seed) plays a failure again.")
    })
}

/// The fuzz targets are a workspace of their own, which nothing else compiles: a target that does not build tests nothing.
fn fuzz_targets() -> Result<()> {
    step("fuzz targets compile", || {
        let mut c =
            cargo(&["check", "--quiet", "--bins", "--locked", "--manifest-path", "tests/fuzz/Cargo.toml"]);
        c.env("CARGO_TARGET_DIR", crate::env::target().join("fuzz"));
        command_run(
            &mut c,
            "See the compiler's message above; the targets are listed in tests/fuzz/Cargo.toml.",
        )
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
fn licences() -> Result<()> {
    step("licences, sources, bans", || {
        for (manifest, exceptions) in LOCKFILES {
            let mut c = deny(manifest);
            c.args(["--log-level", "error", "check", exceptions, "license-not-encountered"]);
            c.args([exceptions, "unused-wrapper", "licenses", "bans", "sources"]);
            command_run(&mut c, "See deny.toml: an exception needs a reason there, and goes with its reason.")?;
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
