//! What a permission tells of the devices, and what its reader knows of a reading by it.

use core::cmp::Reverse;
use std::collections::BTreeMap;

use salus_chain::codec::LAST_INSTANT;
use salus_insight::Origin;
use salus_sharing::capsule::{MAX_DEVICES, ToldDevice, told_of, told_text};
use salus_wire::{Category, DeviceId, Reading, UnixMillis};

use super::Devices;
use super::kept::Kept;
use super::origin::Described;

impl Devices {
    /// Model, firmware and link of the devices that measure one of the categories, as they were from an instant on, in
    /// order of device and time.
    pub(crate) fn told(&self, categories: &[Category], from: UnixMillis) -> Vec<ToldDevice> {
        let book = self.book();
        told(book.known.values().map(|k| &k.kept), categories, from)
    }
}

/// What a reader knows of a reading's device: the entry that held when the reading arrived. Of a device that was paired
/// after the permission was given, nothing; a change of firmware since then is not known here either. That a link was
/// open is said by the reading itself, and that comes first.
pub(crate) fn origin(told: &[ToldDevice], reading: &Reading) -> Origin {
    let said = told_of(told, reading);
    let model = said.and_then(|d| d.model.clone());
    Origin {
        // The patient's own name for it stays with the patient; the model says better what kind of device it is.
        name: model.clone().unwrap_or_default(),
        model,
        firmware: said.and_then(|d| d.firmware.clone()),
        link_encrypted: said.and_then(|d| d.link_encrypted),
        // That a time was corrected is said by the reading itself; by how much is not told.
        clock_behind: None,
    }
}

/// By what they measure, not by what they have sent: a permission reaches into the future, so that a device whose first
/// reading comes tomorrow counts too, and which devices have readings in a span is only known once all of it was
/// decrypted. Devices that were removed count as well, because their readings stay.
fn told<'a>(
    known: impl Iterator<Item = &'a Kept>,
    categories: &[Category],
    from: UnixMillis,
) -> Vec<ToldDevice> {
    let mut devices: BTreeMap<DeviceId, &Kept> = BTreeMap::new();
    for kept in known {
        if let Some(identity) = kept.identity {
            // Of two that are one, the same as on the patient's own screen.
            devices.entry(identity).or_insert(kept);
        }
    }
    devices.retain(|_, kept| kept.measures.iter().any(|c| categories.contains(c)));
    let mut all: Vec<_> = devices.iter().flat_map(|(id, kept)| of(*id, &kept.described, from)).collect();
    // What is above the limit is the oldest: of a reading from then nothing is said, and of none anything wrong.
    all.sort_by_key(|d| Reverse(d.since));
    all.truncate(MAX_DEVICES);
    all.sort_by_key(|d| (d.device, d.since));
    all
}

/// What one device said, newest first, without what no longer held at `from`.
fn of(device: DeviceId, past: &[Described], from: UnixMillis) -> Vec<ToldDevice> {
    let mut told: Vec<ToldDevice> = Vec::new();
    for said in past.iter().rev() {
        let since = said.since.clamp(0, LAST_INSTANT);
        let next = told.last().map(|d| d.since);
        if next.is_some_and(|next| next <= from) {
            break;
        }
        if next.is_some_and(|next| next <= since) {
            // This computer's clock was set back, and what was said later counts from before this.
            continue;
        }
        let one = ToldDevice {
            device,
            model: said.model.as_deref().and_then(told_text),
            firmware: said.firmware.as_deref().and_then(told_text),
            link_encrypted: said.link_encrypted,
            since,
        };
        match told.last_mut().filter(|later| **later == ToldDevice { since: later.since, ..one.clone() }) {
            // Only its clock was another, which is not told.
            Some(later) => later.since = since,
            None => told.push(one),
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use salus_devices::Found;
    use salus_wire::Quality;

    use super::*;

    const PRESSURE: Category = Category::BloodPressure;

    fn described(since: UnixMillis, firmware: &str) -> Described {
        let (model, firmware) = (Some("Simulated, BPM-2".into()), Some(firmware.into()));
        Described { since, model, firmware, link_encrypted: Some(true), clock_behind: None }
    }

    fn cuff(identity: u8, past: &[(UnixMillis, &str)]) -> Kept {
        let found = Found {
            key: "hci0/dev_1".parse().unwrap(),
            id: DeviceId([identity ^ 0xFF; 16]),
            name: "Anna's cuff".into(),
            measures: vec![PRESSURE],
            overheard: false,
            rssi: None,
        };
        let mut kept = Kept::new(&found);
        kept.identity = Some(DeviceId([identity; 16]));
        kept.described = past.iter().map(|(since, firmware)| described(*since, firmware)).collect();
        kept
    }

    fn firmwares(told: &[ToldDevice]) -> Vec<(UnixMillis, &str)> {
        told.iter().map(|d| (d.since, d.firmware.as_deref().unwrap_or_default())).collect()
    }

    #[test]
    fn a_reader_learns_of_the_devices_of_a_category_in_order() {
        let later = cuff(1, &[(100, "1.0"), (300, "1.1")]);
        let mut scale = cuff(2, &[(50, "7")]);
        scale.measures = vec![Category::BodyWeight];
        let mut removed = cuff(3, &[(10, "0.9")]);
        removed.added = false;
        let unconnected = Kept { identity: None, ..cuff(4, &[(10, "4")]) };
        let again = cuff(1, &[(20, "other")]);
        let all = [removed, later, scale, unconnected, again];
        let told = told(all.iter(), &[PRESSURE], 0);
        assert_eq!(firmwares(&told), [(100, "1.0"), (300, "1.1"), (10, "0.9")]);
        assert_eq!(told[2].device, DeviceId([3; 16]));
        assert!(!format!("{told:?}").contains("Anna"));
    }

    #[test]
    fn what_no_longer_held_is_not_told() {
        let past = [described(100, "1.0"), described(300, "1.1"), described(500, "1.2")];
        let from = |from| of(DeviceId([1; 16]), &past, from).into_iter().map(|d| d.since).collect::<Vec<_>>();
        assert_eq!([from(0), from(299)], [[500, 300, 100], [500, 300, 100]]);
        assert_eq!((from(300), from(499), from(500)), (vec![500, 300], vec![500, 300], vec![500]));
        // The device's clock was another: the same device all the same.
        let past = [100, 300].map(|since| Described { clock_behind: Some(since), ..described(since, "1.0") });
        assert_eq!(firmwares(&of(DeviceId([1; 16]), &past, 0)), [(100, "1.0")]);
        // After the clock was set back, what was said last holds, as on the patient's screen.
        let past = [described(300, "1.0"), described(200, "1.1"), described(200, "1.2")];
        assert_eq!(firmwares(&of(DeviceId([1; 16]), &past, 0)), [(200, "1.2")]);
    }

    #[test]
    fn above_the_limit_the_newest_are_told() {
        let times: Vec<_> = (0..60).map(|i| (i, if i % 2 == 0 { "1.0" } else { "1.1" })).collect();
        let all: Vec<_> = (0..5).map(|identity| cuff(identity, &times)).collect();
        let told = told(all.iter(), &[PRESSURE], 0);
        assert_eq!(told.len(), MAX_DEVICES);
        assert!(told.iter().all(|d| d.since >= 8), "{told:?}");
        assert!(told.is_sorted_by_key(|d| (d.device, d.since)));
    }

    #[test]
    fn a_reader_is_told_model_firmware_and_link_and_no_wall_time() {
        let told = told([cuff(1, &[(100, "1.0")])].iter(), &[PRESSURE], 0);
        let mut reading = Reading {
            at: 90,
            arrived: 100,
            device: DeviceId([1; 16]),
            category: PRESSURE,
            components: vec![],
            quality: Quality::default(),
            device_time: salus_devices::gatt::date_time::civil(0),
            user: None,
        };
        let seen = origin(&told, &reading);
        let model = "Simulated, BPM-2";
        assert_eq!((seen.name.as_str(), seen.model.as_deref()), (model, Some(model)));
        assert_eq!((seen.firmware.as_deref(), seen.link_encrypted), (Some("1.0"), Some(true)));
        assert_eq!(seen.clock_behind, None);
        reading.arrived = 99;
        assert_eq!(origin(&told, &reading), Origin::default());
    }
}
