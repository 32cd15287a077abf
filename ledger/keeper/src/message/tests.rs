use proptest::prelude::*;
use salus_chain::attestation::{Attestation, Person};
use salus_chain::codec::{CodecError, Record};
use salus_chain::ids::{GrantId, Hash32, Signature};
use salus_chain::tx::{GrantAck, Pow};

use super::*;
use crate::depot::*;
use crate::envelope::Envelope;
use crate::fixture::World;
use crate::held::HeldShare;
use crate::release::ReleaseLogEntry;

// Every strict prefix, one octet more, a foreign version and kind, and more than the limit are refused; one
// flipped bit gives an error or another record, never the same and never a panic.
fn strict<T: Record + PartialEq + std::fmt::Debug>(record: &T) {
    let octets = record.encode();
    assert!(octets.len() <= T::MAX, "{} octets", octets.len());
    assert_eq!(T::decode(&octets).as_ref(), Ok(record));
    for end in 0..octets.len() {
        assert!(T::decode(&octets[..end]).is_err());
    }
    let longer = T::decode(&[&octets[..], &[0]].concat());
    // The largest record there is has no room for one octet more.
    if octets.len() == T::MAX {
        assert!(matches!(longer, Err(CodecError::TooLong { .. })));
    } else {
        assert_eq!(longer, Err(CodecError::Trailing));
    }
    assert!(matches!(T::decode(&vec![1; T::MAX + 1]), Err(CodecError::TooLong { .. })));
    for bit in 0..8 * octets.len() {
        let mut flipped = octets.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        if let Ok(other) = T::decode(&flipped) {
            assert_ne!(&other, record);
        }
    }
}

#[test]
fn keeper_messages_are_strict() {
    let mut world = World::new();
    let deal = world.deal(2);
    strict(&KeeperRequest::Deal(Box::new(deal)));
    let (_, request) = world.access(World::slots());
    strict(&KeeperRequest::Release(request));
    strict(&KeeperRequest::EraseStatus(GrantId([7; 32])));
    strict(&KeeperReply::Ack(GrantAck { keeper: 3, signature: Signature([8; 64]) }));
    let sealed = Envelope { enc: [1; 32], ciphertext: vec![2; 100] };
    let reply = ReleaseReply { keeper: 1, height: 9, sealed, signature: Signature([3; 64]) };
    strict(&KeeperReply::Released(Box::new(reply)));
    for state in [EraseState::Held, EraseState::Erased, EraseState::Never] {
        let key = &world.signing[0];
        let status = EraseStatus::sign(&world.ctx.chain_id, GrantId([7; 32]), 1, state, key);
        assert_eq!(status.verify(&world.ctx.chain_id, &key.verifying_key()), Ok(()));
        assert!(status.verify(&world.ctx.chain_id, &world.signing[1].verifying_key()).is_err());
        strict(&KeeperReply::EraseStatus(status));
    }
    let held: HeldShare = world.held(1);
    strict(&held);
}

#[test]
fn messages_of_the_desk_are_strict() {
    let world = World::new();
    let (chain, key) = (world.ctx.chain_id, &world.reader);
    let envelope = |length: usize| Envelope { enc: [1; 32], ciphertext: vec![2; length] };
    let note = DutyNote::sign(GrantId([7; 32]), envelope(MAX_NOTE + 16), &chain, key);
    strict(&note);
    strict(&KeeperRequest::Note(Box::new(note)));
    let ask = DutyAsk::sign(world.epk.public_key().unwrap(), 9, GrantId([7; 32]), &chain, key);
    strict(&KeeperRequest::OnDuty(ask));
    let (_, release) = world.access(World::slots());
    let request = SecretRequest { release, header_hash: Hash32([5; 32]), sealed: envelope(48) };
    strict(&KeeperRequest::Secret(Box::new(request.clone())));
    strict(&KeeperRequest::Who(WhoRequest::sign(salus_chain::ids::TxHash([3; 32]), &chain, key)));
    strict(&KeeperReply::Noted);
    strict(&KeeperRequest::Roles);
    strict(&KeeperReply::Roles(vec!["Night".into(), String::new()]));
    let most = KeeperReply::Roles(vec!["\u{1f600}".repeat(MAX_ROLE_OCTETS / 4); MAX_ROLES]);
    assert_eq!(KeeperReply::decode(&most.encode()), Ok(most));
    strict(&KeeperReply::OnDuty(envelope(100)));
    strict(&KeeperReply::Secret(envelope(48)));
    let person = Person { credential_pk: key.verifying_key(), name: "Dr A".into(), organisation: "B".into() };
    let attestation = Attestation::sign(person, 2, 5, [9; 16], &chain, key);
    strict(&KeeperReply::Who(Box::new(attestation)));
    strict(&DutyPage { notes: vec![(GrantId([1; 32]), vec![1]), (GrantId([2; 32]), vec![])], more: true });
    strict(&DutyPage { notes: vec![], more: false });
    // One octet beyond what is sealed there.
    let long = SecretRequest { sealed: envelope(49), ..request };
    let octets = KeeperRequest::Secret(Box::new(long)).encode();
    assert!(matches!(KeeperRequest::decode(&octets), Err(CodecError::TooLong { .. })));
    let octets = KeeperReply::OnDuty(envelope(DutyPage::MAX + 17)).encode();
    assert!(matches!(KeeperReply::decode(&octets), Err(CodecError::TooLong { .. })));
}

#[test]
fn every_refusal_has_one_encoding() {
    let deals = (1..=10).filter_map(DealRefused::from_code).map(KeeperRefused::Deal);
    let releases = (1..=19).filter_map(Refusal::from_code).map(KeeperRefused::Release);
    let own = [
        KeeperRefused::Conflict,
        KeeperRefused::Busy,
        KeeperRefused::Malformed,
        KeeperRefused::Internal,
        KeeperRefused::Full,
        KeeperRefused::NotYours,
        KeeperRefused::Stale,
    ];
    for refused in deals.chain(releases).chain(own) {
        strict(&KeeperReply::Refused(refused));
    }
}

#[test]
fn the_largest_release_fits() {
    let sealed = Envelope { enc: [1; 32], ciphertext: vec![0; 32 * 64 + 64 + 16] };
    let reply = ReleaseReply { keeper: 1, height: 9, sealed, signature: Signature([3; 64]) };
    let octets = KeeperReply::Released(Box::new(reply.clone())).encode();
    assert!(KeeperReply::decode(&octets).is_ok());
    let mut longer = reply;
    longer.sealed.ciphertext.push(0);
    let octets = KeeperReply::Released(Box::new(longer)).encode();
    assert!(matches!(KeeperReply::decode(&octets), Err(CodecError::TooLong { .. })));
}

#[test]
fn slots_out_of_order_or_doubled_are_refused() {
    let world = World::new();
    let (_, request) = world.access(World::slots());
    let octets = KeeperRequest::Release(request).encode();
    // version, kind, receipt 32, u16 count; then two slots of 5 octets.
    let mut swapped = octets.clone();
    swapped[36..41].copy_from_slice(&octets[41..46]);
    swapped[41..46].copy_from_slice(&octets[36..41]);
    assert_eq!(KeeperRequest::decode(&swapped), Err(CodecError::Value("slots")));
    let mut doubled = octets.clone();
    doubled[41..46].copy_from_slice(&octets[36..41]);
    assert_eq!(KeeperRequest::decode(&doubled), Err(CodecError::Value("slots")));
}

#[test]
fn depot_messages_are_strict() {
    let hashes = vec![Hash32([1; 32]), Hash32([2; 32])];
    let put = Put { keep_until_ms: 5, locators: hashes.clone(), pow: Pow(9), octets: b"sealed".to_vec() };
    strict(&DepotRequest::Put(Box::new(put)));
    strict(&DepotRequest::Get(Hash32([3; 32])));
    strict(&DepotRequest::Find(Hash32([3; 32])));
    let inbox = InboxPut { inbox: Hash32([3; 32]), keep_until_ms: 6, pow: Pow(1), pointer: vec![1, 2, 3] };
    strict(&DepotRequest::InboxPut(inbox));
    strict(&DepotRequest::InboxFind(Hash32([3; 32])));
    strict(&DepotRequest::Stat(hashes.clone()));
    strict(&DepotRequest::FindMany(hashes.clone()));
    strict(&DepotReply::Stored(Hash32([3; 32])));
    strict(&DepotReply::Blob(b"blob".to_vec()));
    strict(&DepotReply::Hashes(hashes.clone()));
    strict(&DepotReply::Found(vec![(0, Hash32([1; 32])), (7, Hash32([1; 32]))]));
    strict(&DepotReply::Pointers(vec![vec![1], vec![2, 3]]));
    let terms = DepotTerms { pow_bits: 10, max_blob_bytes: 1, room_bytes: 2, max_keep_ms: 3 };
    strict(&DepotReply::Stat { terms, held: hashes });
    for why in [DepotRefused::NotFound, DepotRefused::Full, DepotRefused::Internal] {
        strict(&DepotReply::Refused(why));
    }
}

#[test]
fn depot_limits_hold() {
    let sorted: Vec<Hash32> = (0..=16u8).map(|n| Hash32([n; 32])).collect();
    let put = |locators: Vec<Hash32>, octets: Vec<u8>| {
        let put = Put { keep_until_ms: 5, locators, pow: Pow(9), octets };
        DepotRequest::decode(&DepotRequest::Put(Box::new(put)).encode())
    };
    assert!(put(sorted[..16].to_vec(), vec![1]).is_ok());
    assert!(matches!(put(sorted.clone(), vec![1]), Err(CodecError::TooLong { .. })));
    assert_eq!(put(vec![sorted[1], sorted[0]], vec![1]), Err(CodecError::Value("put")));
    assert_eq!(put(vec![], vec![]), Err(CodecError::Value("put")));
    assert!(put(vec![], vec![0; MAX_BLOB_BYTES]).is_ok());
    assert!(matches!(put(vec![], vec![0; MAX_BLOB_BYTES + 1]), Err(CodecError::TooLong { .. })));
    let blob = DepotReply::Blob(vec![7; MAX_BLOB_BYTES]);
    assert!(DepotReply::decode(&blob.encode()).is_ok());
}

#[test]
fn work_covers_content_locators_and_time() {
    let chain = World::new().ctx.chain_id;
    let put = Put { keep_until_ms: 5, locators: vec![Hash32([1; 32])], pow: Pow(0), octets: vec![1] };
    let solved = put.solved(&chain, 10);
    assert!(solved.pow_holds(&chain, 10));
    for changed in [
        Put { keep_until_ms: 6, ..solved.clone() },
        Put { locators: vec![], ..solved.clone() },
        Put { octets: vec![2], ..solved.clone() },
    ] {
        assert_ne!(changed.work(), solved.work());
    }
}

proptest! {
    #[test]
    fn log_entries_round_trip(height: u64, at in 0i64..1 << 40, starts in prop::collection::vec(0u32..1 << 20, 0..64)) {
        let slots = starts.into_iter().map(|start| crate::Slot::new(0, start).unwrap()).collect();
        let entry = ReleaseLogEntry {
            grant_id: GrantId([1; 32]),
            access_tx_hash: salus_chain::ids::TxHash([2; 32]),
            height,
            released_ms: at,
            slots,
        };
        prop_assert_eq!(ReleaseLogEntry::decode(&entry.encode()), Ok(entry));
    }

    #[test]
    fn blobs_round_trip_at_padded_sizes(octets in prop::collection::vec(any::<u8>(), 0..2000)) {
        let reply = DepotReply::Blob(octets);
        let encoded = reply.encode();
        prop_assert_eq!(padded_len(encoded.len() - 6), encoded.len() - 6);
        prop_assert_eq!(DepotReply::decode(&encoded), Ok(reply));
    }

    #[test]
    fn noise_never_panics(octets in prop::collection::vec(any::<u8>(), 0..600), kind in 0x5bu8..0x80) {
        let framed = [&[1, kind], &octets[..]].concat();
        for octets in [&octets, &framed] {
            let _ = KeeperRequest::decode(octets);
            let _ = KeeperReply::decode(octets);
            let _ = DepotRequest::decode(octets);
            let _ = DepotReply::decode(octets);
            let _ = HeldShare::decode(octets);
            let _ = DutyNote::decode(octets);
            let _ = DutyPage::decode(octets);
        }
    }
}
