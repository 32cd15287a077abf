//! `cargo xtask demo`: the main job working, on a network of its own.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::env::{built, cargo};
use crate::step::{run as command_run, step};
use crate::{setup, ui};

/// Builds every program. One test is named with them, because then cargo chooses the features that all tests are built with:
/// whatever a test switches on in a shared crate. Without it half of the dependencies would be built once more after a run of the
/// tests, and again before the next. No other test is compiled, and nothing that only other tests depend on.
const PROGRAMS: [&str; 5] = ["build", "--workspace", "--bins", "--test", "story"];

/// How to show it.
#[derive(Args)]
pub(crate) struct Options {
    /// Play the whole story without a window, one line per step; exit status 0 only if every step holds
    #[arg(long)]
    headless: bool,
    /// With --headless: which story; `main` is one reading's whole journey, `family` a grandmother with a daughter and a son who
    /// help her, her cardiologist, and an emergency
    #[arg(long, requires = "headless", default_value = "main", value_parser = ["main", "family"])]
    story: String,
    /// With --headless: one JSON object per line {step, ok, ms, detail}
    #[arg(long, requires = "headless")]
    json: bool,
    /// How many members keep the record: 1 is a personal chain, 4 or 7 a collaborative one
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=21))]
    members: u16,
}

/// Sets up, builds, and starts the story or the windows.
pub(crate) fn run(options: &Options) -> Result<()> {
    if options.json {
        set_up_aside()?;
        // The story starts other programs of the workspace; all of them have to be there. Quiet: cargo speaks on stderr.
        let built = cargo(&PROGRAMS).arg("--quiet").status()?;
        anyhow::ensure!(built.success(), "the programs do not build; the compiler's message is above");
        return story(options);
    }
    setup::run()?;
    if !options.headless {
        ui::build(true)?;
    }
    step("building the programs", || {
        command_run(&mut cargo(&PROGRAMS), "See the compiler's message above.")
    })?;
    if options.headless { step("the story", || story(options)) } else { windows(options) }
}

/// Set-up as a process of its own whose words all go to standard error: --json promises one object per line on standard
/// output, and apt and cargo speak there.
fn set_up_aside() -> Result<()> {
    let mut own = Command::new(std::env::current_exe()?);
    let done = own.arg("setup").stdout(std::io::stderr()).status()?;
    anyhow::ensure!(done.success(), "set-up did not finish; its message is above");
    Ok(())
}

fn story(options: &Options) -> Result<()> {
    let mut c = built("salus-story");
    c.args(["--members", &options.members.to_string(), "--story", &options.story]);
    if options.json {
        c.arg("--json");
        c.stderr(std::process::Stdio::inherit());
        anyhow::ensure!(c.status()?.success(), "the story did not hold");
        return Ok(());
    }
    command_run(&mut c, "The line above that is not ok says which step failed and why.")
}

fn windows(options: &Options) -> Result<()> {
    let mut c = built("salus-demo");
    c.arg("--members");
    command_run(c.arg(options.members.to_string()), "The message above says what is missing.")
}
