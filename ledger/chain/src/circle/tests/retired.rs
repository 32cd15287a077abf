//! The person's key retires for another at once, because a thief may have it. Who comes first has the circle; guardians take it back.

use super::family::*;
use crate::circle::{Change, Guardians, Policy, RETIRED_MS};
use crate::fixture::DAY;
use crate::state::TxRefused;

/// Of the one whose laptop was stolen; of the thief, who has the person's first key too; and the one that guardians are asked for.
const OWNER: u8 = 40;
const THIEF: u8 = 41;
const REGAINED: u8 = 42;

#[test]
fn a_retired_key_says_nothing_from_that_block_on() {
    let mut family = Family::new();
    assert_eq!(family.change(PERSON, Change::RetireKey(pk(OWNER))), Ok(()));
    let circle = family.circle();
    assert_eq!((circle.patient_pk, circle.retired_ms), (pk(OWNER), Some(circle.patient_since_ms)));
    for change in [
        Change::RetireKey(pk(THIEF)),
        Change::RemoveDelegate(1),
        Change::AddDelegate(steward(31)),
        Change::Handover,
    ] {
        assert_eq!(family.change(PERSON, change), Err(TxRefused::CircleSigner));
    }
    assert_eq!(family.change(OWNER, Change::RemoveDelegate(1)), Ok(()));
}

#[test]
fn what_the_retired_key_had_waiting_is_void_and_what_others_asked_for_is_not() {
    let mut family = Family::new();
    let thieves = Guardians { keys: vec![pk(THIEF)], threshold: 1 };
    assert_eq!(family.change(PERSON, Change::SetGuardians(thieves)), Ok(()));
    assert_eq!(family.change(PERSON, Change::RetireKey(pk(OWNER))), Ok(()));
    assert_eq!(family.circle().pending, None);
    let mut family = Family::new();
    assert_eq!(family.change(ANNA, Change::AddDelegate(steward(31))), Ok(()));
    assert_eq!(family.change(PERSON, Change::RetireKey(pk(OWNER))), Ok(()));
    assert!(family.circle().pending.is_some());
}

#[test]
fn nobody_else_retires_it_and_not_for_a_key_of_the_circle() {
    let mut family = Family::new();
    for by in [ANNA, BEN, GUARDIANS[0]] {
        assert_eq!(family.change(by, Change::RetireKey(pk(OWNER))), Err(TxRefused::BeyondRole));
    }
    for to in [PERSON, ANNA, GUARDIANS[0]] {
        assert_eq!(family.change(PERSON, Change::RetireKey(pk(to))), Err(TxRefused::CircleForm));
    }
    // What rests after a handover is confirmed by a key that waited.
    assert_eq!(family.change(PERSON, Change::Handover), Ok(()));
    assert_eq!(family.change(PERSON, Change::RetireKey(pk(OWNER))), Err(TxRefused::CircleForm));
}

#[test]
fn guardians_take_the_circle_back_from_a_thief_who_came_first() {
    let mut family = Family::new();
    assert_eq!(family.change(PERSON, Change::RetireKey(pk(THIEF))), Ok(()));
    // The thief keeps something waiting, gets no guardians of their own, lets nobody in who would object, and hides behind no further
    // key.
    let theirs = Guardians { keys: vec![pk(50), pk(51)], threshold: 1 };
    assert_eq!(family.change(THIEF, Change::SetGuardians(theirs)), Err(TxRefused::CircleForm));
    assert_eq!(family.change(THIEF, Change::RetireKey(pk(52))), Err(TxRefused::CircleForm));
    assert_eq!(family.change(THIEF, Change::AddDelegate(approver(53))), Err(TxRefused::BeyondRole));
    let waits = Change::ReplacePatient(pk(53));
    assert_eq!(family.change(THIEF, waits.clone()), Ok(()));
    assert_eq!(family.change(GUARDIANS[0], Change::ReplacePatient(pk(REGAINED))), Ok(()));
    let waiting = family.waiting();
    assert_eq!(family.object(THIEF, waiting), Err(TxRefused::BeyondRole));
    assert_eq!(family.change(THIEF, waits), Err(TxRefused::ChangeWaits));
    assert_eq!(family.approve(GUARDIANS[1], waiting), Ok(()));
    assert_eq!(family.approve(GUARDIANS[2], waiting), Ok(()));
    family.wait(3 * DAY);
    let circle = family.circle();
    assert_eq!((circle.patient_pk, circle.retired_ms), (pk(REGAINED), None));
    assert_eq!(family.change(THIEF, Change::RemoveDelegate(1)), Err(TxRefused::CircleSigner));
    // The regained key is as good as any.
    assert_eq!(family.change(REGAINED, Change::RetireKey(pk(54))), Ok(()));
}

#[test]
fn others_of_the_circle_veto_guardians_also_then_and_the_person_again_after_30_days() {
    for (by, wait, vetoes) in [(ANNA, 1, true), (GUARDIANS[2], 1, true), (OWNER, RETIRED_MS - DAY, false)] {
        let mut family = Family::new();
        assert_eq!(family.change(PERSON, Change::RetireKey(pk(OWNER))), Ok(()));
        family.wait(wait);
        assert_eq!(family.change(GUARDIANS[0], Change::ReplacePatient(pk(THIEF))), Ok(()));
        let waiting = family.waiting();
        let expected = if vetoes { Ok(()) } else { Err(TxRefused::BeyondRole) };
        assert_eq!(family.object(by, waiting), expected);
    }
    let mut family = Family::new();
    assert_eq!(family.change(PERSON, Change::RetireKey(pk(OWNER))), Ok(()));
    family.wait(RETIRED_MS);
    assert!(!family.circle().is_young(family.chain.time_ms));
    assert_eq!(family.change(GUARDIANS[0], Change::ReplacePatient(pk(THIEF))), Ok(()));
    let waiting = family.waiting();
    assert_eq!(family.object(OWNER, waiting), Ok(()));
    assert_eq!(family.change(OWNER, Change::RetireKey(pk(54))), Ok(()));
}

#[test]
fn a_young_key_lets_somebody_in_only_where_nobody_takes_it_back_or_after_30_days() {
    let newcomer = || Change::AddDelegate(approver(53));
    let mut family = Family::new();
    assert_eq!(family.change(PERSON, Change::RetireKey(pk(OWNER))), Ok(()));
    assert_eq!(family.change(OWNER, newcomer()), Err(TxRefused::BeyondRole));
    // Others of the circle do, with the approvals that it takes.
    assert_eq!(family.change(ANNA, newcomer()), Ok(()));
    family.wait(RETIRED_MS);
    assert_eq!(family.change(OWNER, newcomer()), Ok(()));
    let mut family = Family::with(|body| body.guardians = Guardians { keys: Vec::new(), threshold: 0 });
    assert_eq!(family.change(PERSON, Change::RetireKey(pk(OWNER))), Ok(()));
    assert_eq!(family.change(OWNER, newcomer()), Ok(()));
}

#[test]
fn a_young_key_does_not_outrun_guardians_by_changing_something_in_every_block() {
    let stricter = |by: i64| Change::SetPolicy(Policy { veto_ms: policy().veto_ms + by, ..policy() });
    let mut family = Family::new();
    assert_eq!(family.change(PERSON, Change::RetireKey(pk(THIEF))), Ok(()));
    let asked = family.change_tx(GUARDIANS[0], Change::ReplacePatient(pk(REGAINED)));
    assert_eq!(family.change(THIEF, stricter(1)), Ok(()));
    assert_eq!(family.run(asked), Ok(()));
    let waiting = family.waiting();
    let said = [1, 2].map(|guardian| family.approve_tx(GUARDIANS[guardian], waiting));
    for (by, said) in (2..).zip(said) {
        assert_eq!(family.change(THIEF, stricter(by)), Ok(()));
        assert_eq!(family.run(said), Ok(()));
    }
    family.wait(3 * DAY);
    assert_eq!(family.circle().patient_pk, pk(REGAINED));
}

#[test]
fn otherwise_everybody_names_the_revision_that_they_saw() {
    // Of a key that is not young guardians too; of one that is, everybody else.
    for (retired, by, change) in [
        (false, GUARDIANS[0], Change::ReplacePatient(pk(REGAINED))),
        (true, ANNA, Change::AddDelegate(steward(31))),
        (true, OWNER, Change::LowerDelegate(1, steward(ANNA))),
    ] {
        let mut family = Family::new();
        let person = if retired { OWNER } else { PERSON };
        if retired {
            assert_eq!(family.change(PERSON, Change::RetireKey(pk(OWNER))), Ok(()));
        }
        let early = family.change_tx(by, change);
        assert_eq!(family.change(person, Change::RemoveDelegate(4)), Ok(()));
        assert_eq!(family.run(early), Err(TxRefused::CircleRevision), "{by}");
    }
}
