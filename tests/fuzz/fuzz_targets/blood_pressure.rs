//! 2A35 and 2A36, through to the reading.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::measure::clock::DeviceClock;
use salus_devices::measure::{Source, blood_pressure};
use salus_devices::{Moment, gatt};

fuzz_target!(|bytes: &[u8]| {
    let _ = gatt::blood_pressure::decode_cuff(bytes);
    let Ok(packet) = gatt::blood_pressure::decode(bytes) else { return };
    let source =
        Source { device: salus_wire::DeviceId([0; 16]), link_encrypted: None, clock: DeviceClock::Unknown };
    let _ =
        blood_pressure::reading(&packet, &source, Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 });
});
