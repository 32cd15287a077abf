//! Members that alter headers: each with a member's own identity at another address, and the real member behind it.
//!
//! A chain's id does not cover addresses, so a client given these addresses has no way to tell but the signatures.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Context;
use salus_chain::codec::Record;
use salus_chain::genesis::Genesis;
use salus_chain::query::LightReply;
use salus_light::p2p::{self, AskError, Config, Endpoint, Fault, Inbound, Keypair, Peer};

use crate::network::Network;

/// One such member in front of each real one; they end with this value.
pub(super) struct Liars {
    genesis: Genesis,
    lying: Arc<AtomicUsize>,
    _endpoints: Vec<Endpoint>,
}

impl Liars {
    /// Stands in front of every member of a network; nobody lies yet.
    pub(super) async fn before(network: &Network) -> anyhow::Result<Self> {
        let mut genesis = network.genesis()?;
        let lying = Arc::new(AtomicUsize::new(0));
        let (dial, _) = p2p::spawn(Config::dial_only())?;
        let mut endpoints = Vec::new();
        for (index, member) in genesis.members.iter_mut().enumerate() {
            let real = Peer::parse(&member.peer_id, &member.public_addr)?;
            let listen = Some("/ip4/127.0.0.1/udp/0/quic-v1".parse()?);
            let keypair = identity(network, index)?;
            let (endpoint, mut inbox) = p2p::spawn(Config { keypair, listen, ..Config::dial_only() })?;
            member.public_addr = endpoint.listening().await?.to_string();
            endpoints.push(endpoint);
            let (dial, lying) = (dial.clone(), lying.clone());
            tokio::spawn(async move {
                while let Some(Inbound { protocol, body, responder, .. }) = inbox.recv().await {
                    let answer = dial.ask(&real, protocol, body).await;
                    let lies = index < lying.load(Ordering::Relaxed);
                    responder.send(match answer {
                        Ok(reply) if lies => Ok(altered(reply)),
                        Ok(reply) => Ok(reply),
                        Err(AskError::Fault(fault)) => Err(fault),
                        Err(_) => Err(Fault::Internal),
                    });
                }
            });
        }
        Ok(Self { genesis, lying, _endpoints: endpoints })
    }

    /// The chain as a client is told that lies behind these members.
    pub(super) fn genesis(&self) -> Genesis {
        self.genesis.clone()
    }

    /// From now on the first `members` lie.
    pub(super) fn lie(&self, members: usize) {
        self.lying.store(members, Ordering::Relaxed);
    }
}

/// A member's network key, out of its own home.
fn identity(network: &Network, member: usize) -> anyhow::Result<Keypair> {
    let keys: toml::Table =
        toml::from_str(&std::fs::read_to_string(network.home(member).join("keys.toml"))?)?;
    let seed = keys.get("network").and_then(toml::Value::as_str).context("no network key")?;
    Ok(Keypair::ed25519_from_bytes(hex::decode(seed)?)?)
}

/// The reply with one bit of its header's state root flipped, if it holds a header.
fn altered(reply: Vec<u8>) -> Vec<u8> {
    let Ok(LightReply::LightBlock(mut block)) = LightReply::decode(&reply) else { return reply };
    let header = &mut block.signed_header.header;
    let mut root = header.app_hash.as_bytes().to_vec();
    if let Some(octet) = root.first_mut() {
        *octet ^= 1;
    }
    match root.try_into() {
        Ok(root) => header.app_hash = root,
        Err(_) => return reply,
    }
    LightReply::LightBlock(block).encode()
}
