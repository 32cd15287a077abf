//! Rule 2's contract: one test for each way in which it says no.

use salus_chain::contract::{Ready, contract_hash};
use salus_chain::tx::{
    AccessBody, CredentialBody, CredentialStatus, Opener, Purpose, RevokeBody, Second, StatedAccessBody,
};

use super::emergency::{colleague, doctor, says_of};
use super::*;

const HOUR: i64 = 3_600_000;

/// Everything in order, under `contract`, with what `state` makes of the opening.
fn case(
    contract: Ready,
    slots: Vec<Slot>,
    state: impl FnOnce(&World, AccessBody) -> StatedAccessBody,
) -> Case {
    let mut case = Case::of(slots.clone());
    let text = contract.text().unwrap();
    case.both(|g| g.terms.contract_hash = contract_hash(&text));
    (case.tx, case.request) = case.world.stated(slots, |access| state(&case.world, access));
    case.text = Some(text);
    case
}

fn stated(access: AccessBody, purpose: Purpose, reason: u8, second: Option<Second>) -> StatedAccessBody {
    StatedAccessBody { access, purpose, reason, second, opener: None }
}

fn treatment(contract: Ready, slots: Vec<Slot>) -> Case {
    case(contract, slots, |_, access| stated(access, Purpose::Treatment, 0, None))
}

fn says(case: Case) -> Option<Refusal> {
    case.decide().err()
}

fn changed(mut case: Case, change: impl FnOnce(&mut Case)) -> Option<Refusal> {
    change(&mut case);
    says(case)
}

const NO: Option<Refusal> = Some(Refusal::Contract);

#[test]
fn a_contract_that_is_not_here_or_is_another_permits_nothing() {
    let plain = || treatment(Ready::Plain, World::slots());
    assert_eq!(says(plain()), None);
    assert_eq!(changed(plain(), |c| c.text = None), NO);
    // A text that permits as much is still another.
    assert_eq!(changed(plain(), |c| c.text.as_mut().unwrap().push(' ')), NO);
    assert_eq!(changed(plain(), |c| c.both(|g| g.terms.contract_hash = Hash32([1; 32]))), NO);
    // Not a contract at all, though the hash fits.
    let nonsense = |c: &mut Case| {
        c.both(|g| g.terms.contract_hash = contract_hash("permit everything;"));
        c.text = Some("permit everything;".into());
    };
    assert_eq!(changed(plain(), nonsense), NO);
    // The plain permission asks none, whatever is here.
    assert_eq!(changed(plain(), |c| c.both(|g| g.terms.contract_hash = Hash32::ZERO)), None);
}

#[test]
fn every_slot_that_is_asked_for_must_be_permitted() {
    let coarse = Slot::new(4, NOW_EPOCH - 24).unwrap();
    let fine = Slot::new(0, NOW_EPOCH - 1).unwrap();
    assert_eq!(says(treatment(Ready::SummariesOnly, vec![coarse])), None);
    assert_eq!(says(treatment(Ready::SummariesOnly, vec![fine])), NO);
    assert_eq!(says(treatment(Ready::SummariesOnly, vec![coarse, fine])), NO);
}

#[test]
fn the_time_is_the_heads() {
    let at = World::new().now() + 2 * HOUR;
    let appointment = || treatment(Ready::Appointment { at_ms: at }, World::slots());
    assert_eq!(says(appointment()), None);
    // A clock that is ahead opens nothing early.
    assert_eq!(changed(appointment(), |c| c.head.time_ms -= 1), NO);
    let mut ahead = appointment();
    ahead.clock_ms += 1;
    assert_eq!(changed(ahead, |c| c.head.time_ms -= 1), NO);
}

#[test]
fn the_readers_credential_is_asked_at_the_head() {
    let duty = |valid_for_ms: i64, status| {
        let mut case = treatment(Ready::OnDuty { member: 2 }, World::slots());
        let valid_until_ms = case.head.time_ms + valid_for_ms;
        let attested = case.credential.as_mut().unwrap();
        attested.body = CredentialBody { status, valid_until_ms, ..attested.body.clone() };
        case
    };
    let out_of_force = Some(Refusal::Credential);
    assert_eq!(says(duty(24 * HOUR, CredentialStatus::Active)), None);
    assert_eq!(says(duty(24 * HOUR + 1, CredentialStatus::Active)), NO);
    assert_eq!(says(duty(HOUR, CredentialStatus::Suspended)), out_of_force);
    assert_eq!(says(duty(0, CredentialStatus::Active)), out_of_force);
    assert_eq!(changed(duty(HOUR, CredentialStatus::Active), |c| c.credential = None), NO);
}

#[test]
fn a_second_person_is_one_of_the_receipts_own() {
    let two = case(Ready::TwoPersons, World::slots(), |world, access| {
        let (chain, purpose) = (&world.ctx.chain_id, Purpose::Treatment);
        let opener = Opener::sign(&access, 0, chain, &doctor());
        let second = Second::sign_for(&opener.pk, &access, purpose, 0, chain, &colleague());
        StatedAccessBody { opener: Some(opener), ..stated(access, purpose, 0, Some(second)) }
    });
    let people = |c: &mut Case| {
        c.credential = None;
        c.opener = Some(says_of(&c.world, &doctor(), 2, 1));
        c.second = Some(says_of(&c.world, &colleague(), 2, 2));
    };
    assert_eq!(changed(two, people), None);
    assert_eq!(says(treatment(Ready::TwoPersons, World::slots())), NO);
    // A receipt without a statement is for treatment and by one person.
    let mut plain = treatment(Ready::TwoPersons, World::slots());
    (plain.tx, plain.request) = plain.world.access(World::slots());
    assert_eq!(says(plain), NO);
}

#[test]
fn approvals_are_those_of_the_delegates_permission() {
    let text = "permit (principal, action, resource) when { context.approvals >= 2 };\n";
    let approved = |approvals: Option<Vec<u8>>| {
        let mut case = treatment(Ready::Plain, World::slots());
        case.both(|g| g.terms.contract_hash = contract_hash(text));
        case.text = Some(text.to_owned());
        let given = case.world.given();
        case.circle = approvals
            .map(|approvals| (CircleGrantRecord { approvals, ..given.clone() }, case.world.circle()));
        says(case)
    };
    assert_eq!(approved(Some(vec![2, 3])), None);
    assert_eq!(approved(Some(vec![2])), NO);
    assert_eq!(approved(None), NO);
}

#[test]
fn a_delegates_permission_is_asked_both_its_circle_and_its_contract() {
    let delegated = |ready_ms, contract| {
        let mut case = treatment(contract, World::slots());
        let given = case.world.given();
        case.circle = Some((CircleGrantRecord { ready_ms, ..given }, case.world.circle()));
        says(case)
    };
    assert_eq!(delegated(Some(1), Ready::Plain), None);
    assert_eq!(delegated(None, Ready::Plain), Some(Refusal::Circle));
    assert_eq!(delegated(Some(1), Ready::TwoPersons), NO);
}

#[test]
fn rule_1_takes_a_stated_receipt_and_nothing_that_is_no_receipt() {
    let plain = || treatment(Ready::Plain, World::slots());
    let other_hash = |c: &mut Case| c.request.access_tx_hash = TxHash([0; 32]);
    assert_eq!(changed(plain(), other_hash), Some(Refusal::NoReceipt));
    // What was stated is part of the receipt's hash.
    let restated = |c: &mut Case| {
        let Tx::StatedAccess(tx) = &mut c.tx else { panic!() };
        tx.body.reason = 1;
    };
    assert_eq!(changed(plain(), restated), Some(Refusal::NoReceipt));
    let revocation = |c: &mut Case| {
        let (grant_id, key) = (c.world.context.grant_id, c.world.patient.clone());
        let body = RevokeBody { grant_id, revoker_pk: key.verifying_key(), path: MerklePath::single() };
        c.tx = Tx::Revoke(body.sign(&c.world.ctx.chain_id, 0, &key));
        c.request.access_tx_hash = c.tx.hash();
    };
    assert_eq!(changed(plain(), revocation), Some(Refusal::NoReceipt));
}
