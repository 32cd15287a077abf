//! Manufacturer data of Ruuvi, through to the reading.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::Moment;
use salus_devices::advert::{Advert, ruuvi};
use salus_devices::measure::clock::DeviceClock;
use salus_devices::measure::{Source, advert as measure};

const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 };

fuzz_target!(|bytes: &[u8]| {
    let Ok(values) = ruuvi::decode(bytes) else { return };
    let source =
        Source { device: salus_wire::DeviceId([0; 16]), link_encrypted: None, clock: DeviceClock::Unknown };
    let _ = measure::reading(&Advert::Ruuvi(values), &source, NOW);
});
