//! The swarm's behaviour: one request-response behaviour for each protocol, and connection limits.

use libp2p::StreamProtocol;
use libp2p::connection_limits::{self, ConnectionLimits};
use libp2p::request_response::{self, OutboundRequestId, ProtocolSupport, ResponseChannel};
use libp2p::swarm::NetworkBehaviour;

use super::Protocol;
use super::endpoint::Peer;
use super::frame::{Body, Frames};

/// An event of one request-response behaviour.
pub(crate) type Exchange = request_response::Event<Body, Body>;

#[derive(NetworkBehaviour)]
pub(crate) struct Behaviour {
    limits: connection_limits::Behaviour,
    light: request_response::Behaviour<Frames>,
    tx: request_response::Behaviour<Frames>,
    depot: request_response::Behaviour<Frames>,
    keeper: request_response::Behaviour<Frames>,
}

impl Behaviour {
    /// A behaviour that serves requests as well as sending them, or only sends them.
    pub(crate) fn new(support: &ProtocolSupport, max_inbound: u32) -> Self {
        let limits = ConnectionLimits::default()
            .with_max_pending_incoming(Some(64))
            .with_max_pending_outgoing(Some(64))
            .with_max_established_incoming(Some(max_inbound))
            .with_max_established_per_peer(Some(4));
        let exchange = |protocol: Protocol| {
            let limits = protocol.limits();
            request_response::Behaviour::with_codec(
                Frames { limits },
                [(StreamProtocol::new(protocol.name()), support.clone())],
                request_response::Config::default()
                    .with_request_timeout(limits.timeout)
                    .with_max_concurrent_streams(limits.streams),
            )
        };
        Self {
            limits: connection_limits::Behaviour::new(limits),
            light: exchange(Protocol::Light),
            tx: exchange(Protocol::Tx),
            depot: exchange(Protocol::Depot),
            keeper: exchange(Protocol::Keeper),
        }
    }

    fn exchange(&mut self, protocol: Protocol) -> &mut request_response::Behaviour<Frames> {
        match protocol {
            Protocol::Light => &mut self.light,
            Protocol::Tx => &mut self.tx,
            Protocol::Depot => &mut self.depot,
            Protocol::Keeper => &mut self.keeper,
        }
    }

    /// Sends a request, dialling first when there is no connection.
    pub(crate) fn request(&mut self, protocol: Protocol, to: Peer, body: Vec<u8>) -> OutboundRequestId {
        self.exchange(protocol).send_request_with_addresses(&to.id, Ok(body), vec![to.address])
    }

    /// Answers an inbound request; an exchange that ended meanwhile needs no answer.
    pub(crate) fn respond(&mut self, protocol: Protocol, channel: ResponseChannel<Body>, body: Body) {
        if self.exchange(protocol).send_response(channel, body).is_err() {
            tracing::debug!(?protocol, "the requester left before the reply");
        }
    }
}

impl BehaviourEvent {
    /// The protocol and the exchange that the event belongs to.
    pub(crate) fn into_exchange(self) -> (Protocol, Exchange) {
        match self {
            Self::Limits(never) => match never {},
            Self::Light(event) => (Protocol::Light, event),
            Self::Tx(event) => (Protocol::Tx, event),
            Self::Depot(event) => (Protocol::Depot, event),
            Self::Keeper(event) => (Protocol::Keeper, event),
        }
    }
}
