//! Another laptop of the person, while the one that speaks in the circle is lost: it ends a false recovery; removed, or once another
//! key speaks, it does not.

use salus_light::LightError;

use super::recovery::{agree, guarded, plea, secret};
use super::*;
use crate::laptop::mandate::withdraw;
use crate::laptop::{Veto, veto};

/// The laptop's number in the record.
const NUMBER: u8 = 1;

fn hand(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// What the first laptop draws for its key 5, in a turn.
fn drawn(family: &Family, turn: u8) -> Result<Veto, LightError> {
    let hand_pk = hand(5).verifying_key();
    block_on(veto::draw(&family.town, &family.person, &family.circle, (NUMBER, turn), (3, hand_pk)))
}

fn object(family: &Family, veto: &Veto, change: Hash32) -> Result<(), CircleError> {
    block_on(veto::object(&family.town, veto, change, &hand(5))).map(drop)
}

/// Two guardians ask for a key that the person did not make; the name of what waits then.
fn false_recovery(family: &Family, guardians: &[RelativeSecret; 3]) -> Hash32 {
    let plea = plea(family, &secret(90));
    agree(family, &guardians[0], &plea);
    agree(family, &guardians[1], &plea);
    family.standing().pending.unwrap().subject
}

#[test]
fn an_added_laptop_ends_a_false_recovery() {
    let (family, guardians) = guarded();
    let veto = drawn(&family, 0).unwrap();
    assert_eq!(drawn(&family, 0), Ok(veto), "again is once");
    assert_eq!(object(&family, &veto, Hash32([1; 32])), Err(CircleError::Refused(TxRefused::NothingWaits)));
    let waits = false_recovery(&family, &guardians);
    family.town.wait(DELAY_MS - HOUR);
    let stranger = block_on(veto::object(&family.town, &veto, waits, &hand(6))).unwrap_err();
    assert_eq!(stranger, CircleError::Refused(TxRefused::Mandate));
    object(&family, &veto, waits).unwrap();
    family.town.wait(2 * HOUR);
    assert_eq!(family.standing().patient_pk, family.person.verifying_key());
    assert_eq!(object(&family, &veto, waits), Err(CircleError::Refused(TxRefused::NothingWaits)));
}

#[test]
fn a_removed_laptop_ends_nothing_and_its_place_is_given_anew() {
    let (family, guardians) = guarded();
    let veto = drawn(&family, 0).unwrap();
    let (key, _) = veto::mandate_key(&family.person, &family.circle, NUMBER, 0);
    block_on(withdraw(&family.town, &key)).unwrap();
    let waits = false_recovery(&family, &guardians);
    assert_eq!(
        object(&family, &veto, waits),
        Err(CircleError::Refused(TxRefused::EnrolmentWithdrawn)),
        "by the members' rule"
    );
    assert_eq!(drawn(&family, 0), Err(LightError::Refused(TxRefused::EnrolmentWithdrawn)));
    let anew = drawn(&family, 1).unwrap();
    assert_ne!(anew.may.mandate.mandate_pk, veto.may.mandate.mandate_pk);
    object(&family, &anew, waits).unwrap();
}

#[test]
fn the_word_of_a_key_that_speaks_no_more_says_nothing() {
    let (mut family, guardians) = guarded();
    let veto = drawn(&family, 0).unwrap();
    false_recovery(&family, &guardians);
    family.town.wait(DELAY_MS);
    let thief = secret(90).signing.clone();
    assert_eq!(family.standing().patient_pk, thief.verifying_key());
    let waits = false_recovery_again(&family, &guardians);
    assert_eq!(object(&family, &veto, waits), Err(CircleError::Refused(TxRefused::CircleSigner)));
    // Whoever speaks now draws others, which the key of before does not know.
    let before = veto::mandate_key(&family.person, &family.circle, NUMBER, 0).0.verifying_key();
    family.person = thief;
    let anew = drawn(&family, 0).unwrap();
    assert_ne!(anew.may.mandate.mandate_pk, before);
    object(&family, &anew, waits).unwrap();
}

/// The guardians ask for one more key.
fn false_recovery_again(family: &Family, guardians: &[RelativeSecret; 3]) -> Hash32 {
    agree(family, &guardians[2], &plea(family, &secret(91)));
    family.standing().pending.unwrap().subject
}
