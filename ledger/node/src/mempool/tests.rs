use salus_chain::circle::{Change, Subject};
use salus_chain::ids::{ChainId, CircleId, Hash32, KemPublicKey, ReaderKey};
use salus_chain::merkle::MerklePath;
use salus_chain::sign::SigningKey;
use salus_chain::tx::{
    AnnounceBody, ApproveBody, ChangeBody, ContractBody, Mandate, MandatedObjectBody, MayObject, ObjectBody,
    PaidBody, ReviewBody, RevokeBody, SpringBody,
};

use super::*;

const CHAIN: ChainId = ChainId([1; 32]);
const GRANT: GrantId = GrantId([2; 32]);
const CIRCLE: CircleId = CircleId([3; 32]);

fn key() -> SigningKey {
    SigningKey::from_bytes(&[4; 32])
}

/// A pool that takes whatever fits.
fn pool(max_txs: usize) -> Mempool {
    Mempool::new(MempoolLimits { max_txs, max_bytes: 1 << 20 }, Box::new(|_, _| Ok(())))
}

fn object(subject: Subject, valid_until_height: u64) -> Tx {
    let signer_pk = key().verifying_key();
    let body = ObjectBody { circle_id: CIRCLE, subject, signer_pk, valid_until_height };
    Tx::Object(body.sign(&CHAIN, 0, &key()))
}

fn object_by_laptop(valid_until_height: u64) -> Tx {
    let (hand_pk, change) = (key().verifying_key(), Hash32([6; 32]));
    let mandate = Mandate { mandate_pk: hand_pk, salt: [7; 32] };
    let may = MayObject::sign(&CIRCLE, mandate, &CHAIN, &key());
    let body = MandatedObjectBody { circle_id: CIRCLE, change, may, hand_pk, valid_until_height };
    Tx::MandatedObject(Box::new(body.sign(&CHAIN, 0, &key())))
}

fn approve(subject: Subject, valid_until_height: u64) -> Tx {
    let signer_pk = key().verifying_key();
    let body = ApproveBody { circle_id: CIRCLE, subject, revision: 0, signer_pk, valid_until_height };
    Tx::Approve(body.sign(&CHAIN, 0, &key()))
}

fn revoke() -> Tx {
    let body = RevokeBody { grant_id: GRANT, revoker_pk: key().verifying_key(), path: MerklePath::single() };
    Tx::Revoke(body.sign(&CHAIN, 0, &key()))
}

fn review(verdict: Verdict, valid_until_height: u64) -> Tx {
    let (act, signer_pk) = (TxHash([8; 32]), key().verifying_key());
    let body = ReviewBody { grant_id: GRANT, act, verdict, signer_pk, entrusted: None, valid_until_height };
    Tx::Review(Box::new(body.sign(&CHAIN, 0, &key())))
}

#[test]
fn a_stop_is_a_revocation_or_an_objection_to_the_permission() {
    let seen = |tx: &Tx| {
        let pool = pool(1);
        pool.submit(&tx.encode()).unwrap();
        pool.seen_revocation(&GRANT)
    };
    assert!(seen(&revoke()));
    assert!(seen(&object(Subject::Grant(GRANT), 9)));
    // To another permission, to a change that has the same octets for a name, and no objection at all.
    assert!(!seen(&object(Subject::Grant(GrantId([5; 32])), 9)));
    assert!(!seen(&object(Subject::Change(Hash32(GRANT.0)), 9)));
    assert!(!seen(&approve(Subject::Grant(GRANT), 9)));
    // What is said of an emergency stops the permission when it says so.
    assert!(seen(&review(Verdict::Stopped, 9)));
    assert!(!seen(&review(Verdict::Objected, 9)) && !seen(&review(Verdict::Justified, 9)));
}

#[test]
fn a_stop_has_room_where_others_have_none_and_counts_without_any() {
    let pool = pool(4);
    for height in 1..=4 {
        pool.submit(&approve(Subject::Grant(GRANT), height).encode()).unwrap();
    }
    assert_eq!(pool.submit(&approve(Subject::Grant(GRANT), 5).encode()), Err(TxRefused::Full));
    pool.submit(&object(Subject::Change(Hash32([6; 32])), 9).encode()).unwrap();
    assert_eq!(pool.submit(&object(Subject::Grant(GRANT), 9).encode()), Err(TxRefused::Full));
    assert!(pool.seen_revocation(&GRANT));
    // So has another laptop's objection.
    let pool = self::pool(4);
    for height in 1..=4 {
        pool.submit(&approve(Subject::Grant(GRANT), height).encode()).unwrap();
    }
    pool.submit(&object_by_laptop(9).encode()).unwrap();
}

#[test]
fn what_names_a_last_height_leaves_after_it_and_the_rest_stays() {
    let (signer_pk, valid_until_height) = (key().verifying_key(), 5);
    let change = ChangeBody {
        circle_id: CIRCLE,
        revision: 0,
        signer_pk,
        valid_until_height,
        change: Change::Handover,
    };
    let spring = SpringBody {
        circle_id: CIRCLE,
        revision: 0,
        delegate_pk: signer_pk,
        credential_pk: signer_pk,
        valid_until_height,
    };
    let contract = ContractBody { author_pk: signer_pk, valid_until_height, text: "permit".into() };
    let announce = AnnounceBody {
        grant_id: GRANT,
        reader_pk: ReaderKey::new(signer_pk, KemPublicKey([7; 32])),
        path: MerklePath::single(),
        reason: 1,
        by: None,
    };
    let pool = pool(9);
    let leave = [
        Tx::CircleChange(change.sign(&CHAIN, 0, &key())),
        Tx::Spring(spring.sign(&CHAIN, 0, &key())),
        Tx::Contract(contract.sign(&CHAIN, 0, &key())),
        approve(Subject::Grant(GRANT), valid_until_height),
        object(Subject::Grant(GRANT), valid_until_height),
        object_by_laptop(valid_until_height),
        review(Verdict::Justified, valid_until_height),
    ];
    let stay = [Tx::Announce(announce.sign(&CHAIN, &key())), revoke()];
    for tx in leave.iter().chain(&stay) {
        pool.submit(&tx.encode()).unwrap();
    }
    pool.recorded(&[], valid_until_height);
    assert_eq!(pool.pending().len(), 9);
    pool.recorded(&[], valid_until_height + 1);
    let left: Vec<Vec<u8>> = pool.pending().iter().map(|octets| octets.to_vec()).collect();
    assert_eq!(left, stay.map(|tx| tx.encode()));
    // What was seen is not forgotten with the transaction.
    assert!(pool.seen_revocation(&GRANT));
}
