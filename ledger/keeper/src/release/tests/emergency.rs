//! Rule 2 and 5 in an emergency: who opens, who agreed, who announced it and when, and how far back it reaches.

use salus_chain::contract::{Ready, contract_hash};
use salus_chain::sign::SigningKey;
use salus_chain::state::Announcement;
use salus_chain::tx::{CredentialStatus, Opener, Purpose, Second, StatedAccessBody};

use super::*;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const NOBODY: Option<Refusal> = Some(Refusal::Credential);
const NO: Option<Refusal> = Some(Refusal::Contract);

pub(super) fn doctor() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

pub(super) fn colleague() -> SigningKey {
    SigningKey::from_bytes(&[8; 32])
}

/// What a member says of a key; `subject` is its own name for the person.
pub(super) fn says_of(world: &World, key: &SigningKey, member_index: u16, subject: u8) -> CredentialRecord {
    let mut record = world.attested();
    record.body.credential_pk = key.verifying_key();
    record.body.member_index = member_index;
    record.body.subject = Some(Hash32([subject; 32]));
    record
}

/// Opened by the doctor four hours ago, who announced it five hours ago, or with the colleague's word.
fn glass(slots: Vec<Slot>, with_colleague: bool) -> Case {
    let mut case = Case::of(slots.clone());
    let text = Ready::BreakGlass.text().unwrap();
    case.both(|g| g.terms.contract_hash = contract_hash(&text));
    case.text = Some(text);
    let chain = case.world.ctx.chain_id;
    (case.tx, case.request) = case.world.stated(slots, |access| {
        let opener = Opener::sign(&access, 1, &chain, &doctor());
        let purpose = Purpose::Emergency;
        let second = Second::sign_for(&opener.pk, &access, purpose, 1, &chain, &colleague());
        let second = with_colleague.then_some(second);
        StatedAccessBody { access, purpose, reason: 1, second, opener: Some(opener) }
    });
    let now = case.head.time_ms;
    let by = doctor().verifying_key();
    let announcement = Announcement { by, reason: 1, at_ms: now - 5 * HOUR, tx: TxHash([1; 32]) };
    case.emergency = Some(EmergencyRecord {
        announcements: if with_colleague { Vec::new() } else { vec![announcement] },
        opened_ms: Some(now - 4 * HOUR),
    });
    // Nobody attests a card.
    case.credential = None;
    case.opener = Some(says_of(&case.world, &doctor(), 2, 1));
    case.second = with_colleague.then(|| says_of(&case.world, &colleague(), 2, 2));
    case
}

fn alone(change: impl FnOnce(&mut Case)) -> Option<Refusal> {
    let mut case = glass(World::slots(), false);
    change(&mut case);
    case.decide().err()
}

fn together(change: impl FnOnce(&mut Case)) -> Option<Refusal> {
    let mut case = glass(World::slots(), true);
    change(&mut case);
    case.decide().err()
}

pub(super) fn restate(case: &mut Case, change: impl FnOnce(&mut StatedAccessBody)) {
    let Tx::StatedAccess(tx) = &mut case.tx else { panic!() };
    change(&mut tx.body);
    case.request.access_tx_hash = case.tx.hash();
}

#[test]
fn it_is_announced_by_who_opens_and_lasts_four_hours() {
    assert_eq!(alone(|_| {}), None);
    assert_eq!(alone(|c| c.emergency = None), NO);
    let emergency = |change: fn(&mut EmergencyRecord, i64)| {
        alone(|c| change(c.emergency.as_mut().unwrap(), c.head.time_ms))
    };
    assert_eq!(emergency(|e, _| e.announcements.clear()), NO);
    assert_eq!(emergency(|e, now| e.announcements[0].at_ms = now - HOUR / 2), None);
    assert_eq!(emergency(|e, now| e.announcements[0].at_ms = now - HOUR / 2 + 1), NO);
    assert_eq!(emergency(|e, _| e.announcements[0].by = colleague().verifying_key()), NO);
    assert_eq!(emergency(|e, now| e.opened_ms = Some(now - 4 * HOUR - 1)), NO);
    assert_eq!(
        together(|c| c.emergency.as_mut().unwrap().opened_ms = Some(c.head.time_ms - 4 * HOUR - 1)),
        NO
    );
    assert_eq!(alone(|c| restate(c, |body| body.reason = 0)), NO);
}

#[test]
fn an_attested_clinician_answers_for_it_still() {
    let suspended = |c: &mut Case| c.opener.as_mut().unwrap().body.status = CredentialStatus::Suspended;
    for with_colleague in [false, true] {
        let opening = |change: fn(&mut Case)| {
            let mut case = glass(World::slots(), with_colleague);
            change(&mut case);
            case.decide().err()
        };
        assert_eq!(opening(|c| c.opener = None), NOBODY);
        assert_eq!(opening(suspended), NOBODY);
        // By the own clock too.
        assert_eq!(opening(|c| c.opener.as_mut().unwrap().body.valid_until_ms = c.clock_ms), NOBODY);
        // The forms of before name nobody.
        assert_eq!(opening(|c| restate(c, |body| body.opener = None)), NOBODY);
        // With the colleague it may be for treatment; then it is no emergency, which the contract asks for.
        let treatment = opening(|c| restate(c, |body| body.purpose = Purpose::Treatment));
        assert_eq!(treatment, if with_colleague { NO } else { NOBODY });
    }
    // Whom the chain knows of the reader does not stand in for who opens.
    assert_eq!(alone(|c| (c.credential, c.opener) = (c.opener.take(), None)), NOBODY);
}

#[test]
fn the_second_is_somebody_else_still() {
    assert_eq!(together(|_| {}), None);
    assert_eq!(together(|c| c.second = None), NOBODY);
    let same_person = |c: &mut Case| c.second.as_mut().unwrap().body.subject = Some(Hash32([1; 32]));
    assert_eq!(together(same_person), NOBODY);
    assert_eq!(together(|c| c.second.as_mut().unwrap().body.subject = None), NOBODY);
    assert_eq!(together(|c| c.opener.as_mut().unwrap().body.subject = None), NOBODY);
    assert_eq!(together(|c| c.second = c.opener.clone()), NOBODY);
    // Of another member's key nobody can tell.
    let elsewhere = |c: &mut Case| {
        same_person(c);
        c.second.as_mut().unwrap().body.member_index = 3;
    };
    assert_eq!(together(elsewhere), None);
}

#[test]
fn it_reaches_a_month_back_and_a_day_whatever_the_permission_covers() {
    let now = World::new().now();
    let last = now - EMERGENCY_SET_MS;
    let at = |epoch: u32| Slot::new(0, epoch).unwrap();
    // The first slot that is not over by then, and the one before it.
    let inside = (0..NOW_EPOCH).rev().find(|epoch| at(*epoch).end_ms() <= last).unwrap() + 1;
    let wide = |slot: Slot| {
        let mut case = glass(vec![slot], true);
        case.held.as_mut().unwrap().scope = crate::Scope::new(inside - 600, NOW_EPOCH + 100).unwrap();
        case
    };
    assert_eq!(wide(at(inside)).decide().err(), None);
    assert_eq!(wide(at(inside - 1)).decide().err(), Some(Refusal::OutsideScope));
    // By the later of both times.
    let late = |head: i64, clock: i64| {
        let mut case = wide(at(inside));
        case.both(|g| g.terms.expires_ms += 24 * HOUR);
        case.emergency.as_mut().unwrap().opened_ms = Some(now);
        (case.head.time_ms, case.clock_ms) = (head, clock);
        case.decide().err()
    };
    let over = at(inside).end_ms() + EMERGENCY_SET_MS;
    assert_eq!(late(over - 1, over - 1), None);
    assert_eq!(late(over, over - 1), Some(Refusal::OutsideScope));
    assert_eq!(late(over - 1, over), Some(Refusal::OutsideScope));
    // Treatment is bound by the permission alone.
    let mut treatment = wide(at(inside - 1));
    (treatment.tx, treatment.request) = treatment.world.access(vec![at(inside - 1)]);
    treatment.both(|g| g.terms.contract_hash = Hash32::ZERO);
    assert_eq!(treatment.decide().err(), None);
}
