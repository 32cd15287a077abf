//! See [`salus_tests::story`].

#![expect(clippy::print_stderr, reason = "a program says how it ended")]

use std::time::Duration;

use clap::Parser;
use salus_tests::story::budget::within;
use salus_tests::story::report::Report;
use salus_tests::story::{Options, play};

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "error".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let dir = tempfile::tempdir()?;
    let runtime = tokio::runtime::Runtime::new()?;
    let (report, budget) = (Report::new(options.json), Duration::from_secs(options.seconds));
    let played = runtime.block_on(within(budget, &report, play(&options, &report, dir.path())));
    if options.keep {
        eprintln!("kept in {}", dir.keep().display());
    }
    let took = played?;
    // Not on standard output: with --json that is one object for each step and nothing else.
    eprintln!("every step held in {:.1} s, of {} s at most", took.as_secs_f64(), budget.as_secs());
    Ok(())
}
