//! One record screen from the readings of a span.

mod daily;

pub use daily::daily;

use std::collections::VecDeque;

use salus_wire::view::{ReadingView, RecordView, ValueView};
use salus_wire::{Category, Level, Quality, Quantity, Reading, Summary, UnixMillis};

use crate::chart::Scene;
use crate::coverage::Coverage;
use crate::hrv::Variability;
use crate::provenance::{Origin, provenance};
use crate::stats::Stats;

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

/// A record screen under construction: takes readings chunk by chunk in time order and keeps only what is shown.
#[derive(Debug, Clone)]
pub struct Screen {
    category: Category,
    span: Span,
    scene: Scene,
    stats: Vec<(Quantity, Stats)>,
    variability: Variability,
    rows: VecDeque<Reading>,
    latest: Option<Reading>,
    total: u32,
    /// The coarsest summaries that were taken in.
    summed: Option<Level>,
}

impl Screen {
    /// Nothing taken in yet.
    #[must_use]
    pub fn new(category: Category, span: Span) -> Self {
        let coverage = Coverage::new(span.from, span.to, span.now);
        Self {
            category,
            span,
            scene: Scene::new(category, span.from, span.to, span.width),
            stats: category.drawn().iter().map(|q| (*q, Stats::new(*q, coverage.clone()))).collect(),
            variability: Variability::new(span.from),
            rows: VecDeque::new(),
            latest: None,
            total: 0,
            summed: None,
        }
    }

    /// Takes in summaries that lie wholly in the span, in time order with the readings around them, instead of the readings
    /// that they sum up. Those are counted with [`Screen::note`].
    pub fn take_summaries(&mut self, level: Level, rows: &[Summary]) {
        self.summed = self.summed.max(Some(level));
        for row in rows {
            self.scene.push_summary(row);
            for (_, stats) in self.stats.iter_mut().filter(|(q, _)| *q == row.quantity) {
                stats.push_summary(row);
            }
        }
    }

    /// Counts readings that were taken in as summaries, and keeps the newest of them for the table: `newest` in time order.
    pub fn note(&mut self, count: u64, newest: Vec<Reading>) {
        self.total = self.total.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
        self.list(newest);
    }

    /// Takes in the next readings; those of another category or outside the span are left out.
    pub fn take(&mut self, mut chunk: Vec<Reading>) {
        let Span { from, to, .. } = self.span;
        chunk.retain(|r| r.category == self.category && r.at >= from && r.at < to);
        self.total = self.total.saturating_add(u32::try_from(chunk.len()).unwrap_or(u32::MAX));
        for reading in &chunk {
            self.scene.push(reading);
            if self.category == Category::HeartRate {
                self.variability.push(reading);
            }
            if reading.counts() {
                for (quantity, stats) in &mut self.stats {
                    for c in reading.components.iter().filter(|c| c.quantity == *quantity) {
                        stats.push(reading.at, c.value);
                    }
                }
            }
        }
        self.list(chunk);
    }

    /// The newest reading, and the rows of the table.
    fn list(&mut self, mut chunk: Vec<Reading>) {
        let mut live = chunk.iter().rev().filter(|r| !r.quality.has(Quality::BACKFILLED));
        let newest = live.clone().next();
        if let Some(drawn) = live.find(|r| is_drawn(r)) {
            self.latest = Some(drawn.clone());
        } else if !self.latest.as_ref().is_some_and(is_drawn) {
            self.latest = newest.cloned().or(self.latest.take());
        }
        self.rows.extend(chunk.drain(chunk.len().saturating_sub(MOST_ROWS)..));
        let surplus = self.rows.len().saturating_sub(MOST_ROWS);
        self.rows.drain(..surplus);
    }

    /// The finished screen; `origin` tells what is known of a reading's device.
    pub fn finish(self, origin: impl Fn(&Reading) -> Origin) -> RecordView {
        RecordView {
            category: self.category,
            latest: self.latest.map(|r| row(&r, &origin)),
            summary: self.stats.into_iter().filter_map(|(_, s)| s.finish()).collect(),
            chart: self.scene.finish(),
            rows: self.rows.iter().rev().map(|r| row(r, &origin)).collect(),
            total: self.total,
            variability: self.variability.finish(),
            summed: self.summed,
            damaged: 0,
            days: Vec::new(),
        }
    }
}

/// True with a value that the category is about: a height typed today is no newer weight.
fn is_drawn(reading: &Reading) -> bool {
    reading.category.drawn().iter().any(|q| reading.value(*q).is_some())
}

/// Summary, chart and table of readings that are in memory already, in time order.
pub fn record(
    category: Category,
    readings: Vec<Reading>,
    span: Span,
    origin: impl Fn(&Reading) -> Origin,
) -> RecordView {
    let mut screen = Screen::new(category, span);
    screen.take(readings);
    screen.finish(origin)
}

/// One row of the table: every value, main quantity first, others as they came. What only tells records apart is left out.
#[must_use]
pub fn row(reading: &Reading, origin: &impl Fn(&Reading) -> Origin) -> ReadingView {
    let origin = origin(reading);
    let rank = |q: Quantity| reading.category.drawn().iter().position(|d| *d == q).unwrap_or(usize::MAX);
    let mut values: Vec<_> = reading
        .components
        .iter()
        .filter(|c| c.quantity != Quantity::RecordNumber)
        .map(|c| ValueView { quantity: c.quantity, value: c.value.to_string() })
        .collect();
    values.sort_by_key(|v| rank(v.quantity));
    ReadingView {
        at: reading.at,
        values,
        quality: reading.quality,
        provenance: provenance(reading, &origin),
        device: origin.name,
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use salus_wire::{Component, Decimal, DeviceId};

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

    fn name(_: &Reading) -> Origin {
        Origin { name: "Cuff".into(), ..Origin::default() }
    }

    #[test]
    fn rows_are_newest_first_with_the_main_quantity_first() {
        let readings =
            vec![pressure(1000, 121, 80, Quality::default()), pressure(2000, 133, 85, Quality::default())];
        let view = record(Category::BloodPressure, readings, SPAN, name);
        assert_eq!(view.total, 2);
        assert_eq!(view.rows[0].at, 2000);
        let quantities: Vec<_> = view.rows[0].values.iter().map(|v| v.quantity).collect();
        assert_eq!(quantities, [Quantity::Systolic, Quantity::Diastolic, Quantity::PulseRate]);
        assert_eq!(view.summary[0].max, "133");
        assert_eq!(view.chart.lines[1].quantity, Quantity::Diastolic);
    }

    #[test]
    fn a_back_filled_reading_is_never_the_latest() {
        let readings = vec![
            pressure(1000, 121, 80, Quality::default()),
            pressure(2000, 133, 85, Quality(Quality::BACKFILLED)),
        ];
        let view = record(Category::BloodPressure, readings, SPAN, name);
        assert_eq!(view.latest.map(|l| l.at), Some(1000));
    }

    #[test]
    fn the_latest_reading_is_one_of_what_the_category_is_about_if_there_is_any() {
        let beside = |at| {
            let c = Component { quantity: Quantity::PulseRate, value: Decimal::whole(61) };
            Reading { components: vec![c], ..pressure(at, 0, 0, Quality::default()) }
        };
        let latest = |readings: &[Reading]| {
            let mut screen = Screen::new(Category::BloodPressure, SPAN);
            readings.iter().for_each(|r| screen.take(vec![r.clone()]));
            let view = record(Category::BloodPressure, readings.to_vec(), SPAN, name);
            assert_eq!(screen.finish(name), view);
            view.latest.map(|l| l.at)
        };
        let whole = pressure(2000, 121, 80, Quality::default());
        assert_eq!(latest(&[beside(1000), whole, beside(3000)]), Some(2000));
        assert_eq!(latest(&[beside(1000), beside(3000)]), Some(3000));
    }

    #[test]
    fn readings_without_contact_are_listed_but_neither_drawn_nor_averaged() {
        let readings = vec![pressure(1000, 0, 0, Quality(Quality::NO_CONTACT))];
        let view = record(Category::BloodPressure, readings, SPAN, name);
        assert_eq!((view.total, view.rows.len()), (1, 1));
        assert!(view.summary.is_empty() && view.chart.lines[0].runs.is_empty());
    }

    #[test]
    fn intervals_between_beats_are_summed_up_for_the_heart_rate_only_and_chunks_do_not_matter() {
        let beat = |i: i64| {
            let value = Decimal { mantissa: 8000 + 500 * (i % 2), exponent: -1 };
            let components = vec![Component { quantity: Quantity::RrInterval, value }];
            let at = (i + 1) * 825 + 25 * ((i + 1) % 2) - 25;
            Reading { components, category: Category::HeartRate, ..pressure(at, 0, 0, Quality::default()) }
        };
        let readings: Vec<_> = (0..360).map(beat).collect();
        let mut screen = Screen::new(Category::HeartRate, SPAN);
        readings.chunks(7).for_each(|c| screen.take(c.to_vec()));
        let view = record(Category::HeartRate, readings, SPAN, name);
        let rmssd = view.variability.as_ref().and_then(|v| v.rmssd.as_ref()).map(|s| s.mean.as_str());
        assert_eq!(rmssd, Some("50"));
        assert_eq!(screen.finish(name), view);
        let readings = vec![pressure(1000, 121, 80, Quality::default())];
        assert_eq!(record(Category::BloodPressure, readings, SPAN, name).variability, None);
    }

    #[test]
    fn the_table_keeps_the_newest_rows_and_says_how_many_there_are() {
        let readings: Vec<_> = (0..700).map(|i| pressure(i * 1000, 120, 80, Quality::default())).collect();
        let outside = Span { from: 1_000_000, ..SPAN };
        assert_eq!(record(Category::BloodPressure, readings.clone(), outside, name).total, 0);
        let mut screen = Screen::new(Category::BloodPressure, SPAN);
        readings.chunks(300).for_each(|c| screen.take(c.to_vec()));
        let view = record(Category::BloodPressure, readings, SPAN, name);
        assert_eq!((view.total, view.rows.len(), view.rows[0].at), (700, MOST_ROWS, 699_000));
        assert_eq!(screen.finish(name), view);
    }
}
