//! A token bucket in whole milliseconds.

use salus_wire::UnixMillis;

/// Lets `burst` packets through at once and `per_second` in the long run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bucket {
    burst: i64,
    per_second: i64,
    /// Thousandths of a packet.
    left: i64,
    at: Option<UnixMillis>,
    expected: i64,
}

impl Bucket {
    pub(super) const fn new(burst: i64, per_second: i64) -> Self {
        Self { burst, per_second, left: burst * 1000, at: None, expected: 0 }
    }

    /// Room for packets that were asked for, beside the burst; used up before the burst is.
    pub(super) const fn expect(&mut self, packets: i64) {
        self.expected = packets;
    }

    /// Takes one packet's worth; false when there is none. A clock that goes back adds nothing.
    pub(super) fn take(&mut self, now: UnixMillis) -> bool {
        let elapsed = self.at.map_or(0, |at| now.saturating_sub(at).max(0));
        self.at = Some(now);
        // per_second per 1000 ms = per_second thousandths per ms.
        self.left = self.left.saturating_add(elapsed.saturating_mul(self.per_second)).min(self.burst * 1000);
        if self.expected > 0 {
            self.expected -= 1;
            return true;
        }
        if self.left < 1000 {
            return false;
        }
        self.left -= 1000;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_comes_beside_the_burst() {
        let mut b = Bucket::new(1, 1);
        b.expect(3);
        assert_eq!([b.take(0), b.take(0), b.take(0), b.take(0), b.take(0)], [true, true, true, true, false]);
    }

    #[test]
    fn a_burst_then_the_rate() {
        let mut b = Bucket::new(3, 2);
        assert_eq!([b.take(0), b.take(0), b.take(0), b.take(0)], [true, true, true, false]);
        assert!(!b.take(499));
        assert!(b.take(500));
        assert!(!b.take(500));
        assert!(!b.take(-10_000), "going back adds nothing");
        assert!(b.take(i64::MAX));
    }
}
