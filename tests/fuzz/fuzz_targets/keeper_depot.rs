//! What a depot is asked and answers: one encoding each, and nothing that is kept is empty.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_chain::codec::Record;
use salus_chain::ids::ChainId;
use salus_keeper::depot::{DepotPow, DepotReply, DepotRequest, MAX_LOCATORS};

fn strict<T: Record>(octets: &[u8]) -> Option<T> {
    let record = T::decode(octets).ok()?;
    assert!(octets.len() <= T::MAX && record.encode() == octets);
    Some(record)
}

fuzz_target!(|bytes: &[u8]| {
    let _ = strict::<DepotReply>(bytes);
    match strict(bytes) {
        Some(DepotRequest::Put(put)) => {
            assert!(!put.octets.is_empty() && put.locators.len() <= MAX_LOCATORS);
            let _ = put.pow_holds(&ChainId([1; 32]), 10);
        }
        Some(DepotRequest::InboxPut(put)) => {
            assert!(!put.pointer.is_empty());
            let _ = put.pow_holds(&ChainId([1; 32]), 10);
        }
        _ => {}
    }
});
