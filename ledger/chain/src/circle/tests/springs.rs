//! A power that waits for two clinicians: before them, with one of them twice, and with an attestation for another power.

use super::family::*;
use crate::circle::{Beginning, Change, Delegate};
use crate::fixture::{DAY, START};
use crate::ids::Hash32;
use crate::state::TxRefused;
use crate::tx::{CredentialBody, CredentialStatus, Tx};

/// A member's word on a clinician's key, and on whose it is.
fn told(family: &Family, seed: u8, of: Option<u8>) -> Tx {
    let body = CredentialBody {
        credential_pk: pk(seed),
        member_index: 1,
        status: CredentialStatus::Active,
        attestation_hash: Hash32([2; 32]),
        valid_until_ms: START + 3650 * DAY,
        nonce: 1,
        subject: of.map(|of| Hash32([of; 32])),
    };
    Tx::Credential(body.sign(&family.chain.ctx.chain_id, &family.chain.keepers[0]))
}

fn is_withdrawn(family: &mut Family, seed: u8) {
    let withdrawn = credential(&family.chain, seed, CredentialStatus::Withdrawn, 2);
    assert_eq!(family.run(withdrawn), Ok(()));
}

fn in_force(family: &Family) -> bool {
    family.circle().in_force(4, family.chain.time_ms + 1)
}

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
fn one_clinician_with_two_keys_is_one() {
    let mut family = Family::new();
    assert_eq!(family.spring(CLINICIANS[0], DAN), Ok(()));
    // Another key of the first, and one of which the member does not say whose it is.
    for (seed, of) in [(160, Some(CLINICIANS[0])), (161, None)] {
        let key = told(&family, seed, of);
        assert_eq!(family.run(key), Ok(()));
        assert_eq!(family.spring(seed, DAN), Err(TxRefused::AlreadySaid));
    }
    assert!(!in_force(&family));
    assert_eq!(family.spring(CLINICIANS[1], DAN), Ok(()));
    assert!(in_force(&family));
}

#[test]
fn what_a_clinician_said_for_whom_no_member_stands_any_more_does_not_count() {
    let mut family = Family::new();
    assert_eq!(family.spring(CLINICIANS[0], DAN), Ok(()));
    is_withdrawn(&mut family, CLINICIANS[0]);
    assert_eq!(family.spring(CLINICIANS[1], DAN), Ok(()));
    assert_eq!(family.circle().attested(&pk(DAN)), [pk(CLINICIANS[1])]);
    assert!(!in_force(&family));
    assert_eq!(family.spring(CLINICIANS[2], DAN), Ok(()));
    assert!(in_force(&family));
    // What has begun goes on: nobody ends it by saying once more that it may begin.
    is_withdrawn(&mut family, CLINICIANS[1]);
    is_withdrawn(&mut family, CLINICIANS[2]);
    let another = told(&family, 160, Some(160));
    assert_eq!(family.run(another), Ok(()));
    assert_eq!(family.spring(160, DAN), Err(TxRefused::AlreadySaid));
    assert!(in_force(&family));
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
