//! The geometry of a chart, apart from drawing, so that it can be tested: what the application reduced goes to pixels as it is.

use salus_wire::view::{ChartView, ColumnView, LineView};
use salus_wire::{Quantity, UnixMillis};

use crate::format::as_f64;

/// Where values and times lie, in CSS pixels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Picture {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    from: UnixMillis,
    to: UnixMillis,
    low: f64,
    high: f64,
}

impl Picture {
    /// Room for labels grows with the text: `rem` is the size of the page's text in pixels.
    pub(super) fn new(chart: &ChartView, width: f64, rem: f64) -> Self {
        Self {
            width: width.max(rem * 8.0),
            height: rem * 14.0,
            left: rem * label_room(&chart.value_ticks),
            right: rem * 1.3,
            top: rem * 0.75,
            bottom: rem * 1.9,
            from: chart.from,
            to: chart.to.max(chart.from + 1),
            low: chart.low,
            high: if chart.high > chart.low { chart.high } else { chart.low + 1.0 },
        }
    }

    pub(super) fn x(&self, at: UnixMillis) -> f64 {
        let share = as_f64(at - self.from) / as_f64(self.to - self.from);
        self.left + share.clamp(0.0, 1.0) * (self.width - self.left - self.right)
    }

    pub(super) fn y(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        self.height - self.bottom - share.clamp(0.0, 1.0) * (self.height - self.top - self.bottom)
    }

    /// True when the columns of a run lie so far apart that each can be marked.
    pub(super) fn sparse(&self, run: &[ColumnView], rem: f64) -> bool {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return false };
        let between = run.len().saturating_sub(1).max(1);
        (self.x(last.at) - self.x(first.at)) / as_f64(i64::try_from(between).unwrap_or(i64::MAX)) >= rem * 0.7
    }

    /// Every `n`th tick, so that labels of `room` pixels do not touch.
    pub(super) fn spaced<'a>(&self, ticks: &'a [UnixMillis], room: f64) -> Vec<&'a UnixMillis> {
        let across = self.width - self.left - self.right;
        let mut every = 1;
        while every < ticks.len() && across / as_f64(i64::try_from(ticks.len() / every).unwrap_or(1)) < room {
            every += 1;
        }
        ticks.iter().step_by(every).collect()
    }
}

/// Room for the widest label of the value axis, in the page's text size.
fn label_room(ticks: &[f64]) -> f64 {
    let letters = ticks.iter().map(|v| v.to_string().len()).max().unwrap_or_default();
    (as_f64(i64::try_from(letters).unwrap_or_default()) * 0.5 + 0.8).clamp(2.6, 6.0)
}

/// One instant that the arrow keys can reach, with what was measured then.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Point {
    pub(super) at: UnixMillis,
    pub(super) values: Vec<(Quantity, ColumnView)>,
}

/// Every instant of a chart, in time order. Each run is in it already, so that sorting them together is nearly nothing.
pub(super) fn points(lines: &[LineView]) -> Vec<Point> {
    let of = |line: &LineView| {
        let quantity = line.quantity;
        line.runs.iter().flatten().map(move |column| (quantity, *column)).collect::<Vec<_>>()
    };
    let mut all: Vec<(Quantity, ColumnView)> = lines.iter().flat_map(of).collect();
    all.sort_by_key(|(_, column)| column.at);
    let instants = all.chunk_by(|(_, a), (_, b)| a.at == b.at);
    instants.filter_map(|at| Some(Point { at: at.first()?.1.at, values: at.to_vec() })).collect()
}

/// True when the first quarter of a picture is empty, and more of its beginning than of its end: words have room there.
pub(super) fn begins_empty(chart: &ChartView) -> bool {
    let times = || chart.lines.iter().flat_map(|line| line.runs.iter().flatten()).map(|column| column.at);
    let (Some(first), Some(last)) = (times().min(), times().max()) else { return false };
    let before = first - chart.from;
    before >= (chart.to - chart.from) / 4 && before > chart.to - last
}

/// The spans between the runs of a line: nothing was measured there.
pub(super) fn gaps(line: &LineView) -> Vec<(UnixMillis, UnixMillis)> {
    let ends = line.runs.iter().filter_map(|r| Some((r.first()?.at, r.last()?.at)));
    let ends: Vec<_> = ends.collect();
    ends.windows(2).map(|pair| (pair[0].1, pair[1].0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(at: UnixMillis, min: f64, max: f64) -> ColumnView {
        ColumnView { at, min, max, last: max }
    }

    fn chart(runs: Vec<Vec<ColumnView>>) -> ChartView {
        let lines = vec![LineView { quantity: Quantity::HeartRate, runs }];
        ChartView {
            from: 0,
            to: 1000,
            low: 50.0,
            high: 150.0,
            value_ticks: vec![],
            time_ticks: vec![],
            lines,
        }
    }

    #[test]
    fn points_are_in_time_order_and_hold_what_was_measured_together() {
        let line = |quantity, at: &[UnixMillis]| LineView {
            quantity,
            runs: vec![at.iter().map(|at| column(*at, 60.0, 60.0)).collect()],
        };
        let lines = [line(Quantity::Systolic, &[10, 30, 50]), line(Quantity::Diastolic, &[10, 20, 50])];
        let all = points(&lines);
        let found: Vec<_> = all.iter().map(|point| (point.at, point.values.len())).collect();
        assert_eq!(found, [(10, 2), (20, 1), (30, 1), (50, 2)]);
        assert_eq!(all[0].values[0].0, Quantity::Systolic, "lines in their order");
        assert!(points(&[]).is_empty());
    }

    #[test]
    fn an_empty_or_flat_chart_divides_by_nothing() {
        let mut view = chart(vec![]);
        (view.to, view.high) = (0, 50.0);
        let picture = Picture::new(&view, 0.0, 16.0);
        assert!(picture.x(0).is_finite() && picture.y(50.0).is_finite());
        assert!(gaps(&view.lines[0]).is_empty());
    }

    #[test]
    fn words_stand_where_a_picture_is_empty() {
        let of = |first: UnixMillis, last: UnixMillis| {
            begins_empty(&chart(vec![vec![column(first, 60.0, 60.0)], vec![column(last, 60.0, 60.0)]]))
        };
        assert!(of(700, 1000));
        assert!(!of(200, 1000), "there is too little room");
        assert!(!of(300, 500), "there is more at the end");
        assert!(!begins_empty(&chart(vec![])));
    }

    #[test]
    fn labels_keep_their_distance() {
        let view = chart(vec![]);
        let ticks: Vec<UnixMillis> = (0..24).collect();
        assert!(Picture::new(&view, 680.0, 32.0).spaced(&ticks, 120.0).len() <= 6);
    }

    #[test]
    fn only_columns_with_room_between_them_are_marked() {
        let picture = Picture::new(&chart(vec![]), 680.0, 16.0);
        let run: Vec<_> = (0..5).map(|i| column(i * 250, 70.0, 70.0)).collect();
        assert!(picture.sparse(&run, 16.0));
        let run: Vec<_> = (0..500).map(|i| column(i * 2, 70.0, 70.0)).collect();
        assert!(!picture.sparse(&run, 16.0) && !picture.sparse(&[], 16.0));
    }
}
