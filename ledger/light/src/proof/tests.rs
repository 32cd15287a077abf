use salus_chain::block::TxInclusion;
use salus_chain::codec::Record;
use salus_chain::genesis::{ChainContext, Params};
use salus_chain::ids::{ChainId, GrantId, Hash32, KeeperSetId, TxHash, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_chain::state::{
    ChainRecord, ContractRecord, EnrolmentRecord, StateKey, execute_block, genesis_writes,
};
use salus_chain::state_tree::{MemoryTree, ProofError, prove};
use salus_chain::tx::{ContractBody, EnrolBody, Tx, WithdrawBody, tx_hash};

use super::{ProofFault, includes, state};

fn context() -> ChainContext {
    ChainContext {
        chain_id: ChainId([1; 32]),
        keeper_set_id: KeeperSetId([2; 32]),
        keeper_pks: vec![VerifyingKey([3; 32])],
        threshold: 1,
        params: Default::default(),
        genesis_time_ms: 1_795_000_000_000,
    }
}

/// A tree with the genesis record; its root, and value and proof of `key`.
fn proven(key: &StateKey) -> (Hash32, Option<Vec<u8>>, Vec<u8>) {
    let mut tree = MemoryTree::default();
    let root = tree.commit(0, &genesis_writes(&context())).unwrap();
    let (value, proof) = prove(&tree, 0, key).unwrap();
    (root, value, proof.encode().unwrap())
}

#[test]
fn a_present_record_is_proven_and_read() {
    let (root, value, proof) = proven(&StateKey::Chain);
    let record = state::<ChainRecord>(&root, &StateKey::Chain, value.as_deref(), &proof).unwrap();
    assert_eq!(record.unwrap().chain_id, ChainId([1; 32]));
}

#[test]
fn absence_is_proven_and_a_hidden_record_is_not() {
    let key = StateKey::Grant(GrantId([9; 32]));
    let (root, value, proof) = proven(&key);
    assert_eq!(state::<ChainRecord>(&root, &key, value.as_deref(), &proof), Ok(None));
    let mismatch = Err(ProofFault::Proof(ProofError::Mismatch));
    assert_eq!(state::<ChainRecord>(&root, &StateKey::Chain, None, &proof), mismatch);
    let (root, _, proof) = proven(&StateKey::Chain);
    assert_eq!(state::<ChainRecord>(&root, &StateKey::Chain, None, &proof), mismatch);
}

#[test]
fn a_flipped_bit_in_value_proof_or_root_proves_nothing() {
    let (root, value, proof) = proven(&StateKey::Chain);
    let value = value.unwrap();
    for at in 0..value.len() {
        let mut flipped = value.clone();
        flipped[at] ^= 1;
        assert!(state::<ChainRecord>(&root, &StateKey::Chain, Some(&flipped), &proof).is_err(), "{at}");
    }
    for at in 0..proof.len() {
        let mut flipped = proof.clone();
        flipped[at] ^= 1;
        assert!(state::<ChainRecord>(&root, &StateKey::Chain, Some(&value), &flipped).is_err(), "{at}");
    }
    assert!(state::<ChainRecord>(&Hash32([8; 32]), &StateKey::Chain, Some(&value), &proof).is_err());
}

#[test]
fn a_proven_value_of_another_kind_is_an_error() {
    let (root, value, proof) = proven(&StateKey::Chain);
    let read = state::<salus_chain::state::GrantRecord>(&root, &StateKey::Chain, value.as_deref(), &proof);
    assert!(matches!(read, Err(ProofFault::Record(_))));
}

#[test]
fn inclusion_holds_for_its_octets_and_place_only() {
    let octets = [b"one".as_slice(), b"two", b"three"];
    let hashes: Vec<TxHash> = octets.iter().map(|octets| tx_hash(octets)).collect();
    let root = salus_chain::block::data_hash(&hashes);
    let inclusion = TxInclusion::prove(&hashes, 1).unwrap();
    assert!(includes(&root, &hashes[1], octets[1], &inclusion));
    assert!(!includes(&root, &hashes[1], octets[2], &inclusion));
    assert!(!includes(&root, &hashes[2], octets[2], &inclusion));
    assert!(!includes(&Hash32::ZERO, &hashes[1], octets[1], &inclusion));
}

#[test]
fn an_enrolment_is_proven_present_with_its_withdrawal_and_absent() {
    let ctx = ChainContext { params: Params { pow_bits: 0, ..Params::default() }, ..context() };
    let key = SigningKey::from_bytes(&[5; 32]);
    let body = EnrolBody { enrolment_pk: key.verifying_key(), commitment: Hash32([6; 32]) };
    let withdraw = WithdrawBody { enrolment_pk: key.verifying_key() };
    let txs = [
        Tx::Enrol(body.sign(&ctx.chain_id, 0, &key)).encode(),
        Tx::Withdraw(withdraw.sign(&ctx.chain_id, 0, &key)).encode(),
    ];
    let mut tree = MemoryTree::default();
    tree.commit(0, &genesis_writes(&ctx)).unwrap();
    let known = StateKey::Enrolment(key.verifying_key());
    let mut seen = Vec::new();
    for (height, tx) in (1..).zip(&txs) {
        let time_ms = ctx.genesis_time_ms + 1000 * i64::try_from(height).unwrap();
        let effects = execute_block(&ctx, &tree, height, time_ms, &[tx]).unwrap();
        let root = tree.commit(height, &effects.writes).unwrap();
        let (value, proof) = prove(&tree, height, &known).unwrap();
        let proof = proof.encode().unwrap();
        let read = state::<EnrolmentRecord>(&root, &known, value.as_deref(), &proof).unwrap().unwrap();
        assert!(state::<EnrolmentRecord>(&root, &known, None, &proof).is_err(), "hidden");
        seen.push((root, read));
    }
    assert_eq!(seen.iter().map(|(_, read)| read.withdrawn.is_some()).collect::<Vec<_>>(), [false, true]);
    // The state before the withdrawal does not pass for the one after it.
    let (value, proof) = prove(&tree, 1, &known).unwrap();
    let old = state::<EnrolmentRecord>(&seen[1].0, &known, value.as_deref(), &proof.encode().unwrap());
    assert_eq!(old, Err(ProofFault::Proof(ProofError::Mismatch)));
    let other = StateKey::Enrolment(VerifyingKey([9; 32]));
    let (value, proof) = prove(&tree, 2, &other).unwrap();
    let absent = state::<EnrolmentRecord>(&seen[1].0, &other, value.as_deref(), &proof.encode().unwrap());
    assert_eq!(absent, Ok(None));
}

#[test]
fn the_text_of_a_contract_is_proven_by_the_hash_that_a_permission_names() {
    let ctx = ChainContext { params: Params { pow_bits: 0, ..Params::default() }, ..context() };
    let key = SigningKey::from_bytes(&[5; 32]);
    let text = salus_chain::contract::Ready::BreakGlass.text().unwrap();
    let named = StateKey::Contract(salus_chain::contract::contract_hash(&text));
    let body = ContractBody { author_pk: key.verifying_key(), valid_until_height: 1, text: text.clone() };
    let tx = Tx::Contract(body.sign(&ctx.chain_id, 0, &key)).encode();
    let mut tree = MemoryTree::default();
    tree.commit(0, &genesis_writes(&ctx)).unwrap();
    let effects = execute_block(&ctx, &tree, 1, ctx.genesis_time_ms + 1, &[tx]).unwrap();
    let root = tree.commit(1, &effects.writes).unwrap();
    let (value, proof) = prove(&tree, 1, &named).unwrap();
    let proof = proof.encode().unwrap();
    let read = state::<ContractRecord>(&root, &named, value.as_deref(), &proof).unwrap().unwrap();
    assert_eq!((read.text, read.height), (text, 1));
    assert!(state::<ContractRecord>(&root, &named, None, &proof).is_err(), "hidden");
    let other = StateKey::Contract(Hash32([9; 32]));
    let (value, proof) = prove(&tree, 1, &other).unwrap();
    let absent = state::<ContractRecord>(&root, &other, value.as_deref(), &proof.encode().unwrap());
    assert_eq!(absent, Ok(None));
}
