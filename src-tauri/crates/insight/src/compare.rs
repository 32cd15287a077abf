//! What a clinician sees at a glance and side by side, from sums of an opened record.
//!
//! ```text
//! readings, in order of time -> sums      per minute; per hour where there are many; days where only these are given
//!                                 -> glance    newest value, days with readings, against 135/85 or the person's own usual
//!                                 -> compare   two times: figures, the difference of the shown means, one value axis
//!                                 -> before    what is usual for the person, by the function of their own screen
//! ```
//!
//! Guarantees: sums are exact, so a mean is the one that the readings have; a difference is that of the means as they are shown, so
//! that sentence and figures never disagree; a category with too little to compare with has no range.
//!
//! Not guaranteed: that a difference means anything. No test of significance is made, and none is implied.

mod before;
mod glance;
mod sums;

pub use before::before;
pub use glance::{against_usual, days_with, home_pressure, newest};
pub use sums::Sums;

use salus_wire::measure::summary::{order, scale};
use salus_wire::view::{ChartView, ComparedView, ComparisonView, Period, RecordView, Standing, SummaryView};
use salus_wire::{Decimal, GrantId, Quantity, Summary, UnixMillis};

use crate::chart::ticks;
use crate::provenance::Origin;
use crate::record::{Screen, Span};

/// Two times of one category.
#[must_use]
pub fn compare(
    id: GrantId,
    sums: &Sums,
    first: Period,
    second: Period,
    width: u16,
    now: UnixMillis,
) -> ComparisonView {
    let [mut first, mut second] = [first, second].map(|period| side(sums, period, width, now));
    share_axis(&mut first.chart, &mut second.chart);
    let of = |side: &RecordView, quantity: Quantity| -> Option<SummaryView> {
        side.summary.iter().find(|summary| summary.quantity == quantity).cloned()
    };
    let line = |quantity: &Quantity| {
        let (first, second) = (of(&first, *quantity), of(&second, *quantity));
        let apart = first.as_ref().zip(second.as_ref()).and_then(|(a, b)| difference(&a.mean, &b.mean));
        let (difference, standing) = apart.unzip();
        let has_any = first.is_some() || second.is_some();
        has_any.then_some(ComparedView { quantity: *quantity, first, second, difference, standing })
    };
    let lines = sums.category().drawn().iter().filter_map(line).collect();
    ComparisonView { id, category: sums.category(), lines, first, second }
}

/// One time: its chart and figures, without rows.
#[must_use]
pub fn side(sums: &Sums, period: Period, width: u16, now: UnixMillis) -> RecordView {
    let Period { from, to } = period;
    let rows: Vec<Summary> = sums.within(period).copied().collect();
    let mut screen = Screen::new(sums.category(), Span { from, to, width, now });
    screen.take_summaries(sums.level(), &rows);
    screen.note(rows.iter().map(|row| row.count).sum(), Vec::new());
    screen.finish(|_| Origin::default())
}

/// The same lower and upper edge, so that the eye compares what the figures say.
fn share_axis(first: &mut ChartView, second: &mut ChartView) {
    let extremes = |chart: &ChartView| {
        let columns = || chart.lines.iter().flat_map(|line| line.runs.iter().flatten());
        let low = columns().map(|c| c.min).min_by(f64::total_cmp)?;
        Some((low, columns().map(|c| c.max).max_by(f64::total_cmp)?))
    };
    let both = match (extremes(first), extremes(second)) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (one, other) => one.or(other),
    };
    // Without values both have the axis of an empty chart already.
    let Some(both) = both else { return };
    let usual = (first.low.min(second.low), first.high.max(second.high));
    let (low, high, value_ticks) = ticks::value_axis(Some(both), usual);
    for chart in [first, second] {
        (chart.low, chart.high) = (low, high);
        chart.value_ticks.clone_from(&value_ticks);
    }
}

/// How far the second figure is from the first, and on which side; `None` where they have no exact difference.
fn difference(first: &str, second: &str) -> Option<(String, Standing)> {
    let (first, second): (Decimal, Decimal) = (first.parse().ok()?, second.parse().ok()?);
    let exponent = first.exponent.min(second.exponent);
    let at = |value: Decimal| scale(value.mantissa.into(), value.exponent, exponent);
    let apart = at(second)?.checked_sub(at(first)?)?;
    let mantissa = i64::try_from(apart.checked_abs()?).ok()?;
    let standing = match order(second, first) {
        core::cmp::Ordering::Less => Standing::Below,
        core::cmp::Ordering::Equal => Standing::Within,
        core::cmp::Ordering::Greater => Standing::Above,
    };
    Some((Decimal { mantissa, exponent }.to_string(), standing))
}

#[cfg(test)]
mod tests;
