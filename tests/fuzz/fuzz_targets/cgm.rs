//! 2AA7 to 2AAC with and without checksums, through to the reading.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::Moment;
use salus_devices::gatt::cgm::{control, decode, decode_feature, decode_status, session};
use salus_devices::gatt::crc::Protection;
use salus_devices::measure::clock::DeviceClock;
use salus_devices::measure::{Source, cgm};

fuzz_target!(|bytes: &[u8]| {
    let now = Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 };
    let source =
        Source { device: salus_wire::DeviceId([0; 16]), link_encrypted: None, clock: DeviceClock::Behind(1) };
    // One input can hold a session and the records behind it.
    let (head, tail) = bytes.split_at(bytes.len().min(9));
    for protection in [Protection::Plain, Protection::Checked] {
        let _ = (decode_status(bytes, protection), control::decode(bytes, protection));
        let _ = session::decode_run_time(bytes, protection);
        let known = cgm::Session {
            start: session::decode_start(head, protection).ok(),
            feature: decode_feature(bytes).ok(),
        };
        for records in [decode(bytes, protection), decode(tail, protection)].into_iter().flatten() {
            for record in records {
                let _ = cgm::reading(&record, &known, &source, now);
            }
        }
    }
    // Sealed here, because a checksum is not guessed.
    let mut sealed = bytes.to_vec();
    Protection::Checked.close(&mut sealed);
    assert_eq!(Protection::Checked.open(&sealed), Ok(bytes));
});
