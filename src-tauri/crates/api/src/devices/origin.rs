//! What a device said about itself over time, so that each reading keeps the model, firmware and link of its own day.

use salus_devices::Description;
use salus_devices::gatt::date_time::wall_millis;
use salus_insight::Origin;
use salus_wire::{Reading, UnixMillis};
use serde::{Deserialize, Serialize};

use super::Devices;
use crate::app::utc_offset_minutes;

/// Most changes that are remembered of one device, newest last: a firmware a month for five years.
const MOST: usize = 60;

/// What held from an instant on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Described {
    pub(super) since: UnixMillis,
    pub(super) model: Option<String>,
    pub(super) firmware: Option<String>,
    pub(super) link_encrypted: Option<bool>,
}

/// Adds what a device says since `since`, when it is another thing than before.
pub(super) fn remember(past: &mut Vec<Described>, d: &Description, since: UnixMillis) {
    let parts: Vec<_> = [&d.maker, &d.model].into_iter().flatten().map(String::as_str).collect();
    let model = (!parts.is_empty()).then(|| parts.join(", "));
    let new = Described { since, model, firmware: d.firmware.clone(), link_encrypted: d.link_encrypted };
    if past.last().is_some_and(|last| Described { since: last.since, ..new.clone() } == *last) {
        return;
    }
    past.drain(..past.len().saturating_sub(MOST - 1));
    past.push(new);
}

/// What held at an instant; `None` before anything was said.
fn then(past: &[Described], at: UnixMillis) -> Option<&Described> {
    past.iter().rev().find(|d| d.since <= at)
}

/// The instant that a reading's own device time stands for, in this computer's zone at its arrival: the one that the
/// verdict on the device's clock was given in.
fn sent(reading: &Reading) -> Option<UnixMillis> {
    let offset = i64::from(utc_offset_minutes(reading.arrived)) * 60_000;
    wall_millis(reading.device_time?)?.checked_sub(offset)
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
            sent: sent(reading),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use salus_devices::gatt::date_time::civil;
    use salus_wire::{Category, DeviceId, Quality};

    fn cuff(firmware: &str) -> Description {
        Description {
            id: DeviceId([1; 16]),
            maker: Some("Simulated".into()),
            model: Some("BPM-2".into()),
            firmware: Some(firmware.into()),
            measures: vec![Category::BloodPressure],
            link_encrypted: Some(true),
            clock_behind: None,
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
    fn what_is_remembered_is_bounded_and_the_newest_stays() {
        let mut past = Vec::new();
        (0..1000).for_each(|i| remember(&mut past, &cuff(&i.to_string()), i));
        assert_eq!((past.len(), then(&past, 5000).map(|d| d.since)), (MOST, Some(999)));
        assert_eq!(then(&past, 0), None);
    }

    #[test]
    fn a_devices_wall_time_stands_for_an_instant_here() {
        let arrived = 1_779_352_245_000;
        let reading = |device_time| Reading {
            at: arrived,
            arrived,
            device: DeviceId([1; 16]),
            category: Category::BloodPressure,
            components: vec![],
            quality: Quality::default(),
            device_time,
            user: None,
        };
        let here = arrived + i64::from(utc_offset_minutes(arrived)) * 60_000;
        assert_eq!(sent(&reading(civil(here - 3_600_000))), Some(arrived - 3_600_000));
        assert_eq!(sent(&reading(None)), None);
    }
}
