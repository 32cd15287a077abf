//! See [`salus_tests::host`].

use clap::Parser;
use salus_tests::host::{Args, run};

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    run::set_bus(&args)?;
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    tokio::runtime::Runtime::new()?.block_on(run::run(args))
}
