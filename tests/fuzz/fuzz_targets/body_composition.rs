//! 2A9C and 2A9B: packets of at most 40 octets one after the other, joined, through to the reading.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::measure::clock::DeviceClock;
use salus_devices::measure::{Source, body_composition};
use salus_devices::{Moment, gatt};

fuzz_target!(|bytes: &[u8]| {
    let _ = gatt::body_composition::decode_feature(bytes);
    let source =
        Source { device: salus_wire::DeviceId([0; 16]), link_encrypted: None, clock: DeviceClock::Unknown };
    let mut joiner = gatt::body_composition::Joiner::default();
    let mut rest = bytes;
    while let Some((length, after)) = rest.split_first() {
        let (packet, after) = after.split_at(usize::from(*length % 40).min(after.len()));
        rest = after;
        let Ok(packet) = gatt::body_composition::decode(packet) else { continue };
        if let Some(whole) = joiner.push(packet, 0).whole
            && let Ok(reading) =
                body_composition::reading(&whole, &source, Moment { at: 0, utc_offset_minutes: 0 })
        {
            assert!(reading.components.len() <= salus_wire::Reading::MAX_COMPONENTS);
        }
    }
});
