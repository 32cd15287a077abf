//! A keeper learns from its own chain whether a permission is a delegate's, and what its circle says.

use salus_chain::circle::{Beginning, Change, Delegate, Guardians, Policy, Role, category_leaf};
use salus_chain::contract::{Ready, contract_hash};
use salus_chain::ids::{CircleId, Nonce16, VerifyingKey};
use salus_chain::merkle::{self, MerklePath};
use salus_chain::sign::{Label, SigningKey};
use salus_chain::tx::{
    CategoryClaim, ChangeBody, CircleBody, ContractBody, DelegatedGrantBody, PaidBody, ReaderClaim,
};
use salus_keeper::message::{KeeperRefused, KeeperReply, KeeperRequest};
use salus_keeper::release::Refusal;

use super::consent::{ask, dealt, opening, own_key, reader_pk};
use super::*;
use crate::keeper::Keeper;

const PERSON: u8 = 20;
const STEWARD: u8 = 21;
const CLINICIAN: u8 = 22;
const DAY: i64 = 86_400_000;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn pk(seed: u8) -> VerifyingKey {
    key(seed).verifying_key()
}

/// The one category that the steward may permit, an ordinary one.
fn category() -> Hash32 {
    category_leaf(&[1; 16], 1)
}

fn circle(chain: &Chain) -> CircleBody {
    let steward = Delegate {
        pk: pk(STEWARD),
        role: Role::Steward,
        instrument_hash: Hash32([1; 32]),
        categories_root: merkle::root(&[category()]),
        recipients_root: Hash32::ZERO,
        longest_ms: 2 * DAY,
        begins_ms: BEGIN,
        lapses_ms: BEGIN + 9 * DAY,
        review_ms: None,
        beginning: Beginning::AtOnce,
    };
    let nonce = Nonce16([5; 16]);
    CircleBody {
        circle_id: CircleId::derive(&chain.genesis.chain_id(), &pk(PERSON), &nonce),
        patient_pk: pk(PERSON),
        nonce,
        valid_until_height: 9,
        delegates: vec![steward],
        guardians: Guardians { keys: Vec::new(), threshold: 0 },
        policy: Policy {
            approvals: 1,
            long_ms: 2 * DAY,
            ordinary_root: merkle::root(&[category()]),
            veto_ms: 0,
            objector: 0,
        },
    }
}

#[tokio::test]
async fn a_release_ends_when_the_delegate_who_permitted_it_is_removed() {
    let dir = tempfile::tempdir().unwrap();
    let mut chain = Chain::open(dir.path(), 1);
    let keeper = Keeper::open(chain.state.clone()).unwrap();
    let id = chain.genesis.chain_id();
    // The contract asks about the clinician: the reader's own key has no credential, the one named in the permission has.
    let text = Ready::OnDuty { member: 1 }.text().unwrap();
    let on_duty = contract_hash(&text);
    let contract = ContractBody { author_pk: pk(PERSON), valid_until_height: 9, text };
    chain.recorded(&Tx::Contract(contract.sign(&id, 0, &key(PERSON))));
    let credential = Tx::decode(&chain.credential(CLINICIAN).0).unwrap();
    chain.recorded(&credential);
    let circle = circle(&chain);
    let circle_id = circle.circle_id;
    chain.recorded(&Tx::Circle(circle.sign(&id, 0, &key(PERSON))));

    let grant = dealt(&chain, &keeper, on_duty).await;
    let grant_id = grant.terms.grant_id;
    let reader = ReaderClaim {
        reader_pk: reader_pk(),
        credential_pk: pk(CLINICIAN),
        code_signature: key(CLINICIAN).sign(Label::Code, &id, reader_pk().as_ref()),
        place: None,
    };
    let single = MerklePath::single;
    let category = CategoryClaim { leaf: category(), path: single(), ordinary: Some(single()) };
    let body = DelegatedGrantBody {
        grant,
        circle_id,
        delegate_pk: pk(STEWARD),
        categories: vec![category],
        readers: vec![reader],
    };
    chain.recorded(&Tx::DelegatedGrant(Box::new(body.sign(&id, 0, &own_key(), &key(STEWARD)))));
    let (receipt, request) = opening(&chain, grant_id);
    chain.recorded(&receipt);
    let reply = ask(&keeper, KeeperRequest::Release(request.clone())).await;
    assert!(matches!(reply, KeeperReply::Released(_)), "{reply:?}");

    let removal = ChangeBody {
        circle_id,
        revision: 0,
        signer_pk: pk(PERSON),
        valid_until_height: 99,
        change: Change::RemoveDelegate(1),
    };
    chain.recorded(&Tx::CircleChange(removal.sign(&id, 0, &key(PERSON))));
    let reply = ask(&keeper, KeeperRequest::Release(request)).await;
    assert_eq!(reply, KeeperReply::Refused(KeeperRefused::Release(Refusal::Circle)));
}
