//! 2A99, 2A9A and 2A9F.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::gatt::user_data;

fuzz_target!(|bytes: &[u8]| {
    let _ = (user_data::decode_increment(bytes), user_data::decode_index(bytes));
    if user_data::decode_response(bytes).is_ok() {
        assert!(bytes.len() <= 4);
    }
});
