//! 2A19.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::gatt::battery;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(percent) = battery::decode(bytes) {
        assert!(bytes == [percent] && percent <= 100);
    }
});
