//! What a keeper is asked and answers, and what it stores: one encoding each.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_chain::codec::Record;
use salus_keeper::held::HeldShare;
use salus_keeper::message::{DutyNote, DutyPage, KeeperReply, KeeperRequest};
use salus_keeper::release::{MAX_SLOTS, ReleaseLogEntry};

fn strict<T: Record>(octets: &[u8]) -> Option<T> {
    let record = T::decode(octets).ok()?;
    assert!(octets.len() <= T::MAX && record.encode() == octets);
    Some(record)
}

fuzz_target!(|bytes: &[u8]| {
    let _ = (strict::<KeeperReply>(bytes), strict::<HeldShare>(bytes), strict::<ReleaseLogEntry>(bytes));
    let _ = (strict::<DutyNote>(bytes), strict::<DutyPage>(bytes));
    let release = match strict(bytes) {
        Some(KeeperRequest::Release(release)) => Some(release),
        Some(KeeperRequest::Secret(request)) => Some(request.release),
        _ => None,
    };
    if let Some(release) = release {
        let slots = release.slots.slots();
        assert!((1..=MAX_SLOTS).contains(&slots.len()) && slots.is_sorted());
        assert!(slots.iter().all(|slot| slot.start() <= slot.last() && slot.start_ms() < slot.end_ms()));
        let _ = (release.slots.hash(), release.slots.slots_hash());
    }
});
