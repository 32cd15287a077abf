//! Sets the stage, walks, and tells how it ended.

#![expect(clippy::print_stdout, reason = "a program tells how far it is")]

use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use super::people::People;
use super::told::Told;
use super::{family, laptops, shared};

/// How it is started; `cargo xtask browser` knows what to put here.
#[derive(Debug, Clone, clap::Parser)]
#[command(name = "salus-browser", about = "Walks through every screen in a browser, over the real network")]
pub struct Arguments {
    /// The interpreter that has Playwright.
    #[arg(long, value_name = "FILE")]
    pub python: PathBuf,
    /// The Chromium that is driven.
    #[arg(long, value_name = "FILE")]
    pub chromium: PathBuf,
    /// The built page.
    #[arg(long, value_name = "DIR")]
    pub ui: PathBuf,
    /// The built design page.
    #[arg(long, value_name = "DIR")]
    pub design: PathBuf,
    /// Where pictures go of what is not as it was.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Take the pictures of this run for those of the next.
    #[arg(long)]
    pub update: bool,
    /// Only screens whose name contains this.
    #[arg(long, value_name = "NAME")]
    pub only: Option<String>,
}

/// Starts everything, walks, ends everything.
///
/// # Errors
/// What could not be made ready, or that the walk found something; it says what by itself.
pub async fn run(arguments: &Arguments) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut people = People::come(arguments, dir.path()).await?;
    println!("four members, a day and two weeks of six wearables");
    let shared = shared::share(&people).await?;
    println!("permissions in force, with a second clinician, stopped; one opening; an emergency card");
    let circle = family::help(&people).await?.to_string();
    println!("a daughter who helps, a son whose coming waits");
    laptops::are_used(&people).await?;
    println!("a record on two laptops, a recovery that nobody asked for, new keys after a loss");
    let told = serde_json::to_vec(&Told::of(arguments, &people, &shared, &circle))?;
    let walked = walk(arguments, &told).await;
    let ended = people.network.stop().await;
    walked.and(ended)
}

async fn walk(arguments: &Arguments, told: &[u8]) -> Result<()> {
    let script = crate::place::package().join("browser/walk.py");
    let mut command = Command::new(&arguments.python);
    // What is quoted of the page may be in any script; and what is found is shown when it is found.
    command.arg("-u").arg(script).env("PYTHONIOENCODING", "utf-8").env("PYTHONDONTWRITEBYTECODE", "1");
    let mut walk = command.stdin(Stdio::piped()).kill_on_drop(true).spawn().context("starting the walk")?;
    let mut input = walk.stdin.take().context("no standard input")?;
    input.write_all(told).await?;
    drop(input);
    let status = walk.wait().await?;
    ensure!(status.success(), "the walk ended with {status}; what it found is above");
    Ok(())
}
