//! libp2p without our framing: sends and answers any octets.

use std::io;
use std::time::Duration;

use futures::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, StreamExt};
use libp2p::request_response::{self, Codec, Event, Message, ProtocolSupport};
use libp2p::swarm::SwarmEvent;
use libp2p::{StreamProtocol, Swarm, SwarmBuilder};
use salus_light::p2p::Peer;

/// More than any reply that a test expects.
const MAX: u64 = 1 << 20;

#[derive(Clone, Default)]
struct Octets;

async fn read<T: AsyncRead + Unpin>(io: &mut T) -> io::Result<Vec<u8>> {
    let mut octets = Vec::new();
    io.take(MAX).read_to_end(&mut octets).await?;
    Ok(octets)
}

impl Codec for Octets {
    type Protocol = StreamProtocol;
    type Request = Vec<u8>;
    type Response = Vec<u8>;

    async fn read_request<T>(&mut self, _: &StreamProtocol, io: &mut T) -> io::Result<Vec<u8>>
    where
        T: AsyncRead + Unpin + Send,
    {
        read(io).await
    }

    async fn read_response<T>(&mut self, _: &StreamProtocol, io: &mut T) -> io::Result<Vec<u8>>
    where
        T: AsyncRead + Unpin + Send,
    {
        read(io).await
    }

    async fn write_request<T>(&mut self, _: &StreamProtocol, io: &mut T, octets: Vec<u8>) -> io::Result<()>
    where
        T: AsyncWrite + Unpin + Send,
    {
        io.write_all(&octets).await
    }

    async fn write_response<T>(&mut self, _: &StreamProtocol, io: &mut T, octets: Vec<u8>) -> io::Result<()>
    where
        T: AsyncWrite + Unpin + Send,
    {
        io.write_all(&octets).await
    }
}

fn swarm(protocol: &'static str) -> Swarm<request_response::Behaviour<Octets>> {
    let protocols = [(StreamProtocol::new(protocol), ProtocolSupport::Full)];
    SwarmBuilder::with_new_identity()
        .with_tokio()
        .with_quic()
        .with_behaviour(|_| request_response::Behaviour::new(protocols, request_response::Config::default()))
        .unwrap()
        .with_swarm_config(|swarm| swarm.with_idle_connection_timeout(Duration::from_secs(30)))
        .build()
}

/// A peer that sends any octets on one protocol.
pub(crate) struct Raw {
    swarm: Swarm<request_response::Behaviour<Octets>>,
    peer: Peer,
    connections: usize,
}

impl Raw {
    pub(crate) fn connect(peer: &Peer, protocol: &'static str) -> Self {
        Self { swarm: swarm(protocol), peer: peer.clone(), connections: 0 }
    }

    /// How many connections were made.
    pub(crate) fn connections(&self) -> usize {
        self.connections
    }

    /// Sends the octets and the stream's end; everything that comes back.
    pub(crate) async fn exchange(&mut self, octets: Vec<u8>) -> Result<Vec<u8>, String> {
        let addresses = vec![self.peer.address.clone()];
        self.swarm.behaviour_mut().send_request_with_addresses(&self.peer.id, octets, addresses);
        loop {
            match self.swarm.select_next_some().await {
                SwarmEvent::ConnectionEstablished { .. } => self.connections += 1,
                SwarmEvent::Behaviour(Event::Message {
                    message: Message::Response { response, .. }, ..
                }) => {
                    return Ok(response);
                }
                SwarmEvent::Behaviour(Event::OutboundFailure { error, .. }) => return Err(error.to_string()),
                _ => {}
            }
        }
    }
}

/// A member that answers every request with the same octets.
pub(crate) async fn liar(protocol: &'static str, reply: Vec<u8>) -> Peer {
    let mut swarm = swarm(protocol);
    swarm.listen_on("/ip4/127.0.0.1/udp/0/quic-v1".parse().unwrap()).unwrap();
    let id = *swarm.local_peer_id();
    let address = loop {
        if let SwarmEvent::NewListenAddr { address, .. } = swarm.select_next_some().await {
            break address;
        }
    };
    tokio::spawn(async move {
        loop {
            let event = swarm.select_next_some().await;
            if let SwarmEvent::Behaviour(Event::Message {
                message: Message::Request { channel, .. }, ..
            }) = event
            {
                let _ = swarm.behaviour_mut().send_response(channel, reply.clone());
            }
        }
    });
    Peer { id, address }
}
