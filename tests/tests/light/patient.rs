//! A patient and a reader without any app: exactly the messages of the protocol.

use std::cell::RefCell;

use curve25519_dalek::Scalar;
use rand::rngs::ChaCha20Rng;
use rand::{Rng, SeedableRng};
use salus_chain::ids::{GrantId, Hash32, KemPublicKey, Nonce16, ReaderKey};
use salus_chain::merkle::MerklePath;
use salus_chain::sign::SigningKey;
use salus_chain::time::{Epoch, UnixMillis};
use salus_chain::tx::{
    AccessBody, AccessTx, GrantAck, GrantBody, GrantTerms, GrantTx, RevokeBody, RevokeTx, Tx, epk_hash,
};
use salus_keeper::deal::{Dealing, seal_deal};
use salus_keeper::envelope::KemSecretKey;
use salus_keeper::message::{DealContext, ReleaseRequest, SlotRequest};
use salus_keeper::prf::{SlotPrf, finalize, hash_to_group};
use salus_keeper::reader::Combiner;
use salus_keeper::{Scope, Slot};
use salus_light::LightClient;

pub(crate) struct Patient {
    pub(crate) grant_id: GrantId,
    key: SigningKey,
    reader: SigningKey,
    nonce: Nonce16,
    dealing: Dealing,
    scope: Scope,
    times: (UnixMillis, UnixMillis),
    rng: RefCell<ChaCha20Rng>,
}

impl Patient {
    /// A permission for one reader from `begin` to `end`, for the epoch of `begin` and the one before.
    pub(crate) fn new(client: &LightClient, begin: UnixMillis, end: UnixMillis, seed: u8) -> Self {
        let (key, nonce) = (SigningKey::from_bytes(&[seed; 32]), Nonce16([seed; 16]));
        let Epoch(epoch) = Epoch::at(begin);
        let mut rng = ChaCha20Rng::seed_from_u64(seed.into());
        Self {
            grant_id: GrantId::derive(&client.chain_id(), &key.verifying_key(), &nonce),
            key,
            reader: SigningKey::from_bytes(&[seed + 100; 32]),
            nonce,
            dealing: Dealing::generate(client.genesis().threshold(), &mut rng).unwrap(),
            scope: Scope::new(epoch - 1, epoch).unwrap(),
            times: (begin, end),
            rng: RefCell::new(rng),
        }
    }

    pub(crate) fn reader_pk(&self) -> ReaderKey {
        ReaderKey::new(self.reader.verifying_key(), KemPublicKey([9; 32]))
    }

    /// Deals to every keeper; the acks of those that answer.
    pub(crate) async fn deal(&self, client: &LightClient) -> Vec<GrantAck> {
        let genesis = client.genesis();
        let mut acks = Vec::new();
        for (index, member) in (1u16..).zip(&genesis.members) {
            let context = DealContext {
                grant_id: self.grant_id,
                patient_grant_pk: self.key.verifying_key(),
                nonce: self.nonce,
                keeper_set_id: client.keeper_set_id(),
                threshold: genesis.threshold(),
                scope: self.scope,
            };
            let (chain, kem) = (client.chain_id(), &member.keeper_kem_pk);
            let deal =
                seal_deal(&chain, &self.dealing, context, index, kem, &self.key, &mut *self.rng.borrow_mut());
            acks.push(client.keeper(index).unwrap().deal(deal.unwrap()).await.unwrap());
        }
        acks
    }

    pub(crate) fn grant(
        &self,
        client: &LightClient,
        acks: Vec<GrantAck>,
        valid_until_height: u64,
    ) -> GrantTx {
        let keepers = client.keeper_set_id();
        let terms = GrantTerms {
            grant_id: self.grant_id,
            patient_grant_pk: self.key.verifying_key(),
            reader_pk_root: self.reader_pk().leaf(),
            keeper_set_id: keepers,
            threshold: client.genesis().threshold(),
            commit_hash: self.dealing.commitments().hash(&self.grant_id, &keepers),
            capsule_hash: Hash32([7; 32]),
            not_before_ms: self.times.0,
            expires_ms: self.times.1,
            contract_hash: Hash32::ZERO,
            revoker_root: Hash32::ZERO,
        };
        let body = GrantBody { terms, nonce: self.nonce, valid_until_height, acks };
        body.sign(&client.chain_id(), client.genesis().params.pow_bits, &self.key)
    }

    /// A request for the slot before that of `now` with its receipt, and the one-time key that it names.
    pub(crate) fn request(
        &self,
        client: &LightClient,
        now: UnixMillis,
    ) -> (ReleaseRequest, AccessTx, KemSecretKey) {
        let Epoch(epoch) = Epoch::at(now);
        let rng = &mut *self.rng.borrow_mut();
        let mut salt = [0; 32];
        rng.fill_bytes(&mut salt);
        let slots = SlotRequest::new(vec![Slot::new(0, epoch - 1).unwrap()], salt).unwrap();
        let key = KemSecretKey::generate(rng);
        let epk = key.public_key().unwrap();
        let body = AccessBody {
            grant_id: self.grant_id,
            reader_pk: self.reader_pk(),
            path: MerklePath::single(),
            request_hash: slots.hash(),
            epk_hash: epk_hash(&epk),
        };
        let receipt = body.sign(&client.chain_id(), &self.reader);
        let access_tx_hash = Tx::Access(receipt.clone()).hash();
        (ReleaseRequest { access_tx_hash, slots, epk }, receipt, key)
    }

    /// Asks every keeper and combines; each reply must verify.
    pub(crate) async fn open(
        &self,
        client: &LightClient,
        request: &ReleaseRequest,
        key: KemSecretKey,
        height: u64,
    ) -> Vec<SlotPrf> {
        let (ctx, points) = (client.genesis().context(), self.dealing.commitments());
        let mut combiner = Combiner::new(&ctx, self.grant_id, points, request, height, key);
        for index in 1..=client.genesis().n() {
            let reply = client.keeper(index).unwrap().release(request.clone()).await.unwrap();
            combiner.add(index, &reply).unwrap();
        }
        combiner.combine().unwrap()
    }

    /// What the patient's own secret gives for the same slots.
    pub(crate) fn expected(&self, client: &LightClient, request: &ReleaseRequest) -> Vec<SlotPrf> {
        let secret = Scalar::from_canonical_bytes(*self.dealing.secret().to_bytes()).unwrap();
        let input = |slot: &Slot| slot.input(&client.chain_id(), &self.grant_id);
        let output = |input: Vec<u8>| finalize(&input, &(secret * hash_to_group(&input)));
        request.slots.slots().iter().map(input).map(output).collect()
    }

    pub(crate) fn revoke(&self, client: &LightClient) -> RevokeTx {
        let revoker_pk = self.key.verifying_key();
        let body = RevokeBody { grant_id: self.grant_id, revoker_pk, path: MerklePath::single() };
        body.sign(&client.chain_id(), client.genesis().params.pow_bits, &self.key)
    }
}
