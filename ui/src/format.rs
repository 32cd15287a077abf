//! Dates, times and ages as people write them. Pure arithmetic is apart from the browser's date names, so tests run anywhere.

mod wall;

use salus_wire::UnixMillis;

use crate::t;
use crate::words::Words;
use wall::{Parts, written};

/// Milliseconds in a day.
pub const DAY: i64 = 86_400_000;
/// Milliseconds in an hour.
pub const HOUR: i64 = 3_600_000;
/// Milliseconds in a minute.
pub const MINUTE: i64 = 60_000;

/// Shows instants in one place's wall time.
#[derive(Clone, PartialEq)]
pub struct Clockface {
    /// The words.
    pub words: Words,
    /// Minutes east of UTC.
    pub offset: i32,
    /// The application's time when the screen was drawn.
    pub now: UnixMillis,
}

impl Clockface {
    /// "14:05".
    #[must_use]
    pub fn time(&self, at: UnixMillis) -> String {
        self.wall(at, Parts::Time)
    }

    /// "14:05:09".
    #[must_use]
    pub fn time_seconds(&self, at: UnixMillis) -> String {
        self.wall(at, Parts::Seconds)
    }

    /// "22 November", with the year when it is not this year.
    #[must_use]
    pub fn date(&self, at: UnixMillis) -> String {
        let year = |t| date_of(t, self.offset).0;
        self.wall(at, if year(at) == year(self.now) { Parts::Date } else { Parts::DateOfYear })
    }

    /// "22 Nov", for axes.
    #[must_use]
    pub fn short_date(&self, at: UnixMillis) -> String {
        self.wall(at, Parts::ShortDate)
    }

    /// "Tue".
    #[must_use]
    pub fn weekday(&self, at: UnixMillis) -> String {
        self.wall(at, Parts::Weekday)
    }

    /// "today at 14:05" or "22 November at 14:05".
    #[must_use]
    pub fn moment(&self, at: UnixMillis) -> String {
        let time = self.time(at);
        match day_start(self.now, self.offset) - day_start(at, self.offset) {
            0 => t!(self.words, "when-today", time = time),
            DAY => t!(self.words, "when-yesterday", time = time),
            n if n == -DAY => t!(self.words, "when-tomorrow", time = time),
            _ => t!(self.words, "when-date", date = self.date(at), time = time),
        }
    }

    /// "1 to 30 November" as two dates; the end is exclusive.
    #[must_use]
    pub fn span(&self, from: UnixMillis, to: UnixMillis) -> String {
        let last = (to - 1).max(from);
        if day_start(from, self.offset) == day_start(last, self.offset) {
            return self.date(from);
        }
        t!(self.words, "when-span", from = self.date(from), to = self.date(last))
    }

    /// "today, 09:36 to 11:18", or two moments.
    #[must_use]
    pub fn between(&self, from: UnixMillis, to: UnixMillis) -> String {
        let day = day_start(from, self.offset);
        if day != day_start(to, self.offset) {
            return t!(self.words, "when-span", from = self.moment(from), to = self.moment(to));
        }
        let span = t!(self.words, "when-span", from = self.time(from), to = self.time(to));
        if day == day_start(self.now, self.offset) {
            span
        } else {
            t!(self.words, "when-date", date = self.date(from), time = span)
        }
    }

    /// "2 days", "3 hours", "5 minutes".
    #[must_use]
    pub fn length(&self, ms: i64) -> String {
        let ms = ms.max(0);
        if ms >= 2 * DAY {
            t!(self.words, "length-days", n = ms / DAY)
        } else if ms >= 6 * HOUR || (ms >= HOUR && ms % HOUR < MINUTE) {
            t!(self.words, "length-hours", n = ms / HOUR)
        } else if ms >= HOUR {
            t!(self.words, "length-hours-minutes", h = ms / HOUR, m = ms % HOUR / MINUTE)
        } else {
            t!(self.words, "length-minutes", n = (ms / MINUTE).max(1))
        }
    }

    fn wall(&self, at: UnixMillis, parts: Parts) -> String {
        let shifted = at.saturating_add(i64::from(self.offset) * MINUTE);
        written(self.words.language.dates, parts, as_f64(shifted))
            .unwrap_or_else(|| t!(self.words, "when-unknown"))
    }
}

/// A count with its thousands apart: "218,455".
#[must_use]
pub fn count(n: u32) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Start of the wall-clock day that holds `at`.
#[must_use]
pub fn day_start(at: UnixMillis, offset: i32) -> UnixMillis {
    let shift = i64::from(offset) * MINUTE;
    (at + shift).div_euclid(DAY) * DAY - shift
}

/// Year, month 1 to 12 and day of an instant in wall time.
///
/// # Source
/// Days to civil date in the proleptic Gregorian calendar, eras of 146,097 days.
#[must_use]
pub fn date_of(at: UnixMillis, offset: i32) -> (i64, i64, i64) {
    let days = (at + i64::from(offset) * MINUTE).div_euclid(DAY) + 719_468;
    let era = days.div_euclid(146_097);
    let doe = days.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}

/// The start of a date in wall time; `None` when there is no such date.
#[must_use]
pub fn from_date(year: i64, month: i64, day: i64, offset: i32) -> Option<UnixMillis> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let y = if month <= 2 { year - 1 } else { year };
    let (era, yoe) = (y.div_euclid(400), y.rem_euclid(400));
    let mp = (month + 9) % 12;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + (153 * mp + 2) / 5 + day - 1;
    let at = (era * 146_097 + doe - 719_468) * DAY - i64::from(offset) * MINUTE;
    (date_of(at, offset) == (year, month, day)).then_some(at)
}

/// The same day of the month so many months later, at the same time of day; the last day of a month that is shorter.
#[must_use]
pub fn months_on(at: UnixMillis, months: i64, offset: i32) -> UnixMillis {
    let (year, month, day) = date_of(at, offset);
    let count = (year * 12 + month - 1).saturating_add(months);
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
    let start = (28..=day.max(28)).rev().find_map(|last| from_date(year, month, day.min(last), offset));
    start.map_or(at, |start| start + (at - day_start(at, offset)))
}

/// "2026-11-22", as date fields hold it.
#[must_use]
pub fn field_date(at: UnixMillis, offset: i32) -> String {
    let (y, m, d) = date_of(at, offset);
    format!("{y:04}-{m:02}-{d:02}")
}

/// "14:05", as time fields hold it.
#[must_use]
pub fn field_time(at: UnixMillis, offset: i32) -> String {
    let minutes = (at - day_start(at, offset)) / MINUTE;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// What a date field holds.
#[must_use]
pub fn parse_date(text: &str, offset: i32) -> Option<UnixMillis> {
    let mut parts = text.trim().splitn(3, '-').map(|p| p.parse::<i64>().ok());
    from_date(parts.next()??, parts.next()??, parts.next()??, offset)
}

/// What a time field holds, as milliseconds after midnight.
#[must_use]
pub fn parse_time(text: &str) -> Option<i64> {
    let (h, m) = text.trim().split_once(':')?;
    let (h, m) = (h.parse::<i64>().ok()?, m.get(..2)?.parse::<i64>().ok()?);
    ((0..24).contains(&h) && (0..60).contains(&m)).then_some(h * HOUR + m * MINUTE)
}

/// "2026-11-22T14:05", as fields of date and time hold it.
#[must_use]
pub fn field_moment(at: UnixMillis, offset: i32) -> String {
    format!("{}T{}", field_date(at, offset), field_time(at, offset))
}

/// What a field of date and time holds; a space in place of the T where the web view has no such field.
#[must_use]
pub fn parse_moment(text: &str, offset: i32) -> Option<UnixMillis> {
    let (date, time) = text.trim().split_once(['T', ' '])?;
    Some(parse_date(date, offset)? + parse_time(time)?)
}

/// Nearest binary floating point; instants of this millennium are exact.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "for drawing and the browser's dates")]
pub fn as_f64(n: i64) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests;
