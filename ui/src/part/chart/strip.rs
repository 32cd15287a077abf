//! The newest seconds of an electrocardiogram as a scene: a day of it on one picture would be a black bar.

use salus_wire::view::{ChartView, ColumnView, LineView, ReadingView, RecordView};
use salus_wire::{Quantity, UnixMillis};

/// How much is shown: a heart beats about ten times.
pub(super) const SECONDS: i64 = 10;
/// The longest silence inside one recording.
const SILENCE_MS: i64 = 200;
/// Grid lines of the value axis lie this many microvolts apart, the first that gives few enough.
const STEPS: [f64; 6] = [100.0, 250.0, 500.0, 1_000.0, 5_000.0, 50_000.0];
/// Most grid lines.
const MOST_LINES: f64 = 7.0;

/// The newest recording in the rows, at most [`SECONDS`] of it; `None` without samples.
pub(super) fn strip(record: &RecordView) -> Option<ChartView> {
    let mut run: Vec<ColumnView> = Vec::new();
    for row in &record.rows {
        let before = samples(row);
        let (Some(first), Some(last)) = (before.first(), before.last()) else { continue };
        let follows = run.first().is_none_or(|next| next.at - last.at <= SILENCE_MS);
        let fits = run.last().is_none_or(|end| end.at - first.at <= SECONDS * 1000);
        if !follows || !fits {
            break;
        }
        run.splice(..0, before);
    }
    let (from, to) = (run.first()?.at, run.last()?.at);
    let lowest = run.iter().map(|c| c.min).fold(f64::INFINITY, f64::min);
    let highest = run.iter().map(|c| c.max).fold(f64::NEG_INFINITY, f64::max);
    let (low, high, value_ticks) = axis(lowest, highest);
    let seconds = (from + 999).div_euclid(1000)..=to.div_euclid(1000);
    Some(ChartView {
        from,
        to,
        low,
        high,
        value_ticks,
        time_ticks: seconds.map(|s| s * 1000).collect(),
        lines: vec![LineView { quantity: Quantity::EcgVoltage, runs: vec![run] }],
    })
}

/// The samples of a reading side by side, by its own interval.
fn samples(row: &ReadingView) -> Vec<ColumnView> {
    let interval = row.values.iter().find(|v| v.quantity == Quantity::SampleInterval);
    let micros = interval.and_then(|v| v.value.parse::<i64>().ok()).unwrap_or(0).clamp(0, 1_000_000);
    let at = |i: usize| -> UnixMillis {
        row.at.saturating_add(i64::try_from(i).unwrap_or(0).saturating_mul(micros) / 1000)
    };
    let voltages = row.values.iter().filter(|v| v.quantity == Quantity::EcgVoltage);
    let numbers = voltages.filter_map(|v| v.value.parse::<f64>().ok()).filter(|v| v.is_finite());
    numbers.enumerate().map(|(i, v)| ColumnView { at: at(i), min: v, max: v, last: v }).collect()
}

/// Edges on grid lines.
fn axis(lowest: f64, highest: f64) -> (f64, f64, Vec<f64>) {
    let step = STEPS.into_iter().find(|s| (highest - lowest) / s <= MOST_LINES).unwrap_or(500_000.0);
    let (first, last) = ((lowest / step).floor(), (highest / step).ceil().max((lowest / step).floor() + 1.0));
    let mut ticks = vec![];
    let mut k = first;
    while k <= last && ticks.len() < 16 {
        ticks.push(k * step);
        k += 1.0;
    }
    (first * step, last * step, ticks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use salus_wire::view::{ProvenanceView, ValueView};
    use salus_wire::{Category, Quality};

    fn packet(at: UnixMillis, voltages: &[&str]) -> ReadingView {
        let value = |quantity, text: &str| ValueView { quantity, value: text.into() };
        let mut values: Vec<_> = voltages.iter().map(|v| value(Quantity::EcgVoltage, v)).collect();
        values.push(value(Quantity::SampleInterval, "7692"));
        let provenance = ProvenanceView::Imported { entered: 0 };
        ReadingView { at, values, quality: Quality::default(), device: String::new(), note: None, provenance }
    }

    fn record(rows: Vec<ReadingView>) -> RecordView {
        let chart = ChartView {
            from: 0,
            to: 1,
            low: 0.0,
            high: 1.0,
            value_ticks: vec![],
            time_ticks: vec![],
            lines: vec![],
        };
        RecordView {
            category: Category::Electrocardiogram,
            latest: None,
            summary: vec![],
            chart,
            variability: None,
            summed: None,
            damaged: 0,
            days: vec![],
            total: u32::try_from(rows.len()).expect("few"),
            rows,
        }
    }

    #[test]
    fn packets_join_in_time_and_an_earlier_recording_stays_out() {
        let rows = vec![
            packet(100_023, &["10", "1200"]),
            packet(100_000, &["-50", "900", "20"]),
            packet(50_000, &["7"]),
        ];
        let view = strip(&record(rows)).expect("samples");
        let times: Vec<_> = view.lines[0].runs[0].iter().map(|c| c.at).collect();
        assert_eq!(times, [100_000, 100_007, 100_015, 100_023, 100_030]);
        assert!(view.low <= -50.0 && view.high >= 1200.0 && view.value_ticks.len() >= 3);
    }

    #[test]
    fn it_ends_after_ten_seconds_and_nothing_gives_nothing() {
        let rows: Vec<_> = (0..500).rev().map(|i| packet(i * 100, &["1", "1"])).collect();
        let view = strip(&record(rows)).expect("samples");
        assert!((9_900..=10_000).contains(&(view.to - view.from)), "{}", view.to - view.from);
        assert_eq!(view.time_ticks.len(), 10);
        assert!(view.high > view.low);
        assert_eq!(strip(&record(vec![packet(0, &[]), packet(0, &["x"])])), None);
    }
}
