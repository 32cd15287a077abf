//! Text, System ID and UDI, battery level.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::gatt::{battery, device_information as info};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = info::text(bytes) {
        assert!(text.chars().count() <= info::MAX_TEXT && !text.chars().any(char::is_control));
    }
    let _ = (info::system_id(bytes), info::udi_label(bytes), battery::decode(bytes));
});
