//! A date of the wall clock, as it is printed: nothing that reads it has to know a time zone.

use chrono::Datelike;
use serde::{Deserialize, Serialize};

/// Seconds of a day.
const DAY_S: i64 = 86_400;
/// Days from 31 December of the year 0, which is day 0 of the common era, to 1 January 1970.
const EPOCH: i64 = 719_163;

/// Year, month and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Date {
    /// 1 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Date {
    /// The date of a day counted from 1 January 1970; `None` outside of the years 1 to 9999.
    #[must_use]
    pub fn of_day(day: i64) -> Option<Self> {
        let at = chrono::DateTime::from_timestamp(day.checked_mul(DAY_S)?, 0)?;
        let part = |n: u32| u8::try_from(n).ok();
        let date =
            Self { year: u16::try_from(at.year()).ok()?, month: part(at.month())?, day: part(at.day())? };
        date.is_date().then_some(date)
    }

    /// The date so many days before; `None` outside of the years 1 to 9999, and where the calendar has no such date.
    #[must_use]
    pub fn before(&self, days: i64) -> Option<Self> {
        let this = chrono::NaiveDate::from_ymd_opt(self.year.into(), self.month.into(), self.day.into())?;
        Self::of_day(i64::from(this.num_days_from_ce()).saturating_sub(EPOCH).saturating_sub(days))
    }

    /// True within the years 1 to 9999, a month of twelve and a day of at most thirty-one.
    #[must_use]
    pub const fn is_date(&self) -> bool {
        self.year >= 1
            && self.year <= 9999
            && self.month >= 1
            && self.month <= 12
            && self.day >= 1
            && self.day <= 31
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_have_their_dates() {
        let date = |year, month, day| Some(Date { year, month, day });
        assert_eq!(Date::of_day(0), date(1970, 1, 1));
        assert_eq!(Date::of_day(20_775), date(2026, 11, 18));
        assert_eq!(Date::of_day(-1), date(1969, 12, 31));
        assert_eq!(
            (Date::of_day(i64::MAX), Date::of_day(i64::MIN), Date::of_day(-800_000)),
            (None, None, None)
        );
    }

    #[test]
    fn a_date_so_many_days_before_is_counted_by_the_calendar() {
        let date = |year, month, day| Date { year, month, day };
        let from = date(2026, 11, 18);
        assert_eq!(
            [0, 1, 18, 263, -14].map(|n| from.before(n)),
            [(11, 18), (11, 17), (10, 31), (2, 28), (12, 2)].map(|(m, d)| Some(date(2026, m, d)))
        );
        assert_eq!(
            (date(2026, 2, 30).before(1), from.before(i64::MIN), from.before(i64::MAX)),
            (None, None, None)
        );
    }

    proptest! {
        #[test]
        fn a_later_day_is_a_later_date(day in -700_000i64..2_900_000) {
            let [one, next] = [day, day + 1].map(|d| Date::of_day(d).unwrap());
            prop_assert!(one < next && one.is_date());
            prop_assert_eq!(next.before(1), Some(one));
        }
    }
}
