//! Measures the real window of the release build under Xvfb: the page's size, the start, frames over a year, the way from "Open" to
//! a chart, memory after an hour of streaming, the first run of each kind of person. Beside each its baseline of the same run.
//!
//! ```text
//! bench-desktop --page ui/dist [--part start] [--members 4]
//! ```
//!
//! Needs the built programs beside it (`salus`, `salus-empty-window`, `salus-node`, `salus-host`) and what the window tests need:
//! `cargo xtask bench desktop` brings all of it.

// Whole applications are awaited; their futures nest deeper than the default.
#![recursion_limit = "512"]

mod click;
mod cold;
mod first_run;
mod frames;
mod memory;
mod order;
mod process;
mod record;
mod walk;
mod wasm;
mod window;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, ValueEnum};

/// What can be measured by itself.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The page's wasm
    Wasm,
    /// Cold start to the lock screen
    Start,
    /// Pan and zoom over a year
    Frames,
    /// From "Open" to the first chart
    Click,
    /// Memory after an hour of streaming
    Memory,
    /// What each kind of person presses and waits for in the first run
    FirstRun,
}

/// Figures of the desktop window.
#[derive(Parser)]
#[command(name = "bench-desktop")]
struct Options {
    /// The release page
    #[arg(long)]
    page: PathBuf,
    /// Which part; all when left out
    #[arg(long, value_enum)]
    part: Option<Part>,
    /// How many members the clinician's permission is held by
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=21))]
    members: u16,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    for part in Part::value_variants() {
        if options.part.is_some_and(|only| only != *part) {
            continue;
        }
        match part {
            Part::Wasm => wasm::measure(&options.page)?,
            Part::Start => cold::measure().await?,
            Part::Frames => frames::measure().await?,
            Part::Click => click::measure(options.members).await?,
            Part::Memory => memory::measure().await?,
            Part::FirstRun => first_run::measure(options.members).await?,
        }
    }
    Ok(())
}
