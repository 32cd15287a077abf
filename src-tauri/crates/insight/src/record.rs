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
    /// Now: nothing after it counts as missing.
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
        let stats = |q: &Quantity| (*q, Stats::new(Coverage::new(*q, span.from, span.to, span.now)));
        Self {
            category,
            span,
            scene: Scene::new(category, span.from, span.to, span.width),
            stats: category.drawn().iter().map(stats).collect(),
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
                        stats.push(reading.device, reading.at, c.value);
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
mod tests;
