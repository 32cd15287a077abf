//! One record screen from summaries of days, where nothing else is given.

use std::collections::BTreeSet;

use salus_wire::view::{DayView, RecordView};
use salus_wire::{Category, Level, Quantity, Summary, UnixMillis};

use super::{MOST_ROWS, Screen, Span};
use crate::coverage::Coverage;
use crate::pace;
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
    // By all of the days together: one on which a sensor was worn for a part would not tell how often it sends.
    let sent = pace::step(rows.iter(), Quantity::InterstitialGlucose);
    let days = rows.iter().rev().take(MOST_ROWS).map(|row| day(row, sent)).collect();
    let total = u32::try_from(starts.len()).unwrap_or(u32::MAX);
    RecordView { days, total, ..screen.finish(|_| Origin::default()) }
}

fn day(row: &Summary, sent: Option<u16>) -> DayView {
    let end = row.start.saturating_add(Level::Day.millis());
    let mut coverage = Coverage::new(row.quantity, row.start, end, end).sent_every(sent);
    coverage.add(row);
    DayView {
        start: row.start,
        quantity: row.quantity,
        count: u32::try_from(row.count).unwrap_or(u32::MAX),
        min: row.min.to_string(),
        mean: row.mean().map(|mean| mean.to_string()),
        max: row.max.to_string(),
        coverage: coverage.percent().max(1),
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::Decimal;

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

    /// As they are given: whole days, and how many minutes of each hold a value.
    #[test]
    fn a_sensor_s_days_are_held_to_what_it_was_to_send() {
        const DAY: i64 = 86_400_000;
        let shares = |minutes: &[u32]| {
            let one = |(day, minutes): (i64, &u32)| {
                let (start, value) = (day * DAY, Decimal::whole(120));
                let row = Summary::of(Level::Day, Quantity::InterstitialGlucose, start, value);
                let (count, last) = (u64::from(*minutes), start + DAY - 1);
                Summary { count, minutes: *minutes, first: start, last, ..row }
            };
            let rows = (0..).zip(minutes).map(one).collect();
            let span = Span { from: 0, to: 10 * DAY, width: 300, now: i64::MAX };
            daily(Category::Glucose, rows, span).days.iter().map(|d| d.coverage).collect::<Vec<_>>()
        };
        assert_eq!(shares(&[288, 144, 72]), [25, 50, 100], "the newest first");
        assert_eq!(shares(&[96, 48]), [50, 100], "every quarter of an hour");
        assert_eq!(shares(&[144]), [50], "no sensor sends every ten minutes");
    }
}
