//! How long to wait before the next attempt.

/// First wait after a failure.
const FIRST: u64 = 1000;
/// Longest wait.
const LONGEST: u64 = 30_000;
/// Wait after a link that worked: long enough for the platform to notice that it is gone.
const AFTER_LINK: u64 = 250;

/// Failures in a row.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Backoff {
    failures: u32,
}

impl Backoff {
    /// A packet came through: the next loss is not a failure.
    pub(super) const fn worked(&mut self) {
        self.failures = 0;
    }

    /// One more failure.
    pub(super) const fn failed(&mut self) {
        self.failures = self.failures.saturating_add(1);
    }

    /// Failures in a row.
    pub(super) const fn failures(self) -> u32 {
        self.failures
    }

    /// Milliseconds: 250 after a link that worked, then 1, 2, 4, 8, 16, 30, 30 ... seconds.
    pub(super) fn wait(self) -> u64 {
        match self.failures {
            0 => AFTER_LINK,
            n => (FIRST << (n - 1).min(16)).min(LONGEST),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let mut b = Backoff::default();
        let waits: Vec<u64> = (0..8)
            .map(|_| {
                let wait = b.wait();
                b.failed();
                wait
            })
            .collect();
        assert_eq!(waits, [250, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
        b.failures = u32::MAX;
        b.failed();
        assert_eq!(b.wait(), LONGEST);
        b.worked();
        assert_eq!(b.wait(), AFTER_LINK);
    }
}
