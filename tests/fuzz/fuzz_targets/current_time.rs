//! 2A2B and 2A08: what is read as a time is a time, and is written as it was read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::Moment;
use salus_devices::gatt::date_time::{self, Adjust};
use salus_devices::measure::clock::DeviceClock;

const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 };

fuzz_target!(|bytes: &[u8]| {
    for time in [date_time::date_time(bytes), date_time::current_time(bytes)].into_iter().flatten() {
        let _ = (DeviceClock::compare(time, NOW), DeviceClock::Behind(1).verdict(Some(time), NOW));
        let Some(millis) = date_time::wall_millis(time) else { continue };
        // Before 1970 and after 9999 nothing is set.
        if let Some(octets) = date_time::encode_current_time(millis, Adjust::Manual) {
            assert_eq!(date_time::current_time(&octets), Ok(time));
        }
    }
});
