//! Colluding approvers below m, approvals played back, objections, and an approver who tries to issue.

use super::family::*;
use crate::circle::{Change, Policy, Subject};
use crate::fixture::DAY;
use crate::state::{GrantStatus, TxRefused};
use crate::tx::Tx;

/// Anna's permission 1 of a sensitive category, which needs two approvals.
fn sensitive(family: &mut Family) -> Subject {
    assert_eq!(family.give(1, ANNA, 3 * DAY, &[1, SENSITIVE]), Ok(()));
    assert_eq!((family.given(1).needs, family.given(1).ready_ms), (2, None));
    family.subject(1)
}

#[test]
fn approvers_below_m_open_nothing_and_nobody_counts_twice() {
    let mut family = Family::new();
    let subject = sensitive(&mut family);
    assert_eq!(family.opens(1), Err(TxRefused::PermissionRests));
    assert_eq!(family.approve(ANNA, subject), Err(TxRefused::Concerned));
    assert_eq!(family.approve(BEN, subject), Ok(()));
    assert_eq!(family.approve(BEN, subject), Err(TxRefused::AlreadySaid));
    // Dan is a delegate, but his power waits for attestations; guardians and strangers are none.
    assert_eq!(family.approve(DAN, subject), Err(TxRefused::PowerNotInForce));
    assert_eq!(family.approve(GUARDIANS[0], subject), Err(TxRefused::BeyondRole));
    assert_eq!(family.approve(99, subject), Err(TxRefused::CircleSigner));
    family.wait(2 * DAY);
    assert_eq!(family.opens(1), Err(TxRefused::PermissionRests));
}

#[test]
fn the_last_approval_begins_the_veto_window() {
    let mut family = Family::new();
    let subject = sensitive(&mut family);
    assert_eq!(family.approve(BEN, subject), Ok(()));
    assert_eq!(family.approve(CLEO, subject), Ok(()));
    let ready = family.chain.time_ms + DAY;
    assert_eq!(family.given(1).ready_ms, Some(ready));
    family.wait(DAY - 1);
    assert_eq!(family.opens(1), Err(TxRefused::PermissionRests));
    family.wait(1);
    assert_eq!((family.chain.time_ms, family.opens(1)), (ready, Ok(())));
}

#[test]
fn an_approval_cannot_be_played_back() {
    let mut family = Family::new();
    let subject = sensitive(&mut family);
    let early = family.approve_tx(BEN, subject);
    // The circle changed since Ben signed.
    assert_eq!(family.change(PERSON, Change::SetPolicy(Policy { veto_ms: 2 * DAY, ..policy() })), Ok(()));
    assert_eq!(family.run(early), Err(TxRefused::CircleRevision));
    // For another permission, under the same signature.
    assert_eq!(family.give(2, ANNA, 3 * DAY, &[SENSITIVE]), Ok(()));
    let Tx::Approve(mut other) = family.approve_tx(BEN, subject) else { panic!() };
    other.body.subject = family.subject(2);
    let signature = family.run(Tx::Approve(other));
    assert!(matches!(signature, Err(TxRefused::Signature | TxRefused::ProofOfWork)));
    assert!(family.given(2).approvals.is_empty());
}

#[test]
fn an_approval_of_a_change_is_not_one_of_the_same_change_asked_again() {
    let mut family = Family::new();
    assert_eq!(family.change(ANNA, Change::AddDelegate(steward(31))), Ok(()));
    let first = family.waiting();
    assert_eq!(family.approve(BEN, first), Ok(()));
    assert_eq!(family.object(CLEO, first), Ok(()));
    assert_eq!(family.change(ANNA, Change::AddDelegate(steward(31))), Ok(()));
    assert_ne!(family.waiting(), first);
    assert!(family.circle().pending.unwrap().approvals.is_empty());
    assert_eq!(family.approve(CLEO, first), Err(TxRefused::NothingWaits));
    // An objection of before neither.
    assert_eq!(family.object(CLEO, first), Err(TxRefused::NothingWaits));
}

#[test]
fn who_was_removed_after_approving_does_not_count() {
    let mut family = Family::new();
    let subject = sensitive(&mut family);
    assert_eq!(family.approve(BEN, subject), Ok(()));
    assert_eq!(family.change(PERSON, Change::RemoveDelegate(2)), Ok(()));
    assert_eq!(family.approve(CLEO, subject), Ok(()));
    assert_eq!((family.given(1).ready_ms, family.given(1).approvals), (None, vec![3]));
    // Nor does it help when the steward is the one who went.
    assert_eq!(family.change(PERSON, Change::RemoveDelegate(1)), Ok(()));
    assert_eq!(family.approve(CLEO, subject), Err(TxRefused::PowerNotInForce));
}

#[test]
fn an_objection_in_the_window_ends_it_for_ever() {
    for by in [PERSON, BEN, DAN, GUARDIANS[1]] {
        let mut family = Family::new();
        let subject = sensitive(&mut family);
        assert_eq!(family.approve(BEN, subject), Ok(()));
        assert_eq!(family.approve(CLEO, subject), Ok(()));
        assert_eq!(family.object(by, subject), Ok(()));
        let grant = family.chain.grant(1).unwrap();
        assert_eq!(grant.status_at(family.chain.time_ms), GrantStatus::Revoked, "so that shares are erased");
        family.wait(DAY);
        assert_eq!(family.opens(1), Err(TxRefused::Ended));
        assert_eq!(family.object(by, subject), Err(TxRefused::Ended));
    }
}

#[test]
fn a_named_objector_is_asked_in_the_window_and_anybody_stops_after_it() {
    let named = |family: &mut Family| {
        let subject = sensitive(family);
        assert_eq!(family.approve(BEN, subject), Ok(()));
        assert_eq!(family.approve(CLEO, subject), Ok(()));
        subject
    };
    let mut family = Family::with(|body| body.policy.objector = 3);
    let subject = named(&mut family);
    assert_eq!(family.object(BEN, subject), Err(TxRefused::BeyondRole));
    assert_eq!(family.object(GUARDIANS[0], subject), Err(TxRefused::BeyondRole));
    family.wait(DAY);
    assert_eq!(family.opens(1), Ok(()));
    assert_eq!(family.object(GUARDIANS[0], subject), Err(TxRefused::BeyondRole));
    assert_eq!(family.object(BEN, subject), Ok(()));
    assert_eq!(family.opens(1), Err(TxRefused::Ended));

    let mut family = Family::with(|body| body.policy.objector = 3);
    let subject = named(&mut family);
    assert_eq!(family.object(CLEO, subject), Ok(()));
    // When the one who is asked goes, everybody is.
    let mut family = Family::with(|body| body.policy.objector = 3);
    let subject = named(&mut family);
    assert_eq!(family.change(PERSON, Change::RemoveDelegate(3)), Ok(()));
    assert_eq!(family.object(BEN, subject), Ok(()));
}

#[test]
fn an_approver_cannot_issue() {
    let mut family = Family::new();
    assert_eq!(family.give(1, BEN, DAY, &[1]), Err(TxRefused::BeyondRole));
    assert_eq!(family.give(1, GUARDIANS[0], DAY, &[1]), Err(TxRefused::CircleSigner));
    assert_eq!(family.give(1, PERSON, DAY, &[1]), Err(TxRefused::CircleSigner));
}

#[test]
fn of_a_permission_that_needs_none_there_is_nothing_to_approve() {
    let mut family = Family::new();
    assert_eq!(family.give(1, ANNA, DAY, &ORDINARY), Ok(()));
    assert_eq!((family.given(1).needs, family.opens(1)), (0, Ok(())));
    let subject = family.subject(1);
    assert_eq!(family.approve(BEN, subject), Err(TxRefused::AlreadySaid));
    let plain = family.chain.grant_tx(2);
    assert_eq!(family.run(plain), Ok(()));
    let plain = family.subject(2);
    assert_eq!(family.approve(BEN, plain), Err(TxRefused::NothingWaits));
    assert_eq!(family.object(BEN, plain), Err(TxRefused::NothingWaits));
}
