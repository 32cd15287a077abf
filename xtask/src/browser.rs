//! `cargo xtask browser`: every screen in a real browser, over the real network: accessibility, size of targets, keyboard, pictures.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;

use crate::env::{Unavailable, built, cache, cargo, root, target};
use crate::setup::chromium;
use crate::step::{run as command_run, step};
use crate::{python, setup, ui};

/// The test of `tests/tests/browser.rs`, which walks beside the others in `cargo xtask test`.
pub(crate) const TEST: &str = "every_screen_in_a_browser";

/// What that test finds interpreter, browser and the folder for pictures under. Without them it says that it was skipped.
const VARIABLES: [&str; 3] = ["SALUS_BROWSER_PYTHON", "SALUS_BROWSER_CHROMIUM", "SALUS_BROWSER_OUT"];

/// What to look at.
#[derive(Args, Default)]
pub(crate) struct Options {
    /// Take the pictures of this run for those of the next
    #[arg(long)]
    update: bool,
    /// Only screens whose name contains this
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
}

/// Builds what it needs and walks. Where there is no browser it fails, and says what is missing: whoever asks for this alone must not
/// take a skipped walk for a passed one.
pub(crate) fn run(options: &Options) -> Result<()> {
    setup::run()?;
    let (python, chromium) = prepare()?;
    ui::build(false)?;
    ui::build_design()?;
    step("the programs that the walk starts", || {
        // With a test: see `demo::PROGRAMS`.
        let args = ["build", "--workspace", "--bins", "--test", "story", "--locked"];
        command_run(&mut cargo(&args), "See the compiler's message above.")
    })?;
    step("every screen in a browser", || {
        let out = out()?;
        let mut c = built("salus-browser");
        c.arg("--python").arg(python).arg("--chromium").arg(chromium);
        c.arg("--ui").arg(root().join("ui/dist")).arg("--design").arg(root().join(ui::DESIGN));
        c.arg("--out").arg(&out);
        if options.update {
            c.arg("--update");
        }
        if let Some(only) = &options.only {
            c.args(["--only", only]);
        }
        let pictures = format!("What is not as it was lies in {}.", out.display());
        command_run(&mut c, &format!("{pictures} `cargo xtask browser --only NAME` looks at one screen."))
    })
}

/// Tells the tests that `command` runs of the browser, where it can be had, and builds what else the walk shows.
pub(crate) fn tell(command: &mut Command) -> Result<()> {
    match prepare() {
        Ok((python, chromium)) => {
            ui::build_design()?;
            for (name, value) in VARIABLES.into_iter().zip([python, chromium, out()?]) {
                command.env(name, value);
            }
            Ok(())
        }
        Err(why) if why.is::<Unavailable>() => {
            println!("   SKIPPED, NOT PASSED: no screen is looked at in a browser, because {why:#}");
            for name in VARIABLES {
                command.env_remove(name);
            }
            Ok(())
        }
        Err(why) => Err(why),
    }
}

/// The interpreter that has Playwright, and the browser that it drives.
fn prepare() -> Result<(PathBuf, PathBuf)> {
    let chromium = step("a browser", chromium::ensure)?;
    Ok((step("what drives the browser", ensure)?, chromium))
}

/// The folder for pictures, empty.
fn out() -> Result<PathBuf> {
    // Programs run in the project's root.
    let out = std::path::absolute(target().join("browser"))?;
    if out.exists() {
        std::fs::remove_dir_all(&out).with_context(|| out.display().to_string())?;
    }
    std::fs::create_dir_all(&out).with_context(|| out.display().to_string())?;
    Ok(out)
}

fn ensure() -> Result<PathBuf> {
    // Tests run in their package's directory.
    let at = std::path::absolute(cache().join("browser-python"))?;
    let cannot = "Playwright cannot be had from the index of Python's packages that pip asks";
    python::ensure(&at, "tests/browser/requirements.txt", cannot)
}
