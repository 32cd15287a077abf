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

    /// A hold must end within this, for its own reason; the heartbeat alone would take far longer.
    const SOON: Duration = Duration::from_secs(20);

    fn pace(clock: &Arc<Hand>) -> (Pace, watch::Sender<usize>, watch::Sender<u64>) {
        let (waiting_to, waiting) = watch::channel(0);
        let (seen_to, seen) = watch::channel(7);
        let clock = clock.clone();
        (Pace { clock, interval_ms: 100, heartbeat_ms: 3_600_000, waiting, seen }, waiting_to, seen_to)
    }

    #[tokio::test]
    async fn a_transaction_another_member_or_the_clock_ends_a_hold() {
        let clock = Arc::new(Hand(AtomicI64::new(9_000)));
        let (pace, waiting, seen) = pace(&clock);
        let transaction = tokio::spawn(pace.clone().hold(7, 8_900));
        tokio::task::yield_now().await;
        assert!(!transaction.is_finished(), "nothing waits yet");
        waiting.send_replace(1);
        tokio::time::timeout(SOON, transaction).await.unwrap().unwrap();

        waiting.send_replace(0);
        let further = tokio::spawn(pace.clone().hold(7, 9_000));
        tokio::task::yield_now().await;
        seen.send_replace(8);
        tokio::time::timeout(SOON, further).await.unwrap().unwrap();

        let jump = tokio::spawn(pace.hold(8, 9_000));
        tokio::task::yield_now().await;
        clock.0.store(9_000 + 3_600_000, Ordering::SeqCst);
        tokio::time::timeout(SOON, jump).await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn a_heartbeat_of_real_time_is_the_longest_hold_whatever_the_clock_says() {
        let clock = Arc::new(Hand(AtomicI64::new(0)));
        let (pace, _waiting, _seen) = pace(&clock);
        let pace = Pace { heartbeat_ms: 30, ..pace };
        tokio::time::timeout(SOON, pace.hold(7, 1_000_000)).await.unwrap();
    }
}
