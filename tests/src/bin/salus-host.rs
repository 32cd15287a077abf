//! See [`salus_tests::host`].

use clap::Parser;
use salus_tests::host::{Args, run};

/// As in the desktop application.
#[global_allocator]
static MEMORY: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    run::set_bus(&args)?;
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    salus_light::process::keep_memory_private();
    tokio::runtime::Runtime::new()?.block_on(run::run(args))
}
