//! The keeper and the desk of a member learn from their own chain who is on duty.

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::contract::Ready;
use salus_chain::duty::{DutyGroup, person_key};
use salus_chain::ids::VerifyingKey;
use salus_chain::merkle::MerklePath;
use salus_chain::sign::SigningKey;
use salus_chain::time::Epoch;
use salus_chain::tx::{AccessBody, ContractBody, DutyBody, DutyGrantBody, PaidBody, epk_hash};
use salus_keeper::Slot;
use salus_keeper::desk::{open_page, seal_note, take_over};
use salus_keeper::envelope::{self, KemSecretKey};
use salus_keeper::message::{
    DutyAsk, DutyNote, KeeperRefused, KeeperReply, KeeperRequest, ReleaseRequest, SecretRequest, SlotRequest,
    WhoRequest,
};
use salus_keeper::release::Refusal;

use super::consent::{ask, dealt, own_key};
use super::*;
use crate::keeper::Keeper;
use crate::roster::Roster;

const CLINICIAN: u8 = 22;
const STRANGER: u8 = 23;
const HOUR: i64 = 3_600_000;
const FIRST: GrantId = GrantId([0; 32]);
const HEADER: Hash32 = Hash32([8; 32]);

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn pk(seed: u8) -> VerifyingKey {
    key(seed).verifying_key()
}

fn night() -> DutyGroup {
    DutyGroup::new(1, "Night").unwrap()
}

fn epk() -> KemSecretKey {
    KemSecretKey::generate(&mut ChaCha20Rng::seed_from_u64(4))
}

fn refused(why: Refusal) -> KeeperReply {
    KeeperReply::Refused(KeeperRefused::Release(why))
}

/// A chain of one member with a permission to its night staff, and a clinician of it on duty.
struct Stage {
    chain: Chain,
    keeper: Keeper,
    grant_id: GrantId,
    nonce: u64,
}

impl Stage {
    async fn open(dir: &std::path::Path) -> Self {
        let mut chain = Chain::open(dir, 1);
        let keeper = Keeper::open(chain.state.clone()).unwrap();
        let id = chain.genesis.chain_id();
        let text = Ready::OnDuty { member: 1 }.text().unwrap();
        let contract = ContractBody { author_pk: pk(STRANGER), valid_until_height: 9, text };
        chain.recorded(&Tx::Contract(contract.sign(&id, 0, &key(STRANGER))));
        let credential = Tx::decode(&chain.credential(CLINICIAN).0).unwrap();
        chain.recorded(&credential);
        let mut grant = dealt(&chain, &keeper, night().contract_hash().unwrap()).await;
        grant.terms.reader_pk_root = night().tag();
        let grant_id = grant.terms.grant_id;
        let body = DutyGrantBody { grant, group: night() };
        chain.recorded(&Tx::DutyGrant(Box::new(body.sign(&id, 0, &own_key()))));
        let mut stage = Self { chain, keeper, grant_id, nonce: 0 };
        stage.duty(HOUR);
        stage
    }

    /// On duty for so long from now; with 0 off duty.
    fn duty(&mut self, for_ms: i64) {
        self.nonce += 1;
        let until_ms = if for_ms == 0 { 0 } else { self.chain.state.head().time_ms + for_ms };
        let body = DutyBody { credential_pk: pk(CLINICIAN), group: night(), until_ms, nonce: self.nonce };
        let tx = body.sign(&self.chain.genesis.chain_id(), &self.chain.keys[0].keeper);
        self.chain.recorded(&Tx::Duty(tx));
    }

    async fn ask(&self, request: KeeperRequest) -> KeeperReply {
        ask(&self.keeper, request).await
    }

    /// A note for the member's desk, signed by `by`.
    fn note(&self, by: &SigningKey) -> KeeperRequest {
        let (id, to) = (self.chain.genesis.chain_id(), self.chain.keys[0].keeper_kem_pk());
        let mut rng = ChaCha20Rng::seed_from_u64(5);
        let sealed = seal_note(&to, &id, &self.grant_id, b"Ada", &mut rng).unwrap();
        KeeperRequest::Note(Box::new(DutyNote::sign(self.grant_id, sealed, &id, by)))
    }

    fn question(&self, by: u8, late_ms: i64) -> DutyAsk {
        let now = self.chain.clock.now() - late_ms;
        DutyAsk::sign(epk().public_key().unwrap(), now, FIRST, &self.chain.genesis.chain_id(), &key(by))
    }

    /// A receipt by the clinician, and what goes with it to keepers and to the desk.
    fn opening(&self) -> (Tx, SecretRequest) {
        let id = self.chain.genesis.chain_id();
        let Epoch(epoch) = Epoch::at(BEGIN);
        let slots = SlotRequest::new(vec![Slot::new(0, epoch - 1).unwrap()], [6; 32]).unwrap();
        let epk = epk().public_key().unwrap();
        let body = AccessBody {
            grant_id: self.grant_id,
            reader_pk: person_key(pk(CLINICIAN)),
            path: MerklePath::single(),
            request_hash: slots.hash(),
            epk_hash: epk_hash(&epk),
        };
        let receipt = Tx::Access(body.sign(&id, &key(CLINICIAN)));
        let release = ReleaseRequest { access_tx_hash: receipt.hash(), slots, epk };
        // As the capsule has it.
        let info = [b"hg/v1/capsule".as_slice(), &id.0].concat();
        let aad = [self.grant_id.0, HEADER.0].concat();
        let (to, mut rng) = (self.chain.keys[0].keeper_kem_pk(), ChaCha20Rng::seed_from_u64(6));
        let sealed = envelope::seal(&to, &info, &aad, &[42; 32], &mut rng).unwrap();
        (receipt, SecretRequest { release, header_hash: HEADER, sealed })
    }
}

#[tokio::test]
async fn off_duty_neither_the_keeper_nor_the_desk_gives_anything() {
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::open(dir.path()).await;
    let (receipt, secret) = stage.opening();
    let release = || KeeperRequest::Release(secret.release.clone());
    let asked = || KeeperRequest::Secret(Box::new(secret.clone()));
    // Without a receipt nobody is given anything, whoever asks.
    assert_eq!(stage.ask(asked()).await, refused(Refusal::NoReceipt));
    stage.chain.recorded(&receipt);
    assert!(matches!(stage.ask(release()).await, KeeperReply::Released(_)));
    let KeeperReply::Secret(sealed) = stage.ask(asked()).await else { panic!() };
    let id = stage.chain.genesis.chain_id();
    let taken = take_over(&epk(), &id, &stage.grant_id, &HEADER, &receipt.hash(), &sealed).unwrap();
    assert_eq!(taken.as_slice(), [42; 32]);

    stage.duty(0);
    assert_eq!(stage.ask(release()).await, refused(Refusal::OffDuty));
    assert_eq!(stage.ask(asked()).await, refused(Refusal::OffDuty));
    let question = KeeperRequest::OnDuty(stage.question(CLINICIAN, 0));
    assert_eq!(stage.ask(question).await, refused(Refusal::OffDuty));
}

#[tokio::test]
async fn the_notes_are_for_those_on_duty() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let not_yours = KeeperReply::Refused(KeeperRefused::NotYours);
    assert_eq!(stage.ask(stage.note(&key(STRANGER))).await, not_yours);
    assert_eq!(stage.ask(stage.note(&own_key())).await, KeeperReply::Noted);
    let question = stage.question(CLINICIAN, 0);
    let id = stage.chain.genesis.chain_id();
    let KeeperReply::OnDuty(sealed) = stage.ask(KeeperRequest::OnDuty(question.clone())).await else {
        panic!()
    };
    let page = open_page(&epk(), &question, &id, &sealed).unwrap();
    assert_eq!((page.notes, page.more), (vec![(stage.grant_id, b"Ada".to_vec())], false));
    // A second start finds them again.
    let again = Keeper::open(stage.chain.state.clone()).unwrap();
    assert!(matches!(ask(&again, KeeperRequest::OnDuty(question)).await, KeeperReply::OnDuty(_)));

    let stranger = KeeperRequest::OnDuty(stage.question(STRANGER, 0));
    assert_eq!(stage.ask(stranger).await, refused(Refusal::OffDuty));
    let late = KeeperRequest::OnDuty(stage.question(CLINICIAN, 60_001));
    assert_eq!(stage.ask(late).await, KeeperReply::Refused(KeeperRefused::Stale));
    let mut forged = stage.question(CLINICIAN, 0);
    forged.after = GrantId([1; 32]);
    assert_eq!(stage.ask(KeeperRequest::OnDuty(forged)).await, not_yours);
}

#[tokio::test]
async fn who_opened_is_told_to_the_permissions_own_key() {
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::open(dir.path()).await;
    let (receipt, _) = stage.opening();
    let id = stage.chain.genesis.chain_id();
    let who = |by: &SigningKey| KeeperRequest::Who(WhoRequest::sign(receipt.hash(), &id, by));
    let not_yours = KeeperReply::Refused(KeeperRefused::NotYours);
    let person = salus_chain::attestation::Person {
        credential_pk: pk(CLINICIAN),
        name: "Dr A".into(),
        organisation: "North".into(),
    };
    let keeper = &stage.chain.keys[0].keeper;
    let attestation = Attestation::sign(person, 1, BEGIN, [CLINICIAN; 16], &id, keeper);
    Roster::of(stage.chain.state.home()).keep(&attestation).unwrap();
    // Before the receipt is recorded there is nobody to tell of.
    assert_eq!(stage.ask(who(&own_key())).await, not_yours);
    stage.chain.recorded(&receipt);
    assert_eq!(stage.ask(who(&key(STRANGER))).await, not_yours);
    assert_eq!(stage.ask(who(&key(CLINICIAN))).await, not_yours);
    assert_eq!(stage.ask(who(&own_key())).await, KeeperReply::Who(Box::new(attestation)));
}
