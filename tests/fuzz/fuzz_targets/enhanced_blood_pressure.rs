//! 2B34, 2B35, 2A49, and 2B36 put together from segments, through to the reading.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::Moment;
use salus_devices::gatt::crc::Protection;
use salus_devices::gatt::enhanced_blood_pressure::record::{Assembly, MAX_VALUE};
use salus_devices::gatt::enhanced_blood_pressure::{decode, decode_cuff, decode_feature};
use salus_devices::measure::clock::DeviceClock;
use salus_devices::measure::{Source, enhanced_blood_pressure};

fuzz_target!(|bytes: &[u8]| {
    let now = Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 };
    let source =
        Source { device: salus_wire::DeviceId([0; 16]), link_encrypted: None, clock: DeviceClock::Unknown };
    let _ = (decode_cuff(bytes), decode_feature(bytes));
    if let Ok(bp) = decode(bytes) {
        let _ = enhanced_blood_pressure::reading(&bp, &source, now);
    }
    for protection in [Protection::Plain, Protection::Checked] {
        let mut assembly = Assembly::new(protection);
        for packet in bytes.chunks(20) {
            if let Ok(Some(record)) = assembly.segment(packet) {
                assert!(record.value.len() <= MAX_VALUE);
                let _ = enhanced_blood_pressure::stored(&record, &source, now);
            }
        }
    }
});
