//! Measures the gateway: decoders, twenty peripherals at once on the simulated bus, and a long history fetched twice.
//!
//! The system bus of a process is fixed by its environment: the program starts a private bus and calls itself again.

mod air;
mod decoders;
mod history;
mod once;

use anyhow::{Result, ensure};
use salus_tests::bluez::bus::{Bus, VARIABLE};

/// Set in the inner process.
const INNER: &str = "SALUS_BENCH_ON_BUS";

#[tokio::main]
async fn main() -> Result<()> {
    if std::env::var_os(INNER).is_none() {
        let dir = tempfile::tempdir()?;
        let bus = Bus::start(dir.path()).await?;
        let mut again = tokio::process::Command::new(std::env::current_exe()?);
        again.env(INNER, "1").env(VARIABLE, bus.address()).kill_on_drop(true);
        let status = again.status().await?;
        ensure!(status.success(), "measuring ended with {status}");
        return Ok(());
    }
    let bus = std::env::var(VARIABLE)?;
    decoders::measure()?;
    once::measure()?;
    air::measure(&bus).await?;
    history::measure(&bus).await
}
