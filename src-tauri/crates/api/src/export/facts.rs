//! What is known of one reading, as both formats say it.

use chrono::{DateTime, SecondsFormat};
use salus_insight::Origin;
use salus_wire::measure::DeviceTime;
use salus_wire::view::{LinkView, MeasuredView, ProvenanceView, TimeView};
use salus_wire::{Quality, Reading, UnixMillis};

/// One reading with what the record knows beside it.
pub(super) struct Facts<'a> {
    pub(super) reading: &'a Reading,
    pub(super) origin: Origin,
    pub(super) note: Option<&'a str>,
    /// It waits for the person to say whose it is.
    pub(super) unclaimed: bool,
}

/// Where a reading came from, flat.
pub(super) struct Source {
    /// "measured", "typed" or "imported".
    pub(super) origin: &'static str,
    /// "encrypted", "open" or "unknown"; of a measured one.
    pub(super) link: Option<&'static str>,
    /// Whose clock: "device", "corrected", "arrival" or "arrival_instead"; of a measured one.
    pub(super) clock: Option<&'static str>,
    /// Milliseconds that were added to the device's time, where known.
    pub(super) behind: Option<i64>,
}

impl Facts<'_> {
    /// The reading's flags, and one more that is of no reading in the record.
    pub(super) fn flags(&self) -> Vec<&'static str> {
        let own = FLAGS.iter().filter(|(bit, _)| self.reading.quality.has(*bit)).map(|(_, name)| *name);
        own.chain(self.unclaimed.then_some(UNCLAIMED)).collect()
    }

    pub(super) fn source(&self) -> Source {
        match salus_insight::provenance::provenance(self.reading, &self.origin) {
            ProvenanceView::Typed { .. } => Source { origin: "typed", link: None, clock: None, behind: None },
            ProvenanceView::Imported { .. } => {
                Source { origin: "imported", link: None, clock: None, behind: None }
            }
            ProvenanceView::Measured(MeasuredView { link, time, .. }) => {
                let link = match link {
                    LinkView::Encrypted => "encrypted",
                    LinkView::Open => "open",
                    LinkView::Unknown => "unknown",
                };
                let (clock, behind) = match time {
                    TimeView::Device => ("device", None),
                    TimeView::Corrected { behind } => ("corrected", behind),
                    TimeView::Arrival => ("arrival", None),
                    TimeView::ArrivalInstead => ("arrival_instead", None),
                };
                Source { origin: "measured", link: Some(link), clock: Some(clock), behind }
            }
        }
    }
}

/// The names of the flags, by bit.
pub(super) const FLAGS: [(u16, &str); 16] = [
    (Quality::NO_CONTACT, "no_contact"),
    (Quality::MOVEMENT, "movement"),
    (Quality::CUFF_LOOSE, "cuff_loose"),
    (Quality::IRREGULAR_PULSE, "irregular_pulse"),
    (Quality::BAD_POSITION, "bad_position"),
    (Quality::PULSE_RANGE, "pulse_range"),
    (Quality::CONVERTED, "converted"),
    (Quality::NO_DEVICE_TIME, "no_device_time"),
    (Quality::CLOCK_CORRECTED, "clock_corrected"),
    (Quality::LINK_OPEN, "link_open"),
    (Quality::TYPED, "typed"),
    (Quality::BACKFILLED, "backfilled"),
    (Quality::LOW_SIGNAL, "low_signal"),
    (Quality::QUESTIONABLE, "questionable"),
    (Quality::IMPORTED, "imported"),
    (Quality::PROVISIONAL, "provisional"),
];

/// The flag of a reading that waits for somebody to say whose it is.
pub(super) const UNCLAIMED: &str = "unclaimed";

/// RFC 3339 with milliseconds, UTC; empty for an instant that no calendar has.
pub(super) fn instant(at: UnixMillis) -> String {
    DateTime::from_timestamp_millis(at)
        .map(|t| t.to_rfc3339_opts(SecondsFormat::Millis, true))
        .unwrap_or_default()
}

/// A device's own time, without a zone, as it was sent.
pub(super) fn device_time(t: DeviceTime) -> String {
    let DeviceTime { year, month, day, hour, minute, second } = t;
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
}

/// The name of a category or a quantity, as on the wire.
pub(super) fn name(value: &impl serde::Serialize) -> Result<String, salus_wire::Failure> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Ok(name),
        _ => Err(crate::failure::bug("a name has no text form")),
    }
}
