//! A leaf and a head of the log, and proofs that somebody else made: one encoding each, and no proof of another root.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_vault::log::tree::{Frontier, verify_consistency, verify_inclusion};
use salus_vault::{Head, fuzzing};

fuzz_target!(|bytes: &[u8]| {
    if let Some(again) = fuzzing::leaf(bytes) {
        assert_eq!(again, bytes);
    }
    let Some((octets, rest)) = bytes.split_first_chunk::<48>() else { return };
    let head = Head::decode(octets);
    assert_eq!(head.encode(), *octets);
    let (path, _) = rest.as_chunks::<32>();
    let another = head.root.map(|octet| !octet);
    assert!(!verify_inclusion(head.counter, head.size, &head.root, path, &another));
    assert!(!verify_consistency(head.counter, head.size, path, &head.root, &another));
    assert_eq!(Frontier::ends(head.size).last(), Some(head.size).filter(|size| *size > 0));
    let _ = Frontier::new(head.size, path.to_vec()).map(|frontier| frontier.root());
});
