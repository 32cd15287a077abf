//! What a device said about itself over time, so that each reading keeps the model, firmware and link of its own day.

use salus_devices::Description;
use salus_insight::Origin;
use salus_wire::{Reading, UnixMillis};
use serde::{Deserialize, Serialize};

use super::Devices;

/// Most changes that are remembered of one device, newest last: a firmware a month for five years.
const MOST: usize = 60;
/// Two verdicts on a clock that are closer than this are one: clocks drift, and devices cut their seconds off. One minute.
const DRIFT: u64 = 60_000;

/// What held from an instant on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Described {
    pub(super) since: UnixMillis,
    pub(super) model: Option<String>,
    pub(super) firmware: Option<String>,
    pub(super) link_encrypted: Option<bool>,
    /// Milliseconds by which its clock was behind, in the zone of that day: a person who moved would read another amount
    /// out of the device's own time.
    #[serde(default)]
    pub(super) clock_behind: Option<i64>,
}

impl Described {
    /// The same thing said again.
    fn is_as(&self, other: &Self) -> bool {
        let close = match (self.clock_behind, other.clock_behind) {
            (Some(a), Some(b)) => a.abs_diff(b) < DRIFT,
            (a, b) => a == b,
        };
        close
            && (&self.model, &self.firmware, self.link_encrypted)
                == (&other.model, &other.firmware, other.link_encrypted)
    }
}

/// Adds what a device says since `since`, when it is another thing than before.
pub(super) fn remember(past: &mut Vec<Described>, d: &Description, since: UnixMillis) {
    let parts: Vec<_> = [&d.maker, &d.model].into_iter().flatten().map(String::as_str).collect();
    let model = (!parts.is_empty()).then(|| parts.join(", "));
    let (firmware, link_encrypted, clock_behind) = (d.firmware.clone(), d.link_encrypted, d.clock_behind);
    let new = Described { since, model, firmware, link_encrypted, clock_behind };
    if past.last().is_some_and(|last| last.is_as(&new)) {
        return;
    }
    past.drain(..past.len().saturating_sub(MOST - 1));
    past.push(new);
}

/// Joins what a device said in another record; true when something is new. The newest stay.
pub(super) fn join(past: &mut Vec<Described>, other: &[Described]) -> bool {
    let new: Vec<Described> = other.iter().filter(|said| !past.contains(said)).cloned().collect();
    if new.is_empty() {
        return false;
    }
    past.extend(new);
    past.sort_by_key(|said| said.since);
    past.drain(..past.len().saturating_sub(MOST));
    true
}

/// What held at an instant; `None` before anything was said.
fn then(past: &[Described], at: UnixMillis) -> Option<&Described> {
    past.iter().rev().find(|d| d.since <= at)
}

impl Devices {
    /// What the record knows of a reading's device as it was when the reading arrived.
    pub(crate) fn origin_of(&self, reading: &Reading) -> Origin {
        let name = self.name_of(reading.device);
        let book = self.book();
        let mut kept = book.known.values().map(|k| &k.kept);
        let kept = kept.find(|k| k.identity == Some(reading.device));
        let said = kept.and_then(|k| then(&k.described, reading.arrived));
        Origin {
            name,
            model: said.and_then(|d| d.model.clone()),
            firmware: said.and_then(|d| d.firmware.clone()),
            link_encrypted: said.and_then(|d| d.link_encrypted),
            clock_behind: said.and_then(|d| d.clock_behind),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use salus_wire::{Category, DeviceId};

    fn cuff(firmware: &str) -> Description {
        Description {
            id: DeviceId([1; 16]),
            maker: Some("Simulated".into()),
            model: Some("BPM-2".into()),
            firmware: Some(firmware.into()),
            measures: vec![Category::BloodPressure],
            link_encrypted: Some(true),
            clock_behind: None,
            clock_settable: false,
            counts_wheel: false,
            claims: None,
            layout: None,
        }
    }

    #[test]
    fn a_reading_keeps_the_firmware_of_its_day() {
        let mut past = Vec::new();
        for (since, firmware) in [(100, "1.0"), (200, "1.0"), (300, "1.1"), (400, "1.0")] {
            remember(&mut past, &cuff(firmware), since);
        }
        let firmware = |at| then(&past, at).and_then(|d| d.firmware.as_deref());
        assert_eq!(
            [99, 100, 299, 300, 400].map(firmware),
            [None, Some("1.0"), Some("1.0"), Some("1.1"), Some("1.0")]
        );
        assert_eq!(then(&past, 400).and_then(|d| d.model.as_deref()), Some("Simulated, BPM-2"));
    }

    #[test]
    fn what_a_device_said_elsewhere_stands_in_its_time_and_joining_twice_is_joining_once() {
        let (mut past, mut other) = (Vec::new(), Vec::new());
        for (since, firmware) in [(100, "1.0"), (300, "1.2")] {
            remember(&mut past, &cuff(firmware), since);
        }
        remember(&mut other, &cuff("1.1"), 200);
        assert!(join(&mut past, &other) && !join(&mut past, &other));
        let firmware = |at| then(&past, at).and_then(|d| d.firmware.as_deref());
        assert_eq!([150, 250, 350].map(firmware), [Some("1.0"), Some("1.1"), Some("1.2")]);
    }

    #[test]
    fn what_is_remembered_is_bounded_and_the_newest_stays() {
        let mut past = Vec::new();
        (0..1000).for_each(|i| remember(&mut past, &cuff(&i.to_string()), i));
        assert_eq!((past.len(), then(&past, 5000).map(|d| d.since)), (MOST, Some(999)));
        assert_eq!(then(&past, 0), None);
    }

    #[test]
    fn a_clock_is_remembered_as_it_was_judged_and_its_drift_is_nothing_new() {
        let mut past = Vec::new();
        let said = |clock_behind| Description { clock_behind, ..cuff("1.0") };
        for (since, behind) in
            [(100, Some(3_600_000)), (200, Some(3_601_000)), (300, Some(0)), (400, Some(59_000)), (500, None)]
        {
            remember(&mut past, &said(behind), since);
        }
        let behind = |at| then(&past, at).and_then(|d| d.clock_behind);
        assert_eq!(
            [100, 299, 300, 499, 500].map(behind),
            [Some(3_600_000), Some(3_600_000), Some(0), Some(0), None]
        );
        // Kept before clocks were: nothing is said about them.
        let old = r#"{"since":1,"model":null,"firmware":null,"link_encrypted":null}"#;
        assert_eq!(serde_json::from_str::<Described>(old).unwrap().clock_behind, None);
    }
}
