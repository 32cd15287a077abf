//! What a modified application does: it deals parts of keys that nobody asked for, signs what it likes, and sends it to each member
//! by itself.

use anyhow::{Result, ensure};
use rand::CryptoRng;
use salus_chain::codec::Record;
use salus_chain::genesis::Genesis;
use salus_chain::ids::{GrantId, Hash32, Nonce16};
use salus_chain::query::{TxReply, TxRequest};
use salus_chain::sign::SigningKey;
use salus_chain::state::TxRefused;
use salus_chain::time::Epoch;
use salus_chain::tx::{GrantBody, GrantTerms, Tx};
use salus_keeper::Scope;
use salus_keeper::deal::{Dealing, seal_deal};
use salus_keeper::message::DealContext;
use salus_light::LightClient;
use salus_light::p2p::{self, Endpoint, Peer, Protocol};

/// A way to each member, past everything that an application asks first.
pub struct Straight {
    endpoint: Endpoint,
    peers: Vec<Peer>,
}

impl Straight {
    /// The members of a genesis; none of them is asked anything yet.
    ///
    /// # Errors
    /// When an address in it is none, or there is no network.
    pub fn to(genesis: &Genesis) -> Result<Self> {
        let peers = genesis.members.iter().map(|member| Peer::parse(&member.peer_id, &member.public_addr));
        let peers = peers.collect::<Result<Vec<_>, _>>()?;
        let (endpoint, _) = p2p::spawn(p2p::Config::dial_only())?;
        Ok(Self { endpoint, peers })
    }

    /// Every member with its number, from 1.
    pub fn members(&self) -> impl Iterator<Item = (u16, &Peer)> {
        (1u16..).zip(&self.peers)
    }

    /// What a member answers to these octets.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn ask(&self, to: &Peer, protocol: Protocol, body: Vec<u8>) -> Result<Vec<u8>> {
        Ok(self.endpoint.ask(to, protocol, body).await?)
    }

    /// What a member answers to a transaction.
    ///
    /// # Errors
    /// When it does not answer, or not in these words.
    pub async fn sent(&self, to: &Peer, tx: &Tx) -> Result<TxReply> {
        let body = TxRequest::Submit(tx.encode()).encode();
        Ok(TxReply::decode(&self.ask(to, Protocol::Tx, body).await?)?)
    }

    /// Sends a transaction to every member: none takes it, all for this reason. How many they are.
    ///
    /// # Errors
    /// The first member that answers something else.
    pub async fn refused(&self, what: &str, tx: &Tx, why: TxRefused) -> Result<usize> {
        for (member, peer) in self.members() {
            let answer = self.sent(peer, tx).await?;
            ensure!(
                answer == TxReply::Refused(why),
                "{what}: member {member} answers {answer:?} instead of {why:?}"
            );
        }
        Ok(self.peers.len())
    }
}

/// A permission that every keeper has its part of, and that nobody recorded: from now on, over the hour before.
pub struct Dealt {
    /// The parts.
    pub dealing: Dealing,
    /// What is to be recorded, with every keeper's acknowledgement.
    pub body: GrantBody,
}

impl Dealt {
    /// Deals under the permission's `own` key, to whoever is under `readers`, for so long.
    ///
    /// # Errors
    /// When a keeper does not take its part.
    pub async fn new(
        client: &LightClient,
        own: &SigningKey,
        readers: Hash32,
        lasts_ms: i64,
        contract_hash: Hash32,
        rng: &mut impl CryptoRng,
    ) -> Result<Self> {
        let (genesis, chain, now) = (client.genesis(), client.chain_id(), client.clock().now());
        let (threshold, keeper_set_id) = (genesis.threshold(), genesis.keeper_set_id());
        let (pk, nonce) = (own.verifying_key(), Nonce16([7; 16]));
        let id = GrantId::derive(&chain, &pk, &nonce);
        let Epoch(epoch) = Epoch::at(now);
        let scope = Scope::new(epoch - 1, epoch)?;
        let dealing = Dealing::generate(threshold, rng)?;
        let mut acks = Vec::new();
        for (index, member) in (1u16..).zip(&genesis.members) {
            let context =
                DealContext { grant_id: id, patient_grant_pk: pk, nonce, keeper_set_id, threshold, scope };
            let share = seal_deal(&chain, &dealing, context, index, &member.keeper_kem_pk, own, rng)?;
            acks.push(client.keeper(index)?.deal(share).await?);
        }
        let terms = GrantTerms {
            grant_id: id,
            patient_grant_pk: pk,
            reader_pk_root: readers,
            keeper_set_id,
            threshold,
            commit_hash: dealing.commitments().hash(&id, &keeper_set_id),
            capsule_hash: Hash32([7; 32]),
            not_before_ms: now,
            expires_ms: now + lasts_ms,
            contract_hash,
            revoker_root: Hash32::ZERO,
        };
        // No height that a test reaches.
        let body = GrantBody { terms, nonce, valid_until_height: 1_000_000, acks };
        Ok(Self { dealing, body })
    }
}
