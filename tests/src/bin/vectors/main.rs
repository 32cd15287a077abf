//! Checks a file of published vectors against the crates: `cargo run -p salus-tests --bin vectors -- FILE`.
//!
//! The content decides: Bluetooth payloads go through the decoders, golden vectors through key tree, sealing, dealing,
//! slot PRF and wrap. Prints what was checked; ends with 1 when a single value differs, or when nothing was checked.

#![expect(clippy::print_stdout, reason = "a program answers")]

mod ble;
mod golden;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Parser;
use serde_json::Value;

#[derive(Parser)]
#[command(about = "Check published vectors against the crates")]
struct Arguments {
    /// The vectors, JSON.
    file: PathBuf,
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
    let path = Arguments::parse().file;
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let report = check(&text)?;
    for line in &report.unsupported {
        println!("not supported: {line}");
    }
    for line in &report.differ {
        println!("DIFFERS: {line}");
    }
    println!(
        "{} checked, {} differ, {} not supported",
        report.checked,
        report.differ.len(),
        report.unsupported.len()
    );
    Ok(if report.differ.is_empty() && report.checked > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
