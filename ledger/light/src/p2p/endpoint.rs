//! The handle over a running swarm: ask a peer, and receive what peers ask.

use std::time::Duration;

use libp2p::identity::Keypair;
use libp2p::request_response::{ProtocolSupport, ResponseChannel};
use libp2p::{Multiaddr, PeerId, SwarmBuilder};
use tokio::sync::{mpsc, oneshot, watch};

use super::Protocol;
use super::behaviour::Behaviour;
use super::frame::{Body, Fault};
use super::task::{self, Command};

/// Requests of this process that may wait for the swarm task.
const COMMANDS: usize = 256;

/// Inbound requests that may wait for the application; the next ones are answered [`Fault::Busy`].
const INBOUND: usize = 256;

/// Longest time for a connection to be made, in addition to a protocol's own: twice the handshake's.
const DIALLING: Duration = Duration::from_secs(6);

/// A peer and the address it is reached at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    /// The identity that the connection must prove.
    pub id: PeerId,
    /// Where to dial.
    pub address: Multiaddr,
}

/// Why a peer's name and address are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeerError {
    /// The peer id does not parse.
    #[error("the peer id is malformed")]
    Id,
    /// The multiaddr does not parse.
    #[error("the peer address is malformed")]
    Address,
}

impl Peer {
    /// Parses a peer id and a multiaddr as a genesis writes them.
    ///
    /// # Errors
    /// [`PeerError`] names the part that does not parse.
    pub fn parse(id: &str, address: &str) -> Result<Self, PeerError> {
        Ok(Self {
            id: id.parse().map_err(|_| PeerError::Id)?,
            address: address.parse().map_err(|_| PeerError::Address)?,
        })
    }
}

/// Why a request to a peer has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// No connection could be made.
    #[error("the member cannot be reached")]
    Unreachable,
    /// The exchange took too long.
    #[error("the member did not answer in time")]
    Silent,
    /// The connection ended before the answer, also when tried again.
    #[error("the connection to the member was lost")]
    Lost,
    /// The peer does not speak the protocol.
    #[error("the member does not speak the protocol")]
    Unsupported,
    /// The reply broke its framing or its limit.
    #[error("the member's reply is malformed")]
    BadReply,
    /// The peer answered that it did not process the request.
    #[error("the member refused the message")]
    Fault(#[source] Fault),
    /// The request is larger than the protocol allows; nothing was sent.
    #[error("the request is larger than the protocol allows")]
    TooLarge,
    /// This process's swarm has ended.
    #[error("the network task has ended")]
    Closed,
}

/// What a swarm is spawned with.
#[derive(Debug)]
pub struct Config {
    /// The identity; an app takes a fresh one for each run.
    pub keypair: Keypair,
    /// Where to listen; `None` dials out only.
    pub listen: Option<Multiaddr>,
    /// How long a connection without streams is kept.
    pub idle: Duration,
    /// Connections that others may make at most.
    pub max_inbound: u32,
}

impl Config {
    /// Dials out only, under a fresh identity.
    #[must_use]
    pub fn dial_only() -> Self {
        Self {
            keypair: Keypair::generate_ed25519(),
            listen: None,
            idle: Duration::from_secs(30),
            max_inbound: 64,
        }
    }
}

/// Why a swarm does not start.
#[derive(Debug, thiserror::Error)]
pub enum SpawnError {
    /// The address cannot be listened on: in use, or not a QUIC address.
    #[error("the public address cannot be listened on")]
    Listen,
}

/// A request from a peer, framed well.
#[derive(Debug)]
pub struct Inbound {
    /// Who asks, as proven by the connection.
    pub peer: PeerId,
    /// On which protocol.
    pub protocol: Protocol,
    /// The body, within the protocol's limit.
    pub body: Vec<u8>,
    /// Where the answer goes.
    pub responder: Responder,
}

/// Answers one inbound request; dropped without an answer it says [`Fault::Internal`].
#[derive(Debug)]
pub struct Responder {
    answer: Option<(Protocol, ResponseChannel<Body>)>,
    answers: mpsc::UnboundedSender<Command>,
}

impl Responder {
    pub(super) fn new(
        protocol: Protocol,
        channel: ResponseChannel<Body>,
        answers: mpsc::UnboundedSender<Command>,
    ) -> Self {
        Self { answer: Some((protocol, channel)), answers }
    }

    /// Sends the reply.
    pub fn send(mut self, body: Result<Vec<u8>, Fault>) {
        self.put(body);
    }

    fn put(&mut self, body: Body) {
        if let Some((protocol, channel)) = self.answer.take() {
            // A closed task means that the process is going down; the peer sees the connection end.
            let _ = self.answers.send(Command::Respond { protocol, channel, body });
        }
    }
}

impl Drop for Responder {
    fn drop(&mut self) {
        self.put(Err(Fault::Internal));
    }
}

/// A handle over a running swarm; the task ends when the last handle is dropped.
#[derive(Debug, Clone)]
pub struct Endpoint {
    id: PeerId,
    commands: mpsc::Sender<Command>,
    listening: watch::Receiver<Option<Multiaddr>>,
}

impl Endpoint {
    /// This process's identity on the network.
    #[must_use]
    pub fn id(&self) -> PeerId {
        self.id
    }

    /// The address that is listened on, once it is known.
    ///
    /// # Errors
    /// [`AskError::Closed`] when the task ends first.
    pub async fn listening(&self) -> Result<Multiaddr, AskError> {
        let mut listening = self.listening.clone();
        let address = listening.wait_for(Option::is_some).await.map_err(|_| AskError::Closed)?;
        address.clone().ok_or(AskError::Closed)
    }

    /// Sends one request and waits for its reply, dialling when there is no connection. A connection that ends meanwhile is
    /// made again once, because a peer that was restarted is only noticed so: every request must be safe to repeat.
    ///
    /// # Errors
    /// [`AskError`] says how far it went.
    pub async fn ask(&self, to: &Peer, protocol: Protocol, body: Vec<u8>) -> Result<Vec<u8>, AskError> {
        if body.len() > protocol.limits().request as usize {
            return Err(AskError::TooLarge);
        }
        match self.ask_once(to, protocol, body.clone()).await {
            Err(AskError::Lost) => self.ask_once(to, protocol, body).await,
            answer => answer,
        }
    }

    async fn ask_once(&self, to: &Peer, protocol: Protocol, body: Vec<u8>) -> Result<Vec<u8>, AskError> {
        let (reply, answer) = oneshot::channel();
        let command = Command::Ask { to: to.clone(), protocol, body, reply };
        // The swarm bounds dialling and the exchange; a stream that it drops because a connection is at its limit reports nothing.
        let answered = async {
            self.commands.send(command).await.map_err(|_| AskError::Closed)?;
            answer.await.map_err(|_| AskError::Closed)?
        };
        let longest = protocol.limits().timeout + DIALLING;
        tokio::time::timeout(longest, answered).await.unwrap_or(Err(AskError::Silent))
    }
}

/// Spawns a swarm on the current tokio runtime.
///
/// A swarm that listens also serves: its requests arrive on the receiver. One that only dials advertises no protocol.
///
/// # Errors
/// [`SpawnError`] when the address cannot be listened on.
pub fn spawn(config: Config) -> Result<(Endpoint, mpsc::Receiver<Inbound>), SpawnError> {
    let support = match config.listen {
        Some(_) => ProtocolSupport::Full,
        None => ProtocolSupport::Outbound,
    };
    let mut swarm = SwarmBuilder::with_existing_identity(config.keypair)
        .with_tokio()
        .with_quic_config(|mut quic| {
            quic.handshake_timeout = Duration::from_secs(3);
            quic.max_idle_timeout = 4_000;
            quic.keep_alive_interval = Duration::from_millis(1_500);
            quic.max_concurrent_stream_limit = 128;
            quic.max_stream_data = 2 * 1024 * 1024;
            quic.max_connection_data = 8 * 1024 * 1024;
            quic
        })
        .with_behaviour(|_| Behaviour::new(&support, config.max_inbound))
        .unwrap_or_else(|never| match never {})
        .with_swarm_config(|swarm| swarm.with_idle_connection_timeout(config.idle))
        .build();
    if let Some(address) = config.listen {
        swarm.listen_on(address).map_err(|_| SpawnError::Listen)?;
    }
    let id = *swarm.local_peer_id();
    let (commands, queue) = mpsc::channel(COMMANDS);
    let (inbound, requests) = mpsc::channel(INBOUND);
    let (bound, listening) = watch::channel(None);
    tokio::spawn(task::run(swarm, queue, inbound, bound));
    Ok((Endpoint { id, commands, listening }, requests))
}
