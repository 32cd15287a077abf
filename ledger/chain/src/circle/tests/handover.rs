//! A child comes of age: what the parents permitted rests until the grown-up confirms it, with a key that the parents never had.

use super::family::*;
use crate::circle::Change;
use crate::fixture::DAY;
use crate::state::TxRefused;

#[test]
fn a_handover_freezes_until_a_later_key_confirms() {
    let mut family = Family::new();
    assert_eq!(family.give(1, ANNA, 5 * DAY, &[1]), Ok(()));
    assert_eq!(family.give(2, ANNA, 5 * DAY, &[1]), Ok(()));
    assert_eq!(family.change(PERSON, Change::Handover), Ok(()));
    let rests = Err(TxRefused::PermissionRests);
    assert_eq!((family.opens(1), family.opens(2)), (rests, rests));
    assert_eq!(family.give(3, ANNA, DAY, &[1]), Err(TxRefused::PowerNotInForce));
    assert_eq!(family.change(ANNA, Change::AddDelegate(steward(31))), Err(TxRefused::PowerNotInForce));
    // Who handed over cannot take back by confirming.
    let subject = family.subject(1);
    assert_eq!(family.approve(PERSON, subject), Err(TxRefused::BeyondRole));
    assert_eq!(family.approve(BEN, subject), Err(TxRefused::PowerNotInForce));
    assert_eq!(family.change(PERSON, Change::ReplacePatient(pk(40))), Ok(()));
    family.wait(3 * DAY);
    assert_eq!(family.approve(PERSON, subject), Err(TxRefused::CircleSigner));
    assert_eq!(family.approve(40, subject), Ok(()));
    assert_eq!((family.opens(1), family.opens(2)), (Ok(()), rests));
    // It happens once.
    assert_eq!(family.change(40, Change::Handover), Err(TxRefused::CircleForm));
}

#[test]
fn the_delegates_hand_over_together_when_the_key_holder_does_not() {
    let mut family = Family::new();
    assert_eq!(family.give(1, ANNA, 5 * DAY, &[1]), Ok(()));
    assert_eq!(family.change(ANNA, Change::Handover), Ok(()));
    let waiting = family.waiting();
    assert_eq!(family.approve(BEN, waiting), Ok(()));
    assert_eq!(family.opens(1), Ok(()));
    assert_eq!(family.approve(CLEO, waiting), Ok(()));
    family.wait(3 * DAY);
    assert_eq!(family.opens(1), Err(TxRefused::PermissionRests));
    let subject = family.subject(1);
    assert_eq!(family.approve(PERSON, subject), Err(TxRefused::BeyondRole));
}

#[test]
fn what_an_earlier_key_confirmed_is_not_confirmed() {
    let mut family = Family::new();
    assert_eq!(family.give(1, ANNA, 9 * DAY, &[1]), Ok(()));
    let subject = family.subject(1);
    assert_eq!(family.approve(BEN, subject), Ok(()));
    assert_eq!(family.approve(CLEO, subject), Ok(()));
    family.wait(DAY);
    assert_eq!(family.change(PERSON, Change::RemoveDelegate(1)), Ok(()));
    assert_eq!(family.approve(PERSON, subject), Ok(()));
    assert_eq!(family.opens(1), Ok(()));
    assert_eq!(family.change(PERSON, Change::ReplacePatient(pk(40))), Ok(()));
    family.wait(3 * DAY);
    assert_eq!(family.opens(1), Err(TxRefused::PermissionRests));
    assert_eq!(family.approve(40, subject), Ok(()));
    assert_eq!(family.opens(1), Ok(()));
}
