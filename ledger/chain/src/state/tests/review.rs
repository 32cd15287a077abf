//! What is said of an emergency afterwards: by whom, once, and what an objection does.

use super::*;
use crate::circle::{Beginning, Change, Delegate, Guardians, Policy, Role, category_leaf};
use crate::contract::{Ready, contract_hash};
use crate::ids::{CircleId, VerifyingKey};
use crate::tx::{ChangeBody, CircleBody, Entrusted, PaidBody, Verdict};

const DOCTOR: u8 = 201;
const COLLEAGUE: u8 = 202;
const PERSON: u8 = 10;
const ANNA: u8 = 11;
const BEN: u8 = 12;
const LAPSED: u8 = 13;
const GUARDIAN: u8 = 14;
const STRANGER: u8 = 30;

/// The permission 1 under the contract for emergencies, opened by the doctor with a colleague; and the opening.
fn opened() -> (Chain, Tx) {
    let mut chain = Chain::new(1);
    let text = Ready::BreakGlass.text().unwrap();
    let mut body = chain.body(1);
    body.terms.contract_hash = contract_hash(&text);
    let attested = |who| chain.credential_tx(who, CredentialStatus::Active, DAY, 1);
    let txs = [chain.contract_tx(1, &text), chain.sign(1, body), attested(DOCTOR), attested(COLLEAGUE)];
    chain.block(1, &txs);
    let opening = chain.emergency_tx(1, 1, 1, DOCTOR, Some(COLLEAGUE));
    let effects = chain.block(1, std::slice::from_ref(&opening));
    assert_eq!(effects.results[0].outcome, Ok(()));
    (chain, opening)
}

fn act(chain: &Chain, of: &Tx) -> ActRecord {
    chain.record(&StateKey::EmergencyAct(of.hash())).unwrap()
}

fn pk(who: u8) -> VerifyingKey {
    key(who).verifying_key()
}

/// The person's circle: Anna a steward, Ben an approver, another approver whose power lapses in an hour, a guardian.
fn circle(chain: &mut Chain) -> CircleId {
    let leaf = category_leaf(&[1; 16], 1);
    let power = |who: u8, role: Role, lapses_ms: i64| Delegate {
        pk: pk(who),
        role,
        instrument_hash: Hash32([who; 32]),
        categories_root: if role == Role::Steward { merkle::root(&[leaf]) } else { Hash32::ZERO },
        recipients_root: Hash32::ZERO,
        longest_ms: DAY,
        begins_ms: chain.time_ms,
        lapses_ms,
        review_ms: None,
        beginning: Beginning::AtOnce,
    };
    let (long, short) = (chain.time_ms + 60 * DAY, chain.time_ms + 3_600_000);
    let nonce = Nonce16([7; 16]);
    let circle_id = CircleId::derive(&chain.ctx.chain_id, &pk(PERSON), &nonce);
    let body = CircleBody {
        circle_id,
        patient_pk: pk(PERSON),
        nonce,
        valid_until_height: 1000,
        delegates: vec![
            power(ANNA, Role::Steward, long),
            power(BEN, Role::Approver, long),
            power(LAPSED, Role::Approver, short),
        ],
        guardians: Guardians { keys: vec![pk(GUARDIAN)], threshold: 1 },
        policy: Policy {
            approvals: 1,
            long_ms: DAY,
            ordinary_root: merkle::root(&[leaf]),
            veto_ms: DAY,
            objector: 0,
        },
    };
    let tx = Tx::Circle(body.sign(&chain.ctx.chain_id, chain.ctx.params.pow_bits, &key(PERSON)));
    let effects = chain.block(1, &[tx]);
    assert_eq!(effects.results[0].outcome, Ok(()));
    circle_id
}

#[test]
fn the_person_says_once_what_to_think_of_it_and_it_stays() {
    let (mut chain, opening) = opened();
    let before = act(&chain, &opening);
    assert_eq!(
        (before.did, before.by, before.reason, before.at_ms),
        (Did::Opened, pk(DOCTOR), 1, chain.time_ms)
    );
    let justified = chain.review_tx(1, &opening, Verdict::Justified, 1, None);
    let effects = chain.block(1, std::slice::from_ref(&justified));
    assert_eq!(effects.events, [Event::Reviewed(chain.grant_id(1))]);
    let review = Review { by: pk(1), verdict: Verdict::Justified, at_ms: chain.time_ms };
    assert_eq!(act(&chain, &opening), ActRecord { reviews: vec![review], ..before });
    // Neither again, nor otherwise.
    for verdict in Verdict::ALL {
        let again = chain.review_tx(1, &opening, verdict, 1, None);
        assert_eq!(agree(&mut chain, &again), Some(TxRefused::AlreadySaid));
    }
    // What was justified is in nobody's list, and stops nothing.
    assert_eq!(chain.record::<ObjectionCount>(&StateKey::Objections(1)), None);
    assert_eq!(chain.grant(1).unwrap().end, None);
    let (value, proof) = state_tree::prove(&chain.tree, 3, &StateKey::EmergencyAct(opening.hash())).unwrap();
    let root = chain.blocks[2].app_hash().unwrap();
    let key = StateKey::EmergencyAct(opening.hash());
    assert_eq!(proof.verify_presence(&root, &key, &value.unwrap()), Ok(()));
}

#[test]
fn an_objection_is_in_the_list_of_the_member_and_stops_when_it_says_so() {
    let (mut chain, opening) = opened();
    let again = chain.emergency_tx(1, 2, 1, DOCTOR, Some(COLLEAGUE));
    chain.block(1, std::slice::from_ref(&again));
    let objected = chain.review_tx(1, &opening, Verdict::Objected, 1, None);
    chain.block(1, std::slice::from_ref(&objected));
    let expected = ObjectionRecord {
        tx: objected.hash(),
        act: opening.hash(),
        grant_id: chain.grant_id(1),
        credential_pk: pk(DOCTOR),
        verdict: Verdict::Objected,
        at_ms: chain.time_ms,
    };
    let at = |chain: &Chain, place| chain.record::<ObjectionRecord>(&StateKey::Objection(1, place));
    assert_eq!(chain.record(&StateKey::Objections(1)), Some(ObjectionCount(1)));
    assert_eq!((at(&chain, 0), at(&chain, 1)), (Some(expected), None));
    let open = chain.emergency_tx(1, 3, 1, DOCTOR, Some(COLLEAGUE));
    assert_eq!(agree(&mut chain, &open), None);

    let stopped = chain.review_tx(1, &again, Verdict::Stopped, 1, None);
    let effects = chain.block(1, std::slice::from_ref(&stopped));
    let id = chain.grant_id(1);
    assert_eq!(effects.events, [Event::Reviewed(id), Event::Revoked(id)]);
    assert_eq!(chain.grant(1).unwrap().end, Some(GrantEnd { revoked: true, height: chain.height }));
    assert_eq!(agree(&mut chain, &open), Some(TxRefused::Ended));
    assert_eq!(chain.record(&StateKey::Objections(1)), Some(ObjectionCount(2)));
    assert_eq!(at(&chain, 1).map(|one| (one.tx, one.verdict)), Some((stopped.hash(), Verdict::Stopped)));
}

#[test]
fn what_ended_is_reviewed_as_well_and_ends_once() {
    let (mut chain, opening) = opened();
    chain.block(1, &[chain.revoke_tx(1, 1, MerklePath::single())]);
    let ended = chain.grant(1).unwrap().end;
    let stopped = chain.review_tx(1, &opening, Verdict::Stopped, 1, None);
    let effects = chain.block(1, &[stopped]);
    assert_eq!(effects.events, [Event::Reviewed(chain.grant_id(1))]);
    assert_eq!(chain.grant(1).unwrap().end, ended);
}

#[test]
fn every_reason_to_refuse_a_review() {
    let (mut chain, opening) = opened();
    let good = chain.review_tx(1, &opening, Verdict::Objected, 1, None);
    assert_eq!(agree(&mut chain, &good), None);
    let Tx::Review(mut forged) = good.clone() else { panic!() };
    forged.body.verdict = Verdict::Justified;
    forged.body.valid_until_height = 1000;
    assert!(matches!(
        agree(&mut chain, &Tx::Review(forged)),
        Some(TxRefused::ProofOfWork | TxRefused::Signature)
    ));
    // The clinician, the card, anybody.
    for who in [DOCTOR, 101, STRANGER] {
        let tx = chain.review_tx(1, &opening, Verdict::Justified, who, None);
        assert_eq!(agree(&mut chain, &tx), Some(TxRefused::Reviewer));
    }
    let nothing = chain.review_tx(1, &good, Verdict::Objected, 1, None);
    assert_eq!(agree(&mut chain, &nothing), Some(TxRefused::UnknownAct));
    // An act of another permission.
    chain.block(1, &[chain.grant_tx(2)]);
    let other = chain.review_tx(2, &opening, Verdict::Objected, 2, None);
    assert_eq!(agree(&mut chain, &other), Some(TxRefused::UnknownAct));
    let nowhere = chain.review_tx(3, &opening, Verdict::Objected, 3, None);
    assert_eq!(agree(&mut chain, &nowhere), Some(TxRefused::UnknownGrant));
    let Tx::Review(late) = good else { panic!() };
    let mut body = late.body;
    body.valid_until_height = 0;
    let late = Tx::Review(Box::new(body.sign(&chain.ctx.chain_id, chain.ctx.params.pow_bits, &key(1))));
    assert_eq!(agree(&mut chain, &late), Some(TxRefused::TooLate));
}

#[test]
fn helpers_say_it_by_the_persons_word_while_their_power_is_in_force() {
    let (mut chain, opening) = opened();
    let id = circle(&mut chain);
    let (chain_id, grant) = (chain.ctx.chain_id, chain.grant_id(1));
    let word = Entrusted::sign(&grant, id, &chain_id, &key(1));
    let said = |chain: &Chain, who: u8, word: Option<Entrusted>| {
        chain.review_tx(1, &opening, Verdict::Objected, who, word)
    };
    for who in [ANNA, BEN, LAPSED] {
        let tx = said(&chain, who, Some(word));
        assert_eq!(agree(&mut chain, &tx), None);
    }
    // Without the word, with somebody else's, for another permission, and for a circle that there is not.
    let others = Entrusted::sign(&grant, id, &chain_id, &key(ANNA));
    let elsewhere = Entrusted::sign(&chain.grant_id(2), id, &chain_id, &key(1));
    let nowhere = Entrusted::sign(&grant, CircleId([9; 32]), &chain_id, &key(1));
    for (word, why) in [
        (None, TxRefused::Reviewer),
        (Some(others), TxRefused::Reviewer),
        (Some(elsewhere), TxRefused::Signature),
        (Some(nowhere), TxRefused::UnknownCircle),
    ] {
        let tx = said(&chain, ANNA, word);
        assert_eq!(agree(&mut chain, &tx), Some(why));
    }
    for (who, why) in [
        (STRANGER, TxRefused::CircleSigner),
        (1, TxRefused::CircleSigner),
        (GUARDIAN, TxRefused::BeyondRole),
        (PERSON, TxRefused::BeyondRole),
    ] {
        let tx = said(&chain, who, Some(word));
        assert_eq!(agree(&mut chain, &tx), Some(why));
    }
    let anna = said(&chain, ANNA, Some(word));
    chain.block(1, std::slice::from_ref(&anna));
    let again = chain.review_tx(1, &opening, Verdict::Stopped, ANNA, Some(word));
    assert_eq!(agree(&mut chain, &again), Some(TxRefused::AlreadySaid));
    assert_eq!(act(&chain, &opening).reviews.iter().map(|one| one.by).collect::<Vec<_>>(), [pk(ANNA)]);
    // Ben is removed, and the other's power lapses.
    let (revision, change) = (0, Change::RemoveDelegate(2));
    let body =
        ChangeBody { circle_id: id, revision, signer_pk: pk(PERSON), valid_until_height: 1000, change };
    let tx = Tx::CircleChange(body.sign(&chain_id, chain.ctx.params.pow_bits, &key(PERSON)));
    assert_eq!(chain.block(1, &[tx]).results[0].outcome, Ok(()));
    chain.block(3_600_000, &[]);
    for (who, why) in [(BEN, TxRefused::CircleSigner), (LAPSED, TxRefused::PowerNotInForce)] {
        let tx = said(&chain, who, Some(word));
        assert_eq!(agree(&mut chain, &tx), Some(why));
    }
    // The person has a place of their own, and says it after the helpers.
    let own = said(&chain, 1, None);
    assert_eq!(agree(&mut chain, &own), None);
}

#[test]
fn helpers_leave_a_place_for_the_person() {
    let by = |by: u8| Review { by: VerifyingKey([by; 32]), verdict: Verdict::Objected, at_ms: 1 };
    let mut record = ActRecord {
        grant_id: GrantId([1; 32]),
        did: Did::Opened,
        by: VerifyingKey([2; 32]),
        reason: 1,
        at_ms: 1,
        reviews: Vec::new(),
    };
    for who in 1..16 {
        record = record.reviewed(by(who), Reviewer::Helper).unwrap();
    }
    assert_eq!(record.reviewed(by(16), Reviewer::Helper), Err(TxRefused::TooMany));
    let full = record.reviewed(by(16), Reviewer::Person).unwrap();
    assert_eq!(full.reviews.len(), MAX_REVIEWS);
    assert_eq!(full.reviewed(by(17), Reviewer::Person), Err(TxRefused::TooMany));
}
