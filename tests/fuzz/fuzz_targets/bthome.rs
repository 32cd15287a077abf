//! Service data of BTHome, through to the reading.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::Moment;
use salus_devices::advert::{Advert, bthome};
use salus_devices::measure::clock::DeviceClock;
use salus_devices::measure::{Source, advert as measure};

const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 };

fuzz_target!(|bytes: &[u8]| {
    let Ok(values) = bthome::decode(bytes) else { return };
    let source =
        Source { device: salus_wire::DeviceId([0; 16]), link_encrypted: None, clock: DeviceClock::Unknown };
    if let Ok(reading) = measure::reading(&Advert::BtHome(values), &source, NOW) {
        assert!(!reading.components.is_empty());
    }
});
