//! One notification: a reading, a level, a refusal, or none of our business.

use btleplug::api::{CentralEvent, CentralState, ValueNotification};
use salus_wire::Category;

use super::super::attempt::Linked;
use super::super::scan::subject;
use super::super::{PeripheralKey, uuids};
use super::SessionEvent;
use crate::measure::{self, Source};
use crate::quarantine::Gate;
use crate::{Moment, Reason, gatt};

/// `None` for what was not subscribed: values that were read come out of the same stream.
pub(super) fn take(
    gate: &mut Gate,
    linked: &Linked,
    source: &Source,
    note: &ValueNotification,
    now: Moment,
) -> Option<SessionEvent> {
    if !linked.subscribed.contains(&note.uuid) {
        return None;
    }
    let bytes = note.value.as_slice();
    let reading = match note.uuid {
        uuids::HEART_RATE => gate.pass(Category::HeartRate, now.at, || {
            let packet = gatt::heart_rate::decode(bytes).map_err(|_| Reason::Malformed)?;
            measure::heart_rate::reading(&packet, source, now)
        }),
        uuids::BLOOD_PRESSURE => gate.pass(Category::BloodPressure, now.at, || {
            let packet = gatt::blood_pressure::decode(bytes).map_err(|_| Reason::Malformed)?;
            measure::blood_pressure::reading(&packet, source, now)
        }),
        uuids::BATTERY => {
            return Some(match gatt::battery::decode(bytes) {
                Ok(level) => SessionEvent::Battery(level),
                Err(_) => SessionEvent::Quarantined(gate.refuse(Reason::Malformed)),
            });
        }
        _ => return None,
    };
    Some(match reading {
        Ok(reading) => SessionEvent::Reading(Box::new(reading)),
        Err(reason) => SessionEvent::Quarantined(reason),
    })
}

/// True when the platform reports that this device's link, or every link, is gone.
pub(super) fn is_gone(key: &PeripheralKey, event: &CentralEvent) -> bool {
    match event {
        CentralEvent::DeviceDisconnected(id) => id.to_string() == key.as_str(),
        CentralEvent::StateUpdate(state) => *state == CentralState::PoweredOff,
        _ => false,
    }
}

/// True when an attempt is worth making before its time. Signal strength is no reason: a device that refuses us is
/// heard all the time.
pub(super) fn is_back(key: &PeripheralKey, event: &CentralEvent) -> bool {
    match event {
        CentralEvent::DeviceDiscovered(_) | CentralEvent::DeviceConnected(_) => {
            subject(event).is_some_and(|id| id.to_string() == key.as_str())
        }
        CentralEvent::StateUpdate(state) => *state == CentralState::PoweredOn,
        _ => false,
    }
}
