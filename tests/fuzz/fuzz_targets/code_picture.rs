//! A file that is said to be a picture of a code: whatever it is, the texts in it are few, each once, and short enough for a code.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(texts) = salus_picture::texts(bytes) {
        assert!(!texts.is_empty() && texts.is_sorted());
        // 7089 digits are the most that a QR code holds.
        assert!(texts.iter().all(|text| text.len() <= 7089));
    }
});
