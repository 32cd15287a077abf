//! Rule 2's people: one test for each way in which nobody vouches for them any more.

use salus_chain::sign::SigningKey;
use salus_chain::tx::{CredentialStatus, Purpose, Second, StatedAccessBody};

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

/// Opened with a second person's signature.
fn together(change: impl FnOnce(&mut Case)) -> Option<Refusal> {
    refused(|c| {
        (c.tx, c.request) = c.world.stated(World::slots(), |access| {
            let key = SigningKey::from_bytes(&[8; 32]);
            let second = Second::sign(&access, Purpose::Treatment, 0, &c.world.ctx.chain_id, &key);
            StatedAccessBody {
                access,
                purpose: Purpose::Treatment,
                reason: 0,
                second: Some(second),
                opener: None,
            }
        });
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
