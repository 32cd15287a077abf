//! An added laptop of the person: by the person's word it ends a change that waits, and nothing else, as long as its mandate stands.

use super::family::*;
use crate::circle::{Change, Subject};
use crate::codec::Record;
use crate::fixture::{DAY, key};
use crate::ids::{CircleId, Hash32};
use crate::state::TxRefused;
use crate::tx::{
    EnrolBody, Mandate, MandateFor, MandatedObjectBody, MayObject, ObjectBody, PaidBody, Tx, WithdrawBody,
    mandate_commitment,
};

/// The mandate's key, which the first laptop has, and the added laptop's own.
const MANDATE: u8 = 70;
const HAND: u8 = 71;

fn mandate(seed: u8) -> Mandate {
    Mandate { mandate_pk: pk(seed), salt: [seed; 32] }
}

/// Enrols the mandate `seed` for the laptop's key `hand`, to object.
fn enrol(family: &mut Family, seed: u8, hand: u8) {
    enrol_for(MandateFor::Objecting, family, seed, hand);
}

fn enrol_for(what: MandateFor, family: &mut Family, seed: u8, hand: u8) {
    let (chain, bits) = (family.chain.ctx.chain_id, family.chain.ctx.params.pow_bits);
    let commitment = mandate_commitment(what, &chain, &[seed; 32], &pk(hand));
    let body = EnrolBody { enrolment_pk: pk(seed), commitment };
    assert_eq!(family.run(Tx::Enrol(body.sign(&chain, bits, &key(seed)))), Ok(()));
}

/// The first laptop takes the mandate back.
fn withdraw(family: &mut Family, seed: u8) {
    let (chain, bits) = (family.chain.ctx.chain_id, family.chain.ctx.params.pow_bits);
    let body = WithdrawBody { enrolment_pk: pk(seed) };
    assert_eq!(family.run(Tx::Withdraw(body.sign(&chain, bits, &key(seed)))), Ok(()));
}

/// An objection by the laptop's key `hand`, with what `by` says of the mandate.
fn body(family: &Family, waiting: Subject, (by, seed, hand): (u8, u8, u8)) -> MandatedObjectBody {
    let Subject::Change(change) = waiting else { panic!("a permission is no change") };
    let may = MayObject::sign(&family.id, mandate(seed), &family.chain.ctx.chain_id, &key(by));
    let hand_pk = pk(hand);
    MandatedObjectBody { circle_id: family.id, change, may, hand_pk, valid_until_height: 1000 }
}

fn signed(family: &Family, body: MandatedObjectBody, by: u8) -> Tx {
    let (chain, bits) = (family.chain.ctx.chain_id, family.chain.ctx.params.pow_bits);
    Tx::MandatedObject(Box::new(body.sign(&chain, bits, &key(by))))
}

/// What the laptop sends, as its person's first laptop told it.
fn veto(family: &Family, waiting: Subject) -> Tx {
    signed(family, body(family, waiting, (PERSON, MANDATE, HAND)), HAND)
}

/// The guardians ask for the new key 40 together.
fn recovery(family: &mut Family) -> Subject {
    assert_eq!(family.change(GUARDIANS[0], Change::ReplacePatient(pk(40))), Ok(()));
    let waiting = family.waiting();
    for guardian in &GUARDIANS[1..] {
        assert_eq!(family.approve(*guardian, waiting), Ok(()));
    }
    waiting
}

#[test]
fn an_added_laptop_vetoes_a_recovery_once() {
    let mut family = Family::new();
    enrol(&mut family, MANDATE, HAND);
    let waiting = recovery(&mut family);
    family.wait(2 * DAY);
    let tx = veto(&family, waiting);
    assert_eq!(family.run(tx.clone()), Ok(()));
    family.wait(2 * DAY);
    assert_eq!((family.circle().patient_pk, family.circle().pending), (pk(PERSON), None));
    assert_eq!(family.run(tx.clone()), Err(TxRefused::NothingWaits));
    // Asked for once more, it has another name: the objection of before is none to it.
    let again = recovery(&mut family);
    assert_ne!(again, waiting);
    assert_eq!(family.run(tx), Err(TxRefused::NothingWaits));
    let tx = veto(&family, again);
    assert_eq!(family.run(tx), Ok(()));
}

#[test]
fn it_ends_what_any_of_the_circle_may_end_also_what_the_persons_key_asked_for() {
    let mut family = Family::new();
    enrol(&mut family, MANDATE, HAND);
    // Whoever has the first laptop may ask for a new key as well.
    for (by, change) in [(PERSON, Change::ReplacePatient(pk(41))), (ANNA, Change::AddDelegate(approver(42)))]
    {
        assert_eq!(family.change(by, change), Ok(()));
        let tx = veto(&family, family.waiting());
        assert_eq!(family.run(tx), Ok(()));
        assert_eq!(family.circle().pending, None);
    }
}

#[test]
fn a_removed_laptop_vetoes_nothing() {
    let mut family = Family::new();
    enrol(&mut family, MANDATE, HAND);
    let waiting = recovery(&mut family);
    withdraw(&mut family, MANDATE);
    let tx = veto(&family, waiting);
    assert_eq!(family.run(tx), Err(TxRefused::EnrolmentWithdrawn));
    family.wait(3 * DAY);
    assert_eq!(family.circle().patient_pk, pk(40));
}

#[test]
fn a_new_key_of_the_person_makes_the_words_of_the_one_before_void() {
    let mut family = Family::new();
    enrol(&mut family, MANDATE, HAND);
    recovery(&mut family);
    family.wait(3 * DAY);
    assert_eq!(family.change(40, Change::ReplacePatient(pk(43))), Ok(()));
    let waiting = family.waiting();
    let tx = veto(&family, waiting);
    assert_eq!(family.run(tx), Err(TxRefused::CircleSigner));
    // The new key says it anew, of the same mandate.
    let tx = signed(&family, body(&family, waiting, (40, MANDATE, HAND)), HAND);
    assert_eq!(family.run(tx), Ok(()));
}

#[test]
fn only_the_persons_word_counts_for_this_circle_this_mandate_and_this_key() {
    let mut family = Family::new();
    enrol(&mut family, MANDATE, HAND);
    let waiting = recovery(&mut family);
    let right = body(&family, waiting, (PERSON, MANDATE, HAND));
    // Not enrolled; enrolled for another key; with another salt.
    let tx = signed(&family, body(&family, waiting, (PERSON, 72, HAND)), HAND);
    assert_eq!(family.run(tx), Err(TxRefused::UnknownEnrolment));
    let tx = signed(&family, body(&family, waiting, (PERSON, MANDATE, 73)), 73);
    assert_eq!(family.run(tx), Err(TxRefused::Mandate));
    let salted = MayObject { mandate: Mandate { salt: [0; 32], ..mandate(MANDATE) }, ..right.may };
    let tx = signed(&family, MandatedObjectBody { may: salted, ..right }, HAND);
    assert_eq!(family.run(tx), Err(TxRefused::Mandate));
    // The word of somebody else of the circle, of a guardian, of a stranger, and of one in the person's name.
    for by in [ANNA, GUARDIANS[0], HAND] {
        let tx = signed(&family, body(&family, waiting, (by, MANDATE, HAND)), HAND);
        assert_eq!(family.run(tx), Err(TxRefused::CircleSigner));
        let forged = MayObject { person_pk: pk(PERSON), ..body(&family, waiting, (by, MANDATE, HAND)).may };
        let tx = signed(&family, MandatedObjectBody { may: forged, ..right }, HAND);
        assert_eq!(family.run(tx), Err(TxRefused::Signature));
    }
    // The person's word about another circle, and another one's signature under the whole.
    let chain = family.chain.ctx.chain_id;
    let elsewhere = MayObject::sign(&CircleId([9; 32]), mandate(MANDATE), &chain, &key(PERSON));
    let tx = signed(&family, MandatedObjectBody { may: elsewhere, ..right }, HAND);
    assert_eq!(family.run(tx), Err(TxRefused::Signature));
    let tx = signed(&family, right, MANDATE);
    assert_eq!(family.run(tx), Err(TxRefused::Signature));
    let late = MandatedObjectBody { valid_until_height: family.chain.height, ..right };
    let tx = signed(&family, late, HAND);
    assert_eq!(family.run(tx), Err(TxRefused::TooLate));
    assert_eq!(family.circle().pending.map(|pending| Subject::Change(pending.subject)), Some(waiting));
}

#[test]
fn a_mandate_for_something_else_is_none_to_object() {
    let mut family = Family::new();
    enrol_for(MandateFor::Giving, &mut family, MANDATE, HAND);
    enrol_for(MandateFor::Stopping, &mut family, 72, HAND);
    let waiting = recovery(&mut family);
    for seed in [MANDATE, 72] {
        let tx = signed(&family, body(&family, waiting, (PERSON, seed, HAND)), HAND);
        assert_eq!(family.run(tx), Err(TxRefused::Mandate));
    }
}

#[test]
fn it_can_do_nothing_else() {
    let mut family = Family::new();
    enrol(&mut family, MANDATE, HAND);
    assert_eq!(family.give(1, ANNA, DAY, &[SENSITIVE]), Ok(()));
    let waiting = recovery(&mut family);
    for seed in [HAND, MANDATE] {
        assert_eq!(family.approve(seed, waiting), Err(TxRefused::CircleSigner));
        assert_eq!(family.object(seed, waiting), Err(TxRefused::CircleSigner));
        assert_eq!(family.change(seed, Change::RemoveDelegate(1)), Err(TxRefused::CircleSigner));
        let of_permission = family.subject(1);
        assert_eq!(family.object(seed, of_permission), Err(TxRefused::CircleSigner));
    }
    // A permission's name is the name of no change.
    let named = Subject::Change(Hash32(family.chain.grant_id(1).0));
    let tx = veto(&family, named);
    assert_eq!(family.run(tx), Err(TxRefused::NothingWaits));
    assert!(!family.given(1).objected);
    // Nor is the signature one under another transaction.
    let chain = family.chain.ctx.chain_id;
    let body =
        ObjectBody { circle_id: family.id, subject: waiting, signer_pk: pk(HAND), valid_until_height: 1000 };
    let plain = body.sign(&chain, family.chain.ctx.params.pow_bits, &key(HAND));
    assert_eq!(family.run(Tx::Object(plain)), Err(TxRefused::CircleSigner));
}

#[test]
fn the_encoding_is_strict() {
    let mut family = Family::new();
    let waiting = recovery(&mut family);
    let tx = veto(&family, waiting);
    let octets = tx.encode();
    assert_eq!((octets[1], octets.len()), (0x1a, 2 + 32 + 32 + (32 + 64 + 64) + 32 + 8 + 8 + 64));
    assert_eq!(Tx::decode(&octets), Ok(tx));
    assert!((0..octets.len()).all(|cut| Tx::decode(&octets[..cut]).is_err()));
    assert!(Tx::decode(&[&octets[..], &[0]].concat()).is_err());
}
