//! 2A52, and a whole fetch against a device that answers whatever it likes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::gatt::racp::{self, Fetch, Filter, IDLE, Step};

fuzz_target!(|bytes: &[u8]| {
    let _ = racp::decode(bytes);
    for filter in [Filter::SequenceNumber, Filter::TimeOffset, Filter::RecordNumber] {
        fetch(filter, bytes);
    }
});

fn fetch(filter: Filter, bytes: &[u8]) {
    let mut fetch = Fetch::new(filter, bytes.first().map(|b| u32::from(*b)), 0);
    let mut sent = 0;
    for packet in bytes.chunks(6) {
        match fetch.step(0) {
            Step::Send(_) => sent += 1,
            Step::Wait(_) => {}
            Step::End(_) => break,
        }
        match racp::decode(packet) {
            Ok(response) => fetch.response(response, 0),
            Err(_) => {
                fetch.record(packet.first_chunk().map(|n| u32::from_le_bytes(*n)), 0);
            }
        }
    }
    // Count and report, each once with and once without a filter; a combined report may take a turn before each report.
    assert!(sent <= 5);
    let _ = fetch.step(0);
    assert!(matches!(fetch.step(IDLE), Step::End(_)));
}
