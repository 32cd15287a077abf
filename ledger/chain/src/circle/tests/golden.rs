//! The octets below were computed apart from this crate, with another implementation of SHA-256.

use crate::circle::{
    Beginning, Change, CircleGrantRecord, CircleRecord, Delegate, GrantReader, Guardians, Pending, Policy,
    Role, Seated, Signer, category_leaf, recipient_leaf,
};
use crate::codec::Record;
use crate::ids::{CircleId, Hash32, VerifyingKey, sha256};
use crate::sign::SigningKey;

const CATEGORY: &str = "4a1d91c3637da41f1c2569582374c5bdb9f4b83b2ee20ed46708ac44a79533fa";
const RECIPIENT: &str = "9df9e7995118dc7f9132a1a4d40e7207e870ded379f9da19174bb3bb12f70eb5";
/// SHA-256 of the record.
const CIRCLE: &str = "86fc48fbb9405a3a545f9cc03763e00b97f5a6c9b041a2aba742a98bf5b2eb6f";
const GIVEN: &str = "011a0202020202020202020202020202020202020202020202020202020202020202010200020302000000000000000d\
    000000000000000001000000000000000000000000000000000000000000000000000000000000000000019191919191\
    919191919191919191919191919191919191919191919191919191929292929292929292929292929292929292929292\
    9292929292929292929292";

#[test]
fn the_golden_leaves_hold() {
    assert_eq!(category_leaf(&[9; 16], 4).to_string(), CATEGORY);
    assert_eq!(recipient_leaf(&[9; 16], &VerifyingKey([0x11; 32])).to_string(), RECIPIENT);
}

#[test]
fn the_golden_octets_of_a_circle_hold() {
    let delegate = Delegate {
        pk: VerifyingKey([0x11; 32]),
        role: Role::Steward,
        instrument_hash: Hash32([0x31; 32]),
        categories_root: Hash32([0x32; 32]),
        recipients_root: Hash32([0x33; 32]),
        longest_ms: 100,
        begins_ms: 200,
        lapses_ms: 300,
        review_ms: None,
        beginning: Beginning::Attested,
    };
    let pending = Pending {
        change: Change::ConfirmReview { seat: 3, review_ms: 300 },
        subject: Hash32([9; 32]),
        proposer: Signer::Guardian(1),
        approvals: vec![Signer::Delegate(1), Signer::Guardian(0)],
        needs: 2,
        effective_ms: Some(400),
    };
    let circle = CircleRecord {
        circle_id: CircleId([2; 32]),
        patient_pk: SigningKey::from_bytes(&[4; 32]).verifying_key(),
        patient_since_ms: 11,
        revision: 3,
        next_seat: 5,
        delegates: vec![Seated { seat: 1, delegate, attested: vec![VerifyingKey([0x52; 32])] }],
        guardians: Guardians { keys: vec![VerifyingKey([0x21; 32]), VerifyingKey([0x22; 32])], threshold: 2 },
        policy: Policy {
            approvals: 2,
            long_ms: 7,
            ordinary_root: Hash32([0x41; 32]),
            veto_ms: 8,
            objector: 1,
        },
        pending: Some(pending),
        handover_ms: None,
        retired_ms: Some(10),
        height: 12,
    };
    let octets = circle.encode();
    assert_eq!((octets.len(), hex::encode(sha256(&[&octets])).as_str()), (477, CIRCLE));
}

#[test]
fn the_golden_octets_of_a_delegated_permission_hold() {
    let given = CircleGrantRecord {
        circle_id: CircleId([2; 32]),
        proposer: 1,
        needs: 2,
        approvals: vec![3, 2],
        proposed_ms: 13,
        ready_ms: None,
        objected: true,
        confirmed_by: None,
        readers: vec![GrantReader { leaf: Hash32([0x91; 32]), credential_pk: VerifyingKey([0x92; 32]) }],
    };
    assert_eq!(hex::encode(given.encode()), GIVEN);
}
