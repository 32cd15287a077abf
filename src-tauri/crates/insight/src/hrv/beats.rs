//! One device's intervals, placed in time and cut into runs.

use salus_wire::{Decimal, UnixMillis};

use super::exact::micros;
use super::filter::{Filter, Interval};
use super::tally::{Tally, Totals};

/// The longest silence between two packets' intervals that is none: the longest interval that is used, 2 s, and the
/// second between two notifications of a strap, in milliseconds.
const SILENCE: i64 = 3_000;
/// The longest interval that a device can send, u16 in 1/1024 s, in microseconds: 64 s. More takes no more time than it.
const LONGEST: i64 = 64_000_000;

/// A device's intervals under way.
#[derive(Debug, Clone)]
pub(super) struct Beats {
    newest: UnixMillis,
    filter: Filter,
    tally: Tally,
}

impl Beats {
    pub(super) fn new(from: UnixMillis) -> Self {
        Self { newest: i64::MIN, filter: Filter::new(), tally: Tally::new(from) }
    }

    /// When the newest intervals ended.
    pub(super) const fn newest(&self) -> UnixMillis {
        self.newest
    }

    /// Takes in the intervals of one packet, of which the last ended at `at`.
    pub(super) fn push(
        &mut self,
        at: UnixMillis,
        values: impl Iterator<Item = Decimal> + Clone,
        unfit: bool,
    ) {
        let length = |v: Decimal| micros(v).unwrap_or(0).min(LONGEST);
        let mut left: i64 = values.clone().map(length).fold(0, i64::saturating_add);
        let began = at.saturating_sub(left / 1000);
        if began.saturating_sub(self.newest) > SILENCE || at < self.newest {
            self.cut();
        }
        self.newest = at;
        for value in values {
            left = left.saturating_sub(length(value));
            let end = at.saturating_sub(left / 1000);
            let interval = Interval::new(end, micros(value).unwrap_or(0), unfit);
            self.filter.push(interval, &mut |judged| self.tally.push(&judged));
        }
    }

    /// What comes next does not follow what came before.
    pub(super) fn cut(&mut self) {
        self.filter.end(&mut |judged| self.tally.push(&judged));
        self.tally.cut();
    }

    pub(super) fn finish(mut self) -> Totals {
        self.cut();
        self.tally.finish()
    }
}
