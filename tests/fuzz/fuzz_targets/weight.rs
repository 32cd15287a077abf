//! 2A9D and 2A9E, through to the reading.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::measure::clock::DeviceClock;
use salus_devices::measure::{Source, weight};
use salus_devices::{Moment, gatt};

fuzz_target!(|bytes: &[u8]| {
    let _ = gatt::weight::decode_feature(bytes);
    let Ok(packet) = gatt::weight::decode(bytes) else { return };
    let source =
        Source { device: salus_wire::DeviceId([0; 16]), link_encrypted: None, clock: DeviceClock::Unknown };
    let _ = weight::reading(&packet, &source, Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 });
});
