//! Instants and periods. An end of ours is the first instant outside; an end of FHIR's is the last one inside.

use chrono::{DateTime, Datelike, SecondsFormat, Utc};
use salus_wire::UnixMillis;
use serde::{Serialize, Serializer};

/// An instant before the year 1 or after the year 9999, or an end before its beginning: FHIR cannot say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchTime(pub UnixMillis);

impl std::fmt::Display for NoSuchTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ms since 1970 is no time here", self.0)
    }
}

impl std::error::Error for NoSuchTime {}

/// An instant: RFC 3339, UTC, milliseconds.
///
/// # Source
/// FHIR R4, data types `instant` and `dateTime`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(DateTime<Utc>);

impl Instant {
    /// The instant.
    ///
    /// # Errors
    /// [`NoSuchTime`].
    pub fn new(at: UnixMillis) -> Result<Self, NoSuchTime> {
        let time = DateTime::from_timestamp_millis(at).filter(|time| (1..=9999).contains(&time.year()));
        time.map(Self).ok_or(NoSuchTime(at))
    }
}

impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

/// From one instant to another, both inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Period {
    start: Instant,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Instant>,
}

impl Period {
    /// From `start` on, until just before `end`.
    ///
    /// # Errors
    /// [`NoSuchTime`], also when nothing is inside.
    pub fn until(start: UnixMillis, end: UnixMillis) -> Result<Self, NoSuchTime> {
        Self::through(start, Some(end.checked_sub(1).ok_or(NoSuchTime(end))?))
    }

    /// From `start` through `last`, or with an open end.
    ///
    /// # Errors
    /// [`NoSuchTime`], also when `last` is before `start`.
    pub fn through(start: UnixMillis, last: Option<UnixMillis>) -> Result<Self, NoSuchTime> {
        if let Some(before) = last.filter(|last| *last < start) {
            return Err(NoSuchTime(before));
        }
        Ok(Self { start: Instant::new(start)?, end: last.map(Instant::new).transpose()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_with_its_milliseconds_and_impossible_ones_are_refused() {
        assert_eq!(Instant::new(1_795_000_000_007).unwrap().to_string(), "2026-11-18T11:06:40.007Z");
        assert_eq!(Instant::new(0).unwrap().to_string(), "1970-01-01T00:00:00.000Z");
        assert_eq!(Instant::new(253_402_300_799_999).unwrap().to_string(), "9999-12-31T23:59:59.999Z");
        for impossible in [253_402_300_800_000, i64::MAX, i64::MIN, -62_135_596_800_001] {
            assert_eq!(Instant::new(impossible), Err(NoSuchTime(impossible)));
        }
    }

    #[test]
    fn an_end_outside_becomes_the_last_millisecond_inside() {
        let period = serde_json::to_value(Period::until(0, 1000).unwrap()).unwrap();
        assert_eq!(period["end"], "1970-01-01T00:00:00.999Z");
        assert!(Period::until(5, 5).is_err() && Period::until(0, i64::MIN).is_err());
        let open = serde_json::to_value(Period::through(0, None).unwrap()).unwrap();
        assert_eq!(open, serde_json::json!({ "start": "1970-01-01T00:00:00.000Z" }));
    }
}
