//! Times as files write them. One that can be read in two ways is none.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use salus_wire::UnixMillis;

use super::Local;

/// Dates that have one reading: the year first, or dots, which stand between day, month and year.
const DATES: [&str; 3] = ["%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y"];
const TIMES: [&str; 4] = ["%H:%M:%S%.f", "%H:%M", "%I:%M:%S %p", "%I:%M %p"];

/// An instant: with its offset from UTC, or as this computer's clock shows it.
pub(super) fn instant(text: &str, local: Local<'_>) -> Option<UnixMillis> {
    let text = text.trim();
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.timestamp_millis());
    }
    let (date, time) = text.split_once(['T', ' '])?;
    both(date, time, local)
}

/// The instant of a date and a time that stand apart.
pub(super) fn both(day: &str, clock: &str, local: Local<'_>) -> Option<UnixMillis> {
    local(NaiveDateTime::new(date(day)?, time(clock)?))
}

fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let found = DATES.iter().find_map(|format| NaiveDate::parse_from_str(text, format).ok())?;
    // A year of two digits is one of the first century.
    (found >= NaiveDate::from_ymd_opt(1900, 1, 1)?).then_some(found)
}

fn time(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    TIMES.iter().find_map(|format| NaiveTime::parse_from_str(text, format).ok())
}
