//! See [`salus_tests::browser`].

use clap::Parser;
use salus_tests::browser::{Arguments, run};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    run(&Arguments::parse()).await
}
