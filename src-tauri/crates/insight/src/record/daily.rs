//! One record screen from summaries of days, where nothing else is given.

use std::collections::BTreeSet;

use salus_wire::view::{DayView, RecordView};
use salus_wire::{Category, Level, Summary, UnixMillis};

use super::{MOST_ROWS, Screen, Span};
use crate::provenance::Origin;

/// Summary, chart and table of daily summaries, which are all that there is: in order of time. Those that do not begin in the span
/// are left out.
#[must_use]
pub fn daily(category: Category, mut rows: Vec<Summary>, span: Span) -> RecordView {
    rows.retain(|row| {
        row.start >= span.from && row.start < span.to && category.drawn().contains(&row.quantity)
    });
    let mut screen = Screen::new(category, span);
    screen.take_summaries(Level::Day, &rows);
    let starts: BTreeSet<UnixMillis> = rows.iter().map(|row| row.start).collect();
    let days = rows.iter().rev().take(MOST_ROWS).map(day).collect();
    let total = u32::try_from(starts.len()).unwrap_or(u32::MAX);
    RecordView { days, total, ..screen.finish(|_| Origin::default()) }
}

fn day(row: &Summary) -> DayView {
    let minutes = u64::from(row.minutes).min(1440);
    DayView {
        start: row.start,
        quantity: row.quantity,
        count: u32::try_from(row.count).unwrap_or(u32::MAX),
        min: row.min.to_string(),
        mean: row.mean().map(|mean| mean.to_string()),
        max: row.max.to_string(),
        coverage: u8::try_from((minutes * 100 / 1440).max(1)).unwrap_or(100),
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::{Decimal, Quantity};

    use super::*;

    #[test]
    fn days_are_shown_as_days_with_a_gap_where_there_is_none() {
        const DAY: i64 = 86_400_000;
        let one = |day: i64| {
            let (start, value) = (day * DAY, Decimal { mantissa: 600 + day, exponent: -1 });
            let mut row = Summary::of(Level::Day, Quantity::HeartRate, start, value);
            row.push(start + 90_000, Decimal { mantissa: 700, exponent: -1 });
            // As it is given: the whole day, and no instant in it.
            Summary { first: start, last: start + DAY - 1, ..row }
        };
        let span = Span { from: 0, to: 10 * DAY, width: 300, now: i64::MAX };
        let view = daily(Category::HeartRate, [1, 2, 4, 11].map(one).to_vec(), span);
        assert_eq!((view.total, view.rows.len(), view.summed), (3, 0, Some(Level::Day)));
        assert_eq!(view.latest, None);
        let runs: Vec<usize> = view.chart.lines[0].runs.iter().map(Vec::len).collect();
        assert_eq!(runs, [2, 1]);
        let newest = &view.days[0];
        assert_eq!((newest.start, newest.count, newest.coverage), (4 * DAY, 2, 1));
        assert_eq!(
            (newest.min.as_str(), newest.mean.as_deref(), newest.max.as_str()),
            ("60.4", Some("65.2"), "70.0")
        );
        assert_eq!((view.summary[0].count, view.summary[0].min.as_str()), (6, "60.1"));
        assert_eq!(daily(Category::HeartRate, Vec::new(), span).total, 0);
    }
}
