//! Measures the gateway: decoders, twenty peripherals at once on the simulated bus, and a long history fetched twice.
//!
//! The system bus of a process is fixed by its environment: the program starts a private bus and calls itself again; for the
//! memory that a device costs it holds the simulated devices itself, so that the gateway is alone in the inner process.

mod air;
mod decoders;
mod history;
mod memory;
mod once;

use anyhow::{Result, ensure};
use salus_tests::bluez::SimulatedBluez;
use salus_tests::bluez::bus::{Bus, VARIABLE};

/// Set in the inner process: what it is to measure.
const INNER: &str = "SALUS_BENCH_ON_BUS";
const MEMORY: &str = "memory";
const REST: &str = "rest";

#[tokio::main]
async fn main() -> Result<()> {
    match std::env::var(INNER).as_deref() {
        Ok(MEMORY) => memory::measure().await,
        Ok(_) => {
            let bus = std::env::var(VARIABLE)?;
            decoders::measure()?;
            once::measure()?;
            air::measure(&bus).await?;
            history::measure(&bus).await
        }
        Err(_) => {
            let dir = tempfile::tempdir()?;
            let bus = Bus::start(dir.path()).await?;
            let bluez = SimulatedBluez::attach(bus.address(), air::peripherals()).await?;
            inner(MEMORY, bus.address()).await?;
            drop((bluez, bus));
            let dir = tempfile::tempdir()?;
            let bus = Bus::start(dir.path()).await?;
            inner(REST, bus.address()).await
        }
    }
}

async fn inner(what: &str, bus: &str) -> Result<()> {
    let mut again = tokio::process::Command::new(std::env::current_exe()?);
    again.env(INNER, what).env(VARIABLE, bus).kill_on_drop(true);
    let status = again.status().await?;
    ensure!(status.success(), "measuring ended with {status}");
    Ok(())
}
