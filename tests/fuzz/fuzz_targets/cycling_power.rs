//! 2A65, and two 2A63 packets through to the readings.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::measure::clock::DeviceClock;
use salus_devices::measure::cycling::Counters;
use salus_devices::measure::{Source, cycling_power};
use salus_devices::{Moment, gatt};

fuzz_target!(|packets: (&[u8], &[u8], i64)| {
    let source =
        Source { device: salus_wire::DeviceId([0; 16]), link_encrypted: None, clock: DeviceClock::Unknown };
    let mut counters = Counters::power(2105);
    let _ = gatt::cycling_power::features(packets.0);
    for (packet, at) in [(packets.0, 0), (packets.1, packets.2)] {
        if let Ok(packet) = gatt::cycling_power::decode(packet) {
            let arrived = Moment { at, utc_offset_minutes: 0 };
            let _ = cycling_power::reading(&packet, &mut counters, &source, arrived);
        }
    }
});
