//! 2A1C, 2A1E, 2A1D and 2A21, through to the reading.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::measure::clock::DeviceClock;
use salus_devices::measure::{Source, thermometer};
use salus_devices::{Moment, gatt};

fuzz_target!(|bytes: &[u8]| {
    let _ = (gatt::thermometer::decode_type(bytes), gatt::thermometer::decode_interval(bytes));
    let Ok(packet) = gatt::thermometer::decode(bytes) else { return };
    let source =
        Source { device: salus_wire::DeviceId([0; 16]), link_encrypted: None, clock: DeviceClock::Unknown };
    let _ = thermometer::reading(&packet, &source, Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 });
});
