//! Both Mi Scales and 2A9C in their layout, weighing by weighing, through to the reading.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::Moment;
use salus_devices::advert::mi_scale::{self, Scale};
use salus_devices::measure::clock::DeviceClock;
use salus_devices::measure::{Source, advert as measure};

const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 };

fuzz_target!(|bytes: &[u8]| {
    let source =
        Source { device: salus_wire::DeviceId([0; 16]), link_encrypted: None, clock: DeviceClock::Unknown };
    let (mut scale, mut now) = (Scale::default(), NOW);
    for packet in bytes.chunks(13) {
        for heard in [mi_scale::decode_first(packet), mi_scale::decode_second(packet)].into_iter().flatten() {
            let given = scale.hear(&heard, now);
            let _ = given.map(|heard| measure::weighing(&heard.weighing, &source, heard.arrived));
        }
        now.at += i64::from(packet[0]) * 1000;
        let _ = scale.overdue(now.at).map(|heard| measure::weighing(&heard.weighing, &source, heard.arrived));
    }
    let _ = scale.silence().map(|heard| measure::weighing(&heard.weighing, &source, heard.arrived));
});
