//! Changes: what takes power away is at once, what gives it waits 72 hours and can be objected to, and nobody raises themselves.

use super::family::*;
use crate::circle::{Change, Delegate, Policy, Signer};
use crate::fixture::DAY;
use crate::ids::Hash32;
use crate::state::TxRefused;
use crate::tx::Tx;

fn longer(seed: u8) -> Delegate {
    let mut wider = steward(seed);
    wider.longest_ms = 20 * DAY;
    wider
}

fn longest(family: &Family, seat: u8) -> i64 {
    family.circle().seated(seat).unwrap().delegate.longest_ms
}

#[test]
fn a_raise_waits_72_hours_and_can_be_objected_to() {
    let mut family = Family::new();
    assert_eq!(family.change(PERSON, Change::RaiseDelegate(1, longer(ANNA))), Ok(()));
    let waiting = family.waiting();
    let begun = family.chain.time_ms;
    assert_eq!(family.circle().pending.unwrap().effective_ms, Some(begun + 72 * HOUR));
    family.wait(72 * HOUR - 2);
    assert_eq!(longest(&family, 1), 10 * DAY);
    assert_eq!(family.give(1, ANNA, 15 * DAY, &[1]), Err(TxRefused::BeyondPower));
    // That block was a millisecond before the end; the next is at it.
    assert_eq!(family.give(1, ANNA, 15 * DAY, &[1]), Ok(()));
    assert_eq!(longest(&family, 1), 20 * DAY);
    assert_eq!(family.object(BEN, waiting), Err(TxRefused::NothingWaits));

    let mut family = Family::new();
    assert_eq!(family.change(PERSON, Change::RaiseDelegate(1, longer(ANNA))), Ok(()));
    let waiting = family.waiting();
    assert_eq!(family.object(BEN, waiting), Ok(()));
    family.wait(30 * DAY);
    assert_eq!(longest(&family, 1), 10 * DAY);
}

#[test]
fn a_raise_called_a_lowering_is_refused() {
    let mut family = Family::new();
    let as_it_is = steward(ANNA);
    let wider: [fn(&mut Delegate); 8] = [
        |d| d.longest_ms += 1,
        |d| d.lapses_ms += 1,
        |d| d.begins_ms -= 1,
        |d| d.categories_root = Hash32([9; 32]),
        |d| d.recipients_root = Hash32([9; 32]),
        |d| d.instrument_hash = Hash32([9; 32]),
        |d| d.pk = pk(31),
        |d| d.begins_ms = d.lapses_ms,
    ];
    for change in wider {
        let mut to = as_it_is;
        change(&mut to);
        assert_eq!(family.change(PERSON, Change::LowerDelegate(1, to)), Err(TxRefused::CircleForm));
    }
    // A review at zero has no octets of its own, they would mean none: so no application may ask for it, and no block can.
    let to = Delegate { review_ms: Some(0), ..as_it_is };
    let (change, circle) = (Change::LowerDelegate(1, to), family.circle());
    let refused = circle.propose(family.chain.time_ms, Signer::Patient, &change, Hash32::ZERO).err();
    assert_eq!(refused, Some(TxRefused::CircleForm));
    let narrower: [fn(&mut Delegate); 5] = [
        |d| d.longest_ms -= 1,
        |d| d.lapses_ms -= 1,
        |d| d.begins_ms += 1,
        |d| d.review_ms = Some(d.lapses_ms),
        |d| d.categories_root = Hash32::ZERO,
    ];
    let mut to = as_it_is;
    for change in narrower {
        change(&mut to);
        assert_eq!(family.change(PERSON, Change::LowerDelegate(1, to)), Ok(()));
        assert_eq!(family.circle().seated(1).unwrap().delegate, to);
    }
    // A review that is none is later than any.
    to.review_ms = None;
    assert_eq!(family.change(PERSON, Change::LowerDelegate(1, to)), Err(TxRefused::CircleForm));
    // Approver becomes steward: more. Recipients that are named become anybody: more.
    let mut ben = approver(BEN);
    ben.role = crate::circle::Role::Steward;
    assert_eq!(family.change(PERSON, Change::LowerDelegate(2, ben)), Err(TxRefused::CircleForm));
    let mut family = Family::with(|body| body.delegates[0].recipients_root = Hash32([9; 32]));
    assert_eq!(family.change(PERSON, Change::LowerDelegate(1, as_it_is)), Err(TxRefused::CircleForm));
}

#[test]
fn nobody_lengthens_a_power_of_their_own() {
    let mut family = Family::new();
    assert_eq!(family.change(ANNA, Change::RaiseDelegate(1, longer(ANNA))), Err(TxRefused::Concerned));
    // Another may ask; the one concerned does not count among those who approve.
    assert_eq!(family.change(BEN, Change::RaiseDelegate(1, longer(ANNA))), Ok(()));
    let waiting = family.waiting();
    assert_eq!(family.approve(ANNA, waiting), Err(TxRefused::Concerned));
    assert_eq!(family.approve(CLEO, waiting), Ok(()));
    family.wait(30 * DAY);
    assert_eq!(longest(&family, 1), 10 * DAY);
}

#[test]
fn delegates_together_wait_72_hours_from_the_last_approval() {
    let mut family = Family::with(|body| body.delegates[3].beginning = crate::circle::Beginning::AtOnce);
    assert_eq!(family.change(BEN, Change::RaiseDelegate(1, longer(ANNA))), Ok(()));
    let waiting = family.waiting();
    assert_eq!(family.approve(CLEO, waiting), Ok(()));
    family.wait(10 * DAY);
    assert_eq!(family.approve(DAN, waiting), Ok(()));
    family.wait(72 * HOUR - 2);
    assert_eq!(longest(&family, 1), 10 * DAY);
    family.wait(1);
    assert_eq!(longest(&family, 1), 20 * DAY);
}

#[test]
fn one_change_waits_at_a_time_and_the_person_comes_first() {
    let mut family = Family::new();
    assert_eq!(family.change(ANNA, Change::AddDelegate(steward(31))), Ok(()));
    assert_eq!(family.change(BEN, Change::AddDelegate(steward(32))), Err(TxRefused::ChangeWaits));
    let recovery = family.change(GUARDIANS[0], Change::ReplacePatient(pk(40)));
    assert_eq!(recovery, Err(TxRefused::ChangeWaits));
    assert_eq!(family.change(PERSON, Change::AddDelegate(approver(33))), Ok(()));
    family.wait(3 * DAY);
    let last = family.circle().delegates.last().unwrap().clone();
    assert_eq!((last.seat, last.delegate.pk), (5, pk(33)));
}

#[test]
fn a_change_is_recorded_once_and_onto_what_its_signer_saw() {
    let mut family = Family::new();
    let lower = Policy { veto_ms: 2 * DAY, ..policy() };
    let tx = family.change_tx(PERSON, Change::SetPolicy(lower));
    let late = family.change_tx(PERSON, Change::AddDelegate(approver(33)));
    assert_eq!(family.run(tx.clone()), Ok(()));
    assert_eq!(family.run(tx), Err(TxRefused::CircleRevision));
    assert_eq!(family.run(late), Err(TxRefused::CircleRevision));
    let Tx::CircleChange(mut forged) = family.change_tx(PERSON, Change::RemoveDelegate(2)) else { panic!() };
    forged.signature.0[0] ^= 1;
    assert_eq!(family.run(Tx::CircleChange(forged)), Err(TxRefused::Signature));
}

#[test]
fn a_stricter_policy_is_at_once_and_a_looser_one_waits() {
    let mut family = Family::with(|body| body.policy.objector = 2);
    let now = family.circle().policy;
    let looser = [
        Policy { approvals: 1, ..now },
        Policy { long_ms: now.long_ms + 1, ..now },
        Policy { ordinary_root: Hash32([9; 32]), ..now },
        Policy { veto_ms: 0, ..now },
        Policy { objector: 1, ..now },
    ];
    for policy in looser {
        assert_eq!(family.change(PERSON, Change::SetPolicy(policy)), Ok(()));
        assert_eq!(family.circle().policy, now);
    }
    let stricter =
        Policy { approvals: 3, long_ms: DAY, ordinary_root: Hash32::ZERO, veto_ms: 2 * DAY, objector: 0 };
    assert_eq!(family.change(PERSON, Change::SetPolicy(stricter)), Ok(()));
    assert_eq!(family.circle().policy, stricter);
    // The looser one that waited is void: it would undo what the person wants now.
    assert_eq!(family.circle().pending, None);
}

#[test]
fn approvals_that_nobody_can_give_any_more_stay_needed() {
    let mut family = Family::new();
    for seat in [2, 3] {
        assert_eq!(family.change(PERSON, Change::RemoveDelegate(seat)), Ok(()));
    }
    assert_eq!(family.circle().policy.approvals, 2);
    assert_eq!(family.give(1, ANNA, DAY, &[SENSITIVE]), Ok(()));
    assert_eq!(family.given(1).needs, 2);
    // The rest of the policy can still be tightened, and more approvals than there can be are not asked for anew.
    let tighter = Policy { veto_ms: 2 * DAY, ..policy() };
    assert_eq!(family.change(PERSON, Change::SetPolicy(tighter)), Ok(()));
    assert_eq!(family.circle().policy, tighter);
    let more = Policy { approvals: 3, ..tighter };
    assert_eq!(family.change(PERSON, Change::SetPolicy(more)), Err(TxRefused::CircleForm));
}

#[test]
fn what_the_person_narrows_is_not_raised_by_what_waited() {
    let mut family = Family::new();
    assert_eq!(family.change(BEN, Change::RaiseDelegate(1, longer(ANNA))), Ok(()));
    let mut narrower = steward(ANNA);
    narrower.longest_ms = DAY;
    assert_eq!(family.change(PERSON, Change::LowerDelegate(1, narrower)), Ok(()));
    assert_eq!(family.circle().pending, None);
    // A change that concerns somebody else goes on waiting.
    assert_eq!(family.change(BEN, Change::AddDelegate(steward(31))), Ok(()));
    narrower.longest_ms = HOUR;
    assert_eq!(family.change(PERSON, Change::LowerDelegate(1, narrower)), Ok(()));
    assert!(family.circle().pending.is_some());
}
