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
pub(super) enum Length {
    Day,
    Week,
    Month,
    Year,
}

impl Length {
    pub(super) const ALL: [Length; 4] = [Length::Day, Length::Week, Length::Month, Length::Year];

    /// Where a time of this length ends that begins then. Months and years are those of the calendar.
    pub(super) fn after(self, from: UnixMillis, offset: i32) -> UnixMillis {
        match self {
            Length::Day => from + DAY,
            Length::Week => from + 7 * DAY,
            Length::Month => months_on(from, 1, offset),
            Length::Year => months_on(from, 12, offset),
        }
    }

    /// Where one begins that ends then.
    fn before(self, to: UnixMillis, offset: i32) -> UnixMillis {
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
    pub(super) const fn slug(self) -> &'static str {
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
pub(super) struct Limits {
    /// The day on which the record begins.
    pub(super) first: UnixMillis,
    /// The end of today.
    pub(super) end: UnixMillis,
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
pub(super) struct View {
    pub(super) from: UnixMillis,
    pub(super) to: UnixMillis,
}

impl View {
    /// Whole days that end with the day of an instant.
    pub(super) fn ending(length: Length, at: UnixMillis, offset: i32) -> Self {
        let to = day_start(at, offset) + DAY;
        Self { from: length.before(to, offset), to }
    }

    /// A month or a year of the calendar; up to today where that one is not over.
    fn of_calendar(length: Length, from: UnixMillis, limits: Limits, offset: i32) -> Self {
        let to = length.after(from, offset);
        if to > limits.end { Self::ending(length, limits.end - 1, offset) } else { Self { from, to } }
    }

    /// Another length around what is shown, or up to now when now is shown.
    pub(super) fn of_length(self, length: Length, limits: Limits, offset: i32) -> Self {
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
    pub(super) fn length(self, offset: i32) -> Option<Length> {
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
    pub(super) const fn is_last(self, limits: Limits) -> bool {
        self.to >= limits.end
    }

    /// True where the record begins in it.
    pub(super) const fn is_first(self, limits: Limits) -> bool {
        self.from <= limits.first
    }

    pub(super) fn moved(self, asked: Move, limits: Limits, offset: i32) -> Self {
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
mod tests {
    use super::*;

    const OFFSET: i32 = 120;
    /// 2026-11-24 14:05 there.
    const NOW: i64 = 1_795_521_900_000;

    fn limits() -> Limits {
        Limits::new(Some(NOW - 500 * DAY), NOW, OFFSET)
    }

    fn view(length: Length) -> View {
        View::ending(length, NOW, OFFSET)
    }

    #[test]
    fn every_length_comes_back_from_its_address() {
        for length in Length::ALL {
            let (span, from) = view(length).address(OFFSET);
            assert_eq!(span, length.slug());
            assert_eq!(View::of_address(&span, &from, OFFSET), Some(view(length)));
            assert_eq!(view(length).length(OFFSET), Some(length));
        }
        let odd = view(Length::Day).moved(Move::Zoom { times: 0.3, around: 0.7 }, limits(), OFFSET);
        let (span, from) = odd.address(OFFSET);
        assert_eq!(View::of_address(&span, &from, OFFSET), Some(odd), "{span} {from}");
        for (span, from) in [
            ("week", "2026-13-01"),
            ("decade", "2026-11-24"),
            ("1", "2026-11-24"),
            ("999999999", "2026-11-24"),
            ("week", "2026-11-24-99"),
            ("week", "2026-11-24-2460"),
            ("week", ""),
            ("-60", "2026-11-24"),
            ("week", "1969-01-01"),
            ("week", "2026-11-2\u{e9}"),
        ] {
            assert_eq!(View::of_address(span, from, OFFSET), None, "{span} {from}");
        }
    }

    #[test]
    fn panning_and_zooming_stay_within_the_record_and_keep_their_length() {
        let week = view(Length::Week);
        assert_eq!(week.moved(Move::Pan(0.5), limits(), OFFSET), week, "there is nothing after today");
        let before = week.moved(Move::Pan(-1.0), limits(), OFFSET);
        assert_eq!((before.to, before.to - before.from), (week.from, 7 * DAY));
        assert_eq!(before.moved(Move::Pan(1.0), limits(), OFFSET), week);
        let first = week.moved(Move::First, limits(), OFFSET);
        assert!(first.is_first(limits()) && first.from == limits().first);
        assert_eq!(first.moved(Move::Pan(-0.5), limits(), OFFSET), first);
        assert_eq!(first.moved(Move::Last, limits(), OFFSET), week);
        // A record of one day in a year's view: up to today.
        let young = Limits::new(Some(NOW), NOW, OFFSET);
        assert_eq!(view(Length::Year).moved(Move::Pan(-1.0), young, OFFSET), view(Length::Year));
    }

    #[test]
    fn zooming_keeps_what_it_goes_around_and_has_ends() {
        let week = view(Length::Week).moved(Move::Pan(-10.0), limits(), OFFSET);
        let closer = week.moved(Move::CLOSER, limits(), OFFSET);
        assert_eq!((closer.to - closer.from) * 2, week.to - week.from);
        assert!((closer.middle() - week.middle()).abs() <= MINUTE);
        let left = week.moved(Move::Zoom { times: 0.5, around: 0.0 }, limits(), OFFSET);
        assert_eq!(left.from, week.from);
        let (mut near, mut far) = (week, week);
        for _ in 0..30 {
            (near, far) =
                (near.moved(Move::CLOSER, limits(), OFFSET), far.moved(Move::WIDER, limits(), OFFSET));
        }
        assert_eq!((near.to - near.from, far.to - far.from), (SHORTEST, LONGEST));
        for silly in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
            let view = week.moved(Move::Zoom { times: silly, around: silly }, limits(), OFFSET).moved(
                Move::Pan(silly),
                limits(),
                OFFSET,
            );
            assert!((SHORTEST..=LONGEST).contains(&(view.to - view.from)), "{silly}");
        }
    }

    #[test]
    fn another_length_is_around_what_was_shown_and_ends_today_when_today_was_shown() {
        assert_eq!(view(Length::Week).of_length(Length::Year, limits(), OFFSET), view(Length::Year));
        let old = view(Length::Week).moved(Move::Pan(-2.0), limits(), OFFSET);
        let month = old.of_length(Length::Month, limits(), OFFSET);
        assert_eq!(month.length(OFFSET), Some(Length::Month));
        assert!(month.from <= old.from && old.to <= month.to);
        let day = old.of_length(Length::Day, limits(), OFFSET);
        assert!(old.from <= day.from && day.to <= old.to);
    }

    #[test]
    fn months_and_years_step_with_the_calendar_and_leave_no_day_out() {
        let at = |year, month, day| from_date(year, month, day, OFFSET).unwrap();
        let month = |year, n| View { from: at(year, n, 1), to: months_on(at(year, n, 1), 1, OFFSET) };
        let step = |view: View, asked: Move| view.moved(asked, limits(), OFFSET);
        let last = view(Length::Month);
        assert_eq!((last.from, last.to), (at(2026, 10, 25), at(2026, 11, 25)), "up to today");
        let october = step(last, Move::Earlier);
        assert_eq!((october, october.length(OFFSET)), (month(2026, 10), Some(Length::Month)));
        assert_eq!(step(october, Move::Earlier), month(2026, 9));
        assert_eq!(step(month(2026, 3), Move::Earlier), month(2026, 2), "28 days");
        assert_eq!(step(month(2026, 9), Move::Later), october);
        assert_eq!((step(october, Move::Later), step(last, Move::Later)), (last, last), "it is not over");
        // One that was dragged to.
        let odd = View { from: at(2026, 8, 20), to: at(2026, 9, 20) };
        assert_eq!((step(odd, Move::Earlier), step(odd, Move::Later)), (month(2026, 8), month(2026, 9)));
        let year = step(view(Length::Year), Move::Earlier);
        assert_eq!((year.from, year.to), (at(2025, 1, 1), at(2026, 1, 1)));
        assert_eq!(step(year, Move::Earlier), year, "the record begins in it");
        let week = view(Length::Week);
        assert_eq!(step(week, Move::Earlier), step(week, Move::Pan(-1.0)));
    }

    #[test]
    fn another_length_is_a_month_of_the_calendar_and_any_month_comes_back_from_its_address() {
        let at = |year, month, day| from_date(year, month, day, OFFSET).unwrap();
        let week = View { from: at(2026, 2, 9), to: at(2026, 2, 16) };
        let february = week.of_length(Length::Month, limits(), OFFSET);
        assert_eq!((february.from, february.to), (at(2026, 2, 1), at(2026, 3, 1)));
        // The month up to 30 March begins on no day that says so.
        let short = View::ending(Length::Month, at(2026, 3, 30), OFFSET);
        assert_eq!((short.from, short.length(OFFSET)), (at(2026, 2, 28), Some(Length::Month)));
        for view in [february, short] {
            let (span, from) = view.address(OFFSET);
            assert_eq!(View::of_address(&span, &from, OFFSET), Some(view), "{span} {from}");
        }
    }

    #[test]
    fn dragging_goes_where_it_leads_and_not_beyond_the_record() {
        let week = view(Length::Week);
        let to = |at| week.moved(Move::To(at), limits(), OFFSET);
        assert_eq!(to(week.from - 3 * DAY + 29_999).from, week.from - 3 * DAY, "to the minute");
        assert_eq!((to(i64::MAX / 2), to(0).from), (week, limits().first));
    }
}
