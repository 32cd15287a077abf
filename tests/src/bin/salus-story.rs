//! See [`salus_tests::story`].

use std::time::Duration;

use anyhow::Context;
use clap::Parser;
use salus_tests::story::{Options, play};

/// A story that hangs is one that does not hold: 5 minutes.
const LIMIT: Duration = Duration::from_secs(300);

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "error".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let dir = tempfile::tempdir()?;
    let runtime = tokio::runtime::Runtime::new()?;
    let played = runtime.block_on(async {
        tokio::time::timeout(LIMIT, play(&options, dir.path())).await.context("the story takes too long")?
    });
    if options.keep {
        eprintln!("kept in {}", dir.keep().display());
    }
    played
}
