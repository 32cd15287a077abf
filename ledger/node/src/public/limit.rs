//! How often one peer may ask: a fixed window for each, in bounded memory.

use std::collections::HashMap;
use std::time::Duration;

use salus_light::p2p::PeerId;
use tokio::time::Instant;

const WINDOW: Duration = Duration::from_secs(60);

/// Peers remembered at most; beyond that, windows that have passed are forgotten, and then strangers wait.
const MAX_PEERS: usize = 16_384;

/// Counts requests.
pub(super) struct Limit {
    per_window: u32,
    windows: HashMap<PeerId, (Instant, u32)>,
}

impl Limit {
    pub(super) fn new(per_window: u32) -> Self {
        Self { per_window, windows: HashMap::new() }
    }

    /// Whether `peer` may ask once more at `now`.
    pub(super) fn allows(&mut self, peer: PeerId, now: Instant) -> bool {
        let passed = |start: Instant| now.duration_since(start) >= WINDOW;
        if self.windows.len() >= MAX_PEERS && !self.windows.contains_key(&peer) {
            self.windows.retain(|_, (start, _)| !passed(*start));
            if self.windows.len() >= MAX_PEERS {
                return false;
            }
        }
        let (start, asked) = self.windows.entry(peer).or_insert((now, 0));
        if passed(*start) {
            (*start, *asked) = (now, 0);
        }
        *asked = asked.saturating_add(1);
        *asked <= self.per_window
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_peer_waits_for_its_window_and_others_do_not() {
        let (mut limit, now) = (Limit::new(2), Instant::now());
        let (a, b) = (PeerId::random(), PeerId::random());
        assert!(limit.allows(a, now) && limit.allows(a, now));
        assert!(!limit.allows(a, now));
        assert!(limit.allows(b, now));
        assert!(!limit.allows(a, now + WINDOW - Duration::from_millis(1)));
        assert!(limit.allows(a, now + WINDOW));
    }

    #[tokio::test]
    async fn memory_is_bounded_and_passed_windows_make_room() {
        let (mut limit, now) = (Limit::new(1), Instant::now());
        for _ in 0..MAX_PEERS {
            assert!(limit.allows(PeerId::random(), now));
        }
        assert!(!limit.allows(PeerId::random(), now));
        assert!(limit.allows(PeerId::random(), now + WINDOW));
        assert_eq!(limit.windows.len(), 1);
    }
}
