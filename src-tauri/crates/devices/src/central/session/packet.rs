//! What the platform's events mean for one device.

use btleplug::api::{CentralEvent, CentralState};

use super::super::PeripheralKey;
use super::super::scan::subject;

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

/// True when the radio was switched off.
pub(super) fn is_off(event: &CentralEvent) -> bool {
    matches!(event, CentralEvent::StateUpdate(CentralState::PoweredOff))
}
