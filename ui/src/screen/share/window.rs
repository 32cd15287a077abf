//! The two windows of a permission, from what the form holds. Pure, so that its edges are tested.

use salus_wire::UnixMillis;
use salus_wire::view::AskedView;
use serde::{Deserialize, Serialize};

use crate::format::{DAY, HOUR, day_start, field_date, field_time, parse_date, parse_time};

/// The longest permission that the form offers.
const LONGEST: i64 = 366 * DAY;

/// Which readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Readings {
    /// From a week ago, and new ones until the end.
    WeekAndNew,
    /// From today's start, and new ones until the end.
    TodayAndNew,
    /// Between two dates.
    Dates,
    /// As a code asks for: of so many days with today, and of so many from now on, but not past the end.
    Asked {
        /// Days that are over, and today; 0: from now on.
        back: u16,
        /// Days to come.
        ahead: u16,
    },
}

impl Readings {
    /// Those that a code asks for.
    pub(super) const fn asked(asked: &AskedView) -> Self {
        Self::Asked { back: asked.days_back, ahead: asked.days_ahead }
    }
}

/// How long it can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Until {
    /// This many days from now.
    Days(i64),
    /// A date and time.
    Date,
}

/// Everything the form holds about time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Window {
    pub(super) readings: Readings,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) until: Until,
    pub(super) end_date: String,
    pub(super) end_time: String,
}

/// What is wrong with the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// A date cannot be read.
    NoDate,
    /// The last day is before the first.
    Backwards,
    /// The end has passed.
    EndPassed,
    /// The end is more than a year away.
    TooLong,
}

/// Data window, then access window.
pub(super) type Spans = ((UnixMillis, UnixMillis), (UnixMillis, UnixMillis));

impl Window {
    /// Two weeks, from a week ago on.
    pub(super) fn new(now: UnixMillis, offset: i32) -> Self {
        Self {
            readings: Readings::WeekAndNew,
            from: field_date(now - 6 * DAY, offset),
            to: field_date(now, offset),
            until: Until::Days(14),
            end_date: field_date(now + 14 * DAY, offset),
            end_time: field_time(now + HOUR, offset),
        }
    }

    /// Exactly what a code asks for, from now on.
    pub(super) fn asked(asked: &AskedView, now: UnixMillis, offset: i32) -> Self {
        let (readings, until) = (Readings::asked(asked), Until::Days(i64::from(asked.lasts_days)));
        Self { readings, until, ..Self::new(now, offset) }
    }

    /// The two windows that the form describes.
    pub(super) fn spans(&self, now: UnixMillis, offset: i32) -> Result<Spans, Wrong> {
        let ends = match self.until {
            Until::Days(n) => now + n * DAY,
            Until::Date => {
                let date = parse_date(&self.end_date, offset).ok_or(Wrong::NoDate)?;
                date + parse_time(&self.end_time).ok_or(Wrong::NoDate)?
            }
        };
        if ends <= now {
            return Err(Wrong::EndPassed);
        }
        if ends - now > LONGEST {
            return Err(Wrong::TooLong);
        }
        let today = day_start(now, offset);
        let data = match self.readings {
            Readings::WeekAndNew => (today - 6 * DAY, ends),
            Readings::TodayAndNew => (today, ends),
            Readings::Asked { back, ahead } => {
                let from = if back == 0 { now } else { today - (i64::from(back) - 1) * DAY };
                (from, (now + i64::from(ahead) * DAY).min(ends).max(from + 1))
            }
            Readings::Dates => {
                let from = parse_date(&self.from, offset).ok_or(Wrong::NoDate)?;
                (from, parse_date(&self.to, offset).ok_or(Wrong::NoDate)? + DAY)
            }
        };
        if data.1 <= data.0 { Err(Wrong::Backwards) } else { Ok((data, (now, ends))) }
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::Category;
    use salus_wire::view::Purpose;

    use super::*;

    const NOW: UnixMillis = 1_795_000_000_000;

    #[test]
    fn the_default_covers_a_week_and_what_comes() {
        let ((from, to), (starts, ends)) = Window::new(NOW, 60).spans(NOW, 60).expect("good");
        assert_eq!((starts, ends, to), (NOW, NOW + 14 * DAY, NOW + 14 * DAY));
        assert_eq!(from, day_start(NOW, 60) - 6 * DAY);
    }

    #[test]
    fn the_last_day_counts_and_backwards_is_refused() {
        let mut w = Window { readings: Readings::Dates, ..Window::new(NOW, 0) };
        (w.from, w.to) = ("2026-11-01".into(), "2026-11-30".into());
        let ((from, to), _) = w.spans(NOW, 0).expect("good");
        assert_eq!(to - from, 30 * DAY);
        (w.from, w.to) = ("2026-11-02".into(), "2026-11-01".into());
        assert_eq!(w.spans(NOW, 0), Err(Wrong::Backwards));
        w.to = "soon".into();
        assert_eq!(w.spans(NOW, 0), Err(Wrong::NoDate));
    }

    #[test]
    fn what_is_asked_for_is_what_is_given() {
        let asked = |days_back, days_ahead, lasts_days| AskedView {
            purpose: Purpose::Treatment,
            words: String::new(),
            categories: vec![Category::BloodPressure],
            days_back,
            days_ahead,
            lasts_days,
        };
        let spans = |asked: AskedView| Window::asked(&asked, NOW, 60).spans(NOW, 60).expect("good");
        let today = day_start(NOW, 60);
        assert_eq!(spans(asked(30, 0, 14)), ((today - 29 * DAY, NOW), (NOW, NOW + 14 * DAY)));
        assert_eq!(spans(asked(1, 7, 14)), ((today, NOW + 7 * DAY), (NOW, NOW + 14 * DAY)));
        assert_eq!(spans(asked(0, 14, 14)), ((NOW, NOW + 14 * DAY), (NOW, NOW + 14 * DAY)));
        // A permission that ends earlier shows nothing that is measured later.
        let short = Window { until: Until::Days(1), ..Window::asked(&asked(1, 7, 14), NOW, 60) };
        assert_eq!(short.spans(NOW, 60).expect("good"), ((today, NOW + DAY), (NOW, NOW + DAY)));
        // At midnight there is nothing of today yet.
        assert_eq!(
            Window::asked(&asked(1, 0, 1), today, 60).spans(today, 60).expect("good").0,
            (today, today + 1)
        );
    }

    #[test]
    fn an_end_must_come_and_come_within_a_year() {
        let mut w = Window { until: Until::Date, ..Window::new(NOW, 0) };
        w.end_date = field_date(NOW - DAY, 0);
        assert_eq!(w.spans(NOW, 0), Err(Wrong::EndPassed));
        w.end_date = field_date(NOW + 400 * DAY, 0);
        assert_eq!(w.spans(NOW, 0), Err(Wrong::TooLong));
    }
}
