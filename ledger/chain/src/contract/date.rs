//! Instants as Cedar writes them: `YYYY-MM-DDThh:mm:ss.mmmZ`.
//!
//! # Source
//! Days and civil dates after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", for the proleptic Gregorian
//! calendar; years count from March there, so that the leap day is a year's last.

use crate::time::UnixMillis;

const DAY_MS: i64 = 86_400_000;
// From 0000-03-01 to 1970-01-01.
const EPOCH_DAYS: i64 = 719_468;
// Days in 400 years.
const ERA_DAYS: i64 = 146_097;

/// The text of an instant; only of those from year 0 to 9999 does Cedar read it back.
pub(super) fn written(instant: UnixMillis) -> String {
    let (days, ms) = (instant.div_euclid(DAY_MS) + EPOCH_DAYS, instant.rem_euclid(DAY_MS));
    let (era, of_era) = (days.div_euclid(ERA_DAYS), days.rem_euclid(ERA_DAYS));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = 400 * era + year_of_era + i64::from(month <= 2);
    let (hour, minute) = (ms / 3_600_000, ms / 60_000 % 60);
    let (second, milli) = (ms / 1000 % 60, ms % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
}

/// The instant of a text that [`written`] made; also of some that it did not, which the caller tells by writing it again.
pub(super) fn read(text: &str) -> Option<UnixMillis> {
    let field = |at: std::ops::Range<usize>| text.get(at)?.parse::<i64>().ok();
    let (year, month, day) = (field(0..4)?, field(5..7)?, field(8..10)?);
    let (hour, minute, second, milli) = (field(11..13)?, field(14..16)?, field(17..19)?, field(20..23)?);
    if !(1..=12).contains(&month) {
        return None;
    }
    let year = year - i64::from(month <= 2);
    let from_march = if month > 2 { month - 3 } else { month + 9 };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * from_march + 2) / 5 + day - 1;
    let of_era = 365 * year_of_era + year_of_era / 4 - year_of_era / 100 + of_year;
    let days = ERA_DAYS * era + of_era - EPOCH_DAYS;
    Some(days * DAY_MS + hour * 3_600_000 + minute * 60_000 + second * 1000 + milli)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::codec::LAST_INSTANT;

    #[test]
    fn known_instants() {
        for (instant, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_795_000_000_000, "2026-11-18T11:06:40.000Z"),
            (LAST_INSTANT, "9999-12-31T23:59:59.999Z"),
        ] {
            assert_eq!((written(instant).as_str(), read(text)), (text, Some(instant)));
        }
    }

    #[test]
    fn what_is_no_date_has_no_instant() {
        for bad in
            ["", "2026", "2026-13-01T00:00:00.000Z", "2026-00-01T00:00:00.000Z", "é026-01-01T00:00:00.000Z"]
        {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn every_instant_is_read_back(instant in 0..=LAST_INSTANT) {
            prop_assert_eq!(read(&written(instant)), Some(instant));
        }
    }
}
