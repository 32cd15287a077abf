//! One record screen from the readings of a span.

use std::collections::VecDeque;

use salus_wire::view::{ReadingView, RecordView, ValueView};
use salus_wire::{Category, DeviceId, Quality, Quantity, Reading, UnixMillis};

use crate::chart::Scene;
use crate::coverage::Coverage;
use crate::stats::Stats;
use crate::{counts, drawn};

/// Most rows of the table.
pub const MOST_ROWS: usize = 500;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Start, inclusive.
    pub from: UnixMillis,
    /// End, exclusive.
    pub to: UnixMillis,
    /// Width of the chart in CSS pixels.
    pub width: u16,
    /// Now: minutes after it do not count as missing.
    pub now: UnixMillis,
}

/// Summary, chart and table of `readings` of one series in time order; memory does not grow with their number.
pub fn record<'a>(
    category: Category,
    readings: impl IntoIterator<Item = &'a Reading>,
    span: Span,
    device: impl Fn(DeviceId) -> String,
) -> RecordView {
    let mut scene = Scene::new(category, span.from, span.to, span.width);
    let coverage = Coverage::new(span.from, span.to, span.now);
    let mut stats: Vec<_> = drawn(category).iter().map(|q| (*q, Stats::new(*q, coverage.clone()))).collect();
    let mut rows: VecDeque<&Reading> = VecDeque::with_capacity(MOST_ROWS);
    let mut latest: Option<&Reading> = None;
    let mut total: u32 = 0;
    let inside = |r: &&Reading| r.category == category && r.at >= span.from && r.at < span.to;
    for reading in readings.into_iter().filter(inside) {
        total = total.saturating_add(1);
        scene.push(reading);
        if counts(reading) {
            for (quantity, stats) in &mut stats {
                for c in reading.components.iter().filter(|c| c.quantity == *quantity) {
                    stats.push(reading.at, c.value);
                }
            }
        }
        if !reading.quality.has(Quality::BACKFILLED) && latest.is_none_or(|l| reading.at >= l.at) {
            latest = Some(reading);
        }
        if rows.len() == MOST_ROWS {
            rows.pop_front();
        }
        rows.push_back(reading);
    }
    RecordView {
        category,
        latest: latest.map(|r| row(r, &device)),
        summary: stats.into_iter().filter_map(|(_, s)| s.finish()).collect(),
        chart: scene.finish(),
        rows: rows.into_iter().rev().map(|r| row(r, &device)).collect(),
        total,
    }
}

/// One row of the table: every value, main quantity first, others as they came.
#[must_use]
pub fn row(reading: &Reading, device: &impl Fn(DeviceId) -> String) -> ReadingView {
    let rank = |q: Quantity| drawn(reading.category).iter().position(|d| *d == q).unwrap_or(usize::MAX);
    let mut values: Vec<_> = reading
        .components
        .iter()
        .map(|c| ValueView { quantity: c.quantity, value: c.value.to_string() })
        .collect();
    values.sort_by_key(|v| rank(v.quantity));
    ReadingView { at: reading.at, values, quality: reading.quality, device: device(reading.device) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use salus_wire::{Component, Decimal};

    fn pressure(at: i64, systolic: i64, diastolic: i64, quality: Quality) -> Reading {
        let c = |quantity, n| Component { quantity, value: Decimal::whole(n) };
        Reading {
            at,
            arrived: at,
            device: DeviceId([1; 16]),
            category: Category::BloodPressure,
            components: vec![
                c(Quantity::PulseRate, 70),
                c(Quantity::Diastolic, diastolic),
                c(Quantity::Systolic, systolic),
            ],
            quality,
            device_time: None,
            user: None,
        }
    }

    const SPAN: Span = Span { from: 0, to: 86_400_000, width: 600, now: i64::MAX };

    fn name(_: DeviceId) -> String {
        "Cuff".into()
    }

    #[test]
    fn rows_are_newest_first_with_the_main_quantity_first() {
        let readings =
            [pressure(1000, 121, 80, Quality::default()), pressure(2000, 133, 85, Quality::default())];
        let view = record(Category::BloodPressure, &readings, SPAN, name);
        assert_eq!(view.total, 2);
        assert_eq!(view.rows[0].at, 2000);
        let quantities: Vec<_> = view.rows[0].values.iter().map(|v| v.quantity).collect();
        assert_eq!(quantities, [Quantity::Systolic, Quantity::Diastolic, Quantity::PulseRate]);
        assert_eq!(view.summary[0].max, "133");
        assert_eq!(view.chart.lines[1].quantity, Quantity::Diastolic);
    }

    #[test]
    fn a_back_filled_reading_is_never_the_latest() {
        let readings = [
            pressure(1000, 121, 80, Quality::default()),
            pressure(2000, 133, 85, Quality(Quality::BACKFILLED)),
        ];
        let view = record(Category::BloodPressure, &readings, SPAN, name);
        assert_eq!(view.latest.map(|l| l.at), Some(1000));
    }

    #[test]
    fn readings_without_contact_are_listed_but_neither_drawn_nor_averaged() {
        let readings = [pressure(1000, 0, 0, Quality(Quality::NO_CONTACT))];
        let view = record(Category::BloodPressure, &readings, SPAN, name);
        assert_eq!((view.total, view.rows.len()), (1, 1));
        assert!(view.summary.is_empty() && view.chart.lines[0].runs.is_empty());
    }

    #[test]
    fn the_table_keeps_the_newest_rows_and_says_how_many_there_are() {
        let readings: Vec<_> = (0..700).map(|i| pressure(i * 1000, 120, 80, Quality::default())).collect();
        let view = record(Category::BloodPressure, &readings, SPAN, name);
        assert_eq!((view.total, view.rows.len(), view.rows[0].at), (700, MOST_ROWS, 699_000));
        let outside = Span { from: 1_000_000, ..SPAN };
        assert_eq!(record(Category::BloodPressure, &readings, outside, name).total, 0);
    }
}
