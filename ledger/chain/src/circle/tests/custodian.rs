//! The omnipotent custodian: a delegate who tries to be the only one, and the person who undoes a delegate.

use super::family::*;
use crate::circle::{Beginning, Change, Guardians, Policy};
use crate::fixture::{DAY, START};
use crate::ids::Hash32;
use crate::merkle::MerklePath;
use crate::state::TxRefused;
use crate::tx::{RevokeBody, Tx};

#[test]
fn a_delegate_removes_neither_the_person_nor_another() {
    let mut family = Family::new();
    let beyond = Err(TxRefused::BeyondRole);
    assert_eq!(family.change(ANNA, Change::ReplacePatient(pk(99))), beyond);
    let nobody = Guardians { keys: Vec::new(), threshold: 0 };
    assert_eq!(family.change(ANNA, Change::SetGuardians(nobody)), beyond);
    assert_eq!(family.change(ANNA, Change::RemoveDelegate(2)), beyond);
    let mut narrower = approver(BEN);
    narrower.lapses_ms -= DAY;
    assert_eq!(family.change(ANNA, Change::LowerDelegate(2, narrower)), beyond);
    // A raise that is none, and a raise to another key: removal by another name.
    assert_eq!(family.change(ANNA, Change::RaiseDelegate(2, narrower)), beyond);
    let mut longer = approver(ANNA + 80);
    longer.lapses_ms += DAY;
    assert_eq!(family.change(ANNA, Change::RaiseDelegate(2, longer)), Err(TxRefused::CircleForm));
    assert_eq!(family.circle().delegates.len(), 4);
}

#[test]
fn a_delegate_alone_adds_nobody_and_loosens_nothing() {
    let mut family = Family::new();
    let loose = Policy { approvals: 1, veto_ms: 0, ..policy() };
    for change in [Change::AddDelegate(steward(31)), Change::SetPolicy(loose), Change::Handover] {
        assert_eq!(family.change(ANNA, change), Ok(()));
        let waiting = family.waiting();
        // Her own word is not another's.
        assert_eq!(family.approve(ANNA, waiting), Err(TxRefused::Concerned));
        family.wait(3 * DAY);
        assert_eq!(family.circle().pending.unwrap().effective_ms, None);
        assert_eq!(family.object(ANNA, waiting), Ok(()));
    }
    let circle = family.circle();
    assert_eq!((circle.delegates.len(), circle.policy, circle.handover_ms), (4, policy(), None));
}

#[test]
fn the_person_undoes_a_delegate_at_once() {
    let mut family = Family::new();
    assert_eq!(family.give(1, ANNA, DAY, &[1]), Ok(()));
    assert_eq!(family.opens(1), Ok(()));
    assert_eq!(family.change(PERSON, Change::RemoveDelegate(1)), Ok(()));
    // What she permitted rests, and she can permit nothing, approve nothing, ask for nothing.
    assert_eq!(family.opens(1), Err(TxRefused::PermissionRests));
    assert_eq!(family.give(2, ANNA, DAY, &[1]), Err(TxRefused::CircleSigner));
    assert_eq!(family.change(ANNA, Change::AddDelegate(steward(31))), Err(TxRefused::CircleSigner));
    let subject = family.subject(1);
    assert_eq!(family.object(ANNA, subject), Err(TxRefused::CircleSigner));
    // The person may keep what she permitted.
    assert_eq!(family.approve(PERSON, subject), Ok(()));
    assert_eq!(family.opens(1), Ok(()));
    assert_eq!(family.approve(PERSON, subject), Err(TxRefused::AlreadySaid));
}

#[test]
fn nobody_keeps_the_person_from_removing_them_by_changing_the_circle() {
    let mut family = Family::new();
    let remove = |family: &Family, by: u8| family.change_tx(by, Change::RemoveDelegate(1));
    // Signed for the circle as it was; what Anna does then makes everything else that was signed for it void.
    let (removal, own, other) = (remove(&family, PERSON), remove(&family, ANNA), remove(&family, BEN));
    let lower = family.change_tx(PERSON, Change::LowerDelegate(1, steward(ANNA)));
    for _ in 0..3 {
        assert_eq!(family.change(ANNA, Change::AddDelegate(steward(31))), Ok(()));
        let waiting = family.waiting();
        assert_eq!(family.object(ANNA, waiting), Ok(()));
    }
    for stale in [own, other, lower] {
        assert_eq!(family.run(stale), Err(TxRefused::CircleRevision));
    }
    assert_eq!(family.run(removal.clone()), Ok(()));
    assert!(family.circle().seated(1).is_none());
    // Once, and only while the key is the person's.
    assert_eq!(family.run(removal), Err(TxRefused::CircleForm));
    let former = family.change_tx(PERSON, Change::RemoveDelegate(2));
    assert_eq!(family.change(PERSON, Change::RetireKey(pk(40))), Ok(()));
    assert_eq!(family.run(former), Err(TxRefused::CircleRevision));
}

#[test]
fn what_a_removed_delegate_asked_for_or_approved_goes_with_them() {
    let mut family = Family::new();
    assert_eq!(family.change(ANNA, Change::AddDelegate(steward(31))), Ok(()));
    let waiting = family.waiting();
    assert_eq!(family.approve(BEN, waiting), Ok(()));
    assert_eq!(family.approve(CLEO, waiting), Ok(()));
    assert!(family.circle().pending.unwrap().effective_ms.is_some());
    // One approval less: the 72 hours have to begin again.
    assert_eq!(family.change(PERSON, Change::RemoveDelegate(3)), Ok(()));
    let pending = family.circle().pending.unwrap();
    assert_eq!((pending.approvals.len(), pending.effective_ms), (1, None));
    assert_eq!(family.change(PERSON, Change::RemoveDelegate(1)), Ok(()));
    assert_eq!(family.circle().pending, None);
}

#[test]
fn an_approval_that_lapsed_does_not_stand_in_for_one_that_went() {
    let mut family = Family::with(|body| {
        body.delegates[1].lapses_ms = START + DAY;
        body.delegates[3].beginning = Beginning::AtOnce;
    });
    assert_eq!(family.change(ANNA, Change::AddDelegate(steward(31))), Ok(()));
    let waiting = family.waiting();
    assert_eq!(family.approve(BEN, waiting), Ok(()));
    family.wait(DAY);
    assert_eq!(family.approve(CLEO, waiting), Ok(()));
    assert_eq!(family.circle().pending.unwrap().effective_ms, None, "Ben's power lapsed");
    assert_eq!(family.approve(DAN, waiting), Ok(()));
    assert!(family.circle().pending.unwrap().effective_ms.is_some());
    assert_eq!(family.change(PERSON, Change::RemoveDelegate(3)), Ok(()));
    assert_eq!(family.circle().pending.unwrap().effective_ms, None);
}

#[test]
fn a_delegate_lays_a_power_down_and_no_seat_is_given_twice() {
    let mut family = Family::new();
    assert_eq!(family.change(CLEO, Change::RemoveDelegate(3)), Ok(()));
    assert_eq!(family.change(PERSON, Change::AddDelegate(approver(31))), Ok(()));
    family.wait(4 * DAY);
    let seats: Vec<u8> = family.circle().delegates.iter().map(|seated| seated.seat).collect();
    assert_eq!(seats, [1, 2, 4, 5]);
}

#[test]
fn nothing_is_confirmed_in_advance() {
    let mut family = Family::new();
    assert_eq!(family.give(1, ANNA, DAY, &[1]), Ok(()));
    let subject = family.subject(1);
    assert_eq!(family.approve(PERSON, subject), Err(TxRefused::NothingWaits));
}

#[test]
fn any_delegate_and_the_person_can_stop() {
    let mut family = Family::new();
    for (number, by) in [(1, PERSON), (2, BEN), (3, DAN)] {
        assert_eq!(family.give(number, ANNA, DAY, &[1]), Ok(()));
        // Dan's power waits for attestations: stopping needs no power.
        assert_eq!(family.run(stop(&family, number, by)), Ok(()));
        assert_eq!(family.opens(number), Err(TxRefused::Ended));
    }
    assert_eq!(family.give(4, ANNA, DAY, &[1]), Ok(()));
    for by in [GUARDIANS[0], 99] {
        assert_eq!(family.run(stop(&family, 4, by)), Err(TxRefused::Revoker));
    }
    // Nor is anybody of a circle asked about a permission that is none of its own.
    let plain = family.chain.grant_tx(5);
    assert_eq!(family.run(plain), Ok(()));
    assert_eq!(family.run(stop(&family, 5, BEN)), Err(TxRefused::Revoker));
    assert_eq!(family.opens(5), Ok(()));
}

fn stop(family: &Family, number: u8, by: u8) -> Tx {
    let body = RevokeBody {
        grant_id: family.chain.grant_id(number),
        revoker_pk: pk(by),
        path: MerklePath::single(),
    };
    Tx::Revoke(body.sign(
        &family.chain.ctx.chain_id,
        family.chain.ctx.params.pow_bits,
        &crate::fixture::key(by),
    ))
}

#[test]
fn every_reason_to_refuse_a_circle() {
    let form = |change: &dyn Fn(&mut crate::tx::CircleBody)| {
        let chain = crate::fixture::Chain::new(1);
        let mut body = Family::body(&chain);
        change(&mut body);
        let now = crate::state::Head { height: 1, time_ms: chain.time_ms };
        crate::circle::CircleRecord::create(&body, now).err()
    };
    let refused = Some(TxRefused::CircleForm);
    assert_eq!(form(&|_| {}), None);
    assert_eq!(form(&|b| b.delegates.clear()), refused, "two approvals of nobody");
    assert_eq!(form(&|b| (b.delegates, b.policy.approvals) = (Vec::new(), 1)), None);
    assert_eq!(form(&|b| b.delegates[1].pk = pk(ANNA)), refused);
    assert_eq!(form(&|b| b.delegates[1].pk = pk(PERSON)), refused);
    assert_eq!(form(&|b| b.guardians.keys[1] = pk(ANNA)), refused);
    assert_eq!(form(&|b| b.guardians.keys[1] = pk(GUARDIANS[0])), refused);
    assert_eq!(form(&|b| b.delegates = (30..38).map(approver).collect()), None);
    assert_eq!(form(&|b| b.delegates = (30..39).map(approver).collect()), refused);
    assert_eq!(form(&|b| b.delegates[1].categories_root = Hash32([1; 32])), refused);
    assert_eq!(form(&|b| b.delegates[0].lapses_ms = b.delegates[0].begins_ms), refused);
    assert_eq!(form(&|b| b.policy.approvals = 0), refused);
    assert_eq!(form(&|b| b.policy.approvals = 3), None);
    assert_eq!(form(&|b| b.policy.approvals = 4), refused);
    assert_eq!(form(&|b| b.policy.veto_ms = 30 * DAY + 1), refused);
    assert_eq!(form(&|b| b.policy.objector = 4), None);
    assert_eq!(form(&|b| b.policy.objector = 5), refused);
    assert_eq!(form(&|b| b.guardians.threshold = 0), refused);
    assert_eq!(form(&|b| b.guardians.threshold = 4), refused);
    assert_eq!(form(&|b| b.guardians.keys.clear()), refused);
}
