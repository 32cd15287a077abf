//! `cargo xtask bench`: the design's figures, measured in one run, target beside measurement. A miss is printed as a miss.

mod baselines;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use serde_json::Value;

use crate::env::{cargo, root};
use crate::step::{run as command_run, step};
use crate::{setup, ui};

/// What can be measured; each by a program of its own, `bench-` before the name.
const GROUPS: [&str; 7] = ["vault", "keeper", "devices", "light", "node", "story", DESKTOP];
const DESKTOP: &str = "desktop";
/// What the program of [`DESKTOP`] measures, one start for each: what fails takes nothing of the others along.
const PARTS: [&str; 6] = ["wasm", "start", "frames", "click", "memory", "first-run"];

/// What to measure.
#[derive(Args)]
pub(crate) struct Options {
    /// Which group; all when left out
    #[arg(value_parser = GROUPS)]
    group: Option<String>,
    /// How many members the networks of the node, the story and the desktop group have
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=21))]
    members: u16,
}

/// Builds the measuring programs optimised, runs them, prints one table.
pub(crate) fn run(options: &Options) -> Result<()> {
    setup::run()?;
    let groups: Vec<&str> =
        GROUPS.into_iter().filter(|g| options.group.as_deref().is_none_or(|o| o == *g)).collect();
    let window = groups.contains(&DESKTOP);
    if window {
        // First: it is compiled into the program.
        ui::build(true)?;
    }
    step("building, optimised", || {
        let mut c = cargo(&["build", "--release", "-p", "salus-node", "-p", "salus-tests", "--bins"]);
        if window {
            c.args(["-p", "salus", "-p", "salus-empty-window"]);
        }
        command_run(&mut c, "See the compiler's message above.")
    })?;
    let (mut rows, mut failed) = (Vec::new(), Vec::new());
    for group in groups {
        let parts: &[&str] = if group == DESKTOP { &PARTS } else { &[""] };
        for part in parts {
            let name = format!("{group} {part}");
            let measured = (|| {
                let given = given(group, part)?;
                step(&format!("measuring: {}", name.trim_end()), || measure(group, &given, options.members))
            })();
            // What the others take minutes to measure is not thrown away.
            match measured {
                Ok(more) => rows.extend(more),
                Err(error) => failed.push(format!("{}: {error:#}", name.trim_end())),
            }
        }
    }
    println!("\n| figure | target | measured | baseline in the same run | |\n|---|---|---|---|---|");
    for row in &rows {
        println!("{}", line(row)?);
    }
    ensure!(failed.is_empty(), "not measured: {}", failed.join("; "));
    Ok(())
}

/// The arguments of a measuring program.
fn given(group: &str, part: &str) -> Result<Vec<OsString>> {
    Ok(match group {
        "vault" => baselines::vault()?,
        DESKTOP => vec!["--page".into(), root().join("ui/dist").into(), "--part".into(), part.into()],
        _ => Vec::new(),
    })
}

/// Runs one measuring program; it prints one JSON object per line.
fn measure(group: &str, given: &[OsString], members: u16) -> Result<Vec<Value>> {
    let name = format!("bench-{group}");
    let program = crate::env::target().join("release").join(&name);
    let mut c = std::process::Command::new(&program);
    c.args(given);
    if ["node", "story", DESKTOP].contains(&group) {
        c.args(["--members", &members.to_string()]);
    }
    if group == "vault" {
        c.env("TMPDIR", disk()?);
    }
    let out = c.stderr(Stdio::inherit()).output().with_context(|| format!("starting {name}"))?;
    if !out.status.success() {
        bail!("{name} ended with {}", out.status);
    }
    let text = String::from_utf8(out.stdout).context("its output is not text")?;
    text.lines().map(|l| serde_json::from_str(l).with_context(|| format!("{name} printed: {l}"))).collect()
}

/// Where the vault, and what it is measured beside, write: on the disk that the build lies on. Many systems keep temporary files in
/// memory, where a sync costs nothing.
fn disk() -> Result<PathBuf> {
    let disk = crate::env::target().join("bench");
    std::fs::create_dir_all(&disk).with_context(|| format!("making {}", disk.display()))?;
    Ok(disk)
}

/// `{name, target, measured, unit, baseline, ok}`: target and baseline are text, measured is a number.
fn line(row: &Value) -> Result<String> {
    let text = |key: &str| row[key].as_str().unwrap_or("").to_owned();
    let measured = row["measured"].as_f64().context("a figure without a number")?;
    let verdict = match row["ok"].as_bool() {
        Some(true) => "met",
        Some(false) => "MISSED",
        None => "",
    };
    Ok(format!(
        "| {} | {} | {measured:.3} {} | {} | {verdict} |",
        text("name"),
        text("target"),
        text("unit"),
        text("baseline")
    ))
}
