//! A chart as a scene: edges, ticks, and one reduced line per quantity.

pub mod reduce;
pub mod ticks;

use salus_wire::view::{ChartView, ColumnView, LineView};
use salus_wire::{Category, Level, Quantity, Summary, UnixMillis};

use reduce::Columns;

/// Fewest pixel columns a chart may have.
pub const MIN_WIDTH: u16 = 200;
/// Most pixel columns a chart may have.
pub const MAX_WIDTH: u16 = 4000;

/// The longest silence that a line is drawn across, in milliseconds, never less than a pixel column: what the usual
/// sensor needs for a few values. What people measure by hand a few times a day is drawn as dots.
#[must_use]
pub fn bridge(quantity: Quantity, from: UnixMillis, to: UnixMillis, width: u16) -> i64 {
    const MINUTE: i64 = 60_000;
    const HOUR: i64 = 60 * MINUTE;
    let column = to.saturating_sub(from).max(0) / i64::from(width.max(1));
    let usual = match quantity {
        // A strap sends each second.
        Quantity::HeartRate | Quantity::Cadence => MINUTE,
        // Taken mornings and evenings, 12 hours apart.
        Quantity::Systolic | Quantity::Diastolic => 18 * HOUR,
        // Worn at night, or held for a spot check.
        Quantity::OxygenSaturation | Quantity::RespiratoryRate => 10 * MINUTE,
        // A sensor sends every 5 minutes.
        Quantity::InterstitialGlucose => 16 * MINUTE,
        // Weighed daily or weekly.
        Quantity::BodyWeight => 8 * 24 * HOUR,
        Quantity::AirTemperature => HOUR,
        Quantity::EcgVoltage => 100,
        _ => 0,
    };
    usual.max(column)
}

/// The coarsest summaries that are no longer than a pixel column; `None` when minutes are.
#[must_use]
pub fn level(from: UnixMillis, to: UnixMillis, width: u16) -> Option<Level> {
    let width = width.clamp(MIN_WIDTH, MAX_WIDTH);
    let column = to.saturating_sub(from).max(0) / i64::from(width);
    Level::ALL.into_iter().rev().find(|level| level.millis() <= column)
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
        let columns = |q: &Quantity| Columns::new(from, to, width, bridge(*q, from, to, width));
        let lines = category.drawn().iter().map(columns).collect();
        Self { category, from, to, lines }
    }

    /// Takes in a reading's drawn values. Readings outside the span and those without skin contact are left out.
    pub fn push(&mut self, reading: &salus_wire::Reading) {
        if !reading.counts() {
            return;
        }
        for (quantity, line) in self.category.drawn().iter().zip(&mut self.lines) {
            let values = reading.components.iter().filter(|c| c.quantity == *quantity);
            for (component, after) in values.zip(sample_times(reading)) {
                line.push(reading.at.saturating_add(after), component.value.to_f64());
            }
        }
    }

    /// Takes in a summary of drawn values: its extremes, and its mean where the line goes on. A silence within it is not
    /// drawn as one; choose summaries no longer than a pixel column ([`level`]).
    pub fn push_summary(&mut self, summary: &Summary) {
        let Some(mean) = summary.mean() else { return };
        let column = ColumnView {
            at: summary.first,
            min: summary.min.to_f64(),
            max: summary.max.to_f64(),
            last: mean.to_f64().clamp(summary.min.to_f64(), summary.max.to_f64()),
        };
        for (quantity, line) in self.category.drawn().iter().zip(&mut self.lines) {
            if *quantity == summary.quantity {
                line.push_column(column, summary.last);
            }
        }
    }

    /// The finished chart.
    #[must_use]
    pub fn finish(self) -> ChartView {
        let lines: Vec<LineView> = self
            .category
            .drawn()
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

/// Milliseconds from a reading's instant to each of its samples; all 0 without a sample interval.
fn sample_times(reading: &salus_wire::Reading) -> impl Iterator<Item = i64> {
    let micros = reading.value(Quantity::SampleInterval).map_or(0, |v| v.mantissa.clamp(0, 1_000_000));
    (0..).map(move |i: i64| i.saturating_mul(micros) / 1000)
}

/// The axis of an empty chart.
const fn usual_range(category: Category) -> (f64, f64) {
    match category {
        Category::HeartRate => (40.0, 120.0),
        Category::BloodPressure => (60.0, 160.0),
        Category::OxygenSaturation => (85.0, 100.0),
        Category::BodyTemperature => (35.0, 40.0),
        Category::BodyWeight => (50.0, 100.0),
        Category::Glucose => (50.0, 250.0),
        Category::Activity => (0.0, 1000.0),
        Category::Electrocardiogram => (-1000.0, 1000.0),
        Category::Respiration => (8.0, 24.0),
        Category::Surroundings => (10.0, 30.0),
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
    fn samples_of_one_reading_stand_side_by_side() {
        let c = |quantity, n| salus_wire::Component { quantity, value: salus_wire::Decimal::whole(n) };
        let reading = salus_wire::Reading {
            at: 1000,
            arrived: 1000,
            device: salus_wire::DeviceId([1; 16]),
            category: Category::Electrocardiogram,
            components: vec![
                c(Quantity::SampleInterval, 7_692),
                c(Quantity::EcgVoltage, -50),
                c(Quantity::EcgVoltage, 900),
            ],
            quality: salus_wire::Quality::default(),
            device_time: None,
            user: None,
        };
        let mut scene = Scene::new(Category::Electrocardiogram, 0, 2000, 2000);
        scene.push(&reading);
        let chart = scene.finish();
        let times: Vec<_> = chart.lines[0].runs.iter().flatten().map(|c| c.at).collect();
        assert_eq!(times, [1000, 1007]);
    }

    #[test]
    fn a_year_takes_hours_and_a_day_takes_minutes() {
        let day = Level::Day.millis();
        assert_eq!(level(0, 365 * day, 720), Some(Level::Hour));
        assert_eq!(level(0, 30 * day, 720), Some(Level::Hour));
        assert_eq!(level(0, 400 * day, 200), Some(Level::Day));
        assert_eq!(level(0, day, 720), Some(Level::Minute));
        assert_eq!(level(0, day / 24, 720), None);
    }

    #[test]
    fn a_backward_span_and_a_silly_width_are_brought_into_bounds() {
        let chart = Scene::new(Category::HeartRate, 1000, 0, 0).finish();
        assert!(chart.to > chart.from);
    }
}
