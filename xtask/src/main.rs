//! `cargo xtask`: every chore of the project in one command, each saying what it does and how long it took.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a chore tells what it does")]

mod arrows;
mod bench;
mod bluez;
mod browser;
mod demo;
mod env;
mod package;
mod python;
mod setup;
mod step;
mod test;
mod ui;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Set up, show, test and measure Salus", version)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what this machine lacks: system packages, the wasm target, trunk, wasm-bindgen, nextest, cargo-deny
    Setup,
    /// Start four members, a simulated wearable and the desktop app; with --headless, play the whole story and check it
    Demo(demo::Options),
    /// Everything that CI runs: format, lints, arrows, licences, page, unit tests, journeys, vectors, real windows
    Test(test::Options),
    /// Check that the crates depend on each other only in the directions of ARCHITECTURE.md
    Arrows,
    /// Build the page into ui/dist
    Ui,
    /// Make the packages: Salus for Debian and Fedora, a member's program for Debian; with --check, try them in a clean root
    Package(package::Options),
    /// Look at every screen in a browser, over a network of four members
    Browser(browser::Options),
    /// Measure the figures of the design and print them beside their targets
    Bench(bench::Options),
}

fn main() -> std::process::ExitCode {
    let outcome = match Cli::parse().task {
        Task::Setup => setup::run(),
        Task::Demo(options) => demo::run(&options),
        Task::Test(options) => test::run(&options),
        Task::Arrows => arrows::run(),
        Task::Ui => setup::run().and_then(|()| ui::build(false)),
        Task::Package(options) => package::run(&options),
        Task::Browser(options) => browser::run(&options),
        Task::Bench(options) => bench::run(&options),
    };
    match outcome {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("\nstopped: {e:#}");
            std::process::ExitCode::FAILURE
        }
    }
}
