//! Rule 2 for permissions to those on duty: one test for each way in which who opens is not.

use salus_chain::contract::contract_hash;
use salus_chain::duty::DutyGroup;
use salus_chain::tx::CredentialStatus;

use super::*;

/// The permission is to the night staff of member 2, under its contract, and the reader is of it and on duty.
fn on_duty(change: impl FnOnce(&mut Case)) -> Case {
    let mut case = Case::new();
    (case.tx, case.request) = case.world.access_in_person(World::slots());
    case.duty = Some(case.world.on_duty());
    case.credential.as_mut().unwrap().body.credential_pk = case.world.reader.verifying_key();
    case.credential.as_mut().unwrap().body.valid_until_ms += 300 * 86_400_000;
    let text = World::night().contract().unwrap().text().unwrap();
    let hash = contract_hash(&text);
    case.both(|grant| {
        grant.terms.reader_pk_root = World::night().tag();
        grant.terms.contract_hash = hash;
    });
    case.text = Some(text);
    change(&mut case);
    case
}

/// What a keeper and the member's desk answer: the same, for everything that is about people.
fn refused_both(change: impl FnOnce(&mut Case)) -> Option<Refusal> {
    let case = on_duty(change);
    let (keeper, desk) = (case.decide().err(), may_learn(&case.facts()).err());
    assert_eq!(keeper, desk);
    keeper
}

fn duty(case: &mut Case) -> &mut DutyRecord {
    case.duty.as_mut().unwrap().1.as_mut().unwrap()
}

#[test]
fn who_is_on_duty_is_served() {
    assert_eq!(refused_both(|_| {}), None);
    assert_eq!(may_learn(&on_duty(|_| {}).facts()), Ok(on_duty(|_| {}).world.context.grant_id));
}

#[test]
fn off_duty_means_refused() {
    let off = Some(Refusal::OffDuty);
    assert_eq!(refused_both(|c| c.duty.as_mut().unwrap().1 = None), off);
    assert_eq!(refused_both(|c| duty(c).body.until_ms = 0), off);
    let other = |group: DutyGroup| refused_both(|c| duty(c).body.group = group);
    assert_eq!(other(DutyGroup::new(2, "Day").unwrap()), off);
    assert_eq!(other(DutyGroup::new(1, "Night").unwrap()), off);
    // Somebody else's duty.
    assert_eq!(refused_both(|c| duty(c).body.credential_pk = VerifyingKey([6; 32])), off);
}

#[test]
fn a_duty_holds_at_the_head_and_by_the_own_clock() {
    let now = World::new().now();
    let until = |until_ms: i64, head: i64, clock: i64| {
        refused_both(|c| {
            duty(c).body.until_ms = until_ms;
            (c.head.time_ms, c.clock_ms) = (head, clock);
        })
    };
    let off = Some(Refusal::OffDuty);
    assert_eq!(until(now + 10, now, now), None);
    assert_eq!(until(now + 10, now + 10, now), off);
    assert_eq!(until(now + 10, now, now + 10), off);
    assert_eq!(until(now + 10, now, now + 60_001), Some(Refusal::StaleHead));
}

#[test]
fn whom_this_member_does_not_attest_is_nobody() {
    let gone = Some(Refusal::Credential);
    assert_eq!(refused_both(|c| c.credential = None), gone);
    let body = |change: &dyn Fn(&mut salus_chain::tx::CredentialBody)| {
        refused_both(|c| change(&mut c.credential.as_mut().unwrap().body))
    };
    assert_eq!(body(&|b| b.member_index = 1), gone);
    assert_eq!(body(&|b| b.status = CredentialStatus::Suspended), gone);
    assert_eq!(body(&|b| b.status = CredentialStatus::Withdrawn), gone);
    assert_eq!(body(&|b| b.valid_until_ms = World::new().now()), gone);
}

#[test]
fn the_contract_is_asked_about_the_duty_and_not_about_the_attestation() {
    // The attestation is for a year; longer than a day no duty is one, whatever the state says.
    let day = 86_400_000;
    let until = |left: i64| refused_both(|c| duty(c).body.until_ms = c.world.now() + left);
    assert_eq!(until(day), None);
    assert_eq!(until(day + 1), Some(Refusal::Contract));
    assert_eq!(refused_both(|c| c.text = None), Some(Refusal::Contract));
}

#[test]
fn the_receipt_is_the_persons_and_no_readers() {
    let reader = |c: &mut Case| (c.tx, c.request) = c.world.access(World::slots());
    assert_eq!(refused_both(reader), Some(Refusal::Reader));
    // And the other way round: a person is no reader, and the desk has no secret of a permission to readers.
    let person = |c: &mut Case| (c.tx, c.request) = c.world.access_in_person(World::slots());
    assert_eq!(refused(person), Some(Refusal::Reader));
    assert_eq!(may_learn(&Case::new().facts()), Err(Refusal::Reader));
}

#[test]
fn without_a_receipt_the_desk_hands_on_nothing() {
    assert_eq!(refused_both(|c| c.access_height = None), Some(Refusal::NoReceipt));
    assert_eq!(refused_both(|c| c.access_height = Some(84)), Some(Refusal::ReceiptTooOld));
    assert_eq!(refused_both(|c| c.request.epk = KemPublicKey([7; 32])), Some(Refusal::Preimage));
    assert_eq!(refused_both(|c| c.request.access_tx_hash = TxHash([7; 32])), Some(Refusal::NoReceipt));
}

#[test]
fn what_is_stopped_or_over_the_desk_hands_on_as_little_as_keepers_release_it() {
    assert_eq!(refused_both(|c| c.revoke_seen = true), Some(Refusal::RevokeSeen));
    let ended =
        |c: &mut Case| c.at_head.as_mut().unwrap().end = Some(GrantEnd { revoked: true, height: 104 });
    assert_eq!(refused_both(ended), Some(Refusal::Ended));
    assert_eq!(refused_both(|c| c.at_head = None), Some(Refusal::NoGrant));
    let over = |c: &mut Case| {
        let now = c.world.now();
        c.both(|grant| grant.terms.expires_ms = now);
    };
    assert_eq!(refused_both(over), Some(Refusal::Ended));
}

#[test]
fn the_desk_needs_no_share() {
    let case = on_duty(|c| c.held = None);
    assert_eq!(case.decide().err(), Some(Refusal::NoShare));
    assert!(may_learn(&case.facts()).is_ok());
}
