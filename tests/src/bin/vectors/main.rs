//! Checks files of published vectors against the crates: `cargo run -p salus-tests --bin vectors -- FILE`; without one, those
//! that the tests use.
//!
//! The content decides: Bluetooth payloads go through the decoders, golden vectors through key tree, sealing, dealing,
//! slot PRF and wrap. Prints what was checked; ends with 1 when a single value differs, or when nothing was checked.

#![expect(clippy::print_stdout, reason = "a program answers")]

mod ble;
mod golden;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Parser;
use serde_json::Value;

/// The files that the project's own tests check.
const OWN: [&str; 2] = ["golden-vectors.json", "ble-vectors.json"];

#[derive(Parser)]
#[command(about = "Check published vectors against the crates")]
struct Arguments {
    /// The vectors, JSON; may be named several times. Without: tests/vectors/*.json of this checkout
    file: Vec<PathBuf>,
}

/// What came out.
#[derive(Debug, Default)]
struct Report {
    checked: u32,
    differ: Vec<String>,
    unsupported: Vec<String>,
}

impl Report {
    fn check(&mut self, what: impl Into<String>, holds: bool) {
        self.checked += 1;
        if !holds {
            self.differ.push(what.into());
        }
    }
}

fn check(text: &str) -> Result<Report> {
    let file: Value = serde_json::from_str(text)?;
    if file["vectors"].is_array() {
        ble::check(&file)
    } else if file["slots"].is_array() {
        let mut report = golden::check(&file)?;
        golden::published(&mut report, text);
        Ok(report)
    } else {
        bail!("neither Bluetooth nor golden vectors")
    }
}

fn main() -> Result<ExitCode> {
    let mut files = Arguments::parse().file;
    if files.is_empty() {
        let own = salus_tests::place::package().join("vectors");
        files.extend(OWN.map(|name| own.join(name)));
    }
    let mut held = true;
    for path in &files {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let report = check(&text).with_context(|| path.display().to_string())?;
        held &= tell(path, &report);
    }
    Ok(if held { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints what came out of one file; true when it holds.
fn tell(path: &Path, report: &Report) -> bool {
    for line in &report.unsupported {
        println!("not supported: {line}");
    }
    for line in &report.differ {
        println!("DIFFERS: {line}");
    }
    let (differ, unsupported) = (report.differ.len(), report.unsupported.len());
    println!("{}: {} checked, {differ} differ, {unsupported} not supported", path.display(), report.checked);
    differ == 0 && report.checked > 0
}
