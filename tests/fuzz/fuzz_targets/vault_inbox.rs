//! An inbox file that somebody else wrote behind one entry of ours, and an entry's plain text: no more entries than octets for
//! them, none opens, and a plain text that is read is encoded to what reads the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_vault::fuzzing;

/// Octets of the smallest entry: a head of 32, an encapsulated key and a tag.
const ENTRY: usize = 32 + 48;

fuzz_target!(|bytes: &[u8]| {
    let (sealed, behind) = bytes.split_at(bytes.len().min(100));
    assert!(fuzzing::inbox(sealed, behind) * ENTRY <= 32 + bytes.len());
    let Some(again) = fuzzing::inbox_entry(bytes) else { return };
    assert!(again.len() <= 2 * bytes.len());
    assert_eq!(fuzzing::inbox_entry(&again), Some(again));
});
