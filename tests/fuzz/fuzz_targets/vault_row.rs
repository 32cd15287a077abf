//! A row of the journal: refused or read, and what was read is encoded to what reads the same, hardly longer.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_vault::fuzzing;

fuzz_target!(|bytes: &[u8]| {
    let Some(again) = fuzzing::row(bytes) else { return };
    assert!(again.len() <= bytes.len().next_multiple_of(64));
    assert_eq!(fuzzing::row(&again), Some(again));
});
