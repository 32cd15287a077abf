//! 2A53 and 2A54, through to the reading.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::measure::clock::DeviceClock;
use salus_devices::measure::{Source, running};
use salus_devices::{Moment, gatt};

fuzz_target!(|bytes: &[u8]| {
    let _ = gatt::running::features(bytes);
    let Ok(packet) = gatt::running::decode(bytes) else { return };
    let source =
        Source { device: salus_wire::DeviceId([0; 16]), link_encrypted: None, clock: DeviceClock::Unknown };
    let _ = running::reading(&packet, &source, Moment { at: 0, utc_offset_minutes: 0 });
});
