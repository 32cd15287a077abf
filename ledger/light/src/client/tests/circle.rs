//! Circles and delegates' permissions, proven like everything else.

use salus_chain::circle::{
    Change, CircleGrantRecord, CircleRecord, DELAY_MS, GrantReader, Guardians, Pending, Policy, Signer,
};
use salus_chain::codec::Record;
use salus_chain::ids::{CircleId, GrantId, Hash32, VerifyingKey};
use salus_chain::state::{StateKey, StateWrite};

use super::{LightError, Mood, network, time_at};
use crate::verify::chain_of_tests::key;

const CIRCLE: CircleId = CircleId([0xC1; 32]);
const GIVEN: GrantId = GrantId([0x61; 32]);

fn pk(seed: u8) -> VerifyingKey {
    key(seed).verifying_key()
}

/// A circle in which a new key of its person waits until block 30.
fn circle() -> CircleRecord {
    CircleRecord {
        circle_id: CIRCLE,
        patient_pk: pk(40),
        patient_since_ms: time_at(1),
        revision: 3,
        next_seat: 1,
        delegates: Vec::new(),
        guardians: Guardians { keys: Vec::new(), threshold: 0 },
        policy: Policy {
            approvals: 1,
            long_ms: 0,
            ordinary_root: Hash32::ZERO,
            veto_ms: DELAY_MS,
            objector: 0,
        },
        pending: Some(Pending {
            change: Change::ReplacePatient(pk(41)),
            subject: Hash32([2; 32]),
            proposer: Signer::Patient,
            approvals: Vec::new(),
            needs: 0,
            effective_ms: Some(time_at(30)),
        }),
        handover_ms: None,
        retired_ms: None,
        height: 5,
    }
}

fn given() -> CircleGrantRecord {
    CircleGrantRecord {
        circle_id: CIRCLE,
        proposer: 1,
        needs: 1,
        approvals: Vec::new(),
        proposed_ms: time_at(4),
        ready_ms: None,
        objected: false,
        confirmed_by: None,
        readers: vec![GrantReader { leaf: Hash32([3; 32]), credential_pk: pk(42) }],
    }
}

/// What the members of these tests have in their state of it.
pub(super) fn writes() -> Vec<StateWrite> {
    vec![
        (StateKey::Circle(CIRCLE), Some(circle().encode())),
        (StateKey::CircleGrant(GIVEN), Some(given().encode())),
    ]
}

#[tokio::test]
async fn a_circle_is_proven_with_the_change_that_waits_in_it() {
    let network = network().await;
    let client = network.client().await;
    let proven = client.prove_circle(&CIRCLE).await.unwrap();
    let (found, head) = (proven.value.unwrap(), proven.head);
    assert_eq!((&found, head.height), (&circle(), 20));
    assert!(found.at(head.time_ms).pending.is_some());
    assert_eq!(found.at(time_at(30)).patient_pk, pk(41), "it takes effect at its time");
    assert_eq!(client.prove_circle(&CircleId([9; 32])).await.unwrap().value, None);
}

#[tokio::test]
async fn a_delegates_permission_is_proven_with_what_it_waits_for() {
    let network = network().await;
    let client = network.client().await;
    let found = client.prove_delegated(&GIVEN).await.unwrap().value.unwrap();
    assert_eq!(found, given());
    assert!(!found.opens(&circle(), time_at(20)), "an approval is missing");
    assert_eq!(client.prove_delegated(&GrantId([9; 32])).await.unwrap().value, None);
    for member in 1..=4 {
        network.script.set(member, Mood::ForgesProofs);
    }
    for refused in
        [client.prove_delegated(&GIVEN).await.unwrap_err(), client.prove_circle(&CIRCLE).await.unwrap_err()]
    {
        assert!(matches!(refused, LightError::Proof { .. }), "{refused:?}");
    }
}
