//! Coverage: the share of minutes that hold a value. Said beside every mean, so that a gap is not mistaken for calm.

use salus_wire::UnixMillis;

/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;

/// Minutes seen so far; values come in time order.
#[derive(Debug, Clone)]
pub struct Coverage {
    from: UnixMillis,
    to: UnixMillis,
    newest: Option<i64>,
    minutes: u64,
}

impl Coverage {
    /// Nothing seen in `[from, min(to, now))`.
    #[must_use]
    pub fn new(from: UnixMillis, to: UnixMillis, now: UnixMillis) -> Self {
        Self { from, to: to.min(now), newest: None, minutes: 0 }
    }

    /// A value at `at`.
    pub fn push(&mut self, at: UnixMillis) {
        if at < self.from || at >= self.to {
            return;
        }
        let minute = at.saturating_sub(self.from) / MINUTE;
        if self.newest.is_none_or(|m| minute > m) {
            self.newest = Some(minute);
            self.minutes += 1;
        }
    }

    /// Minutes that hold a value, and that no value before lay in.
    pub fn add(&mut self, minutes: u32) {
        self.minutes += u64::from(minutes);
    }

    /// Percent, rounded down; at least 1 when any minute holds a value.
    #[must_use]
    pub fn percent(&self) -> u8 {
        let span = self.to.saturating_sub(self.from);
        let all = u64::try_from(span).unwrap_or(0).div_ceil(MINUTE.unsigned_abs());
        if self.minutes == 0 || all == 0 {
            return 0;
        }
        let percent = u128::from(self.minutes) * 100 / u128::from(all);
        u8::try_from(percent.clamp(1, 100)).unwrap_or(100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(ats: &[i64], to: i64, now: i64) -> u8 {
        let mut c = Coverage::new(0, to, now);
        ats.iter().for_each(|at| c.push(*at));
        c.percent()
    }

    #[test]
    fn minutes_count_once_and_the_future_does_not_count() {
        let half: Vec<_> = (0..30 * 60).map(|s| s * 1000).collect();
        assert_eq!(percent(&half, 3_600_000, i64::MAX), 50);
        assert_eq!(percent(&half, 86_400_000, 1_800_000), 100);
        assert_eq!(percent(&[], 3_600_000, i64::MAX), 0);
        assert_eq!(percent(&[5], 86_400_000, i64::MAX), 1);
        assert_eq!(percent(&[5], 100, 0), 0);
    }
}
