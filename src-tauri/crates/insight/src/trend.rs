//! How readings compare with the person's own earlier days.
//!
//! ```text
//! hours of each day -> the day's value      mean of its values; of steps their sum
//! 28 days' values   -> quartiles            by their own precision, rounded half to even
//! ```
//!
//! # Source
//! Quartiles: Hyndman and Fan, Sample quantiles in statistical packages, Am Stat 50 (1996) 361 to 365, definition 7.

use core::cmp::Ordering;

use salus_wire::measure::summary::{order, scale};
use salus_wire::view::{
    Compared, CoveredDayView, MiddleView, TREND_LEAST_DAYS, TrendLineView, TrendSpan, TrendView,
};
use salus_wire::{Category, Decimal, Quantity, Summary, UnixMillis};

use crate::coverage::Coverage;
use crate::pace;

/// Days of a week, today among them.
const WEEK: usize = 7;
/// Days that are looked at: a week, and [`salus_wire::view::TREND_DAYS`] before it.
pub const DAYS: usize = 35;

/// One day of the wall clock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Day {
    /// Its midnight.
    pub from: UnixMillis,
    /// The next one.
    pub to: UnixMillis,
    /// Summaries that together hold every value of the day once, in order of time.
    pub rows: Vec<Summary>,
}

impl Day {
    /// One quantity of the day; `None` without a value.
    #[must_use]
    pub fn sum(&self, quantity: Quantity) -> Option<Summary> {
        sum(self.rows.iter().filter(|row| row.quantity == quantity))
    }

    /// How much of it one quantity covers, today up to now. A sensor's step is that of the day's own values, which may be of another
    /// sensor than those before; `usual` is for a day that does not tell one.
    #[must_use]
    pub fn coverage(&self, quantity: Quantity, now: UnixMillis, usual: Option<u16>) -> Coverage {
        let own = pace::step(self.rows.iter(), quantity);
        let until = now.max(self.from).saturating_add(1);
        let mut coverage = Coverage::new(quantity, self.from, self.to, until).sent_every(own.or(usual));
        self.rows.iter().filter(|row| row.quantity == quantity).for_each(|row| coverage.add(row));
        coverage
    }
}

/// How often a sensor sends, in minutes, as all of these days tell it; `None` where they do not.
#[must_use]
pub fn sent_every(days: &[Day], quantity: Quantity) -> Option<u16> {
    pace::step(days.iter().flat_map(|day| &day.rows), quantity)
}

/// The trend of a category from its days: the last is today, and the oldest comes first. `begins` and `damaged` are the caller's to say.
#[must_use]
pub fn trend(category: Category, days: &[Day], now: UnixMillis) -> TrendView {
    let quantities = main_first(category, days);
    let value_at = |from: usize| {
        let held = |q: &Quantity| days.iter().skip(from).any(|day| day.sum(*q).is_some());
        quantities.iter().any(held)
    };
    let today = days.len().saturating_sub(1);
    let week = days.len().saturating_sub(WEEK);
    let (span, first) = if value_at(today) { (TrendSpan::Today, today) } else { (TrendSpan::Week, week) };
    let lines: Vec<_> = quantities
        .iter()
        .map(|q| {
            let (before, compared) = days.split_at(first.min(days.len()));
            let kept = before.len().saturating_sub(DAYS - WEEK);
            line(*q, before.get(kept..).unwrap_or_default(), compared)
        })
        .collect();
    let judged = match category {
        Category::BloodPressure => lines.as_slice(),
        _ => lines.get(..1).unwrap_or_default(),
    };
    let compared = compare(judged.iter());
    let main = quantities.first().copied();
    let sent = main.and_then(|q| sent_every(days, q));
    let covered = days.iter().rev().take(WEEK).map(|day| cover(day, main, now, sent)).collect();
    let lines = lines.into_iter().map(|line| line.view).collect();
    TrendView { category, span, lines, compared, week: covered, begins: None, damaged: 0 }
}

/// The drawn quantities that hold a value, the one that a sentence is about first. What is not of the person, and what a second's
/// voltages are, has no trend.
fn main_first(category: Category, days: &[Day]) -> Vec<Quantity> {
    if matches!(category, Category::Electrocardiogram | Category::Surroundings) {
        return Vec::new();
    }
    let count = |q: Quantity| -> u64 {
        let rows = days.iter().flat_map(|day| &day.rows).filter(|row| row.quantity == q);
        rows.map(|row| row.count).fold(0, u64::saturating_add)
    };
    let mut found: Vec<Quantity> = category.drawn().iter().copied().filter(|q| count(*q) > 0).collect();
    if category == Category::Glucose {
        // A sensor goes before the finger pricks that it is checked with.
        found.sort_by_key(|q| core::cmp::Reverse(count(*q)));
    }
    found
}

/// A line, with its values as numbers.
struct Line {
    view: TrendLineView,
    value: Option<Decimal>,
    usual: Option<[Decimal; 3]>,
}

fn line(quantity: Quantity, before: &[Day], compared: &[Day]) -> Line {
    let earlier: Vec<Decimal> =
        before.iter().filter_map(|day| value(quantity, &day.sum(quantity)?)).collect();
    let days = u16::try_from(earlier.len()).unwrap_or(u16::MAX);
    let usual = quartiles(&earlier).filter(|_| days >= TREND_LEAST_DAYS);
    let found: Vec<Summary> = compared.iter().filter_map(|day| day.sum(quantity)).collect();
    let now = if is_total(quantity) {
        mean(&found.iter().filter_map(|day| value(quantity, day)).collect::<Vec<_>>())
    } else {
        sum(found.iter()).and_then(|all| all.mean())
    };
    let count = found.iter().map(|day| day.count).fold(0, u64::saturating_add);
    let text = |d: Decimal| d.to_string();
    let view = TrendLineView {
        quantity,
        value: now.map(text),
        count: u32::try_from(count).unwrap_or(u32::MAX),
        usual: usual.map(|[low, median, high]| MiddleView {
            low: text(low),
            median: text(median),
            high: text(high),
        }),
        days,
    };
    Line { view, value: now, usual }
}

/// Of what is counted a day's sum is compared, of everything else its mean.
const fn is_total(quantity: Quantity) -> bool {
    matches!(quantity, Quantity::Steps)
}

fn value(quantity: Quantity, day: &Summary) -> Option<Decimal> {
    if !is_total(quantity) {
        return day.mean();
    }
    let sum = day.sum?;
    Some(Decimal { mantissa: i64::try_from(sum.mantissa).ok()?, exponent: sum.exponent })
}

fn sum<'a>(mut rows: impl Iterator<Item = &'a Summary>) -> Option<Summary> {
    let first = *rows.next()?;
    Some(rows.fold(first, |mut all, row| {
        all.add(row);
        all
    }))
}

/// The mean of a few values, at the coarsest precision among them.
fn mean(values: &[Decimal]) -> Option<Decimal> {
    let (scaled, unit, exponent) = same_places(values)?;
    let sum = scaled.iter().try_fold(0i128, |sum, v| sum.checked_add(*v))?;
    let count = i128::try_from(scaled.len()).ok()?;
    decimal(sum, unit.checked_mul(count)?, exponent)
}

/// Lower quartile, median and upper quartile, at the coarsest precision of the values; `None` without values, and where their
/// precisions differ so much that they have no common form.
#[must_use]
pub fn quartiles(values: &[Decimal]) -> Option<[Decimal; 3]> {
    let (mut scaled, unit, exponent) = same_places(values)?;
    scaled.sort_unstable();
    let last = scaled.len().checked_sub(1)?;
    let at = |percent: usize| {
        let place = last.checked_mul(percent)?;
        let low = *scaled.get(place / 100)?;
        let high = scaled.get(place / 100 + 1).copied().unwrap_or(low);
        let part = i128::try_from(place % 100).ok()?;
        let between = low.checked_mul(100 - part)?.checked_add(high.checked_mul(part)?)?;
        decimal(between, unit.checked_mul(100)?, exponent)
    };
    Some([at(25)?, at(50)?, at(75)?])
}

/// Values in units of the finest among them, how many of these the coarsest's unit has, and its exponent.
fn same_places(values: &[Decimal]) -> Option<(Vec<i128>, i128, i8)> {
    let exponents = || values.iter().map(|v| v.exponent);
    let (finest, coarsest) = (exponents().min()?, exponents().max()?);
    let scaled = values.iter().map(|v| scale(v.mantissa.into(), v.exponent, finest));
    Some((scaled.collect::<Option<_>>()?, scale(1, coarsest, finest)?, coarsest))
}

/// `above / below`, rounded half to even.
fn decimal(above: i128, below: i128, exponent: i8) -> Option<Decimal> {
    if below <= 0 {
        return None;
    }
    let (whole, rest) = (above.div_euclid(below), above.rem_euclid(below));
    let up = match rest.cmp(&(below - rest)) {
        Ordering::Less => 0,
        Ordering::Equal => whole.rem_euclid(2),
        Ordering::Greater => 1,
    };
    Some(Decimal { mantissa: i64::try_from(whole.checked_add(up)?).ok()?, exponent })
}

fn compare<'a>(lines: impl Iterator<Item = &'a Line>) -> Option<Compared> {
    let mut all = None;
    for line in lines {
        let (value, [low, _, high]) = (line.value?, line.usual?);
        let one = match (order(value, low), order(value, high)) {
            (Ordering::Less, _) => Compared::Lower,
            (_, Ordering::Greater) => Compared::Higher,
            _ => Compared::Usual,
        };
        all = Some(match (all, one) {
            (None | Some(Compared::Usual), one) => one,
            (Some(before), Compared::Usual) => before,
            (Some(before), one) if before == one => one,
            _ => Compared::Apart,
        });
    }
    all
}

fn cover(day: &Day, main: Option<Quantity>, now: UnixMillis, sent: Option<u16>) -> CoveredDayView {
    let narrow = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let held = main.and_then(|q| day.sum(q));
    // Of nothing none of the day is covered, by whatever measure.
    let coverage = day.coverage(main.unwrap_or(Quantity::HeartRate), now, sent);
    CoveredDayView {
        start: day.from,
        count: held.map_or(0, |h| narrow(h.count)),
        minutes: narrow(coverage.minutes()),
        of: narrow(coverage.of()).max(1),
    }
}

#[cfg(test)]
mod tests;
