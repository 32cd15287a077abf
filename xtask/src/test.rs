//! `cargo xtask test`: everything that must hold before a change lands.

mod checks;
mod fhir;
mod pdf;
mod skipped;

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use crate::bluez::{self, Outcome};
use crate::env::{built, cargo, root};
use crate::step::{run as command_run, step, timed};
use crate::{arrows, browser, package, setup, ui};
use skipped::Skipped;

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

/// Minutes that everything may take: where nothing is there yet, and where everything was built before.
const NEW: u32 = 90;
const WARM: u32 = 15;

/// Every test but the walk, which takes two cores for five minutes: `cargo xtask browser` walks, or whoever names the test.
const WITHOUT_WALK: &str = "not (package(salus-tests) and binary(browser))";

/// Set-up, then every check; stops at the first that fails.
fn everything() -> Result<()> {
    setup::run()?;
    setup::again()?;
    checks::format()?;
    arrows::run()?;
    ui::build(false)?;
    checks::lints()?;
    checks::licences()?;
    programs()?;
    let skipped = nextest(&["--workspace", "-E", WITHOUT_WALK], false)?;
    let bluez = bluez::run()?;
    step("page tests (wording, contrast, languages)", || {
        let mut c = cargo(&["test", "--locked", "--quiet"]);
        c.current_dir(root().join("ui")).env("CARGO_TARGET_DIR", page_tests());
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
    let packages = package::tested()?;
    tell(&skipped);
    if packages == package::Outcome::Skipped {
        println!("   SKIPPED, NOT PASSED: a part of the packages; the reason is above");
    }
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
        None => {
            let (took, held) = timed(|| step("all tests", everything));
            let minutes = took.as_secs_f64() / 60.0;
            println!(
                "   in all {minutes:.1} min; {NEW} min are allowed on a new machine, {WARM} on a warm one"
            );
            held
        }
        Some(filter) => {
            setup::run()?;
            ui::build(false)?;
            programs()?;
            let walks = browser::TEST.contains(filter.as_str());
            tell(&nextest(&["--workspace", filter], walks)?);
            Ok(())
        }
    }
}

/// Builds every program and test, as the tests use them.
pub(crate) fn programs() -> Result<()> {
    step("the programs that the journeys start", || {
        // With the tests: what they switch on in shared crates would otherwise build everything a second time.
        let args = ["build", "--workspace", "--bins", "--tests", "--locked"];
        command_run(&mut cargo(&args), "See the compiler's message above.")
    })
}

/// Runs the tests, with the browser where the walk is one of them; what this machine did not allow of them is told by the caller, at
/// the end of everything.
fn nextest(args: &[&str], walks: bool) -> Result<Vec<String>> {
    step("unit tests, property tests and journeys", || {
        let mut c = cargo(&["nextest", "run", "--locked", "--no-fail-fast"]);
        // What a failing test says is read; where it stood in the runtime buries that. `cargo nextest run` shows it when asked to.
        c.env("RUST_BACKTRACE", "0");
        let skipped = Skipped::by(c.args(args))?;
        fhir::tell(&mut c)?;
        pdf::tell(&mut c)?;
        if walks {
            browser::tell(&mut c)?;
        }
        let held = command_run(&mut c, "See the failing tests above; `cargo xtask test NAME` runs one.");
        if held.is_err() {
            tell(&skipped.lines());
        }
        held.map(|()| skipped.lines())
    })
}

fn tell(lines: &[String]) {
    for line in lines {
        println!("{line}");
    }
}

/// The vault has the only long tests: its features alone are built, which costs less than the workspace's.
fn long() -> Result<()> {
    step("the long tests", || {
        let mut c = cargo(&["nextest", "run", "--locked", "--no-fail-fast", "--package", "salus-vault"]);
        c.args(["--profile", "long", "--run-ignored", "only", "--success-output", "final", "long_"]);
        command_run(&mut c, "SALUS_SEED=(the printed seed) plays a failure again.")
    })
}

/// The page built for this machine, for its tests and lints.
fn page_tests() -> PathBuf {
    crate::env::target().join("ui-native")
}
