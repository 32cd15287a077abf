use super::*;
use crate::codec::Record;
use crate::fixture::{Chain, DAY, key};
use crate::genesis::Genesis;
use crate::ids::{GrantId, Hash32, KeeperSetId, Nonce16};
use crate::merkle::{self, MerklePath};
use crate::state_tree::{self, StateProof};
use crate::tx::{CredentialBody, CredentialStatus, EnrolTx, GrantBody, Pow, Tx, WithdrawTx};

mod consent;
mod cost;
mod duty;
mod emergency;
mod mandate;
mod review;

fn refused(chain: &Chain, tx: &Tx) -> Option<TxRefused> {
    let head = Head { height: chain.height, time_ms: chain.time_ms };
    match check_tx(&chain.ctx, &chain.tree, tx, &head) {
        Ok(()) => None,
        Err(CheckError::Refused(why)) => Some(why),
        Err(CheckError::State(error)) => panic!("{error}"),
    }
}

// What the check says before is what execution does, and a refused transaction changes nothing.
fn agree(chain: &mut Chain, tx: &Tx) -> Option<TxRefused> {
    let before = refused(chain, tx);
    let effects =
        execute_block(&chain.ctx, &chain.tree, chain.height + 1, chain.time_ms, &[tx.encode()]).unwrap();
    assert_eq!(effects.results[0].outcome.err().is_some(), before.is_some());
    assert_eq!(before.is_none(), !effects.writes.is_empty());
    before
}

#[test]
fn the_whole_life_of_a_permission() {
    let mut chain = Chain::new(4);
    assert_eq!(refused(&chain, &chain.access_tx(1, 1)), Some(TxRefused::UnknownGrant));
    let effects = chain.block(1000, &[chain.grant_tx(1)]);
    assert_eq!(effects.events, [Event::Granted(chain.grant_id(1))]);
    let grant = chain.grant(1).unwrap();
    assert_eq!(
        (grant.status_at(chain.time_ms), grant.counts(), grant.height),
        (GrantStatus::Active, (4, 0), 1)
    );

    chain.block(1000, &[chain.access_tx(1, 1), chain.access_tx(1, 2)]);
    assert_eq!(refused(&chain, &chain.access_tx(1, 2)), Some(TxRefused::Replayed));
    chain.block(1000, &[chain.access_tx(1, 3)]);
    let grant = chain.grant(1).unwrap();
    let log: Vec<AccessRecord> = (0..grant.access_count)
        .map(|place| chain.record(&StateKey::AccessLog(grant.terms.grant_id, place)).unwrap())
        .collect();
    assert_eq!(log.iter().map(|receipt| receipt.height).collect::<Vec<_>>(), [2, 2, 3]);
    assert_eq!(access_log_head(&grant.terms.grant_id, &log), grant.access_head);
    assert_ne!(access_log_head(&grant.terms.grant_id, &log[1..]), grant.access_head);
    let pointer: AccessPointer = chain.record(&StateKey::Access(log[2].tx_hash)).unwrap();
    assert_eq!((pointer.place, pointer.height), (2, 3));

    assert_eq!(refused(&chain, &chain.erasure_tx(1, 1)), Some(TxRefused::NotEnded));
    let stop = chain.revoke_tx(1, 1, MerklePath::single());
    let effects = chain.block(1000, std::slice::from_ref(&stop));
    assert_eq!(effects.events, [Event::Revoked(chain.grant_id(1))]);
    assert_eq!(refused(&chain, &stop), Some(TxRefused::Ended));
    assert_eq!(refused(&chain, &chain.access_tx(1, 4)), Some(TxRefused::Ended));

    let acks: Vec<Tx> = (1..=4).map(|keeper| chain.erasure_tx(1, keeper)).collect();
    chain.block(1000, &acks);
    let grant = chain.grant(1).unwrap();
    assert_eq!((grant.counts(), grant.status_at(0)), ((4, 4), GrantStatus::Revoked));
    assert!(grant.erasure_confirmed(4) && !grant.erasure_confirmed(5) && !grant.acked(0));
    assert_eq!(refused(&chain, &acks[2]), Some(TxRefused::AlreadyErased));
    // A stopped permission stays stopped when its end time comes.
    assert_eq!(chain.block(2 * DAY, &[]).events, []);
    assert_eq!(chain.grant(1).unwrap().status_at(i64::MAX), GrantStatus::Revoked);
}

#[test]
fn end_times_come_at_the_start_of_the_block_in_order() {
    let mut chain = Chain::new(1);
    let mut txs = Vec::new();
    for seed in 1..=40u8 {
        let mut body = chain.body(seed);
        // Neither increasing nor decreasing: 17 generates the residues of 41.
        body.terms.expires_ms = chain.time_ms + DAY + i64::from(seed) * 17 % 41 * 1000;
        txs.push(chain.sign(seed, body));
    }
    chain.block(1, &txs);
    let last_use = chain.access_tx(7, 1);
    let effects = chain.block(DAY + 20_000 - 1, &[last_use]);
    let ended = |effects: &BlockEffects, chain: &Chain| -> Vec<i64> {
        let ids = effects.events.iter().filter_map(|event| match event {
            Event::Expired(id) => Some(*id),
            _ => None,
        });
        ids.map(|id| chain.record::<GrantRecord>(&StateKey::Grant(id)).unwrap().terms.expires_ms).collect()
    };
    let first = ended(&effects, &chain);
    assert_eq!((first.len(), first.is_sorted()), (20, true));
    assert!(first.iter().all(|at| *at <= chain.time_ms));
    let rest = chain.block(10 * DAY, &[]);
    let rest = ended(&rest, &chain);
    assert_eq!((rest.len(), rest.is_sorted()), (20, true));
    assert_eq!(chain.record::<ChainRecord>(&StateKey::Chain).unwrap().heap_len, 0);
    assert!((1..=40).all(|seed| chain.grant(seed).unwrap().end.is_some_and(|end| !end.revoked)));
    assert_eq!(chain.block(1, &[]).writes, []);
}

#[test]
fn a_permission_in_its_last_block_is_over_for_the_blocks_transactions() {
    let mut chain = Chain::new(1);
    chain.block(1, &[chain.grant_tx(1)]);
    let expires = chain.grant(1).unwrap().terms.expires_ms;
    let effects = chain.block(expires - chain.time_ms, &[chain.access_tx(1, 1), chain.erasure_tx(1, 1)]);
    assert_eq!(effects.results[0].outcome, Err(TxRefused::Ended));
    assert_eq!(effects.results[1].outcome, Ok(()));
}

#[test]
fn every_reason_to_refuse_a_grant() {
    let mut chain = Chain::new(4);
    let good = chain.body(1);
    let mut case = |change: &dyn Fn(&mut GrantBody)| {
        let mut body = good.clone();
        change(&mut body);
        let tx = chain.sign(1, body);
        agree(&mut chain, &tx)
    };
    assert_eq!(case(&|_| {}), None);
    assert_eq!(case(&|b| b.terms.keeper_set_id = KeeperSetId([0; 32])), Some(TxRefused::KeeperSet));
    assert_eq!(case(&|b| b.terms.threshold = 2), Some(TxRefused::KeeperSet));
    assert_eq!(case(&|b| b.terms.contract_hash = Hash32([1; 32])), Some(TxRefused::Contract));
    assert_eq!(case(&|b| b.nonce = Nonce16([9; 16])), Some(TxRefused::GrantId));
    assert_eq!(case(&|b| b.terms.grant_id = GrantId([9; 32])), Some(TxRefused::GrantId));
    assert_eq!(case(&|b| b.terms.expires_ms = b.terms.not_before_ms), Some(TxRefused::Times));
    assert_eq!(case(&|b| b.terms.expires_ms += 20_000 * DAY), Some(TxRefused::Times));
    let past = |b: &mut GrantBody| {
        b.terms.not_before_ms -= 2 * DAY;
        b.terms.expires_ms -= DAY;
    };
    assert_eq!(case(&past), Some(TxRefused::Times));
    assert_eq!(case(&|b| b.valid_until_height = 0), Some(TxRefused::TooLate));
    assert_eq!(case(&|b| b.acks.truncate(3)), None);
    assert_eq!(case(&|b| b.acks.truncate(2)), Some(TxRefused::Acks));
    assert_eq!(case(&|b| b.acks.swap(0, 1)), Some(TxRefused::Acks));
    assert_eq!(case(&|b| b.acks[1] = b.acks[0]), Some(TxRefused::Acks));
    assert_eq!(case(&|b| b.acks[3].keeper = 5), Some(TxRefused::Acks));
    assert_eq!(case(&|b| b.acks[2].signature.0[0] ^= 1), Some(TxRefused::Acks));
    // Acks for another polynomial.
    assert_eq!(case(&|b| b.terms.commit_hash = Hash32([7; 32])), Some(TxRefused::Acks));

    let Tx::Grant(signed) = chain.grant_tx(1) else { panic!() };
    let mut flipped = signed.clone();
    flipped.signature.0[1] ^= 1;
    assert_eq!(agree(&mut chain, &Tx::Grant(flipped)), Some(TxRefused::Signature));
    let weak = (0..).map(Pow).find(|pow| {
        !crate::tx::pow_valid(&chain.ctx.chain_id, &signed.body.octets(), *pow, chain.ctx.params.pow_bits)
    });
    let mut unpaid = signed.clone();
    unpaid.pow = weak.unwrap();
    assert_eq!(agree(&mut chain, &Tx::Grant(unpaid)), Some(TxRefused::ProofOfWork));
    chain.block(1, &[Tx::Grant(signed.clone())]);
    assert_eq!(agree(&mut chain, &Tx::Grant(signed)), Some(TxRefused::GrantExists));
}

#[test]
fn who_may_stop() {
    let mut chain = Chain::new(1);
    let guardians: Vec<Hash32> = (201..204).map(|seed| key(seed).verifying_key().revoker_leaf()).collect();
    let mut body = chain.body(1);
    body.terms.revoker_root = merkle::root(&guardians);
    let grant = chain.sign(1, body);
    chain.block(1, &[grant, chain.grant_tx(2)]);
    let path = |place| merkle::path(&guardians, place).unwrap();
    let stranger = chain.revoke_tx(1, 9, MerklePath::single());
    assert_eq!(agree(&mut chain, &stranger), Some(TxRefused::Revoker));
    let other_place = chain.revoke_tx(1, 201, path(1));
    assert_eq!(agree(&mut chain, &other_place), Some(TxRefused::Revoker));
    let guardian = chain.revoke_tx(1, 202, path(1));
    assert_eq!(agree(&mut chain, &guardian), None);
    // Without a root nobody but the patient's own key.
    let none = chain.revoke_tx(2, 202, path(1));
    assert_eq!(agree(&mut chain, &none), Some(TxRefused::Revoker));
    let Tx::Revoke(mut forged) = chain.revoke_tx(2, 2, MerklePath::single()) else { panic!() };
    forged.signature.0[0] ^= 1;
    assert_eq!(agree(&mut chain, &Tx::Revoke(forged)), Some(TxRefused::Signature));
    let unknown = chain.revoke_tx(3, 3, MerklePath::single());
    assert_eq!(agree(&mut chain, &unknown), Some(TxRefused::UnknownGrant));
}

#[test]
fn who_may_open_and_how_often() {
    let mut chain = Chain::new(1);
    let mut later = chain.body(2);
    later.terms.not_before_ms += DAY / 2;
    let later = chain.sign(2, later);
    chain.block(1, &[chain.grant_tx(1), later]);
    let early = chain.access_tx(2, 1);
    assert_eq!(agree(&mut chain, &early), Some(TxRefused::NotBegun));
    let Tx::Access(mut stranger) = chain.access_tx(1, 1) else { panic!() };
    stranger.body.reader_pk = chain.reader_pk(150);
    let stranger = Tx::Access(stranger.body.sign(&chain.ctx.chain_id, &key(150)));
    assert_eq!(agree(&mut chain, &stranger), Some(TxRefused::Reader));
    let Tx::Access(mut forged) = chain.access_tx(1, 1) else { panic!() };
    forged.signature.0[0] ^= 1;
    assert_eq!(agree(&mut chain, &Tx::Access(forged)), Some(TxRefused::Signature));
    chain.block(1, &(1..=3).map(|n| chain.access_tx(1, n)).collect::<Vec<_>>());
    let fourth = chain.access_tx(1, 4);
    assert_eq!(agree(&mut chain, &fourth), Some(TxRefused::TooMany));
    chain.block(4_096_000, &[]);
    assert_eq!(agree(&mut chain, &fourth), None);
}

#[test]
fn a_suspended_credential_stops_its_reader() {
    let mut chain = Chain::new(4);
    let statement = |chain: &Chain, member: u16, status, nonce| {
        let body = CredentialBody {
            credential_pk: key(101).verifying_key(),
            member_index: member,
            status,
            attestation_hash: Hash32([1; 32]),
            valid_until_ms: chain.time_ms + DAY / 2,
            nonce,
            subject: None,
        };
        Tx::Credential(body.sign(&chain.ctx.chain_id, &chain.keepers[usize::from(member) - 1]))
    };
    let active = statement(&chain, 1, CredentialStatus::Active, 5);
    chain.block(1, &[chain.grant_tx(1), active.clone()]);
    let open = chain.access_tx(1, 1);
    assert_eq!(agree(&mut chain, &open), None);
    assert_eq!(agree(&mut chain, &active), Some(TxRefused::Nonce));
    let foreign = statement(&chain, 2, CredentialStatus::Suspended, 6);
    assert_eq!(agree(&mut chain, &foreign), Some(TxRefused::CredentialOwner));
    chain.block(1, &[statement(&chain, 1, CredentialStatus::Suspended, 6)]);
    assert_eq!(agree(&mut chain, &open), Some(TxRefused::Credential));
    chain.block(1, &[statement(&chain, 1, CredentialStatus::Active, 7)]);
    assert_eq!(agree(&mut chain, &open), None);
    chain.block(DAY / 2, &[]);
    assert_eq!(agree(&mut chain, &open), Some(TxRefused::Credential));
    chain.block(1, &[statement(&chain, 1, CredentialStatus::Withdrawn, 8)]);
    let again = statement(&chain, 1, CredentialStatus::Active, 9);
    assert_eq!(agree(&mut chain, &again), Some(TxRefused::CredentialOwner));
    let Tx::Credential(mut nobody) = again.clone() else { panic!() };
    nobody.body.member_index = 5;
    assert_eq!(refused(&chain, &Tx::Credential(nobody)), Some(TxRefused::CredentialOwner));
}

#[test]
fn the_whole_life_of_an_enrolment() {
    let mut chain = Chain::new(4);
    let (enrol, withdraw) = (chain.enrol_tx(1), chain.withdraw_tx(1));
    assert_eq!(agree(&mut chain, &withdraw), Some(TxRefused::UnknownEnrolment));
    assert_eq!(agree(&mut chain, &enrol), None);
    let effects = chain.block(1000, &[enrol.clone(), chain.enrol_tx(2)]);
    assert_eq!(effects.events, [1, 2].map(|seed| Event::Enrolled(key(seed).verifying_key())));
    let enrolled: EnrolmentRecord = chain.record(&chain.enrolment(1)).unwrap();
    let Tx::Enrol(EnrolTx { body, .. }) = &enrol else { panic!() };
    assert_eq!((enrolled.commitment, enrolled.height), (body.commitment, 1));
    assert_eq!((enrolled.time_ms, enrolled.withdrawn), (chain.time_ms, None));
    assert_eq!(agree(&mut chain, &enrol), Some(TxRefused::EnrolmentExists));

    let effects = chain.block(1000, std::slice::from_ref(&withdraw));
    assert_eq!(effects.events, [Event::EnrolmentWithdrawn(key(1).verifying_key())]);
    let record: EnrolmentRecord = chain.record(&chain.enrolment(1)).unwrap();
    let withdrawn = Some(Withdrawn { height: 2, time_ms: chain.time_ms });
    assert_eq!(record, EnrolmentRecord { withdrawn, ..enrolled });
    let at = |ms| record.status_at(enrolled.time_ms + ms);
    use EnrolmentStatus as Is;
    assert_eq!([-1, 0, 999, 1000].map(at), [Is::NotYet, Is::Enrolled, Is::Enrolled, Is::Withdrawn]);
    // Neither again nor anew, and the other one is as it was.
    chain.block(1000, &[]);
    assert_eq!(agree(&mut chain, &withdraw), Some(TxRefused::EnrolmentWithdrawn));
    assert_eq!(agree(&mut chain, &enrol), Some(TxRefused::EnrolmentExists));
    let other: EnrolmentRecord = chain.record(&chain.enrolment(2)).unwrap();
    assert_eq!(other.status_at(i64::MAX), Is::Enrolled);
}

#[test]
fn every_reason_to_refuse_an_enrolment_and_a_withdrawal() {
    let mut chain = Chain::new(4);
    let (ctx, bits) = (chain.ctx.clone(), chain.ctx.params.pow_bits);
    let weak = |body: &[u8]| {
        (0..).map(Pow).find(|pow| !crate::tx::pow_valid(&ctx.chain_id, body, *pow, bits)).unwrap()
    };
    let Tx::Enrol(good) = chain.enrol_tx(1) else { panic!() };
    let mut case = |change: &dyn Fn(&mut EnrolTx)| {
        let mut tx = good.clone();
        change(&mut tx);
        agree(&mut chain, &Tx::Enrol(tx))
    };
    assert_eq!(case(&|_| {}), None);
    assert_eq!(case(&|tx| tx.signature.0[0] ^= 1), Some(TxRefused::Signature));
    assert_eq!(case(&|tx| tx.pow = weak(&tx.body.octets())), Some(TxRefused::ProofOfWork));
    // A stranger's key on a copied commitment, and another commitment under this key.
    let resigned = |tx: &mut EnrolTx, by: u8| *tx = tx.body.sign(&ctx.chain_id, bits, &key(by));
    assert_eq!(case(&|tx| resigned(tx, 9)), Some(TxRefused::Signature));
    let copied = |tx: &mut EnrolTx| {
        tx.body.enrolment_pk = key(9).verifying_key();
        resigned(tx, 9);
    };
    // It is a record of its own, which no capsule names.
    assert_eq!(case(&copied), None);
    // Signed for another chain.
    let elsewhere = |tx: &mut EnrolTx| {
        let pow = tx.pow;
        *tx = tx.body.sign(&crate::ids::ChainId([7; 32]), 0, &key(1));
        tx.pow = pow;
    };
    assert_eq!(case(&elsewhere), Some(TxRefused::Signature));

    chain.block(1, &[Tx::Enrol(good)]);
    let Tx::Withdraw(good) = chain.withdraw_tx(1) else { panic!() };
    let mut case = |change: &dyn Fn(&mut WithdrawTx)| {
        let mut tx = good.clone();
        change(&mut tx);
        agree(&mut chain, &Tx::Withdraw(tx))
    };
    assert_eq!(case(&|_| {}), None);
    assert_eq!(case(&|tx| tx.signature.0[0] ^= 1), Some(TxRefused::Signature));
    assert_eq!(case(&|tx| tx.pow = weak(&tx.body.octets())), Some(TxRefused::ProofOfWork));
    assert_eq!(case(&|tx| *tx = tx.body.sign(&ctx.chain_id, bits, &key(2))), Some(TxRefused::Signature));
    let unknown = |tx: &mut WithdrawTx| tx.body.enrolment_pk = key(2).verifying_key();
    assert_eq!(case(&unknown), Some(TxRefused::UnknownEnrolment));
}

#[test]
fn garbage_in_a_block_is_a_result_without_effect() {
    let mut chain = Chain::new(1);
    let grant = chain.grant_tx(1);
    let root = chain.tree.clone();
    let effects = chain.raw_block(1, &[vec![], vec![1, 9], grant.encode()[..50].to_vec()], 1);
    assert!(effects.results.iter().all(|result| result.outcome == Err(TxRefused::Malformed)));
    assert_eq!(effects.writes, []);
    let before = state_tree::root(&root, 0).unwrap();
    assert_eq!(state_tree::root(&chain.tree, 1).unwrap(), before);
}

#[test]
fn execution_is_deterministic_over_nodes() {
    let run = || {
        let mut chain = Chain::new(4);
        chain.block(1, &[chain.grant_tx(1), chain.grant_tx(2)]);
        chain.block(9, &[chain.access_tx(2, 1), chain.revoke_tx(1, 1, MerklePath::single())]);
        chain.block(2 * DAY, &[]);
        chain.blocks.last().unwrap().hash()
    };
    assert_eq!(run(), run());
}

#[test]
fn presence_and_absence_are_proven_against_the_header() {
    let mut chain = Chain::new(4);
    chain.block(1, &[chain.grant_tx(1), chain.grant_tx(2)]);
    chain.block(1, &[chain.revoke_tx(1, 1, MerklePath::single())]);
    let header = |height: usize| chain.blocks[height - 1].app_hash().unwrap();
    let known = StateKey::Grant(chain.grant_id(1));
    let (value, proof) = state_tree::prove(&chain.tree, 2, &known).unwrap();
    let value = value.unwrap();
    let proof = StateProof::decode(&proof.encode().unwrap()).unwrap();
    assert_eq!(proof.verify_presence(&header(2), &known, &value), Ok(()));
    assert!(proof.verify_presence(&header(1), &known, &value).is_err());
    assert!(proof.verify_absence(&header(2), &known).is_err());
    let mut altered = value.clone();
    altered[100] ^= 1;
    assert!(proof.verify_presence(&header(2), &known, &altered).is_err());
    assert!(proof.verify_presence(&header(2), &StateKey::Grant(chain.grant_id(2)), &value).is_err());
    // The state before the stop is still proven by the earlier header.
    let (before, proof) = state_tree::prove(&chain.tree, 1, &known).unwrap();
    assert_eq!(proof.verify(&header(1), &known, before.as_deref()), Ok(()));

    let never = StateKey::Grant(chain.grant_id(3));
    let (value, proof) = state_tree::prove(&chain.tree, 2, &never).unwrap();
    assert_eq!((value, proof.verify_absence(&header(2), &never)), (None, Ok(())));
    assert!(proof.verify_absence(&header(2), &known).is_err());
    chain.block(1, &[chain.enrol_tx(1)]);
    let enrolled = chain.enrolment(1);
    let (value, proof) = state_tree::prove(&chain.tree, 3, &enrolled).unwrap();
    let header = |height: usize| chain.blocks[height - 1].app_hash().unwrap();
    assert_eq!(proof.verify_presence(&header(3), &enrolled, &value.unwrap()), Ok(()));
    assert!(proof.verify_absence(&header(3), &enrolled).is_err());
    let (value, proof) = state_tree::prove(&chain.tree, 2, &enrolled).unwrap();
    assert_eq!((value, proof.verify_absence(&header(2), &enrolled)), (None, Ok(())));
    let octets = proof.encode().unwrap();
    for end in 0..octets.len() {
        assert!(StateProof::decode(&octets[..end]).is_err());
    }
    assert!(StateProof::decode(&vec![0; state_tree::MAX_PROOF_BYTES + 1]).is_err());
}

#[test]
fn the_chain_id_covers_keys_and_parameters_not_addresses() {
    let (genesis, ..) = crate::fixture::genesis(4);
    let changed = |change: &dyn Fn(&mut Genesis)| {
        let mut other = genesis.clone();
        change(&mut other);
        other.chain_id() != genesis.chain_id()
    };
    assert!(changed(&|g| g.members[1].keeper_pk.0[0] ^= 1));
    assert!(changed(&|g| g.members.swap(0, 1)));
    assert!(changed(&|g| g.params.pow_bits += 1));
    assert!(changed(&|g| g.genesis_time_ms += 1));
    assert!(!changed(&|g| g.members[1].public_addr = "elsewhere".into()));
}
