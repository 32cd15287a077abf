//! See [`salus_tests::demo`].

use clap::Parser;
use salus_tests::demo::{Arguments, run};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    run(&Arguments::parse()).await
}
