//! A chart as a scene: edges, ticks, and one reduced line per quantity.

pub mod reduce;
pub mod ticks;

use salus_wire::view::{ChartView, LineView};
use salus_wire::{Category, UnixMillis};

use crate::drawn;
use reduce::Columns;

/// Fewest pixel columns a chart may have.
pub const MIN_WIDTH: u16 = 200;
/// Most pixel columns a chart may have.
pub const MAX_WIDTH: u16 = 4000;

/// The longest silence that a line is drawn across, in milliseconds: one minute for a heart rate (a strap sends each
/// second), 18 hours for a blood pressure (taken mornings and evenings, 12 hours apart), never less than a pixel column.
#[must_use]
pub fn longest_bridge(category: Category, from: UnixMillis, to: UnixMillis, width: u16) -> i64 {
    let column = to.saturating_sub(from).max(0) / i64::from(width.max(1));
    let usual = match category {
        Category::BloodPressure => 18 * 3_600_000,
        _ => 60_000,
    };
    usual.max(column)
}

/// A chart under construction: takes values in time order, keeps only columns.
#[derive(Debug, Clone)]
pub struct Scene {
    category: Category,
    from: UnixMillis,
    to: UnixMillis,
    lines: Vec<Columns>,
}

impl Scene {
    /// An empty chart of `[from, to)` with `width` pixel columns (brought into its bounds).
    #[must_use]
    pub fn new(category: Category, from: UnixMillis, to: UnixMillis, width: u16) -> Self {
        let width = width.clamp(MIN_WIDTH, MAX_WIDTH);
        let to = to.max(from.saturating_add(1));
        let bridge = longest_bridge(category, from, to, width);
        let lines = drawn(category).iter().map(|_| Columns::new(from, to, width, bridge)).collect();
        Self { category, from, to, lines }
    }

    /// Takes in a reading's drawn values. Readings outside the span and those without skin contact are left out.
    pub fn push(&mut self, reading: &salus_wire::Reading) {
        if !crate::counts(reading) {
            return;
        }
        for (quantity, line) in drawn(self.category).iter().zip(&mut self.lines) {
            for component in reading.components.iter().filter(|c| c.quantity == *quantity) {
                line.push(reading.at, component.value.to_f64());
            }
        }
    }

    /// The finished chart.
    #[must_use]
    pub fn finish(self) -> ChartView {
        let lines: Vec<LineView> = drawn(self.category)
            .iter()
            .zip(self.lines)
            .map(|(quantity, columns)| LineView { quantity: *quantity, runs: columns.into_runs() })
            .collect();
        let columns = || lines.iter().flat_map(|l| l.runs.iter().flatten());
        let lowest = columns().map(|c| c.min).min_by(f64::total_cmp);
        let highest = columns().map(|c| c.max).max_by(f64::total_cmp);
        let (low, high, value_ticks) = ticks::value_axis(lowest.zip(highest), usual_range(self.category));
        ChartView {
            from: self.from,
            to: self.to,
            low,
            high,
            value_ticks,
            time_ticks: ticks::time_axis(self.from, self.to),
            lines,
        }
    }
}

/// The axis of an empty chart.
fn usual_range(category: Category) -> (f64, f64) {
    match category {
        Category::BloodPressure => (60.0, 160.0),
        _ => (40.0, 120.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_chart_has_an_axis_and_no_runs() {
        let chart = Scene::new(Category::BloodPressure, 0, 86_400_000, 600).finish();
        assert_eq!(chart.lines.len(), 2);
        assert!(chart.lines.iter().all(|l| l.runs.is_empty()));
        assert!(chart.low < chart.high && chart.value_ticks.len() >= 3);
    }

    #[test]
    fn a_backward_span_and_a_silly_width_are_brought_into_bounds() {
        let chart = Scene::new(Category::HeartRate, 1000, 0, 0).finish();
        assert!(chart.to > chart.from);
    }
}
