//! A keeper asks a permission's contract with what its own chain says.

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::contract::{APPOINTMENT_MARGIN_MS, Ready, contract_hash};
use salus_chain::ids::{KemPublicKey, Nonce16, ReaderKey};
use salus_chain::merkle::MerklePath;
use salus_chain::sign::SigningKey;
use salus_chain::time::Epoch;
use salus_chain::tx::{AccessBody, ContractBody, GrantBody, GrantTerms, Purpose, StatedAccessBody, epk_hash};
use salus_keeper::deal::{Dealing, seal_deal};
use salus_keeper::envelope::KemSecretKey;
use salus_keeper::message::{
    DealContext, KeeperRefused, KeeperReply, KeeperRequest, ReleaseRequest, SlotRequest,
};
use salus_keeper::release::Refusal;
use salus_keeper::{Scope, Slot};
use salus_light::p2p::PeerId;

use super::*;
use crate::keeper::Keeper;

// The clock goes on by a second a block: a few blocks after the opening this is over.
const OPEN_UNTIL: UnixMillis = BEGIN + 10_000;

impl Chain {
    /// Puts a transaction into the next block.
    pub(super) fn recorded(&mut self, tx: &Tx) {
        let hash = self.state.mempool().submit(&tx.encode()).unwrap();
        self.advance(1);
        assert_eq!(self.state.tx(&hash).unwrap().unwrap().code, 0);
    }
}

pub(super) async fn ask(keeper: &Keeper, request: KeeperRequest) -> KeeperReply {
    KeeperReply::decode(&keeper.answer(&request.encode(), PeerId::random()).await.unwrap()).unwrap()
}

/// The key that only the permission has.
pub(super) fn own_key() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

fn reader() -> SigningKey {
    SigningKey::from_bytes(&[2; 32])
}

pub(super) fn reader_pk() -> ReaderKey {
    ReaderKey::new(reader().verifying_key(), KemPublicKey([9; 32]))
}

/// A permission of a day to that reader, with the keeper's ack.
pub(super) async fn dealt(chain: &Chain, keeper: &Keeper, contract_hash: Hash32) -> GrantBody {
    let (id, mut rng) = (chain.genesis.chain_id(), ChaCha20Rng::seed_from_u64(3));
    let Epoch(epoch) = Epoch::at(BEGIN);
    let (pk, nonce) = (own_key().verifying_key(), Nonce16([4; 16]));
    let context = DealContext {
        grant_id: GrantId::derive(&id, &pk, &nonce),
        patient_grant_pk: pk,
        nonce,
        keeper_set_id: chain.genesis.keeper_set_id(),
        threshold: 1,
        scope: Scope::new(epoch - 1, epoch).unwrap(),
    };
    let (grant_id, keeper_set_id) = (context.grant_id, context.keeper_set_id);
    let dealing = Dealing::generate(1, &mut rng).unwrap();
    let to = chain.genesis.members[0].keeper_kem_pk;
    let deal = seal_deal(&id, &dealing, context, 1, &to, &own_key(), &mut rng).unwrap();
    let KeeperReply::Ack(ack) = ask(keeper, KeeperRequest::Deal(Box::new(deal))).await else { panic!() };
    let terms = GrantTerms {
        grant_id,
        patient_grant_pk: pk,
        reader_pk_root: reader_pk().leaf(),
        keeper_set_id,
        threshold: 1,
        commit_hash: dealing.commitments().hash(&grant_id, &keeper_set_id),
        capsule_hash: Hash32([7; 32]),
        not_before_ms: BEGIN,
        expires_ms: BEGIN + 86_400_000,
        contract_hash,
        revoker_root: Hash32::ZERO,
    };
    GrantBody { terms, nonce, valid_until_height: 9, acks: vec![ack] }
}

/// What the reader asks for, and the stated receipt of it.
pub(super) fn opening(chain: &Chain, grant_id: GrantId) -> (Tx, ReleaseRequest) {
    let Epoch(epoch) = Epoch::at(BEGIN);
    let slots = SlotRequest::new(vec![Slot::new(0, epoch - 1).unwrap()], [6; 32]).unwrap();
    let epk = KemSecretKey::generate(&mut ChaCha20Rng::seed_from_u64(4)).public_key().unwrap();
    let access = AccessBody {
        grant_id,
        reader_pk: reader_pk(),
        path: MerklePath::single(),
        request_hash: slots.hash(),
        epk_hash: epk_hash(&epk),
    };
    let body =
        StatedAccessBody { access, purpose: Purpose::Treatment, reason: 0, second: None, opener: None };
    let receipt = Tx::StatedAccess(Box::new(body.sign(&chain.genesis.chain_id(), &reader())));
    let request = ReleaseRequest { access_tx_hash: receipt.hash(), slots, epk };
    (receipt, request)
}

#[tokio::test]
async fn a_release_ends_when_the_contract_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let mut chain = Chain::open(dir.path(), 1);
    let keeper = Keeper::open(chain.state.clone()).unwrap();
    let id = chain.genesis.chain_id();
    let text = Ready::Appointment { at_ms: OPEN_UNTIL - APPOINTMENT_MARGIN_MS }.text().unwrap();
    let contract_hash = contract_hash(&text);
    let body = ContractBody { author_pk: own_key().verifying_key(), valid_until_height: 9, text };
    chain.recorded(&Tx::Contract(body.sign(&id, 0, &own_key())));
    let body = dealt(&chain, &keeper, contract_hash).await;
    let grant_id = body.terms.grant_id;
    chain.recorded(&Tx::Grant(Box::new(body.sign(&id, 0, &own_key()))));
    let (receipt, request) = opening(&chain, grant_id);
    chain.recorded(&receipt);

    let reply = ask(&keeper, KeeperRequest::Release(request.clone())).await;
    assert!(matches!(reply, KeeperReply::Released(_)), "{reply:?}");
    while chain.state.head().time_ms < OPEN_UNTIL {
        chain.advance(1);
    }
    let reply = ask(&keeper, KeeperRequest::Release(request)).await;
    assert_eq!(reply, KeeperReply::Refused(KeeperRefused::Release(Refusal::Contract)));
}
