//! Which intervals lie between two regular beats.
//!
//! An interval is used when
//!
//! 1. its reading is fit: skin contact, no movement, no doubt of the device's own;
//! 2. it is 300 to 2000 ms long, a rate of 200 to 30 a minute;
//! 3. it differs by at most 20 % from the median of the fit intervals among itself, the 5 before and the 5 after it in its
//!    run, and there are at least 5 of those.
//!
//! An ectopic beat gives a short interval and a long pause, a missed beat one of double length, a false beat two short ones:
//! all are off the median, and none pulls it along as it would a mean. Nothing is put in their place, and no difference is
//! taken across them. What the filter cannot tell: in a rhythm that is irregular throughout, many regular beats go too, and
//! the share of what was left out says so.
//!
//! # Source
//! Rule 2: the customary range of analysis software (the defaults of hrv-analysis, Aura Healthcare). Rule 3: Xu and
//! Schuckers, Automatic detection of artifacts in heart period data, J Electrocardiol 34 Suppl (2001) 205 to 210: the median
//! of the intervals around and 20 %, which is also the limit of Malik and others, Eur Heart J 10 (1989) 1060 to 1074. Their 24
//! intervals around are 10 here, so that an artefact reaches 5 neighbours at most.

use std::collections::VecDeque;

use salus_wire::{Quality, UnixMillis};

/// Shortest interval that is used, microseconds.
pub const SHORTEST: i64 = 300_000;
/// Longest interval that is used, microseconds.
pub const LONGEST: i64 = 2_000_000;
/// Intervals before and after that an interval is compared with.
pub const NEAR: usize = 5;
/// Fewest fit intervals, itself included, that make a median worth comparing with.
pub const LEAST_NEAR: usize = 5;
/// Allowed share of the median: one part in five, 20 %.
const PART: i64 = 5;

/// True for a reading whose intervals are left out: no contact, movement, or the device itself doubts them.
#[must_use]
pub const fn unfit(quality: Quality) -> bool {
    quality.has(Quality::NO_CONTACT) || quality.has(Quality::MOVEMENT) || quality.has(Quality::QUESTIONABLE)
}

/// One interval as received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// When it ended.
    pub at: UnixMillis,
    /// Its length, microseconds.
    pub micros: i64,
    /// Its reading and its length are fit, rules 1 and 2.
    pub fit: bool,
}

impl Interval {
    /// An interval of a reading that is `unfit` or not.
    #[must_use]
    pub const fn new(at: UnixMillis, micros: i64, unfit: bool) -> Self {
        Self { at, micros, fit: !unfit && micros >= SHORTEST && micros <= LONGEST }
    }
}

/// One interval, judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// The interval.
    pub interval: Interval,
    /// Whether it is used.
    pub used: bool,
}

/// The intervals of a run around the next one to judge.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    around: VecDeque<Interval>,
    /// Index of the next one to judge.
    next: usize,
}

impl Filter {
    /// A run without intervals.
    #[must_use]
    pub const fn new() -> Self {
        Self { around: VecDeque::new(), next: 0 }
    }

    /// Takes in the run's next interval; gives out those that can be judged, in order.
    pub fn push(&mut self, interval: Interval, out: &mut dyn FnMut(Judged)) {
        self.around.push_back(interval);
        while self.around.len() > self.next.saturating_add(NEAR) {
            self.judge(out);
        }
    }

    /// Ends the run; gives out the rest of it.
    pub fn end(&mut self, out: &mut dyn FnMut(Judged)) {
        while self.next < self.around.len() {
            self.judge(out);
        }
        *self = Self::new();
    }

    fn judge(&mut self, out: &mut dyn FnMut(Judged)) {
        let Some(interval) = self.around.get(self.next).copied() else { return };
        let first = self.next.saturating_sub(NEAR);
        let near = self.around.iter().skip(first).take(self.next - first + NEAR + 1);
        let used = interval.fit && regular(interval.micros, near);
        out(Judged { interval, used });
        self.next += 1;
        if self.next > NEAR {
            self.around.pop_front();
            self.next -= 1;
        }
    }
}

fn regular<'a>(micros: i64, near: impl Iterator<Item = &'a Interval>) -> bool {
    let mut sorted = [0; 2 * NEAR + 1];
    let mut n = 0;
    for (slot, interval) in sorted.iter_mut().zip(near.filter(|i| i.fit)) {
        *slot = interval.micros;
        n += 1;
    }
    if n < LEAST_NEAR {
        return false;
    }
    let sorted = &mut sorted[..n];
    sorted.sort_unstable();
    // Twice the median, so that the mean of two middle values stays whole.
    let twice = sorted[(n - 1) / 2] + sorted[n / 2];
    PART * (2 * micros - twice).abs() <= twice
}
