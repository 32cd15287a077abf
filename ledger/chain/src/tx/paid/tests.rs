//! The octets below were computed apart from this crate, with another implementation of SHA-256 and Ed25519.

use super::*;
use crate::circle::{Beginning, Change, Delegate, Guardians, Policy, Role, Subject};
use crate::codec::Record;
use crate::ids::{CircleId, GrantId, Hash32, Nonce16, sha256};
use crate::tx::{
    ApproveBody, ChangeBody, CircleBody, Mandate, MandatedObjectBody, MayObject, ObjectBody, SpringBody, Tx,
};

const CHAIN: ChainId = ChainId([1; 32]);
const CIRCLE: CircleId = CircleId([2; 32]);
const CIRCLE_ID: &str = "0539e663a72f5544a2203e64bb7b566233bbfedc71c54651a13b2aa4d754adcc";
/// SHA-256 of the transaction.
const CIRCLE_TX: &str = "21162ca8faba7c3fb27a762b3db8215ed1fe25394c3dcbf207089e2169bab559";
const REVIEW: &str = "010a020202020202020202020202020202020202020202020202020202020202020200000003ca93ac1705187071d67b\
    83c7ff0efe8108e8ec4530575d7726879333dbdabe7c00000000000000060803000000000000012c00000000000000cd\
    c860ad5cc794cc7dabbbe22eecf4a7fde8607236580b06a414839a5667347d3489ad6ccf390f0094b0e5b7b96aa54fae\
    b8509e21d0329be90d9e4bd706599c04";
const SUBJECT: &str = "59757970ed13aeecfdceaeff2c69343c2c92272f71d196b3cc8e7a216b77cab6";
/// SHA-256 of ten transactions, one for each change.
const CHANGES: &str = "d5e439e2a9d53c4d9f7c0b11c1af461a447cefd9ba2c5845cced5bf34fb83eb4";
const APPROVE: &str = "010b02020202020202020202020202020202020202020202020202020202020202020209090909090909090909090909\
    0909090909090909090909090909090909090900000003ca93ac1705187071d67b83c7ff0efe8108e8ec4530575d7726\
    879333dbdabe7c00000000000000060000000000000008ee969183fcdbb9b35f82b19eeb72452fd36a45ec1d9d02a17a\
    5dead0f951e8b11093896b88bb30d179623a19d9a1e0d252344dce04abe36d2d12e6e87c4abf0e";
const OBJECT: &str = "010c02020202020202020202020202020202020202020202020202020202020202020109090909090909090909090909\
    09090909090909090909090909090909090909ca93ac1705187071d67b83c7ff0efe8108e8ec4530575d7726879333db\
    dabe7c0000000000000006000000000000019b3451ba0d1525f28cd50af1ea5d59cfa586d67a08938d460b94d2206de1\
    43935ea98b77cc7be1ea7e9688b56d433e6136583410da5caa4420cc6e7ba84fd15b05";
/// SHA-256 of the transaction.
const MANDATED_OBJECT: &str = "4ac98a7549c5e642c3c8ea117e185f0ad03ac584f31c6133ef9ffb8e7935f135";
const SPRING: &str = "010e02020202020202020202020202020202020202020202020202020202020202020000000311111111111111111111\
    11111111111111111111111111111111111111111111ca93ac1705187071d67b83c7ff0efe8108e8ec4530575d772687\
    9333dbdabe7c0000000000000006000000000000021e67777e5806e03beac200bb325b76dcf317f3d9188ddc7e0bb54b\
    6f14096d369b07aee2fba58e659fbb9d8754622932091d6df1c59609cfe45792d6c3364daa0f";

fn key() -> SigningKey {
    SigningKey::from_bytes(&[4; 32])
}

fn power() -> Delegate {
    Delegate {
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
    }
}

fn policy() -> Policy {
    Policy { approvals: 2, long_ms: 7, ordinary_root: Hash32([0x41; 32]), veto_ms: 8, objector: 1 }
}

fn guardians() -> Guardians {
    Guardians { keys: vec![VerifyingKey([0x21; 32]), VerifyingKey([0x22; 32])], threshold: 2 }
}

fn change(change: Change) -> ChangeBody {
    let (circle_id, signer_pk) = (CIRCLE, key().verifying_key());
    ChangeBody { circle_id, revision: 3, signer_pk, valid_until_height: 6, change }
}

fn sign<B: PaidBody>(body: B) -> Paid<B> {
    body.sign(&CHAIN, 8, &key())
}

#[test]
fn the_golden_octets_of_a_circle_hold() {
    let (patient_pk, nonce) = (key().verifying_key(), Nonce16([5; 16]));
    let circle_id = CircleId::derive(&CHAIN, &patient_pk, &nonce);
    assert_eq!(circle_id.to_string(), CIRCLE_ID);
    let body = CircleBody {
        circle_id,
        patient_pk,
        nonce,
        valid_until_height: 6,
        delegates: vec![power()],
        guardians: guardians(),
        policy: policy(),
    };
    let tx = Tx::Circle(sign(body));
    assert_eq!((tx.encode().len(), tx.hash().to_string().as_str()), (443, CIRCLE_TX));
}

#[test]
fn the_golden_octets_of_every_change_hold() {
    let review = Change::ConfirmReview { seat: 3, review_ms: 300 };
    let body = change(review.clone());
    assert_eq!(body.subject().to_string(), SUBJECT);
    assert_eq!(hex::encode(Tx::CircleChange(sign(body)).encode()), REVIEW);
    let all = [
        Change::RemoveDelegate(1),
        Change::LowerDelegate(1, power()),
        Change::AddDelegate(power()),
        Change::RaiseDelegate(1, power()),
        Change::SetPolicy(policy()),
        Change::SetGuardians(guardians()),
        Change::ReplacePatient(VerifyingKey([0x51; 32])),
        review,
        Change::Handover,
        Change::RetireKey(VerifyingKey([0x52; 32])),
    ];
    let octets: Vec<u8> =
        all.into_iter().flat_map(|each| Tx::CircleChange(sign(change(each))).encode()).collect();
    assert_eq!(hex::encode(sha256(&[&octets])), CHANGES);
}

#[test]
fn the_golden_octets_of_what_is_said_hold() {
    let (circle_id, signer_pk, valid_until_height) = (CIRCLE, key().verifying_key(), 6);
    let subject = Subject::Grant(GrantId([9; 32]));
    let approve = ApproveBody { circle_id, subject, revision: 3, signer_pk, valid_until_height };
    assert_eq!(hex::encode(Tx::Approve(sign(approve)).encode()), APPROVE);
    let subject = Subject::Change(Hash32([9; 32]));
    let object = ObjectBody { circle_id, subject, signer_pk, valid_until_height };
    assert_eq!(hex::encode(Tx::Object(sign(object)).encode()), OBJECT);
    let mandate = Mandate { mandate_pk: VerifyingKey([0x11; 32]), salt: [0x12; 32] };
    let may = MayObject::sign(&circle_id, mandate, &CHAIN, &key());
    let (change, hand_pk) = (Hash32([9; 32]), signer_pk);
    let object = MandatedObjectBody { circle_id, change, may, hand_pk, valid_until_height };
    let object = Tx::MandatedObject(Box::new(sign(object)));
    assert_eq!((object.encode().len(), object.hash().to_string().as_str()), (338, MANDATED_OBJECT));
    let spring = SpringBody {
        circle_id,
        revision: 3,
        delegate_pk: VerifyingKey([0x11; 32]),
        credential_pk: signer_pk,
        valid_until_height,
    };
    assert_eq!(hex::encode(Tx::Spring(sign(spring)).encode()), SPRING);
}

#[test]
fn one_kind_of_statement_is_no_other() {
    let (circle_id, signer_pk, valid_until_height) = (CIRCLE, key().verifying_key(), 6);
    let subject = Subject::Grant(GrantId([9; 32]));
    let object = sign(ObjectBody { circle_id, subject, signer_pk, valid_until_height });
    let holds =
        |label, chain: &ChainId| signer_pk.verify(label, chain, &object.signed(), &object.signature).is_ok();
    assert!(holds(Label::Object, &CHAIN));
    for label in [Label::Approve, Label::CircleChange, Label::Circle, Label::Spring, Label::Revoke] {
        assert!(!holds(label, &CHAIN));
    }
    assert!(!holds(Label::Object, &ChainId([2; 32])));
}
