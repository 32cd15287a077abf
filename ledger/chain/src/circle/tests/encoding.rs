//! One encoding for each record and transaction, and a limit on every list.

use proptest::prelude::*;

use super::family::*;
use crate::circle::{
    Change, CircleGrantRecord, CircleRecord, Delegate, Guardians, Pending, Seated, Signer, Subject,
};
use crate::codec::{CodecError, Record};
use crate::fixture::{DAY, START, key};
use crate::ids::{CircleId, Hash32, VerifyingKey};
use crate::merkle::{MAX_PATH, MerklePath};
use crate::query::MAX_VALUE_BYTES;
use crate::tx::{CircleBody, MAX_TX_BYTES, PaidBody, RecipientPlace, Tx};

// A signed transaction may have a bit changed and still decode, never to the same.
fn strict<T: Record + PartialEq + std::fmt::Debug>(record: &T) {
    let octets = record.encode();
    assert!(octets.len() <= T::MAX, "{} octets", octets.len());
    assert_eq!(T::decode(&octets).as_ref(), Ok(record));
    for end in 0..octets.len() {
        assert!(T::decode(&octets[..end]).is_err());
    }
    assert!(T::decode(&[&octets[..], &[0]].concat()).is_err());
    for bit in 0..8 * octets.len() {
        let mut flipped = octets.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        if let Ok(other) = T::decode(&flipped) {
            assert_ne!(&other, record);
        }
    }
}

fn every_change() -> Vec<Change> {
    vec![
        Change::RemoveDelegate(1),
        Change::LowerDelegate(2, approver(BEN)),
        Change::AddDelegate(Delegate { review_ms: Some(START), ..steward(31) }),
        Change::RaiseDelegate(1, steward(ANNA)),
        Change::SetPolicy(policy()),
        Change::SetGuardians(Guardians { keys: GUARDIANS.map(pk).to_vec(), threshold: 2 }),
        Change::ReplacePatient(pk(40)),
        Change::ConfirmReview { seat: 3, review_ms: START + DAY },
        Change::Handover,
        Change::RetireKey(pk(41)),
    ]
}

#[test]
fn transactions_are_strict() {
    let family = Family::new();
    let chain = &family.chain;
    strict(&Tx::Circle(Family::body(chain).sign(&chain.ctx.chain_id, 4, &key(PERSON))));
    for change in every_change() {
        strict(&family.change_tx(PERSON, change));
    }
    let grant = family.subject(1);
    let change = Subject::Change(Hash32([1; 32]));
    for subject in [grant, change] {
        strict(&family.approve_tx(BEN, subject));
        strict(&family.object_tx(BEN, subject));
    }
    strict(&family.spring_tx(CLINICIANS[0], DAN));
    let mut body = family.grant_body(1, ANNA, DAY, &[1, SENSITIVE]);
    let path = body.categories[0].path.clone();
    body.readers[0].place = Some(RecipientPlace { salt: [9; 16], path });
    strict(&family.sign_grant(body, 1, ANNA));
}

/// The largest circle there can be.
fn full() -> CircleRecord {
    let other = |n: u8| VerifyingKey([n; 32]);
    let guardians = |from: u8| Guardians { keys: (from..from + 8).map(other).collect(), threshold: 8 };
    let seated =
        |seat: u8| Seated { seat, delegate: steward(seat), attested: vec![other(seat), other(seat + 100)] };
    let change = Change::SetGuardians(guardians(60));
    let pending = Pending {
        change,
        subject: Hash32([5; 32]),
        proposer: Signer::Guardian(7),
        approvals: (0..8).map(Signer::Guardian).collect(),
        needs: 7,
        effective_ms: Some(START),
    };
    CircleRecord {
        circle_id: CircleId([1; 32]),
        patient_pk: other(1),
        patient_since_ms: START,
        revision: u32::MAX,
        next_seat: 99,
        delegates: (90..98).map(seated).collect(),
        guardians: guardians(50),
        policy: policy(),
        pending: Some(pending),
        handover_ms: Some(START),
        retired_ms: Some(START),
        height: u64::MAX,
    }
}

#[test]
fn records_are_strict_and_the_largest_fits_an_answer() {
    const { assert!(CircleRecord::MAX <= MAX_VALUE_BYTES && CircleGrantRecord::MAX <= MAX_VALUE_BYTES) };
    assert_eq!(full().encode().len(), CircleRecord::MAX);
    strict(&Family::new().circle());
    let mut small = full();
    small.delegates.truncate(1);
    strict(&small);
    for change in every_change() {
        small.pending.as_mut().unwrap().change = change;
        assert_eq!(CircleRecord::decode(&small.encode()), Ok(small.clone()));
        assert!(small.encode().len() <= CircleRecord::MAX);
    }
    small.pending = None;
    (small.handover_ms, small.retired_ms) = (None, None);
    strict(&small);

    let mut family = Family::new();
    assert_eq!(family.give(1, ANNA, DAY, &[1]), Ok(()));
    let mut given = family.given(1);
    strict(&given);
    given.approvals = (0..8).collect();
    given.readers = vec![given.readers[0]; 4];
    given.ready_ms = Some(START);
    (given.objected, given.confirmed_by) = (true, Some(pk(1)));
    assert_eq!(given.encode().len(), CircleGrantRecord::MAX);
    strict(&given);
}

#[test]
fn every_list_has_a_limit() {
    let too_long = |octets: &[u8], limit: usize| {
        let refused = Tx::decode(octets);
        assert_eq!(refused, Err(CodecError::TooLong { length: limit + 1, limit }));
    };
    let family = Family::new();
    let chain = &family.chain;
    let circle = |change: &dyn Fn(&mut CircleBody)| {
        let mut body = Family::body(chain);
        change(&mut body);
        Tx::Circle(body.sign(&chain.ctx.chain_id, 0, &key(PERSON))).encode()
    };
    too_long(&circle(&|body| body.delegates = vec![approver(BEN); 9]), 8);
    too_long(&circle(&|body| body.guardians.keys = vec![pk(1); 9]), 8);
    let mut body = family.grant_body(1, ANNA, DAY, &[1]);
    body.categories[0].path = MerklePath::single();
    body.categories[0].ordinary = None;
    body.categories = vec![body.categories[0].clone(); 33];
    too_long(&family.sign_grant(body, 1, ANNA).encode(), 32);
    let mut body = family.grant_body(1, ANNA, DAY, &[1]);
    body.readers = vec![body.readers[0].clone(); 5];
    too_long(&family.sign_grant(body, 1, ANNA).encode(), 4);
    // Everything within its limit can still be too much.
    let mut body = family.grant_body(1, ANNA, DAY, &[1]);
    let siblings = vec![Hash32([1; 32]); MAX_PATH];
    body.categories[0].path = MerklePath { index: 0, size: 1 << 16, siblings };
    body.categories = vec![body.categories[0].clone(); 32];
    let octets = family.sign_grant(body, 1, ANNA).encode();
    let refused = CodecError::TooLong { length: octets.len(), limit: MAX_TX_BYTES };
    assert_eq!(Tx::decode(&octets), Err(refused));
}

#[test]
fn sixteen_claims_fit_a_transaction() {
    let family = Family::new();
    let mut body = family.grant_body(1, ANNA, DAY, &[1]);
    let ack = body.grant.acks[0];
    body.grant.acks = vec![ack; 21];
    let siblings = vec![Hash32([1; 32]); 4];
    let path = MerklePath { index: 0, size: 16, siblings };
    body.categories[0].path = path.clone();
    body.categories[0].ordinary = Some(path);
    body.categories = vec![body.categories[0].clone(); 16];
    let tx = family.sign_grant(body, 1, ANNA);
    assert_eq!(Tx::decode(&tx.encode()), Ok(tx));
}

proptest! {
    #[test]
    fn accepted_octets_are_the_only_way_to_write_what_they_say(
        kind in 0x09u8..=0x0e,
        octets in prop::collection::vec(any::<u8>(), 0..700),
    ) {
        let framed = [&[1, kind], &octets[..]].concat();
        if let Ok(tx) = Tx::decode(&framed) {
            prop_assert_eq!(tx.encode(), framed);
        }
        for record in [0x19, 0x1a] {
            let framed = [&[1, record], &octets[..]].concat();
            if let Ok(circle) = CircleRecord::decode(&framed) {
                prop_assert_eq!(circle.encode(), framed.clone());
            }
            if let Ok(given) = CircleGrantRecord::decode(&framed) {
                prop_assert_eq!(given.encode(), framed);
            }
        }
    }

    /// Whatever a damaged record says, looking at it does not panic, and looking twice is looking once.
    #[test]
    fn a_circle_at_any_time_is_a_circle(now in any::<i64>(), at in any::<u32>(), value in any::<u8>()) {
        let mut octets = full().encode();
        let place = usize::try_from(at).unwrap() % octets.len();
        octets[place] = value;
        if let Ok(circle) = CircleRecord::decode(&octets) {
            let settled = circle.at(now);
            prop_assert_eq!(settled.at(now), settled);
        }
    }
}
