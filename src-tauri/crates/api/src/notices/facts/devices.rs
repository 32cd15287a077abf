//! What holds of devices, and of readings of theirs that wait for their person.

use salus_wire::view::{DeviceState, NoticeKind, UnclaimedView};

use crate::lock::Open;
use crate::notices::book::Held;

/// A battery is low from here on, percent.
const LOW: u8 = 15;

pub(super) fn devices(open: &Open, held: &mut Held) {
    for device in open.devices.views() {
        let (id, name) = (device.id, || device.name.clone());
        if device.state == DeviceState::Found {
            continue;
        }
        let battery = format!("device/battery/{id}");
        if device.battery_low || device.battery.is_some_and(|percent| percent <= LOW) {
            held.holds(battery, NoticeKind::Battery { device: name() });
        } else if device.battery.is_none() {
            // It has not said yet.
            held.unknown.push(battery);
        }
        if device.claimed_twice || device.services_changed {
            held.holds(format!("device/doubt/{id}"), NoticeKind::DeviceDoubted { device: name() });
        }
        if device.state == DeviceState::PairAgain {
            held.holds(format!("device/pair/{id}"), NoticeKind::PairAgain { device: name() });
        }
    }
}

/// Told once for each user of a device, however many of their readings come.
pub(super) fn whose(held: &mut Held, all: &[UnclaimedView]) {
    for waits in all {
        let user = waits.user.map_or_else(|| "unknown".to_owned(), |user| user.to_string());
        let kind = NoticeKind::Whose { device: waits.name.clone() };
        held.holds(format!("device/whose/{}/{user}", waits.device), kind);
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::view::{ProvenanceView, ReadingView};
    use salus_wire::{Category, DeviceId, Quality};

    use super::*;

    #[test]
    fn readings_that_wait_for_their_person_are_told_once_for_each_user() {
        let waits = |user, waiting| UnclaimedView {
            device: DeviceId([1; 16]),
            name: "Cuff".into(),
            user,
            categories: vec![Category::BloodPressure],
            waiting,
            first: 1,
            newest: ReadingView {
                at: 1,
                values: vec![],
                quality: Quality(0),
                device: "Cuff".into(),
                note: None,
                provenance: ProvenanceView::Typed { entered: 1 },
            },
        };
        let keys = |all: &[UnclaimedView]| {
            let mut held = Held::default();
            whose(&mut held, all);
            held.facts.into_iter().map(|fact| (fact.key, fact.kind)).collect::<Vec<_>>()
        };
        let both = keys(&[waits(Some(1), 2), waits(None, 1)]);
        assert_eq!(both.len(), 2);
        assert_ne!(both[0].0, both[1].0);
        assert!(both.iter().all(|(_, kind)| *kind == NoticeKind::Whose { device: "Cuff".into() }));
        assert_eq!(keys(&[waits(Some(1), 9)])[0], both[0], "one more reading is nothing new");
        assert!(keys(&[]).is_empty());
    }
}
