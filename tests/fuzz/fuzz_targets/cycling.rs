//! A run of 2A5B packets, each with one octet of time before it, through to the readings; 2A5C.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::measure::clock::DeviceClock;
use salus_devices::measure::cycling::{self, Counters};
use salus_devices::{Moment, gatt, measure};

fuzz_target!(|bytes: &[u8]| {
    let source = measure::Source {
        device: salus_wire::DeviceId([0; 16]),
        link_encrypted: None,
        clock: DeviceClock::Unknown,
    };
    let mut counters = Counters::cycling(cycling::USUAL_CIRCUMFERENCE_MM);
    let mut at = 0;
    for packet in bytes.chunks(12) {
        let _ = gatt::cycling::features(packet);
        let Some((seconds, packet)) = packet.split_first() else { return };
        at += i64::from(*seconds) * 1000;
        if let Ok(packet) = gatt::cycling::decode(packet) {
            let _ = cycling::reading(&packet, &mut counters, &source, Moment { at, utc_offset_minutes: 0 });
        }
    }
});
