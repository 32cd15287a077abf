//! 2BF2, through to the verdict.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::measure::elapsed_time;
use salus_devices::{Moment, gatt};

fuzz_target!(|bytes: &[u8]| {
    let Ok(clock) = gatt::elapsed_time::clock(bytes) else { return };
    let here = Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 };
    let behind = elapsed_time::compare(&clock.now, here);
    let _ = (elapsed_time::verdict(behind, Some(&clock.now), here), elapsed_time::wall(&clock.now, here));
});
