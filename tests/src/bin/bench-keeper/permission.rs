//! A permission and a receipt for as many slots as one request may name, made by hand and final on the chain.

use anyhow::{Context, Result};
use rand::rngs::ChaCha20Rng;
use rand::{Rng, SeedableRng};
use salus_chain::ids::{GrantId, Hash32, KemPublicKey, Nonce16, ReaderKey};
use salus_chain::merkle::MerklePath;
use salus_chain::sign::SigningKey;
use salus_chain::time::Epoch;
use salus_chain::tx::{AccessBody, GrantBody, GrantTerms, Tx, epk_hash};
use salus_keeper::deal::{Dealing, seal_deal};
use salus_keeper::envelope::KemSecretKey;
use salus_keeper::message::{DealContext, ReleaseReply, ReleaseRequest, SlotRequest};
use salus_keeper::reader::Combiner;
use salus_keeper::release::MAX_SLOTS;
use salus_keeper::{Scope, Slot};
use salus_light::LightClient;
use salus_tests::network::PATIENCE;

const DAY_MS: i64 = 86_400_000;

/// What a reader has of it.
pub(crate) struct Permission {
    /// The request, whose receipt is final.
    pub(crate) request: ReleaseRequest,
    grant_id: GrantId,
    dealing: Dealing,
    height: u64,
    key: [u8; 32],
}

impl Permission {
    /// Deals to the one member of a personal chain, and records the permission and a receipt for the last 64 epochs.
    pub(crate) async fn given(client: &LightClient) -> Result<Self> {
        let mut rng = ChaCha20Rng::seed_from_u64(64);
        let (patient, reader) = (SigningKey::generate(&mut rng), SigningKey::generate(&mut rng));
        let (chain, set, genesis) = (client.chain_id(), client.keeper_set_id(), client.genesis());
        let (now, nonce) = (client.clock().now(), Nonce16([1; 16]));
        let Epoch(running) = Epoch::at(now);
        let first = running - u32::try_from(MAX_SLOTS)?;
        let context = DealContext {
            grant_id: GrantId::derive(&chain, &patient.verifying_key(), &nonce),
            patient_grant_pk: patient.verifying_key(),
            nonce,
            keeper_set_id: set,
            threshold: genesis.threshold(),
            scope: Scope::new(first, running)?,
        };
        let grant_id = context.grant_id;
        let dealing = Dealing::generate(genesis.threshold(), &mut rng)?;
        let kem = &genesis.members.first().context("a member")?.keeper_kem_pk;
        let deal = seal_deal(&chain, &dealing, context, 1, kem, &patient, &mut rng)?;
        let acks = vec![client.keeper(1).context("a keeper")?.deal(deal).await?];
        let reader_pk = ReaderKey::new(reader.verifying_key(), KemPublicKey([9; 32]));
        let terms = GrantTerms {
            grant_id,
            patient_grant_pk: patient.verifying_key(),
            reader_pk_root: reader_pk.leaf(),
            keeper_set_id: set,
            threshold: genesis.threshold(),
            commit_hash: dealing.commitments().hash(&grant_id, &set),
            capsule_hash: Hash32([7; 32]),
            not_before_ms: now,
            expires_ms: now + DAY_MS,
            contract_hash: Hash32::ZERO,
            revoker_root: Hash32::ZERO,
        };
        let valid_until_height = client.fresh_head().await?.height + 1_000;
        let body = GrantBody { terms, nonce, valid_until_height, acks };
        let grant = body.sign(&chain, genesis.params.pow_bits, &patient);
        client.record(&Tx::Grant(Box::new(grant)), PATIENCE).await?;

        let slots = (first..running).map(|epoch| Slot::new(0, epoch)).collect::<Result<_, _>>()?;
        let (mut salt, mut key) = ([0; 32], [0; 32]);
        rng.fill_bytes(&mut salt);
        rng.fill_bytes(&mut key);
        let slots = SlotRequest::new(slots, salt)?;
        let epk = KemSecretKey::from_bytes(key).public_key()?;
        let path = MerklePath::single();
        let (request_hash, epk_hash) = (slots.hash(), epk_hash(&epk));
        let receipt = AccessBody { grant_id, reader_pk, path, request_hash, epk_hash }.sign(&chain, &reader);
        let receipt = Tx::Access(receipt);
        let request = ReleaseRequest { access_tx_hash: receipt.hash(), slots, epk };
        let height = client.record(&receipt, PATIENCE).await?.height;
        Ok(Self { request, grant_id, dealing, height, key })
    }

    /// How many slots a reply opens; every one of them is checked.
    pub(crate) fn opened(&self, client: &LightClient, reply: &ReleaseReply) -> Result<usize> {
        let (ctx, points) = (client.genesis().context(), self.dealing.commitments());
        let key = KemSecretKey::from_bytes(self.key);
        let mut combiner = Combiner::new(&ctx, self.grant_id, points, &self.request, self.height, key);
        combiner.add(1, reply)?;
        Ok(combiner.combine()?.len())
    }
}
