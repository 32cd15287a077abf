//! 2A5E, 2A5F and 2A60, through to the reading.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::measure::clock::DeviceClock;
use salus_devices::measure::{Source, pulse_oximeter};
use salus_devices::{Moment, gatt};

const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 };

fuzz_target!(|bytes: &[u8]| {
    let source =
        Source { device: salus_wire::DeviceId([0; 16]), link_encrypted: None, clock: DeviceClock::Unknown };
    if let Ok(spot) = gatt::pulse_oximeter::spot_check(bytes) {
        let _ = pulse_oximeter::spot_check(&spot, &source, NOW);
    }
    if let Ok(packet) = gatt::pulse_oximeter::continuous(bytes) {
        let _ = pulse_oximeter::continuous(&packet, &source, NOW);
    }
    let _ = gatt::pulse_oximeter::features(bytes);
});
