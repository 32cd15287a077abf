//! What the members let another laptop of a person do, and that they let a removed one do nothing.

use proptest::prelude::*;

use super::*;
use crate::ids::{ChainId, CircleId, VerifyingKey};
use crate::merkle::MerklePath;
use crate::tx::{
    EnrolBody, Entrusted, GrantTx, Mandate, MandateFor, MandatedGrantBody, MandatedRevokeBody, PaidBody,
    RevokeBody, Verdict, WithdrawBody, mandate_commitment,
};

/// The laptop's key, and the mandates that the identity key drew: to give, and two to stop.
const HAND: u8 = 1;
const GIVE: u8 = 20;
const STOP: u8 = 21;
const OTHER: u8 = 22;

const GIVING: &str = "6658fa8b241947d90eb96fcd17b0d2f19ad80a92010e56ad3a6ceb9ab58dc2ac";
const STOPPING: &str = "1f94c88bd937a8c2d7c5ebd5706b15bd19e5405dfbce24885363a313322795c0";
const OBJECTING: &str = "4e99bf474af4cf8c6af51ab1d878cedff0fb5356301485ac60db462244055928";

fn mandate(seed: u8) -> Mandate {
    Mandate { mandate_pk: key(seed).verifying_key(), salt: [seed; 32] }
}

/// Enrols the mandate `seed` for the laptop's key `hand`.
fn enrol(chain: &Chain, seed: u8, hand: u8) -> Tx {
    let what = if seed == GIVE { MandateFor::Giving } else { MandateFor::Stopping };
    enrol_for(what, chain, seed, hand)
}

fn enrol_for(what: MandateFor, chain: &Chain, seed: u8, hand: u8) -> Tx {
    let commitment = mandate_commitment(what, &chain.ctx.chain_id, &[seed; 32], &key(hand).verifying_key());
    let body = EnrolBody { enrolment_pk: key(seed).verifying_key(), commitment };
    Tx::Enrol(body.sign(&chain.ctx.chain_id, chain.ctx.params.pow_bits, &key(seed)))
}

fn withdraw(chain: &Chain, seed: u8) -> Tx {
    let body = WithdrawBody { enrolment_pk: key(seed).verifying_key() };
    Tx::Withdraw(body.sign(&chain.ctx.chain_id, chain.ctx.params.pow_bits, &key(seed)))
}

fn give(chain: &Chain, hand: u8, mandate: Mandate) -> Tx {
    let body = MandatedGrantBody { grant: chain.body(hand), mandate };
    Tx::MandatedGrant(Box::new(body.sign(&chain.ctx.chain_id, chain.ctx.params.pow_bits, &key(hand))))
}

fn leaves() -> [Hash32; 2] {
    [STOP, OTHER].map(|seed| key(seed).verifying_key().revoker_leaf())
}

/// A permission by the person's own key `seed` that mandates can stop.
fn plain(chain: &Chain, seed: u8) -> Tx {
    let mut body = chain.body(seed);
    body.terms.revoker_root = merkle::root(&leaves());
    chain.sign(seed, body)
}

fn stop(chain: &Chain, grant: u8, hand: u8, place: usize, mandate: Mandate) -> Tx {
    let path = merkle::path(&leaves(), place).unwrap();
    let (grant_id, hand_pk) = (chain.grant_id(grant), key(hand).verifying_key());
    let body = MandatedRevokeBody { grant_id, mandate, hand_pk, path };
    Tx::MandatedRevoke(body.sign(&chain.ctx.chain_id, chain.ctx.params.pow_bits, &key(hand)))
}

#[test]
fn a_laptop_gives_once_under_its_mandate_and_everything_of_it_is_found() {
    let mut chain = Chain::new(4);
    let tx = give(&chain, HAND, mandate(GIVE));
    assert_eq!(agree(&mut chain, &tx), Some(TxRefused::UnknownEnrolment));
    let enrolled = enrol(&chain, GIVE, HAND);
    chain.block(1, &[enrolled]);
    assert_eq!(agree(&mut chain, &tx), None);
    let effects = chain.block(1, std::slice::from_ref(&tx));
    assert_eq!(effects.events, [Event::Granted(chain.grant_id(HAND))]);
    let found: MandateRecord = chain.record(&StateKey::Mandate(key(GIVE).verifying_key())).unwrap();
    assert_eq!(
        found,
        MandateRecord { mandate_pk: key(GIVE).verifying_key(), grant_id: chain.grant_id(HAND) }
    );
    assert_eq!(chain.record(&StateKey::Mandated(chain.grant_id(HAND))), Some(found));
    assert_eq!(agree(&mut chain, &tx), Some(TxRefused::MandateUsed));
    // Another permission of the same key, which the mandate is for, is a second act.
    let mut body = chain.body(HAND);
    body.nonce = Nonce16([99; 16]);
    body.terms.grant_id = GrantId::derive(&chain.ctx.chain_id, &body.terms.patient_grant_pk, &body.nonce);
    body.acks = (1..=4).map(|keeper| chain.ack(&body.terms, keeper)).collect();
    let second = MandatedGrantBody { grant: body, mandate: mandate(GIVE) };
    let second = Tx::MandatedGrant(Box::new(second.sign(&chain.ctx.chain_id, 4, &key(HAND))));
    assert_eq!(agree(&mut chain, &second), Some(TxRefused::MandateUsed));
}

#[test]
fn a_mandate_is_for_one_key_with_one_salt_and_covers_the_whole() {
    let mut chain = Chain::new(4);
    let txs = [enrol(&chain, GIVE, HAND), chain.enrol_tx(3)];
    chain.block(1, &txs);
    let other_key = give(&chain, 2, mandate(GIVE));
    assert_eq!(agree(&mut chain, &other_key), Some(TxRefused::Mandate));
    let other_salt = give(&chain, HAND, Mandate { salt: [0; 32], ..mandate(GIVE) });
    assert_eq!(agree(&mut chain, &other_salt), Some(TxRefused::Mandate));
    // A gateway's enrolment is no mandate, though it commits to the same key: the labels differ.
    let gateway = give(&chain, 53, Mandate { mandate_pk: key(3).verifying_key(), salt: [3; 32] });
    assert_eq!(agree(&mut chain, &gateway), Some(TxRefused::Mandate));
    // The signature is under a label of its own, so no plain permission can be cut out, and it covers the mandate.
    let Tx::MandatedGrant(good) = give(&chain, HAND, mandate(GIVE)) else { panic!() };
    let cut = GrantTx { body: good.body.grant.clone(), pow: good.pow, signature: good.signature };
    assert!(agree(&mut chain, &Tx::Grant(Box::new(cut))).is_some());
    let mut bent = good.clone();
    bent.signature.0[0] ^= 1;
    assert_eq!(agree(&mut chain, &Tx::MandatedGrant(bent)), Some(TxRefused::Signature));
    let mut unpaid = good;
    unpaid.pow = Pow(unpaid.pow.0.wrapping_add(1));
    assert!(agree(&mut chain, &Tx::MandatedGrant(unpaid)).is_some());
}

#[test]
fn a_removed_laptop_gives_nothing_and_stops_nothing_and_what_it_gave_runs_on() {
    let mut chain = Chain::new(4);
    let enrolled = [enrol(&chain, GIVE, HAND), enrol(&chain, OTHER, 2), enrol(&chain, STOP, 3)];
    chain.block(1, &enrolled);
    let given = [give(&chain, HAND, mandate(GIVE)), plain(&chain, 5)];
    chain.block(1, &given);
    // While it stands it may stop what it gave, and what its mandate is under.
    let own_stop = chain.revoke_tx(HAND, HAND, MerklePath::single());
    assert_eq!(agree(&mut chain, &own_stop), None);
    let mandated = stop(&chain, 5, 2, 1, mandate(OTHER));
    assert_eq!(agree(&mut chain, &mandated), None);
    let removed = [withdraw(&chain, GIVE), withdraw(&chain, OTHER)];
    chain.block(1, &removed);
    assert_eq!(agree(&mut chain, &own_stop), Some(TxRefused::Revoker));
    assert_eq!(agree(&mut chain, &mandated), Some(TxRefused::EnrolmentWithdrawn));
    let again = give(&chain, 6, mandate(OTHER));
    assert_eq!(agree(&mut chain, &again), Some(TxRefused::Mandate));
    assert_eq!(chain.grant(HAND).unwrap().status_at(chain.time_ms), GrantStatus::Active);
    assert_eq!(chain.grant(5).unwrap().status_at(chain.time_ms), GrantStatus::Active);
    // The laptop with the identity key holds the mandate's key: it stops what the removed one gave.
    let theirs = chain.revoke_tx(HAND, GIVE, MerklePath::single());
    assert_eq!(agree(&mut chain, &theirs), None);
    // Another laptop's mandate still stops the person's own permission.
    let third = stop(&chain, 5, 3, 0, mandate(STOP));
    assert_eq!(agree(&mut chain, &third), None);
    let effects = chain.block(1, &[theirs, third.clone()]);
    assert_eq!(effects.events, [Event::Revoked(chain.grant_id(HAND)), Event::Revoked(chain.grant_id(5))]);
    assert_eq!(agree(&mut chain, &third), Some(TxRefused::Ended));
}

#[test]
fn a_removed_laptop_says_nothing_of_an_emergency_and_stops_nothing_by_saying_it() {
    let mut chain = Chain::new(4);
    let attested = |who| chain.credential_tx(who, CredentialStatus::Active, DAY, 1);
    let begun = [enrol(&chain, GIVE, HAND), attested(201), attested(202)];
    chain.block(1, &begun);
    let opening = chain.emergency_tx(HAND, 1, 1, 201, Some(202));
    let txs = [give(&chain, HAND, mandate(GIVE)), opening.clone()];
    let effects = chain.block(1, &txs);
    assert!(effects.results.iter().all(|result| result.outcome.is_ok()), "{:?}", effects.results);
    let own = chain.review_tx(HAND, &opening, Verdict::Stopped, HAND, None);
    // By its word somebody of a circle would say it; that there is no such circle is found out after the word counted.
    let word = Entrusted::sign(&chain.grant_id(HAND), CircleId([9; 32]), &chain.ctx.chain_id, &key(HAND));
    let helpers = chain.review_tx(HAND, &opening, Verdict::Stopped, 30, Some(word));
    assert_eq!(agree(&mut chain, &own), None);
    assert_eq!(agree(&mut chain, &helpers), Some(TxRefused::UnknownCircle));
    chain.block(1, &[withdraw(&chain, GIVE)]);
    for tx in [own, helpers] {
        assert_eq!(agree(&mut chain, &tx), Some(TxRefused::Reviewer));
    }
    let first = chain.revoke_tx(HAND, GIVE, MerklePath::single());
    assert_eq!(agree(&mut chain, &first), None);
}

#[test]
fn a_mandate_serves_what_it_is_for_and_nothing_else() {
    for what in MandateFor::ALL {
        let mut chain = Chain::new(4);
        // One of the permission's places, so that only what it is for decides.
        let txs = [enrol_for(what, &chain, STOP, 2), plain(&chain, 5)];
        chain.block(1, &txs);
        let (given, stopped) = (give(&chain, 2, mandate(STOP)), stop(&chain, 5, 2, 0, mandate(STOP)));
        let refused = |right| (what != right).then_some(TxRefused::Mandate);
        assert_eq!(agree(&mut chain, &given), refused(MandateFor::Giving), "{what:?}");
        assert_eq!(agree(&mut chain, &stopped), refused(MandateFor::Stopping), "{what:?}");
    }
}

/// Computed apart from this crate, with another implementation of SHA-256.
#[test]
fn the_golden_commitments_hold() {
    let (chain, hand) = (ChainId([1; 32]), VerifyingKey([3; 32]));
    let of = |what| mandate_commitment(what, &chain, &[2; 32], &hand).to_string();
    assert_eq!(MandateFor::ALL.map(of), [GIVING, STOPPING, OBJECTING]);
}

#[test]
fn a_mandate_withdrawn_before_its_use_gives_nothing() {
    let mut chain = Chain::new(4);
    let txs = [enrol(&chain, GIVE, HAND), withdraw(&chain, GIVE)];
    chain.block(1, &txs);
    let tx = give(&chain, HAND, mandate(GIVE));
    assert_eq!(agree(&mut chain, &tx), Some(TxRefused::EnrolmentWithdrawn));
    // In one block the order decides, and both orders are recorded as they came.
    let mut chain = Chain::new(4);
    let enrolled = enrol(&chain, GIVE, HAND);
    let (given, gone) = (give(&chain, HAND, mandate(GIVE)), withdraw(&chain, GIVE));
    let effects = chain.block(1, &[enrolled, gone, given]);
    let outcomes: Vec<_> = effects.results.iter().map(|result| result.outcome).collect();
    assert_eq!(outcomes, [Ok(()), Ok(()), Err(TxRefused::EnrolmentWithdrawn)]);
}

#[test]
fn a_stop_needs_its_place_its_key_and_a_permission_that_has_places() {
    let mut chain = Chain::new(4);
    let txs = [enrol(&chain, STOP, 2), enrol(&chain, GIVE, 2), plain(&chain, 5), chain.grant_tx(6)];
    chain.block(1, &txs);
    let cases = [
        (stop(&chain, 7, 2, 0, mandate(STOP)), TxRefused::UnknownGrant),
        // Without a root, and with a mandate that is not under it.
        (stop(&chain, 6, 2, 0, mandate(STOP)), TxRefused::Revoker),
        (stop(&chain, 5, 2, 0, mandate(GIVE)), TxRefused::Revoker),
        (stop(&chain, 5, 2, 1, mandate(STOP)), TxRefused::Revoker),
        (stop(&chain, 5, 2, 1, mandate(OTHER)), TxRefused::UnknownEnrolment),
        (stop(&chain, 5, 3, 0, mandate(STOP)), TxRefused::Mandate),
    ];
    for (tx, why) in cases {
        assert_eq!(agree(&mut chain, &tx), Some(why), "{tx:?}");
    }
    let Tx::MandatedRevoke(mut forged) = stop(&chain, 5, 2, 0, mandate(STOP)) else { panic!() };
    forged.signature.0[5] ^= 1;
    assert_eq!(agree(&mut chain, &Tx::MandatedRevoke(forged)), Some(TxRefused::Signature));
    // The key of a mandate that is under the root stops by itself: it is the person's own.
    let path = merkle::path(&leaves(), 0).unwrap();
    let body = RevokeBody { grant_id: chain.grant_id(5), revoker_pk: key(STOP).verifying_key(), path };
    let tx = Tx::Revoke(body.sign(&chain.ctx.chain_id, 4, &key(STOP)));
    assert_eq!(agree(&mut chain, &tx), None);
}

#[test]
fn the_encodings_are_strict_and_their_records_too() {
    let chain = Chain::new(4);
    for tx in [give(&chain, HAND, mandate(GIVE)), stop(&chain, 5, 2, 0, mandate(STOP))] {
        let octets = tx.encode();
        assert_eq!(Tx::decode(&octets), Ok(tx));
        assert!((0..octets.len()).all(|cut| Tx::decode(&octets[..cut]).is_err()));
        assert!(Tx::decode(&[&octets[..], &[0]].concat()).is_err());
    }
    let record = MandateRecord { mandate_pk: VerifyingKey([1; 32]), grant_id: GrantId([2; 32]) };
    assert_eq!(MandateRecord::decode(&record.encode()), Ok(record));
    assert_ne!(StateKey::Mandate(VerifyingKey([1; 32])).hash(), StateKey::Mandated(GrantId([1; 32])).hash());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    // Whatever is tried in whatever order: once a mandate is withdrawn, its laptop's key changes nothing any more.
    #[test]
    fn after_its_removal_no_order_of_acts_lets_a_laptop_do_anything(acts in prop::collection::vec(0u8..5, 1..14)) {
        let mut chain = Chain::new(4);
        let begun = [enrol(&chain, GIVE, HAND), enrol(&chain, OTHER, 2), plain(&chain, 5)];
        chain.block(1, &begun);
        let mut removed = false;
        for act in acts {
            let tx = match act {
                0 => give(&chain, HAND, mandate(GIVE)),
                1 => chain.revoke_tx(HAND, HAND, MerklePath::single()),
                2 => stop(&chain, 5, 2, 1, mandate(OTHER)),
                3 => withdraw(&chain, GIVE),
                _ => withdraw(&chain, OTHER),
            };
            let effects = chain.block(1, &[tx]);
            if removed && act < 3 {
                prop_assert!(effects.results[0].outcome.is_err());
                prop_assert_eq!(effects.events, []);
            }
            if act == 3 && !removed {
                // Both at once, as the application removes a laptop.
                let rest = withdraw(&chain, OTHER);
                chain.block(1, &[rest]);
                removed = true;
            }
        }
    }
}
