//! What of a record is drawn: its lines in one unit, over the time that is shown, and the instants in it. Worked out once for each of them.

use salus_wire::view::{ChartView, RecordView};
use salus_wire::{Category, UnixMillis};

use super::picture::{Point, points};
use super::strip;
use crate::part::said::main_quantity;

/// A picture's lines, and its instants in time order.
#[derive(Debug, PartialEq)]
pub(super) struct Drawn {
    pub(super) chart: ChartView,
    pub(super) points: Vec<Point>,
}

impl Drawn {
    pub(super) fn of(record: &RecordView, view: Option<(UnixMillis, UnixMillis)>) -> Self {
        let chart = scene(record, view);
        let points = points(&chart.lines);
        Self { chart, points }
    }

    /// The point that is nearest to an instant that is shown.
    pub(super) fn nearest(&self, at: UnixMillis) -> Option<usize> {
        if (self.chart.from..=self.chart.to).contains(&at) { nearest(&self.points, at) } else { None }
    }
}

/// The point that is nearest to an instant.
fn nearest(points: &[Point], at: UnixMillis) -> Option<usize> {
    points.iter().enumerate().min_by_key(|(_, p)| p.at.abs_diff(at)).map(|(i, _)| i)
}

/// The scene of a record: of an electrocardiogram its newest seconds. Lines that hold nothing, or are in another unit than
/// the main one, are left out: one axis holds one unit.
fn scene(record: &RecordView, view: Option<(UnixMillis, UnixMillis)>) -> ChartView {
    let mut chart = match record.category {
        Category::Electrocardiogram => strip::strip(record).unwrap_or_else(|| record.chart.clone()),
        _ => within(record.chart.clone(), view),
    };
    let main = main_quantity(record);
    chart.lines.retain(|l| !l.runs.is_empty() && l.quantity.ucum() == main.ucum());
    chart.lines.sort_by_key(|l| l.quantity != main);
    chart
}

/// What of a chart lies in another time than its own.
fn within(mut chart: ChartView, view: Option<(UnixMillis, UnixMillis)>) -> ChartView {
    let Some((from, to)) = view.filter(|view| *view != (chart.from, chart.to)) else { return chart };
    (chart.from, chart.to) = (from, to);
    chart.time_ticks.retain(|at| (from..=to).contains(at));
    for line in &mut chart.lines {
        for run in &mut line.runs {
            run.retain(|column| (from..to).contains(&column.at));
        }
        line.runs.retain(|run| !run.is_empty());
    }
    chart
}

#[cfg(test)]
mod tests {
    use salus_wire::Quantity;
    use salus_wire::view::{ColumnView, LineView};

    use super::*;

    #[test]
    fn another_time_shows_what_is_known_of_it_and_no_more() {
        let column = |at| ColumnView { at, min: 1.0, max: 2.0, last: 1.5 };
        let runs = vec![vec![column(0), column(100)], vec![column(500)], vec![column(900)]];
        let chart = ChartView {
            from: 0,
            to: 1000,
            low: 0.0,
            high: 3.0,
            value_ticks: vec![],
            time_ticks: vec![0, 500, 1000],
            lines: vec![LineView { quantity: Quantity::HeartRate, runs }],
        };
        assert_eq!(within(chart.clone(), None), chart);
        let moved = within(chart, Some((100, 600)));
        assert_eq!((moved.from, moved.to, moved.time_ticks), (100, 600, vec![500]));
        assert_eq!(moved.lines[0].runs, [vec![column(100)], vec![column(500)]]);
    }

    #[test]
    fn the_cursor_stays_at_its_time_when_the_points_are_others() {
        let point = |at| Point { at, values: vec![] };
        let points: Vec<_> = [0, 60, 120, 300].map(point).to_vec();
        assert_eq!(
            (nearest(&points, 130), nearest(&points, 10_000), nearest(&[], 1)),
            (Some(2), Some(3), None)
        );
    }
}
