//! Measures the vault beside plain SQLite, SQLCipher, age, the bare cipher and a bare sync: sealing, a noisy day on disk,
//! single commits, a year of 1 Hz heart rate opened and drawn, and unlocking with ten years of hours.
//!
//! ```text
//! bench-vault --data FILE         writes a day for `salus-bench-baselines`
//! bench-vault [BASELINES]         measures; BASELINES is what that printed
//! ```

#![expect(clippy::print_stderr, reason = "a program says its seed")]

mod baseline;
mod bulk;
mod data;
mod decade;
mod disk;
mod year;

use anyhow::{Context, Result};

use baseline::Baselines;

#[tokio::main]
async fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let first = args.next();
    if first.as_deref() == Some("--data") {
        return data::write(args.next().context("which file?")?.as_ref());
    }
    eprintln!("seed {}", data::SEED);
    let baselines = Baselines::load(first.as_deref())?;
    bulk::measure(&baselines)?;
    disk::measure(&baselines).await?;
    year::measure(&baselines).await?;
    decade::measure().await
}
