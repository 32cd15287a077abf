//! What is said, in which order, and what is refused.

use salus_chain::circle::{Guardians, Policy, Seated};
use salus_chain::ids::{CircleId, ReaderKey};
use salus_wire::view::HelperLimits;

use super::*;
use crate::family::kept::Known;

const NOW: i64 = 1_795_000_000_000;
const DAY: i64 = 86_400_000;
const PK: VerifyingKey = VerifyingKey([9; 32]);
const ALL: Hash32 = Hash32([2; 32]);
const LEFT: Hash32 = Hash32([3; 32]);

fn circle(beginning: Beginning) -> CircleRecord {
    let delegate = Delegate {
        pk: PK,
        role: Role::Steward,
        instrument_hash: Hash32::ZERO,
        categories_root: ALL,
        recipients_root: Hash32::ZERO,
        longest_ms: 10 * DAY,
        begins_ms: NOW,
        lapses_ms: NOW + 60 * DAY,
        review_ms: None,
        beginning,
    };
    CircleRecord {
        circle_id: CircleId([1; 32]),
        patient_pk: VerifyingKey([1; 32]),
        patient_since_ms: NOW,
        revision: 0,
        next_seat: 2,
        delegates: vec![Seated { seat: 1, delegate, attested: Vec::new() }],
        guardians: Guardians { keys: Vec::new(), threshold: 0 },
        policy: Policy { approvals: 1, long_ms: DAY, ordinary_root: Hash32::ZERO, veto_ms: DAY, objector: 0 },
        pending: None,
        handover_ms: None,
        retired_ms: None,
        height: 1,
    }
}

/// Says it, as the ledger's own rules take it from the person.
fn said(circle: &CircleRecord, left: Hash32) -> CircleRecord {
    let Next::Say(change) = next(circle, &PK, left) else { panic!("nothing is to be said") };
    circle.propose(NOW, Signer::Patient, &change, Hash32([7; 32])).unwrap()
}

#[test]
fn fewer_categories_are_none_at_once_and_those_that_are_left_after_72_hours() {
    let first = said(&circle(Beginning::AtOnce), LEFT);
    assert_eq!(first.delegates[0].delegate.categories_root, Hash32::ZERO);
    let second = said(&first, LEFT);
    assert!(second.pending.is_some());
    assert_eq!(next(&second, &PK, LEFT), Next::Done, "it waits");
    let later = second.at(NOW + 73 * 3_600_000);
    assert_eq!(later.delegates[0].delegate.categories_root, LEFT);
    assert_eq!(next(&later, &PK, LEFT), Next::Done);
    // Beside another change it is said when that is over.
    let other = Change::SetPolicy(Policy { approvals: 1, long_ms: 2 * DAY, ..first.policy });
    let busy = first.propose(NOW, Signer::Patient, &other, Hash32([8; 32])).unwrap();
    assert!(busy.pending.is_some());
    assert_eq!(next(&busy, &PK, LEFT), Next::Later);
}

#[test]
fn nothing_left_is_a_helper_who_only_agrees_at_once() {
    let after = said(&circle(Beginning::AtOnce), Hash32::ZERO);
    let power = after.delegates[0].delegate;
    assert_eq!((power.role, power.categories_root), (Role::Approver, Hash32::ZERO));
    assert_eq!(next(&after, &PK, Hash32::ZERO), Next::Done);
    assert_eq!(next(&after, &VerifyingKey([4; 32]), LEFT), Next::Done, "who is not there loses nothing");
    let handed = CircleRecord { handover_ms: Some(NOW), ..circle(Beginning::AtOnce) };
    assert_eq!(next(&handed, &PK, LEFT), Next::Done);
}

#[test]
fn what_clinicians_said_of_a_power_they_need_not_say_again() {
    for (attested, expected) in [(0, Beginning::Attested), (1, Beginning::Attested), (2, Beginning::AtOnce)] {
        let mut sprung = circle(Beginning::Attested);
        sprung.delegates[0].attested = (0..attested).map(|n| VerifyingKey([40 + n; 32])).collect();
        let lowered = said(&sprung, LEFT);
        let Next::Say(Change::RaiseDelegate(1, to)) = next(&lowered, &PK, LEFT) else { panic!() };
        assert_eq!((to.beginning, to.categories_root), (expected, LEFT));
    }
}

#[test]
fn only_less_is_less() {
    let (heart, pressure, weight) = (Category::HeartRate, Category::BloodPressure, Category::BodyWeight);
    let helper = Helper {
        relative: Known { pk: PK, inbox: ReaderKey([1; ReaderKey::LEN]), name: "Leila".into() },
        limits: HelperLimits {
            role: HelperRole::Steward,
            categories: vec![heart, pressure],
            data_from: 0,
            longest_days: 10,
            begins: NOW,
            lapses: NOW + 60 * DAY,
            review: None,
            after_clinicians: false,
            only_named: false,
            clinicians: Vec::new(),
        },
        told: None,
        keys_until: Some(NOW + DAY),
        generations: Vec::new(),
        narrows: None,
        from_before: false,
        watches: None,
        stops: None,
    };
    for bad in [vec![heart, pressure], vec![weight], vec![heart, heart], vec![heart, pressure, weight]] {
        let refused = narrow(&mut helper.clone(), &bad).unwrap_err();
        assert_eq!(refused.code, ErrorCode::BadRequest, "{bad:?}");
    }
    let mut less = helper.clone();
    narrow(&mut less, &[pressure]).unwrap();
    assert_eq!(narrow(&mut less, &[]).unwrap_err().code, ErrorCode::ChangeWaits);
    settle(&mut less);
    assert_eq!((less.limits.role, less.limits.categories.as_slice()), (HelperRole::Steward, &[pressure][..]));
    assert_eq!(less.given(), [(heart, 0), (pressure, 0)], "what was given stays known");
    narrow(&mut less, &[]).unwrap();
    settle(&mut less);
    assert_eq!((less.limits.role, less.limits.categories.len()), (HelperRole::Approver, 0));
    assert_eq!(narrow(&mut less, &[]).unwrap_err().code, ErrorCode::BadRequest);
}
