//! When the next height begins: pacing and the heartbeat.
//!
//! The engine starts a height when the application answers `Finalized`. Holding that answer paces the chain: until the
//! block interval has passed when transactions wait, else until the heartbeat, and never once another member is seen at a
//! higher height. The clock is read again at least four times a second, so that a clock that jumps is noticed.

use std::sync::Arc;
use std::time::Duration;

use salus_chain::time::{Clock, UnixMillis};
use tokio::sync::watch;

/// Longest wait between two looks at the clock.
const TICK_MS: i64 = 250;

/// What the wait depends on.
#[derive(Clone)]
pub(super) struct Pace {
    /// The node's clock.
    pub(super) clock: Arc<dyn Clock>,
    /// Shortest time from block to block.
    pub(super) interval_ms: i64,
    /// Longest time from block to block while nothing waits.
    pub(super) heartbeat_ms: i64,
    /// Transactions that wait.
    pub(super) waiting: watch::Receiver<usize>,
    /// Highest height at which another member was seen.
    pub(super) seen: watch::Receiver<u64>,
}

impl Pace {
    /// Returns when the height after `height`, whose block is of `block_time`, may begin.
    pub(super) async fn hold(mut self, height: u64, block_time: UnixMillis) {
        // However the clock behaves, a heartbeat of real time is the longest hold.
        let longest = tokio::time::sleep(millis(self.heartbeat_ms));
        tokio::pin!(longest);
        loop {
            if *self.seen.borrow_and_update() > height {
                return;
            }
            let due = match *self.waiting.borrow_and_update() {
                0 => self.heartbeat_ms,
                _ => self.interval_ms,
            };
            let left = due.saturating_sub(self.clock.now().saturating_sub(block_time));
            if left <= 0 {
                return;
            }
            let ended = tokio::select! {
                () = tokio::time::sleep(millis(left.min(TICK_MS))) => false,
                changed = self.waiting.changed() => changed.is_err(),
                changed = self.seen.changed() => changed.is_err(),
                () = &mut longest => true,
            };
            if ended {
                return;
            }
        }
    }
}

fn millis(ms: i64) -> Duration {
    Duration::from_millis(u64::try_from(ms).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    struct Hand(AtomicI64);

    impl Clock for Hand {
        fn now(&self) -> UnixMillis {
            self.0.load(Ordering::SeqCst)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn each_of_the_four_reasons_ends_a_hold() {
        let clock = Arc::new(Hand(AtomicI64::new(1_000)));
        let (waiting, waiting_rx) = watch::channel(0);
        let (seen, seen_rx) = watch::channel(7);
        let pace = Pace {
            clock: clock.clone(),
            interval_ms: 100,
            heartbeat_ms: 5_000,
            waiting: waiting_rx,
            seen: seen_rx,
        };
        let start = tokio::time::Instant::now();
        // The heartbeat of real time, though the clock stands still.
        pace.clone().hold(7, 1_000).await;
        assert_eq!(start.elapsed(), Duration::from_secs(5));
        // A clock that jumped past the heartbeat.
        clock.0.store(9_000, Ordering::SeqCst);
        pace.clone().hold(7, 1_000).await;
        assert_eq!(start.elapsed(), Duration::from_secs(5));
        // A transaction that waits, after the interval.
        waiting.send_replace(1);
        pace.clone().hold(7, 8_900).await;
        assert_eq!(start.elapsed(), Duration::from_secs(5));
        // Another member that is further.
        waiting.send_replace(0);
        let held = tokio::spawn(pace.hold(7, 9_000));
        tokio::task::yield_now().await;
        seen.send_replace(8);
        held.await.unwrap();
        assert_eq!(start.elapsed(), Duration::from_secs(5));
    }
}
