//! A chart of the screen in whole numbers: the same columns, on a grid of ten thousand.

use salus_wire::view::{ChartView, ColumnView};
use salus_wire::{Quantity, UnixMillis};
use serde::{Deserialize, Serialize};

/// Both axes go from 0 to this.
pub const GRID: u16 = 10_000;
/// So many steps has a chart on paper from left to right: what lies within one is drawn as one column.
const STEPS: u16 = 200;
/// Columns of a line at most.
pub(super) const MOST_COLUMNS: usize = 400;
/// Lines of a chart at most.
pub(super) const MOST_LINES: usize = 4;
/// Ticks of the value axis at most.
pub(super) const MOST_TICKS: usize = 16;

/// A chart.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sketch {
    /// Round values, lowest first.
    pub ticks: Vec<Tick>,
    /// One for each quantity that has values.
    pub lines: Vec<SketchLine>,
}

/// A round value of the value axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tick {
    /// From below, 0 to [`GRID`].
    pub at: u16,
    /// Decimal text.
    pub label: String,
}

/// A quantity's line: runs without gaps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SketchLine {
    /// What.
    pub quantity: Quantity,
    /// Each run is drawn by itself: time from the left, lowest, highest and last value from below, all 0 to [`GRID`].
    pub runs: Vec<Vec<[u16; 4]>>,
}

impl Sketch {
    /// The chart of a screen. Lines beyond the limits are left out: no screen draws so many.
    #[must_use]
    pub fn of(chart: &ChartView) -> Self {
        let tick = |value: &f64| Tick { at: place(*value, chart.low, chart.high), label: value.to_string() };
        let column = |c: &ColumnView| {
            let y = |value| place(value, chart.low, chart.high);
            [time(c.at, chart.from, chart.to), y(c.min), y(c.max), y(c.last)]
        };
        let mut lines: Vec<SketchLine> = Vec::new();
        for line in chart.lines.iter().take(MOST_LINES) {
            let mut runs: Vec<Vec<[u16; 4]>> = Vec::new();
            for run in line.runs.iter().filter(|run| !run.is_empty()) {
                let columns = run.iter().map(column);
                append(&mut runs, columns);
            }
            if !runs.is_empty() {
                lines.push(SketchLine { quantity: line.quantity, runs });
            }
        }
        Self { ticks: chart.value_ticks.iter().take(MOST_TICKS).map(tick).collect(), lines }
    }

    /// True when nothing is drawn.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

/// Adds a run. Columns within one step are one, from the lowest to the highest; a gap within one step cannot be seen and is none.
fn append(runs: &mut Vec<Vec<[u16; 4]>>, columns: impl Iterator<Item = [u16; 4]>) {
    let step = |x: u16| x / (GRID / STEPS);
    let mut begun = false;
    for [x, low, high, last] in columns {
        match runs.last_mut().and_then(|run| run.last_mut()) {
            Some(before) if step(before[0]) == step(x) => {
                *before = [before[0], before[1].min(low), before[2].max(high), last];
            }
            _ => match runs.last_mut() {
                Some(run) if begun => run.push([x, low, high, last]),
                _ => runs.push(vec![[x, low, high, last]]),
            },
        }
        begun = true;
    }
}

/// Where a value lies between the edges of its axis.
fn place(value: f64, low: f64, high: f64) -> u16 {
    let share = (value - low) / (high - low);
    if !share.is_finite() {
        return 0;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "between 0 and 10,000, and float to integer casts saturate"
    )]
    let at = (share.clamp(0.0, 1.0) * f64::from(GRID)).round() as u16;
    at
}

/// Where an instant lies in a span.
fn time(at: UnixMillis, from: UnixMillis, to: UnixMillis) -> u16 {
    let length = i128::from(to).saturating_sub(i128::from(from)).max(1);
    let since = i128::from(at).saturating_sub(i128::from(from)).clamp(0, length);
    u16::try_from(since.saturating_mul(i128::from(GRID)) / length).unwrap_or(GRID)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use salus_wire::view::LineView;

    use super::*;

    fn chart(columns: Vec<ColumnView>) -> ChartView {
        ChartView {
            from: 1_000,
            to: 2_000,
            low: 40.0,
            high: 140.0,
            value_ticks: vec![40.0, 90.5, 140.0],
            time_ticks: vec![],
            lines: vec![
                LineView { quantity: Quantity::HeartRate, runs: vec![columns, vec![]] },
                LineView { quantity: Quantity::RrInterval, runs: vec![] },
            ],
        }
    }

    #[test]
    fn columns_lie_where_the_screen_has_them() {
        let column = ColumnView { at: 1_500, min: 40.0, max: 140.0, last: 65.0 };
        let sketch = Sketch::of(&chart(vec![column]));
        let [line] = &sketch.lines[..] else { panic!("a line without values is left out") };
        assert_eq!(line.runs, [[[5_000, 0, 10_000, 2_500]]]);
        let ticks: Vec<(u16, &str)> = sketch.ticks.iter().map(|t| (t.at, t.label.as_str())).collect();
        assert_eq!(ticks, [(0, "40"), (5_050, "90.5"), (10_000, "140")]);
    }

    #[test]
    fn what_lies_within_one_step_is_one_column_with_its_extremes() {
        let mut runs = Vec::new();
        append(&mut runs, [[0, 10, 20, 15], [49, 5, 12, 8], [50, 7, 9, 9]].into_iter());
        // A gap of less than a step, and one of several.
        append(&mut runs, [[60, 1, 30, 30]].into_iter());
        append(&mut runs, [[500, 2, 2, 2]].into_iter());
        assert_eq!(runs, [vec![[0, 5, 20, 8], [50, 1, 30, 30]], vec![[500, 2, 2, 2]]]);
        let mut runs = Vec::new();
        (0..=GRID).for_each(|x| append(&mut runs, [[x, 1, 1, 1]].into_iter()));
        assert!(runs.iter().map(Vec::len).sum::<usize>() <= MOST_COLUMNS);
    }

    proptest! {
        #[test]
        fn whatever_a_chart_holds_stays_on_the_grid(at: i64, from: i64, to: i64, values: [f64; 5]) {
            let [min, max, last, low, high] = values;
            let chart = ChartView { from, to, low, high, ..chart(vec![ColumnView { at, min, max, last }]) };
            let sketch = Sketch::of(&chart);
            prop_assert!(sketch.lines.iter().flat_map(|l| &l.runs).flatten().flatten().all(|n| *n <= GRID));
            prop_assert!(sketch.ticks.iter().all(|t| t.at <= GRID));
        }
    }
}
