//! Segments of up to 20 octets, through to the readings; 2BF1, 2BF3, 2BF4.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::Moment;
use salus_devices::gatt::health_sensor::{self, Segments};
use salus_devices::measure::clock::DeviceClock;
use salus_devices::measure::{Source, health_sensor as measure};

const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 };

fuzz_target!(|bytes: &[u8]| {
    let source =
        Source { device: salus_wire::DeviceId([0; 16]), link_encrypted: None, clock: DeviceClock::Unknown };
    if let Ok(observation) = health_sensor::live(bytes) {
        assert!(!measure::readings(&observation, None, &source, NOW).is_empty());
    }
    let mut segments = Segments::new();
    for segment in bytes.chunks(20) {
        let Some(whole) = segments.push(segment).whole else { continue };
        if let Ok(stored) = health_sensor::stored(whole) {
            let _ = measure::readings(&stored.observation, Some(stored.record), &source, NOW);
        }
    }
    let _ = (health_sensor::features(bytes), health_sensor::schedule(bytes), health_sensor::response(bytes));
});
