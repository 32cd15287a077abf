//! Four members, one grant, one reader: shared by the tests of this crate.

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::circle::{
    Beginning, CircleGrantRecord, CircleRecord, Delegate, Guardians, Policy, Role, Seated,
};
use salus_chain::duty::{DutyGroup, person_key};
use salus_chain::genesis::{ChainContext, Params};
use salus_chain::ids::{
    ChainId, CircleId, GrantId, Hash32, KeeperSetId, KemPublicKey, Nonce16, ReaderKey, TxHash, VerifyingKey,
};
use salus_chain::merkle::MerklePath;
use salus_chain::sign::SigningKey;
use salus_chain::state::{CredentialRecord, DutyGrantRecord, DutyRecord, GrantRecord, access_log_start};
use salus_chain::time::Epoch;
use salus_chain::tx::{
    AccessBody, CredentialBody, CredentialStatus, DutyBody, GrantTerms, StatedAccessBody, Tx, epk_hash,
};

use crate::deal::{Dealing, accept, seal_deal};
use crate::envelope::KemSecretKey;
use crate::held::HeldShare;
use crate::message::{DealContext, DealMessage, ReleaseRequest, SlotRequest};
use crate::{Scope, Slot};

pub(crate) const NOW_EPOCH: u32 = 438_232;

pub(crate) struct World {
    pub(crate) rng: ChaCha20Rng,
    pub(crate) ctx: ChainContext,
    pub(crate) signing: Vec<SigningKey>,
    pub(crate) kem: Vec<KemSecretKey>,
    pub(crate) patient: SigningKey,
    pub(crate) reader: SigningKey,
    pub(crate) context: DealContext,
    pub(crate) dealing: Dealing,
    pub(crate) epk: KemSecretKey,
}

impl World {
    pub(crate) fn new() -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(7);
        let signing: Vec<SigningKey> = (0..4).map(|_| SigningKey::generate(&mut rng)).collect();
        let kem: Vec<KemSecretKey> = (0..4).map(|_| KemSecretKey::generate(&mut rng)).collect();
        let ctx = ChainContext {
            chain_id: ChainId([3; 32]),
            keeper_set_id: KeeperSetId([4; 32]),
            keeper_pks: signing.iter().map(SigningKey::verifying_key).collect(),
            threshold: 3,
            params: Params::default(),
            genesis_time_ms: 0,
        };
        let (patient, reader) = (SigningKey::generate(&mut rng), SigningKey::generate(&mut rng));
        let (pk, nonce) = (patient.verifying_key(), Nonce16([5; 16]));
        let context = DealContext {
            grant_id: GrantId::derive(&ctx.chain_id, &pk, &nonce),
            patient_grant_pk: pk,
            nonce,
            keeper_set_id: ctx.keeper_set_id,
            threshold: 3,
            scope: Scope::new(NOW_EPOCH - 600, NOW_EPOCH + 100).unwrap(),
        };
        let dealing = Dealing::generate(3, &mut rng).unwrap();
        let epk = KemSecretKey::generate(&mut rng);
        Self { rng, ctx, signing, kem, patient, reader, context, dealing, epk }
    }

    pub(crate) fn kem_pk(&self, index: u16) -> KemPublicKey {
        self.kem[usize::from(index) - 1].public_key().unwrap()
    }

    pub(crate) fn deal(&mut self, index: u16) -> DealMessage {
        let to = self.kem_pk(index);
        let (chain, context) = (self.ctx.chain_id, self.context.clone());
        seal_deal(&chain, &self.dealing, context, index, &to, &self.patient, &mut self.rng).unwrap()
    }

    pub(crate) fn held(&mut self, index: u16) -> HeldShare {
        let message = self.deal(index);
        let place = usize::from(index) - 1;
        accept(&self.ctx, index, &self.kem[place], &self.signing[place], &message).unwrap().0
    }

    pub(crate) fn now(&self) -> i64 {
        Epoch(NOW_EPOCH).start() + 1_000_000
    }

    pub(crate) fn slots() -> Vec<Slot> {
        vec![Slot::new(0, NOW_EPOCH).unwrap(), Slot::new(4, NOW_EPOCH - 24).unwrap()]
    }

    pub(crate) fn reader_pk(&self) -> ReaderKey {
        ReaderKey::new(self.reader.verifying_key(), KemPublicKey([9; 32]))
    }

    pub(crate) fn access(&self, slots: Vec<Slot>) -> (Tx, ReleaseRequest) {
        self.opening(self.reader_pk(), slots, |body| Tx::Access(body.sign(&self.ctx.chain_id, &self.reader)))
    }

    /// An opening by the reader's signing key as that of a person.
    pub(crate) fn access_in_person(&self, slots: Vec<Slot>) -> (Tx, ReleaseRequest) {
        let person = person_key(self.reader.verifying_key());
        self.opening(person, slots, |body| Tx::Access(body.sign(&self.ctx.chain_id, &self.reader)))
    }

    /// An opening that states what `state` makes of its body.
    pub(crate) fn stated(
        &self,
        slots: Vec<Slot>,
        state: impl FnOnce(AccessBody) -> StatedAccessBody,
    ) -> (Tx, ReleaseRequest) {
        let sign = |body| state(body).sign(&self.ctx.chain_id, &self.reader);
        self.opening(self.reader_pk(), slots, |body| Tx::StatedAccess(Box::new(sign(body))))
    }

    fn opening(
        &self,
        reader_pk: ReaderKey,
        slots: Vec<Slot>,
        sign: impl FnOnce(AccessBody) -> Tx,
    ) -> (Tx, ReleaseRequest) {
        let slots = SlotRequest::new(slots, [6; 32]).unwrap();
        let epk = self.epk.public_key().unwrap();
        let tx = sign(AccessBody {
            grant_id: self.context.grant_id,
            reader_pk,
            path: MerklePath::single(),
            request_hash: slots.hash(),
            epk_hash: epk_hash(&epk),
        });
        let access_tx_hash = tx.hash();
        (tx, ReleaseRequest { access_tx_hash, slots, epk })
    }

    /// A circle with one steward, in seat 1.
    pub(crate) fn circle(&self) -> CircleRecord {
        let steward = Delegate {
            pk: VerifyingKey([1; 32]),
            role: Role::Steward,
            instrument_hash: Hash32([2; 32]),
            categories_root: Hash32([3; 32]),
            recipients_root: Hash32::ZERO,
            longest_ms: 1_000_000,
            begins_ms: 1,
            lapses_ms: self.now() + 1_000_000,
            review_ms: None,
            beginning: Beginning::AtOnce,
        };
        CircleRecord {
            circle_id: CircleId([7; 32]),
            patient_pk: VerifyingKey([4; 32]),
            patient_since_ms: 1,
            revision: 0,
            next_seat: 2,
            delegates: vec![Seated { seat: 1, delegate: steward, attested: Vec::new() }],
            guardians: Guardians { keys: Vec::new(), threshold: 0 },
            policy: Policy {
                approvals: 1,
                long_ms: 1_000_000,
                ordinary_root: Hash32([3; 32]),
                veto_ms: 0,
                objector: 0,
            },
            pending: None,
            handover_ms: None,
            retired_ms: None,
            height: 5,
        }
    }

    /// What makes the grant one of that steward's, ready since long.
    pub(crate) fn given(&self) -> CircleGrantRecord {
        CircleGrantRecord {
            circle_id: CircleId([7; 32]),
            proposer: 1,
            needs: 0,
            approvals: Vec::new(),
            proposed_ms: 1,
            ready_ms: Some(1),
            objected: false,
            confirmed_by: None,
            readers: Vec::new(),
        }
    }

    /// What member 2 says of a clinician.
    pub(crate) fn attested(&self) -> CredentialRecord {
        let body = CredentialBody {
            credential_pk: VerifyingKey([6; 32]),
            member_index: 2,
            status: CredentialStatus::Active,
            attestation_hash: Hash32::ZERO,
            valid_until_ms: self.now() + 86_400_000,
            nonce: 1,
            subject: None,
        };
        CredentialRecord { body, height: 1 }
    }

    /// The night staff of member 2.
    pub(crate) fn night() -> DutyGroup {
        DutyGroup::new(2, "Night").unwrap()
    }

    /// What makes the grant one to that group, and the reader on duty for another hour.
    pub(crate) fn on_duty(&self) -> (DutyGrantRecord, Option<DutyRecord>) {
        let body = DutyBody {
            credential_pk: self.reader.verifying_key(),
            group: Self::night(),
            until_ms: self.now() + 3_600_000,
            nonce: 1,
        };
        (DutyGrantRecord { group: Self::night() }, Some(DutyRecord { body, height: 3 }))
    }

    pub(crate) fn grant(&self) -> GrantRecord {
        let (id, set) = (self.context.grant_id, self.context.keeper_set_id);
        GrantRecord {
            terms: GrantTerms {
                grant_id: id,
                patient_grant_pk: self.context.patient_grant_pk,
                reader_pk_root: self.reader_pk().leaf(),
                keeper_set_id: set,
                threshold: 3,
                commit_hash: self.dealing.commitments().hash(&id, &set),
                capsule_hash: Hash32([1; 32]),
                not_before_ms: self.now() - 500_000,
                expires_ms: self.now() + 500_000,
                contract_hash: Hash32::ZERO,
                revoker_root: Hash32::ZERO,
            },
            tx_hash: TxHash([2; 32]),
            height: 10,
            acks: 0b1111,
            end: None,
            erased: 0,
            access_count: 1,
            access_head: access_log_start(&id),
            access_epoch: 0,
            access_in_epoch: 0,
        }
    }
}
