//! Guardians: together they give the person a new key, in the open and after 72 hours; else nothing.

use super::family::*;
use crate::circle::{Change, Guardians};
use crate::fixture::DAY;
use crate::state::TxRefused;

/// The guardians ask for the new key 40, and as many as given agree.
fn recovery(family: &mut Family, agree: usize) -> crate::circle::Subject {
    assert_eq!(family.change(GUARDIANS[0], Change::ReplacePatient(pk(40))), Ok(()));
    let waiting = family.waiting();
    for guardian in &GUARDIANS[1..agree] {
        assert_eq!(family.approve(*guardian, waiting), Ok(()));
    }
    waiting
}

#[test]
fn two_guardians_below_t_recover_nothing() {
    let mut family = Family::new();
    let waiting = recovery(&mut family, 2);
    assert_eq!(family.approve(GUARDIANS[0], waiting), Err(TxRefused::Concerned));
    assert_eq!(family.approve(GUARDIANS[1], waiting), Err(TxRefused::AlreadySaid));
    // Delegates are no guardians, and the person's key needs no approval.
    assert_eq!(family.approve(ANNA, waiting), Err(TxRefused::BeyondRole));
    assert_eq!(family.approve(PERSON, waiting), Err(TxRefused::BeyondRole));
    family.wait(30 * DAY);
    assert_eq!(family.circle().patient_pk, pk(PERSON));
}

#[test]
fn recovery_waits_72_hours_and_the_old_key_is_nobody_then() {
    let mut family = Family::new();
    recovery(&mut family, 3);
    family.wait(3 * DAY - 2);
    assert_eq!(family.circle().patient_pk, pk(PERSON));
    family.wait(1);
    assert_eq!(family.circle().patient_pk, pk(40));
    assert_eq!(family.change(PERSON, Change::RemoveDelegate(1)), Err(TxRefused::CircleSigner));
    assert_eq!(family.change(40, Change::RemoveDelegate(1)), Ok(()));
}

#[test]
fn anybody_of_the_circle_vetoes_a_recovery() {
    for by in [PERSON, CLEO, DAN, GUARDIANS[2]] {
        let mut family = Family::new();
        let waiting = recovery(&mut family, 3);
        family.wait(2 * DAY);
        assert_eq!(family.object(99, waiting), Err(TxRefused::CircleSigner));
        assert_eq!(family.object(by, waiting), Ok(()));
        family.wait(2 * DAY);
        assert_eq!(family.circle().patient_pk, pk(PERSON));
        assert_eq!(family.object(by, waiting), Err(TxRefused::NothingWaits));
    }
}

#[test]
fn guardians_do_nothing_else() {
    let mut family = Family::new();
    let beyond = Err(TxRefused::BeyondRole);
    let by = GUARDIANS[0];
    assert_eq!(family.change(by, Change::RemoveDelegate(1)), beyond);
    assert_eq!(family.change(by, Change::AddDelegate(steward(31))), beyond);
    assert_eq!(family.change(by, Change::SetPolicy(policy())), beyond);
    assert_eq!(family.change(by, Change::Handover), beyond);
    let alone = Guardians { keys: vec![pk(by)], threshold: 1 };
    assert_eq!(family.change(by, Change::SetGuardians(alone)), beyond);
    // Nor is the new key a key that somebody of the circle holds.
    for seed in [ANNA, GUARDIANS[1], PERSON] {
        let to = Change::ReplacePatient(pk(seed));
        assert_eq!(family.change(by, to), Err(TxRefused::CircleForm));
    }
}

#[test]
fn the_person_changes_the_guardians_after_72_hours() {
    let mut family = Family::new();
    let others = Guardians { keys: vec![pk(41), pk(42)], threshold: 2 };
    assert_eq!(family.change(PERSON, Change::SetGuardians(others.clone())), Ok(()));
    assert_ne!(family.circle().guardians, others);
    family.wait(3 * DAY);
    assert_eq!(family.circle().guardians, others);
    let one = Guardians { keys: vec![pk(ANNA)], threshold: 1 };
    assert_eq!(family.change(PERSON, Change::SetGuardians(one)), Err(TxRefused::CircleForm));
}
