//! `cargo xtask browser`: every screen in a real browser, over the real network: accessibility, size of targets, keyboard, pictures.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::env::{Unavailable, built, cache, cargo, root, target};
use crate::setup::chromium;
use crate::step::{run as command_run, step};
use crate::{python, setup, ui};

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

/// Builds what it needs and walks.
pub(crate) fn run(options: &Options) -> Result<()> {
    setup::run()?;
    step("a browser", chromium::ensure)?;
    ui::build(false)?;
    step("the programs that the walk starts", || {
        // With a test: see `demo::PROGRAMS`.
        let args = ["build", "--workspace", "--bins", "--test", "story", "--locked"];
        command_run(&mut cargo(&args), "See the compiler's message above.")
    })?;
    walk(options)
}

/// Walks; the page and the programs are built. Where there is no browser it fails, and says what is missing: a skipped walk looks
/// like a passed one.
pub(crate) fn walk(options: &Options) -> Result<()> {
    ui::build_design()?;
    step("every screen in a browser", || {
        let (chromium, python) = (chromium::find()?, ensure()?);
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
    let at = std::path::absolute(cache().join("browser-python"))?;
    let made = python::ensure(&at, "tests/browser/requirements.txt", "Playwright cannot be had");
    // The reason is below it.
    made.map_err(|why| if why.is::<Unavailable>() { why.context("nothing drives the browser") } else { why })
}
