//! A row of the cabinet, and the key tree that one holds: one encoding each, and a tree knows what it has no key for.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_vault::{Tree, fuzzing};

fuzz_target!(|bytes: &[u8]| {
    if let Some(again) = fuzzing::cabinet(bytes) {
        assert_eq!(again, bytes);
    }
    let Some((tree, rest)) = Tree::decode(bytes) else { return };
    assert_eq!([&tree.encode()[..], rest].concat(), bytes);
    for (first, last) in tree.holes() {
        assert!(first <= last && !tree.holds(first) && !tree.holds(last));
        assert!(tree.descend(0, first).is_none() && !tree.has(1, first & !1));
    }
});
