//! Adversary: a peer that sends whatever octets it likes on every protocol of the public network.
//!
//! Each message is answered with a typed fault, costs the sender one stream, and the next well-formed request on the same
//! connection is answered.

#![expect(clippy::unwrap_used, reason = "a test ends at the first failure")]

#[path = "hostile_network/raw.rs"]
mod raw;

use std::time::Duration;

use raw::Raw;
use salus_chain::codec::Record;
use salus_chain::ids::{GrantId, Hash32};
use salus_chain::query::{LightRequest, TxRequest};
use salus_keeper::depot::DepotRequest;
use salus_keeper::message::KeeperRequest;
use salus_light::p2p::{self, AskError, Config, Endpoint, Fault, Inbound, Peer, Protocol};
use salus_tests::network::Network;

/// A member's swarm with the real decoders behind it; what decodes is answered "fine".
async fn member() -> (Endpoint, Peer) {
    let listen = Some("/ip4/127.0.0.1/udp/0/quic-v1".parse().unwrap());
    let (endpoint, mut inbox) = p2p::spawn(Config { listen, ..Config::dial_only() }).unwrap();
    let peer = Peer { id: endpoint.id(), address: endpoint.listening().await.unwrap() };
    tokio::spawn(async move {
        while let Some(Inbound { protocol, body, responder, .. }) = inbox.recv().await {
            let decodes = match protocol {
                Protocol::Light => LightRequest::decode(&body).is_ok(),
                Protocol::Tx => TxRequest::decode(&body).is_ok(),
                Protocol::Depot => DepotRequest::decode(&body).is_ok(),
                Protocol::Keeper => KeeperRequest::decode(&body).is_ok(),
            };
            responder.send(if decodes { Ok(b"fine".to_vec()) } else { Err(Fault::Malformed) });
        }
    });
    (endpoint, peer)
}

fn good(protocol: Protocol) -> Vec<u8> {
    match protocol {
        Protocol::Light => LightRequest::Status.encode(),
        Protocol::Tx => TxRequest::Submit(b"x".to_vec()).encode(),
        Protocol::Depot => DepotRequest::Get(Hash32([1; 32])).encode(),
        Protocol::Keeper => KeeperRequest::EraseStatus(GrantId([1; 32])).encode(),
    }
}

fn framed(body: &[u8]) -> Vec<u8> {
    [u32::try_from(body.len()).unwrap().to_be_bytes().as_slice(), body].concat()
}

/// Every bad frame on every protocol, each answered with its fault, and a good one before and after.
async fn abuse(peer: &Peer) {
    for protocol in Protocol::ALL {
        let mut raw = Raw::connect(peer, protocol.name());
        let body = good(protocol);
        let above = (protocol.limits().request + 1).to_be_bytes();
        let cases: Vec<(&str, Vec<u8>, Option<Fault>)> = vec![
            ("well formed", framed(&body), None),
            ("one above the limit", above.to_vec(), Some(Fault::Oversized)),
            ("four gigabytes announced", vec![0xff; 64], Some(Fault::Oversized)),
            ("nothing", vec![], Some(Fault::Truncated)),
            ("half a length", vec![0, 0], Some(Fault::Truncated)),
            ("cut short", framed(&body)[..body.len()].to_vec(), Some(Fault::Truncated)),
            ("an empty body", framed(b""), Some(Fault::Malformed)),
            ("noise", framed(&[0xa5; 100]), Some(Fault::Malformed)),
            ("a trailing octet", framed(&[&body[..], &[0]].concat()), Some(Fault::Malformed)),
            ("another version", framed(&[&[9], &body[1..]].concat()), Some(Fault::Malformed)),
            ("well formed again", framed(&body), None),
        ];
        for (name, sent, expected) in cases {
            let answer = raw.exchange(sent).await.unwrap();
            let name = format!("{name} on {}", protocol.name());
            match expected {
                Some(fault) => assert_eq!(answer, [fault.code(), 0, 0, 0, 0], "{name}"),
                None => assert_eq!(answer[0], 0, "{name}"),
            }
        }
        assert_eq!(raw.connections(), 1, "one connection for all of it");
    }
}

/// A request with any one bit flipped is answered, by a fault or otherwise.
async fn flip_every_bit(peer: &Peer) {
    for protocol in Protocol::ALL {
        let mut raw = Raw::connect(peer, protocol.name());
        let sent = framed(&good(protocol));
        for bit in 0..sent.len() * 8 {
            let mut flipped = sent.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let answer = raw.exchange(flipped).await.unwrap();
            assert!(answer[0] == 0 || Fault::from_code(answer[0]).is_some(), "{answer:?}");
        }
        assert_eq!(raw.exchange(sent).await.unwrap()[0], 0);
    }
}

#[tokio::test]
async fn every_protocol_answers_bad_frames_with_a_fault_and_goes_on() {
    let (_member, peer) = member().await;
    abuse(&peer).await;
}

#[tokio::test]
async fn every_bit_of_a_request_may_flip() {
    let (_member, peer) = member().await;
    flip_every_bit(&peer).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_member_goes_on_too_and_says_busy_in_the_end() {
    let dir = tempfile::tempdir().unwrap();
    let mut network = Network::start(1, dir.path()).await.unwrap();
    let member = &network.genesis().unwrap().members[0];
    let peer = Peer::parse(&member.peer_id, &member.public_addr).unwrap();
    abuse(&peer).await;
    let mut raw = Raw::connect(&peer, Protocol::Light.name());
    let busy = vec![Fault::Busy.code(), 0, 0, 0, 0];
    let mut answers = Vec::new();
    while answers.last() != Some(&busy) && answers.len() < 5_000 {
        answers.push(raw.exchange(framed(&good(Protocol::Light))).await.unwrap());
    }
    assert_eq!(answers.last(), Some(&busy), "{} answers", answers.len());
    let mut other = Raw::connect(&peer, Protocol::Light.name());
    assert_eq!(
        other.exchange(framed(&good(Protocol::Light))).await.unwrap()[0],
        0,
        "others are not affected"
    );
    let height = network.status(0).await.unwrap().height;
    network.reach(height + 1).await.unwrap();
    network.stop().await.unwrap();
}

#[tokio::test]
async fn a_protocol_that_is_not_ours_is_not_spoken() {
    let (_member, peer) = member().await;
    let mut raw = Raw::connect(&peer, "/salus/light/2");
    assert!(raw.exchange(framed(b"x")).await.is_err());
}

#[tokio::test]
async fn a_client_serves_nothing() {
    let (client, _inbox) = p2p::spawn(Config::dial_only()).unwrap();
    let waited = tokio::time::timeout(Duration::from_millis(200), client.listening()).await;
    assert!(waited.is_err(), "it listens on nothing");
}

#[tokio::test]
async fn a_wrong_identity_behind_the_address_is_not_talked_to() {
    let (_member, peer) = member().await;
    let (client, _inbox) = p2p::spawn(Config::dial_only()).unwrap();
    let impostor = Peer { id: p2p::PeerId::random(), address: peer.address };
    let answer = client.ask(&impostor, Protocol::Light, good(Protocol::Light)).await;
    assert_eq!(answer, Err(AskError::Unreachable));
}

#[tokio::test]
async fn replies_that_break_their_frame_are_named_on_every_protocol() {
    for protocol in Protocol::ALL {
        let above = [&[0][..], &(protocol.limits().reply + 1).to_be_bytes()].concat();
        let replies: [(&[u8], AskError); 7] = [
            (&[0, 0, 0, 0, 9, 1], AskError::BadReply),
            (&[0, 0xff, 0xff, 0xff, 0xff], AskError::BadReply),
            (&above, AskError::BadReply),
            (&[77, 0, 0, 0, 0], AskError::BadReply),
            (&[0, 0], AskError::BadReply),
            (&[4, 0, 0, 0, 0], AskError::Fault(Fault::Busy)),
            (&[], AskError::Silent),
        ];
        for (reply, expected) in replies {
            let liar = raw::liar(protocol.name(), reply.to_vec()).await;
            let (client, _inbox) = p2p::spawn(Config::dial_only()).unwrap();
            let answer = client.ask(&liar, protocol, good(protocol)).await;
            assert_eq!(answer, Err(expected), "{reply:?} on {}", protocol.name());
        }
    }
}
