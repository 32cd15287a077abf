//! Adversary: impatience. Whoever starts discovery gives up at any moment, as a session does whose task has something
//! else to do; discovery can be started all the same afterwards, and ends when nobody wants it.

use std::future::Future;
use std::pin::pin;
use std::task::Poll;

use anyhow::{Context, Result};
use futures::StreamExt;
use salus_devices::Central;
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::driver::DEADLINE;
use salus_tests::bluez::{Peripheral, SimulatedBluez};

/// Starting a scan waits for fewer answers than this.
const MOST_WAITS: u32 = 40;

/// Lets a future wait so many times, then drops it; true when it was done before.
async fn impatient<T>(work: impl Future<Output = T>, waits: u32) -> bool {
    let (mut work, mut left) = (pin!(work), waits);
    std::future::poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(_) => Poll::Ready(true),
        Poll::Pending if left == 0 => Poll::Ready(false),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}

#[test]
fn discovery_starts_and_ends_whenever_somebody_gave_up() -> Result<()> {
    on_private_bus("given_up::discovery_starts_and_ends_whenever_somebody_gave_up", async |bus| {
        let bluez = SimulatedBluez::attach(&bus, vec![Peripheral::heart_rate_strap(1)]).await?;
        let central = Central::open().await?;
        let mut given_up = 0;
        for waits in 0..MOST_WAITS {
            if impatient(central.scan(), waits).await {
                break;
            }
            given_up += 1;
            let mut scan = central.scan().await.with_context(|| format!("given up after {waits} waits"))?;
            let found = tokio::time::timeout(DEADLINE, scan.next()).await?;
            assert!(found.is_some() && bluez.is_discovering(), "given up after {waits} waits");
            scan.close().await;
            assert!(!bluez.is_discovering(), "given up after {waits} waits");
        }
        assert!((5..MOST_WAITS).contains(&given_up), "{given_up} places to give up");
        Ok(())
    })
}
