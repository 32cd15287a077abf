//! Rule 2's people: one test for each way in which nobody vouches for them any more.

use salus_chain::tx::{CredentialStatus, Opener, Purpose, Second, StatedAccessBody};

use super::emergency::{colleague, doctor, restate, says_of};
use super::*;

const GONE: Option<Refusal> = Some(Refusal::Credential);

fn suspended(world: &World) -> Option<CredentialRecord> {
    let mut record = world.attested();
    record.body.status = CredentialStatus::Suspended;
    Some(record)
}

fn until(world: &World, valid_until_ms: i64) -> Option<CredentialRecord> {
    let mut record = world.attested();
    record.body.valid_until_ms = valid_until_ms;
    Some(record)
}

fn delegated(change: impl FnOnce(&mut Case)) -> Option<Refusal> {
    refused(|c| {
        c.circle = Some((c.world.given(), c.world.circle()));
        change(c);
    })
}

/// Opened for treatment by the doctor with the colleague's word; of the reader's key nobody says anything.
fn together(change: impl FnOnce(&mut Case)) -> Option<Refusal> {
    refused(|c| {
        let chain = c.world.ctx.chain_id;
        (c.tx, c.request) = c.world.stated(World::slots(), |access| {
            let (purpose, reason) = (Purpose::Treatment, 0);
            let opener = Opener::sign(&access, reason, &chain, &doctor());
            let second = Second::sign_for(&opener.pk, &access, purpose, reason, &chain, &colleague());
            StatedAccessBody { access, purpose, reason, second: Some(second), opener: Some(opener) }
        });
        c.credential = None;
        c.opener = Some(says_of(&c.world, &doctor(), 2, 1));
        c.second = Some(says_of(&c.world, &colleague(), 2, 2));
        change(c);
    })
}

#[test]
fn the_clinician_of_a_delegates_permission_is_attested_without_any_contract() {
    assert_eq!(delegated(|_| {}), None);
    assert_eq!(delegated(|c| c.credential = None), GONE);
    assert_eq!(delegated(|c| c.credential = suspended(&c.world)), GONE);
}

#[test]
fn a_key_of_the_persons_own_permission_needs_nobodys_word_and_is_bound_by_one() {
    assert_eq!(refused(|c| c.credential = None), None);
    assert_eq!(refused(|_| {}), None);
    assert_eq!(refused(|c| c.credential = suspended(&c.world)), GONE);
}

#[test]
fn the_second_person_is_attested_still() {
    assert_eq!(together(|_| {}), None);
    assert_eq!(together(|c| c.second = None), GONE);
    assert_eq!(together(|c| c.second = suspended(&c.world)), GONE);
    // Where there is none, nothing is asked of one.
    assert_eq!(refused(|c| c.second = None), None);
}

#[test]
fn who_opens_with_a_second_person_is_attested_still_and_is_somebody_else() {
    assert_eq!(together(|c| c.opener = None), GONE);
    assert_eq!(together(|c| c.opener.as_mut().unwrap().body.status = CredentialStatus::Suspended), GONE);
    assert_eq!(together(|c| c.second.as_mut().unwrap().body.subject = Some(Hash32([1; 32]))), GONE);
    assert_eq!(together(|c| c.second = c.opener.clone()), GONE);
    // The form that names nobody, and somebody named where there is no second.
    assert_eq!(together(|c| restate(c, |body| body.opener = None)), GONE);
    assert_eq!(together(|c| restate(c, |body| body.second = None)), GONE);
    // Whom a member attests as the reader is who opens.
    assert_eq!(together(|c| c.credential = c.opener.clone()), None);
    assert_eq!(together(|c| c.credential = c.second.clone()), GONE);
}

#[test]
fn an_attestation_holds_at_the_head_and_by_the_own_clock() {
    let now = World::new().now();
    let valid = |until_ms: i64, head: i64, clock: i64| {
        refused(|c| {
            c.credential = until(&c.world, until_ms);
            (c.head.time_ms, c.clock_ms) = (head, clock);
        })
    };
    assert_eq!(valid(now + 10, now, now), None);
    assert_eq!(valid(now + 10, now + 10, now), GONE);
    assert_eq!(valid(now + 10, now, now + 10), GONE);
    // A clock that is wrong is said to be wrong.
    assert_eq!(valid(now + 10, now, now + 60_001), Some(Refusal::StaleHead));
}
