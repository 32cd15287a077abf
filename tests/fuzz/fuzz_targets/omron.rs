//! A record of an OMRON cuff, through to the reading.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::Moment;
use salus_devices::gatt::omron;
use salus_devices::measure::clock::DeviceClock;
use salus_devices::measure::{Source, blood_pressure};

const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 };

fuzz_target!(|bytes: &[u8]| {
    let Ok(record) = omron::decode(bytes) else { return };
    assert_eq!(bytes.len(), omron::LEN);
    let source =
        Source { device: salus_wire::DeviceId([0; 16]), link_encrypted: None, clock: DeviceClock::Unknown };
    let _ = blood_pressure::reading(&record, &source, NOW);
});
