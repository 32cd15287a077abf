//! Transactions, and whether every member recorded the same ones at the same places.

use std::sync::Arc;

use salus_chain::codec::Record;
use salus_chain::ids::{Hash32, TxHash};
use salus_chain::query::{LightReply, LightRequest};
use salus_chain::sign::SigningKey;
use salus_chain::tx::{EnrolBody, Tx};
use salus_light::clock::OffsetFileClock;
use salus_light::p2p::{self, Endpoint, Peer, Protocol};
use salus_light::{LightClient, MemoryStore};
use salus_tests::network::{Network, PATIENCE, eventually};

pub(crate) async fn client(network: &Network) -> LightClient {
    let clock = Arc::new(OffsetFileClock::open(network.clock_path()).unwrap());
    LightClient::connect(network.genesis().unwrap(), Arc::new(MemoryStore::default()), clock).await.unwrap()
}

/// The `number`th transaction of a test: an enrolment of nobody's gateway.
pub(crate) fn transaction(network: &Network, number: u8) -> Tx {
    let genesis = network.genesis().unwrap();
    let key = SigningKey::from_bytes(&[number; 32]);
    let body = EnrolBody { enrolment_pk: key.verifying_key(), commitment: Hash32([number; 32]) };
    Tx::Enrol(body.sign(&genesis.chain_id(), genesis.params.pow_bits, &key))
}

/// Where one member recorded a transaction: height, place in the block, result, octets.
type Place = (u64, u32, u16, Vec<u8>);

async fn place(endpoint: &Endpoint, peer: &Peer, hash: TxHash) -> Option<Place> {
    let reply = endpoint.ask(peer, Protocol::Light, LightRequest::Tx(hash).encode()).await.ok()?;
    match LightReply::decode(&reply).ok()? {
        LightReply::Tx(found) => Some((found.height, found.inclusion.0.index, found.code, found.tx)),
        _ => None,
    }
}

/// Asks every member for every transaction by its hash: all have it, executed, at one place, with the octets handed in.
pub(crate) async fn same_everywhere(network: &Network, txs: &[Tx]) {
    let (endpoint, _) = p2p::spawn(p2p::Config::dial_only()).unwrap();
    let genesis = network.genesis().unwrap();
    let peers: Vec<Peer> =
        genesis.members.iter().map(|m| Peer::parse(&m.peer_id, &m.public_addr).unwrap()).collect();
    for tx in txs {
        let mut places = Vec::new();
        for (member, peer) in peers.iter().enumerate() {
            let found = eventually(PATIENCE, async || place(&endpoint, peer, tx.hash()).await).await;
            places.push(found.unwrap_or_else(|| panic!("member {member} does not have {}", tx.hash())));
        }
        assert!(places.iter().all(|p| *p == places[0]), "{} is at different places: {places:?}", tx.hash());
        assert_eq!((places[0].2, &places[0].3), (0, &tx.encode()), "another transaction, or not executed");
    }
}
