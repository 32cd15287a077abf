//! Sums of one category's drawn quantities, in order of time, bounded.

use salus_wire::measure::summary::roll_up;
use salus_wire::view::Period;
use salus_wire::{Category, Level, Quantity, Reading, Summary, UnixMillis};

/// Rows that are kept of one category by the minute; with more it goes on by the hour. 69 days of one quantity.
const MOST_MINUTES: usize = 100_000;
/// Rows that are kept by the hour; what comes after them is left out. 5 years of two quantities.
const MOST_HOURS: usize = 90_000;

/// Sums of one category.
#[derive(Debug, Clone)]
pub struct Sums {
    category: Category,
    level: Level,
    /// In order of their start; quantities of one start stand beside each other.
    rows: Vec<Summary>,
}

impl Sums {
    /// True for a category of which a mean says something: not of voltages.
    #[must_use]
    pub const fn sums_up(category: Category) -> bool {
        !matches!(category, Category::Electrocardiogram)
    }

    /// Of readings in order of time that lie in a span; those without skin contact do not count, as everywhere.
    #[must_use]
    pub fn of_readings(category: Category, readings: &[Reading], from: UnixMillis, to: UnixMillis) -> Self {
        let mut sums = Self::empty(category);
        sums.take(readings, from, to);
        sums
    }

    /// Of nothing yet, for readings that come in parts.
    #[must_use]
    pub const fn empty(category: Category) -> Self {
        Self { category, level: Level::Minute, rows: Vec::new() }
    }

    /// Adds readings that lie in a span; the parts follow one another in order of time.
    pub fn take(&mut self, readings: &[Reading], from: UnixMillis, to: UnixMillis) {
        let category = self.category;
        if !Self::sums_up(category) {
            return;
        }
        let inside = |r: &&Reading| r.category == category && (from..to).contains(&r.at) && r.counts();
        for reading in readings.iter().filter(inside) {
            for component in &reading.components {
                if category.drawn().contains(&component.quantity) {
                    self.push(&Summary::of(self.level, component.quantity, reading.at, component.value));
                }
            }
        }
    }

    /// Of daily summaries in order of time, where nothing else is given.
    #[must_use]
    pub fn of_days(category: Category, days: &[Summary], from: UnixMillis, to: UnixMillis) -> Self {
        let inside =
            |row: &&Summary| (from..to).contains(&row.start) && category.drawn().contains(&row.quantity);
        let rows = days.iter().filter(inside).take(MOST_HOURS).copied().collect();
        Self { category, level: Level::Day, rows }
    }

    fn push(&mut self, new: &Summary) {
        let mut newest = self.rows.iter_mut().rev().take_while(|row| row.start == new.start);
        if let Some(same) = newest.find(|row| row.quantity == new.quantity) {
            // Seconds and minutes that hold a value count once.
            let apart = |unit: i64| u32::from(new.first.div_euclid(unit) != same.last.div_euclid(unit));
            let (seconds, minutes) = (apart(1000), apart(60_000));
            same.add(&Summary { seconds, minutes, ..*new });
            return;
        }
        let most = if self.level == Level::Minute { MOST_MINUTES } else { MOST_HOURS };
        if self.rows.len() < most {
            self.rows.push(*new);
        } else if self.level == Level::Minute {
            self.rows = roll_up(Level::Hour, &self.rows);
            self.level = Level::Hour;
            self.push(&Summary { start: Level::Hour.floor(new.start), ..*new });
        }
    }

    /// Which category.
    #[must_use]
    pub const fn category(&self) -> Category {
        self.category
    }

    /// How long a row is.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }

    /// True where only daily summaries are given.
    #[must_use]
    pub fn is_daily(&self) -> bool {
        self.level == Level::Day
    }

    /// Every row.
    #[must_use]
    pub fn rows(&self) -> &[Summary] {
        &self.rows
    }

    /// The rows whose middle lies in a time.
    pub fn within(&self, period: Period) -> impl Iterator<Item = &Summary> {
        self.rows.iter().filter(move |row| (period.from..period.to).contains(&self.middle(row)))
    }

    /// What stands for a row's instant: its first value, or the middle of a day, which tells no instant.
    pub(super) fn middle(&self, row: &Summary) -> UnixMillis {
        if self.is_daily() { row.start.saturating_add(Level::Day.millis() / 2) } else { row.first }
    }

    /// The rows of one quantity.
    pub(super) fn of(&self, quantity: Quantity) -> impl Iterator<Item = &Summary> {
        self.rows.iter().filter(move |row| row.quantity == quantity)
    }
}
