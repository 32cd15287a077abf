//! What a person types from the paper, or pastes: a key or a reason, and a key is printed to what reads the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_vault::RecoveryKey;

fuzz_target!(|text: &str| {
    if let Ok(key) = text.parse::<RecoveryKey>() {
        assert_eq!(key.to_text().parse(), Ok(key));
    }
});
