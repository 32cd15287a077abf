//! 2A37, through to the reading; 2A38.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::measure::clock::DeviceClock;
use salus_devices::measure::{Source, heart_rate};
use salus_devices::{Moment, gatt};

fuzz_target!(|bytes: &[u8]| {
    let _ = gatt::heart_rate::location(bytes);
    let Ok(packet) = gatt::heart_rate::decode(bytes) else { return };
    let source =
        Source { device: salus_wire::DeviceId([0; 16]), link_encrypted: None, clock: DeviceClock::Unknown };
    if let Ok(reading) = heart_rate::reading(&packet, &source, Moment { at: 0, utc_offset_minutes: 0 }) {
        assert!(reading.components.len() <= salus_wire::Reading::MAX_COMPONENTS);
    }
});
