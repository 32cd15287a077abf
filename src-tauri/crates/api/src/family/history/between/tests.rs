//! What happened, of what the circle's own rules made of it: each state is one that [`CircleRecord`] itself comes to.

use salus_chain::circle::{Beginning, Delegate, Role};
use salus_chain::ids::{CircleId, Hash32};

use super::*;

const NOW: UnixMillis = 1_795_000_000_000;
const HOUR: i64 = 3_600_000;

const fn pk(n: u8) -> VerifyingKey {
    VerifyingKey([n; 32])
}

const fn power(n: u8, beginning: Beginning) -> Delegate {
    Delegate {
        pk: pk(n),
        role: Role::Approver,
        instrument_hash: Hash32::ZERO,
        categories_root: Hash32::ZERO,
        recipients_root: Hash32::ZERO,
        longest_ms: 0,
        begins_ms: NOW,
        lapses_ms: NOW + 90 * 24 * HOUR,
        review_ms: None,
        beginning,
    }
}

/// Three guardians of whom it takes two, and nobody who helps.
fn circle() -> CircleRecord {
    CircleRecord {
        circle_id: CircleId([5; 32]),
        patient_pk: pk(1),
        patient_since_ms: NOW,
        revision: 0,
        next_seat: 1,
        delegates: Vec::new(),
        guardians: Guardians { keys: vec![pk(11), pk(12), pk(13)], threshold: 2 },
        policy: Policy { approvals: 1, long_ms: 0, ordinary_root: Hash32::ZERO, veto_ms: 0, objector: 0 },
        pending: None,
        handover_ms: None,
        retired_ms: None,
        height: 7,
    }
}

/// The circle after somebody asked for a change, a block later.
fn asked(before: &CircleRecord, now: UnixMillis, signer: Signer, change: &Change) -> CircleRecord {
    let subject = change.subject(&before.circle_id, before.revision, &pk(99));
    let after = before.at(now).propose(now, signer, change, subject).unwrap();
    CircleRecord { height: before.height + 1, ..after }
}

fn told(all: &[Passed]) -> Vec<(Deed, Stage, Who)> {
    all.iter().map(|passed| (passed.deed, passed.stage, passed.by)).collect()
}

#[test]
fn who_made_a_circle_is_the_person_and_of_a_later_state_only_what_waits_is_known() {
    assert_eq!(told(&begun(&circle(), NOW)), [(Deed::GuardiansNamed, Stage::Done, Who::Patient)]);
    let later = CircleRecord { revision: 4, ..circle() };
    assert!(begun(&later, NOW).is_empty());
}

#[test]
fn guardians_give_another_key_with_who_asked_and_who_agreed_at_its_own_time() {
    let first = circle();
    let change = Change::ReplacePatient(pk(2));
    let waits = asked(&first, NOW, Signer::Guardian(0), &change);
    let announced = between(&first, &waits, NOW);
    assert_eq!(told(&announced), [(Deed::KeyGiven, Stage::Announced, Who::Guardian(pk(11)))]);
    assert_eq!((announced[0].needs, announced[0].effective), (1, None));
    let subject = waits.pending.as_ref().unwrap().subject;
    let agreed = waits.approve(NOW + HOUR, Signer::Guardian(2), &subject).unwrap();
    let agreed = CircleRecord { height: 9, ..agreed };
    let by_one = between(&waits, &agreed, NOW + HOUR);
    assert_eq!(told(&by_one), [(Deed::KeyGiven, Stage::Agreed, Who::Guardian(pk(13)))]);
    let early = between(&agreed, &agreed.at(NOW + 72 * HOUR), NOW + 72 * HOUR);
    assert!(early.is_empty(), "an hour early");
    let done = between(&agreed, &agreed.at(NOW + 73 * HOUR), NOW + 80 * HOUR);
    assert_eq!(told(&done), [(Deed::KeyGiven, Stage::Done, Who::Guardian(pk(11)))]);
    assert_eq!(done[0].at, NOW + 73 * HOUR);
    assert_eq!(done[0].agreed, [Who::Guardian(pk(13))]);
    // Looked at again once another transaction stored it, it is the same.
    let stored = CircleRecord { height: 20, ..agreed.at(NOW + 73 * HOUR) };
    assert_eq!(between(&agreed, &stored, NOW + 90 * HOUR)[0].name(), done[0].name());
    let names: Vec<Vec<u8>> = [&announced, &by_one, &done].map(|all| all[0].name()).into();
    assert!(names[0] != names[1] && names[1] != names[2] && names[0] != names[2]);
}

#[test]
fn an_objection_is_one_and_something_in_its_place_is_none() {
    let first = circle();
    let waits = asked(&first, NOW, Signer::Guardian(0), &Change::ReplacePatient(pk(2)));
    let subject = waits.pending.as_ref().unwrap().subject;
    let ended = CircleRecord { height: 9, ..waits.object(&subject).unwrap() };
    let objected = between(&waits, &ended, NOW + HOUR);
    assert_eq!(told(&objected), [(Deed::KeyGiven, Stage::Objected, Who::Somebody)]);
    assert_eq!(objected[0].objected_to(), Some(subject.0));
    let other = Change::AddDelegate(power(21, Beginning::AtOnce));
    let instead = asked(&waits, NOW + HOUR, Signer::Patient, &other);
    let expected = [
        (Deed::KeyGiven, Stage::Dropped, Who::Somebody),
        (Deed::HelperAdded, Stage::Announced, Who::Patient),
    ];
    assert_eq!(told(&between(&waits, &instead, NOW + HOUR)), expected);
}

#[test]
fn what_is_at_once_is_the_persons_and_clinicians_stand_for_themselves() {
    let first = circle();
    let add = asked(&first, NOW, Signer::Patient, &Change::AddDelegate(power(21, Beginning::Attested)));
    let helps = CircleRecord { height: 12, ..add.at(NOW + 73 * HOUR) };
    let added = between(&add, &helps, NOW + 73 * HOUR);
    assert_eq!(told(&added), [(Deed::HelperAdded, Stage::Done, Who::Patient)]);
    assert_eq!((added[0].about, added[0].at), (Some(pk(21)), NOW + 72 * HOUR));
    let sprung = CircleRecord { height: 13, ..helps.attest(&pk(21), &pk(31)).unwrap() };
    let attested = between(&helps, &sprung, NOW + 74 * HOUR);
    assert_eq!(told(&attested), [(Deed::PowerAttested, Stage::Done, Who::Clinician(pk(31)))]);
    let retired = asked(&sprung, NOW + 75 * HOUR, Signer::Patient, &Change::RetireKey(pk(3)));
    let key = between(&sprung, &retired, NOW + 75 * HOUR);
    assert_eq!(told(&key), [(Deed::KeyRetired, Stage::Done, Who::Patient)]);
    let gone = asked(&retired, NOW + 76 * HOUR, Signer::Delegate(1), &Change::RemoveDelegate(1));
    let gone = between(&retired, &gone, NOW + 76 * HOUR);
    assert_eq!(told(&gone), [(Deed::HelperRemoved, Stage::Done, Who::Somebody)], "either may have said it");
    let over = asked(&sprung, NOW + 75 * HOUR, Signer::Patient, &Change::Handover);
    let over = between(&sprung, &over, NOW + 75 * HOUR);
    assert_eq!(told(&over), [(Deed::HandedOver, Stage::Done, Who::Patient)]);
}
