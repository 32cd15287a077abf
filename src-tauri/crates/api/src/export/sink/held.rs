//! How much lies between the record and the disk, for the test that it does not grow with the record. Counted for the thread that
//! hands pieces over; each is counted until whoever writes has written it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

thread_local! {
    static COUNTS: std::cell::RefCell<Arc<Counts>> = std::cell::RefCell::default();
}

#[derive(Default)]
struct Counts {
    now: AtomicUsize,
    most: AtomicUsize,
    largest: AtomicUsize,
}

/// Goes with a piece.
pub(super) struct Held {
    counts: Arc<Counts>,
    octets: usize,
}

impl Held {
    pub(super) fn of(octets: usize) -> Self {
        let counts = COUNTS.with_borrow(Arc::clone);
        let now = counts.now.fetch_add(octets, Ordering::SeqCst) + octets;
        counts.most.fetch_max(now, Ordering::SeqCst);
        counts.largest.fetch_max(octets, Ordering::SeqCst);
        Self { counts, octets }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.counts.now.fetch_sub(self.octets, Ordering::SeqCst);
    }
}

/// The largest piece since the last call, and the most octets of pieces at a time.
pub(in super::super) fn seen() -> (usize, usize) {
    let counts = COUNTS.take();
    (counts.largest.load(Ordering::SeqCst), counts.most.load(Ordering::SeqCst))
}
