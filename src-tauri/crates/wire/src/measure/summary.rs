//! What an interval of readings comes to: count, lowest, highest, exact sum, and how much of the interval holds data.
//!
//! Summaries of neighbouring intervals add up exactly: a day's is the sum of its hours', an hour's of its minutes'.
//! Intervals are of UTC: a minute, an hour and a day are the same for everybody, whatever their time zone.

use core::cmp::Ordering;

use super::{Decimal, Quantity};
use crate::UnixMillis;

/// Decimal places that an exact sum may span: |mantissa| < 2^63, times 10^12, times 2^23 values, is below 2^127.
const PLACES: i16 = 12;

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;

/// How long the intervals are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days of UTC.
    Day,
}

impl Level {
    /// Every level, the finest first.
    pub const ALL: [Level; 3] = [Level::Minute, Level::Hour, Level::Day];

    /// Length of an interval in milliseconds.
    #[must_use]
    pub const fn millis(self) -> i64 {
        match self {
            Level::Minute => MINUTE,
            Level::Hour => 60 * MINUTE,
            Level::Day => 24 * 60 * MINUTE,
        }
    }

    /// Stored code, one octet; never reused.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Level::Minute => 1,
            Level::Hour => 2,
            Level::Day => 3,
        }
    }

    /// The next finer level.
    #[must_use]
    pub const fn finer(self) -> Option<Self> {
        match self {
            Level::Minute => None,
            Level::Hour => Some(Level::Minute),
            Level::Day => Some(Level::Hour),
        }
    }

    /// The beginning of the interval that an instant lies in.
    #[must_use]
    pub const fn floor(self, at: UnixMillis) -> UnixMillis {
        at.saturating_sub(at.rem_euclid(self.millis()))
    }

    /// The first beginning of an interval that is not before an instant.
    #[must_use]
    pub const fn ceil(self, at: UnixMillis) -> UnixMillis {
        let floor = self.floor(at);
        if floor == at { at } else { floor.saturating_add(self.millis()) }
    }
}

/// An exact sum: `mantissa * 10^exponent`, at the finest precision that was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// Signed digits.
    pub mantissa: i128,
    /// Power of ten.
    pub exponent: i8,
}

/// One quantity in one interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// What.
    pub quantity: Quantity,
    /// The beginning of the interval.
    pub start: UnixMillis,
    /// How many values; at least one.
    pub count: u64,
    /// The lowest, with its precision; of equal ones the finer.
    pub min: Decimal,
    /// The highest, likewise.
    pub max: Decimal,
    /// The sum; `None` where precisions differ so much that it has no exact form.
    pub sum: Option<Sum>,
    /// Exponent of the least precise value: a mean is not more precise than that.
    pub coarsest: i8,
    /// The first value's instant.
    pub first: UnixMillis,
    /// The last value's instant.
    pub last: UnixMillis,
    /// Seconds of the interval that hold a value; this over the interval's seconds is its coverage.
    pub seconds: u32,
    /// Minutes of the interval that hold a value.
    pub minutes: u32,
}

impl Summary {
    /// The interval of `level` around one value.
    #[must_use]
    pub const fn of(level: Level, quantity: Quantity, at: UnixMillis, value: Decimal) -> Self {
        Self {
            quantity,
            start: level.floor(at),
            count: 1,
            min: value,
            max: value,
            sum: Some(Sum { mantissa: value.mantissa as i128, exponent: value.exponent }),
            coarsest: value.exponent,
            first: at,
            last: at,
            seconds: 1,
            minutes: 1,
        }
    }

    /// Adds a value; values come in order of time.
    pub fn push(&mut self, at: UnixMillis, value: Decimal) {
        let new = |unit: i64| u32::from(at.div_euclid(unit) != self.last.div_euclid(unit));
        let (seconds, minutes) = (new(SECOND), new(MINUTE));
        let start = self.start;
        self.add(&Summary {
            start,
            seconds,
            minutes,
            ..Summary::of(Level::Minute, self.quantity, at, value)
        });
    }

    /// Adds a later part of the same interval; the two share no second.
    pub fn add(&mut self, later: &Summary) {
        self.min = lower(self.min, later.min, Ordering::Less);
        self.max = lower(self.max, later.max, Ordering::Greater);
        self.coarsest = self.coarsest.max(later.coarsest);
        self.sum = self.sum.zip(later.sum).and_then(|(a, b)| plus(a, b, self.coarsest));
        self.count = self.count.saturating_add(later.count);
        self.first = self.first.min(later.first);
        self.last = self.last.max(later.last);
        self.seconds = self.seconds.saturating_add(later.seconds);
        self.minutes = self.minutes.saturating_add(later.minutes);
    }

    /// The mean at the precision of the least precise value, halves away from zero; `None` without an exact sum.
    #[must_use]
    pub fn mean(&self) -> Option<Decimal> {
        let sum = self.sum?;
        let divisor = scale(i128::from(self.count), self.coarsest, sum.exponent)?.max(1);
        let half = if sum.mantissa < 0 { -(divisor / 2) } else { divisor / 2 };
        let mantissa = i64::try_from(sum.mantissa.checked_add(half)? / divisor).ok()?;
        Some(Decimal { mantissa, exponent: self.coarsest })
    }
}

/// Sums intervals up into coarser ones. The parts come in order of time; they may be of several quantities.
#[must_use]
pub fn roll_up(level: Level, parts: &[Summary]) -> Vec<Summary> {
    let mut whole: Vec<Summary> = Vec::new();
    for part in parts {
        let start = level.floor(part.start);
        let mut newest = whole.iter_mut().rev().take_while(|w| w.start == start);
        match newest.find(|w| w.quantity == part.quantity) {
            Some(same) => same.add(part),
            None => whole.push(Summary { start, ..*part }),
        }
    }
    whole
}

fn lower(a: Decimal, b: Decimal, wanted: Ordering) -> Decimal {
    match order(b, a) {
        Ordering::Equal if b.exponent < a.exponent => b,
        found if found == wanted => b,
        _ => a,
    }
}

fn plus(a: Sum, b: Sum, coarsest: i8) -> Option<Sum> {
    let exponent = a.exponent.min(b.exponent);
    if i16::from(coarsest) - i16::from(exponent) > PLACES {
        return None;
    }
    let (a, b) = (scale(a.mantissa, a.exponent, exponent)?, scale(b.mantissa, b.exponent, exponent)?);
    Some(Sum { mantissa: a.checked_add(b)?, exponent })
}

/// `value * 10^(from - to)`, when `to <= from` and it fits.
#[must_use]
pub fn scale(value: i128, from: i8, to: i8) -> Option<i128> {
    let places = i16::from(from) - i16::from(to);
    if !(0..=PLACES).contains(&places) {
        return (value == 0).then_some(0);
    }
    value.checked_mul(10i128.checked_pow(u32::try_from(places).ok()?)?)
}

/// Order of two decimals by value.
#[must_use]
pub fn order(a: Decimal, b: Decimal) -> Ordering {
    let to = a.exponent.min(b.exponent);
    match (scale(a.mantissa.into(), a.exponent, to), scale(b.mantissa.into(), b.exponent, to)) {
        (Some(x), Some(y)) => x.cmp(&y),
        _ => a.to_f64().total_cmp(&b.to_f64()),
    }
}

#[cfg(test)]
mod tests;
