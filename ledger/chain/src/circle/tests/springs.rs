//! A power that waits for two clinicians: before them, with one of them twice, and with an attestation for another power.

use super::family::*;
use crate::circle::{Beginning, Change, Delegate};
use crate::fixture::DAY;
use crate::state::TxRefused;
use crate::tx::CredentialStatus;

#[test]
fn a_springing_power_holds_after_two_different_clinicians() {
    let mut family = Family::new();
    let waits = Err(TxRefused::PowerNotInForce);
    assert_eq!(family.give(1, DAN, DAY, &[1]), waits);
    assert_eq!(family.spring(CLINICIANS[0], DAN), Ok(()));
    assert_eq!(family.give(1, DAN, DAY, &[1]), waits);
    assert_eq!(family.spring(CLINICIANS[0], DAN), Err(TxRefused::AlreadySaid));
    assert_eq!(family.give(1, DAN, DAY, &[1]), waits);
    assert_eq!(family.spring(CLINICIANS[1], DAN), Ok(()));
    assert_eq!(family.give(1, DAN, DAY, &[1]), Ok(()));
    assert_eq!(family.opens(1), Ok(()));
    assert_eq!(family.spring(CLINICIANS[2], DAN), Err(TxRefused::AlreadySaid));
}

#[test]
fn only_attested_clinicians_and_only_for_a_power_that_waits() {
    let mut family = Family::new();
    assert_eq!(family.spring(99, DAN), Err(TxRefused::Credential));
    assert_eq!(family.spring(CLINICIANS[0], ANNA), Err(TxRefused::NothingWaits));
    assert_eq!(family.spring(CLINICIANS[0], 99), Err(TxRefused::NothingWaits));
    let suspended = credential(&family.chain, CLINICIANS[0], CredentialStatus::Suspended, 2);
    assert_eq!(family.run(suspended), Ok(()));
    assert_eq!(family.spring(CLINICIANS[0], DAN), Err(TxRefused::Credential));
    // A delegate whose key of the circle a member attested vouches for nobody.
    let ben = credential(&family.chain, BEN, CredentialStatus::Active, 1);
    assert_eq!(family.run(ben), Ok(()));
    assert_eq!(family.spring(BEN, DAN), Err(TxRefused::Concerned));
}

#[test]
fn an_attestation_is_for_the_power_as_it_was() {
    let mut family = Family::new();
    let early = family.spring_tx(CLINICIANS[0], DAN);
    assert_eq!(family.spring(CLINICIANS[1], DAN), Ok(()));
    let mut wider = family.circle().seated(4).unwrap().delegate;
    wider.longest_ms += DAY;
    assert_eq!(family.change(PERSON, Change::RaiseDelegate(4, wider)), Ok(()));
    family.wait(3 * DAY);
    assert!(family.circle().seated(4).unwrap().attested.is_empty());
    assert_eq!(family.run(early), Err(TxRefused::CircleRevision));
    // Narrower is still what was attested.
    assert_eq!(family.spring(CLINICIANS[0], DAN), Ok(()));
    let mut narrower = wider;
    narrower.longest_ms = DAY;
    assert_eq!(family.change(PERSON, Change::LowerDelegate(4, narrower)), Ok(()));
    assert_eq!(family.circle().seated(4).unwrap().attested.len(), 1);
}

#[test]
fn delegates_together_do_not_make_a_sprung_power_wait_again() {
    let mut family = Family::new();
    assert_eq!(family.spring(CLINICIANS[0], DAN), Ok(()));
    assert_eq!(family.spring(CLINICIANS[1], DAN), Ok(()));
    let as_it_is = family.circle().seated(4).unwrap().delegate;
    let mut wider = as_it_is;
    wider.longest_ms += DAY;
    for to in [as_it_is, wider, Delegate { beginning: Beginning::AtOnce, ..as_it_is }] {
        assert_eq!(family.change(ANNA, Change::RaiseDelegate(4, to)), Err(TxRefused::BeyondRole));
    }
    assert_eq!(family.give(1, DAN, DAY, &[1]), Ok(()));
}
