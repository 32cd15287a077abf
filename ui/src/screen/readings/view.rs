//! Which time the record shows: a day, a week, a month, a year, or any other, kept in the page's address. Arithmetic only.

use salus_wire::UnixMillis;

use crate::format::{
    DAY, HOUR, MINUTE, as_f64, date_of, day_start, field_date, from_date, months_on, parse_date,
};
use crate::part::Move;

/// The shortest time that is shown: 15 minutes.
const SHORTEST: i64 = 15 * MINUTE;
/// The longest: a year with its leap day.
const LONGEST: i64 = 366 * DAY;

/// The usual lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::screen) enum Length {
    Day,
    Week,
    Month,
    Year,
}

impl Length {
    pub(in crate::screen) const ALL: [Length; 4] = [Length::Day, Length::Week, Length::Month, Length::Year];

    /// Where a time of this length ends that begins then. Months and years are those of the calendar.
    pub(in crate::screen) fn after(self, from: UnixMillis, offset: i32) -> UnixMillis {
        match self {
            Length::Day => from + DAY,
            Length::Week => from + 7 * DAY,
            Length::Month => months_on(from, 1, offset),
            Length::Year => months_on(from, 12, offset),
        }
    }

    /// Where one begins that ends then.
    pub(in crate::screen) fn before(self, to: UnixMillis, offset: i32) -> UnixMillis {
        match self {
            Length::Day => to - DAY,
            Length::Week => to - 7 * DAY,
            Length::Month => months_on(to, -1, offset),
            Length::Year => months_on(to, -12, offset),
        }
    }

    /// Where the month or the year of the calendar begins that holds an instant; `None` for what begins on any day.
    fn begins(self, at: UnixMillis, offset: i32) -> Option<UnixMillis> {
        let (year, month, _) = date_of(at, offset);
        match self {
            Length::Day | Length::Week => None,
            Length::Month => from_date(year, month, 1, offset),
            Length::Year => from_date(year, 1, 1, offset),
        }
    }

    /// Its name in the address.
    pub(in crate::screen) const fn slug(self) -> &'static str {
        match self {
            Length::Day => "day",
            Length::Week => "week",
            Length::Month => "month",
            Length::Year => "year",
        }
    }
}

/// How far there is something to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::screen) struct Limits {
    /// The day on which the record begins.
    pub(in crate::screen) first: UnixMillis,
    /// The end of today.
    pub(in crate::screen) end: UnixMillis,
}

impl Limits {
    pub(super) fn new(begins: Option<UnixMillis>, now: UnixMillis, offset: i32) -> Self {
        let end = day_start(now, offset) + DAY;
        // Before it is known where the record begins, whatever a clock can say.
        let first = begins.map_or(0, |at| day_start(at, offset));
        Self { first: first.min(end - DAY), end }
    }
}

/// A time: from, inclusive, and to, exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::screen) struct View {
    pub(in crate::screen) from: UnixMillis,
    pub(in crate::screen) to: UnixMillis,
}

impl View {
    /// Whole days that end with the day of an instant.
    pub(in crate::screen) fn ending(length: Length, at: UnixMillis, offset: i32) -> Self {
        let to = day_start(at, offset) + DAY;
        Self { from: length.before(to, offset), to }
    }

    /// A month or a year of the calendar; up to today where that one is not over.
    fn of_calendar(length: Length, from: UnixMillis, limits: Limits, offset: i32) -> Self {
        let to = length.after(from, offset);
        if to > limits.end { Self::ending(length, limits.end - 1, offset) } else { Self { from, to } }
    }

    /// Another length around what is shown, or up to now when now is shown.
    pub(in crate::screen) fn of_length(self, length: Length, limits: Limits, offset: i32) -> Self {
        if self.to >= limits.end {
            return Self::ending(length, limits.end - 1, offset);
        }
        if let Some(from) = length.begins(self.middle(), offset) {
            return Self::of_calendar(length, from, limits, offset);
        }
        let half = (length.after(self.from, offset) - self.from) / 2;
        Self::ending(length, self.middle().saturating_add(half - 1), offset).held(limits)
    }

    /// Which of the usual lengths it has.
    pub(in crate::screen) fn length(self, offset: i32) -> Option<Length> {
        let whole = [self.from, self.to].into_iter().all(|at| day_start(at, offset) == at);
        let has =
            |l: &Length| l.after(self.from, offset) == self.to || l.before(self.to, offset) == self.from;
        Length::ALL.into_iter().find(|l| whole && has(l))
    }

    /// The whole time before it: its day or its days, or the month or year of the calendar, so that no day is left out.
    fn earlier(self, limits: Limits, offset: i32) -> Self {
        let Some((length, own)) = self.length(offset).and_then(|l| Some((l, l.begins(self.from, offset)?)))
        else {
            return self.moved(Move::Pan(-1.0), limits, offset);
        };
        if self.is_first(limits) {
            return self;
        }
        let from = if own == self.from { length.before(own, offset) } else { own };
        Self::of_calendar(length, from, limits, offset)
    }

    /// The whole time after it, and at the end up to today.
    fn later(self, limits: Limits, offset: i32) -> Self {
        match self.length(offset).and_then(|l| Some((l, l.begins(self.to, offset)?))) {
            Some((length, from)) => Self::of_calendar(length, from, limits, offset),
            None => self.moved(Move::Pan(1.0), limits, offset),
        }
    }

    /// True for more than a day: a table goes by days then.
    pub(super) const fn has_days(self) -> bool {
        self.to - self.from > DAY
    }

    /// True where now is in it, or after its end nothing is.
    pub(in crate::screen) const fn is_last(self, limits: Limits) -> bool {
        self.to >= limits.end
    }

    /// True where the record begins in it.
    pub(in crate::screen) const fn is_first(self, limits: Limits) -> bool {
        self.from <= limits.first
    }

    pub(in crate::screen) fn moved(self, asked: Move, limits: Limits, offset: i32) -> Self {
        let span = self.span();
        match asked {
            Move::Earlier => self.earlier(limits, offset),
            Move::Later => self.later(limits, offset),
            Move::To(at) => {
                let from = at.div_euclid(MINUTE) * MINUTE;
                Self { from, to: from + span }.held(limits)
            }
            Move::Pan(share) => {
                let by = minutes(as_f64(span) * share.clamp(-2.0, 2.0));
                Self { from: self.from + by, to: self.to + by }.held(limits)
            }
            Move::Zoom { times, around } => {
                let around = around.clamp(0.0, 1.0);
                let new = minutes(as_f64(span) * times.clamp(0.01, 100.0)).clamp(SHORTEST, LONGEST);
                let from = self.from + minutes((as_f64(span) - as_f64(new)) * around);
                Self { from, to: from + new }.held(limits)
            }
            Move::First => Self { from: limits.first, to: limits.first + span }.held(limits),
            Move::Last => Self { from: limits.end - span, to: limits.end },
        }
    }

    /// The same within the limits: the end first, so that today is never beyond the edge.
    fn held(self, limits: Limits) -> Self {
        let span = self.span();
        let from = self.from.max(limits.first).min(limits.end - span);
        Self { from, to: from + span }
    }

    const fn span(self) -> i64 {
        self.to - self.from
    }

    const fn middle(self) -> i64 {
        self.from + self.span() / 2
    }

    /// As the address has it: the length, and when it begins.
    pub(super) fn address(self, offset: i32) -> (String, String) {
        // A month that ends today can be one that no day of the month says: its minutes do.
        let length = self.length(offset).filter(|l| l.after(self.from, offset) == self.to);
        let span = length.map_or_else(|| (self.span() / MINUTE).to_string(), |l| l.slug().to_owned());
        let day = day_start(self.from, offset);
        let minutes = (self.from - day) / MINUTE;
        let date = field_date(self.from, offset);
        let from = if minutes == 0 { date } else { format!("{date}-{:02}{:02}", minutes / 60, minutes % 60) };
        (span, from)
    }

    /// What an address says; `None` for one that nobody made here.
    pub(super) fn of_address(span: &str, from: &str, offset: i32) -> Option<Self> {
        let (date, rest) = from.split_at_checked(10)?;
        let after = match rest.strip_prefix('-').map(|t| (t.get(..2), t.get(2..))) {
            None if rest.is_empty() => 0,
            Some((Some(h), Some(m))) if m.len() == 2 => {
                let (h, m) = (h.parse::<i64>().ok()?, m.parse::<i64>().ok()?);
                ((0..24).contains(&h) && (0..60).contains(&m)).then_some(h * HOUR + m * MINUTE)?
            }
            _ => return None,
        };
        let from = parse_date(date, offset).filter(|at| *at > 0)?.checked_add(after)?;
        let to = match Length::ALL.into_iter().find(|l| l.slug() == span) {
            Some(length) => length.after(from, offset),
            None => from.checked_add(span.parse::<i64>().ok()?.checked_mul(MINUTE)?)?,
        };
        (SHORTEST..=LONGEST).contains(&to.checked_sub(from)?).then_some(Self { from, to })
    }
}

/// To the minute, so that the address says all of it.
#[expect(clippy::cast_possible_truncation, reason = "a few years at most; float to integer casts saturate")]
fn minutes(ms: f64) -> i64 {
    (ms / as_f64(MINUTE)).round() as i64 * MINUTE
}

#[cfg(test)]
mod tests;
