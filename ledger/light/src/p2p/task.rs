//! The task that owns a swarm.

use std::collections::HashMap;

use futures::StreamExt;
use libp2p::request_response::{Message, OutboundFailure, OutboundRequestId, ResponseChannel};
use libp2p::swarm::SwarmEvent;
use libp2p::{Multiaddr, PeerId, Swarm};
use tokio::sync::{mpsc, oneshot, watch};

use super::Protocol;
use super::behaviour::{Behaviour, BehaviourEvent, Exchange};
use super::endpoint::{AskError, Inbound, Peer, Responder};
use super::frame::{Body, Fault};

/// Askers from which on those are looked for who do not wait any more.
const PURGE_AT: usize = 1_024;

/// Whoever waits for an answer.
type Asker = oneshot::Sender<Result<Vec<u8>, AskError>>;

/// Where the answer to a request goes.
pub(super) type Reply = oneshot::Sender<Result<Vec<u8>, AskError>>;

/// What the handles tell the task.
#[derive(Debug)]
pub(super) enum Command {
    Ask { to: Peer, protocol: Protocol, body: Vec<u8>, reply: Reply },
    Respond { protocol: Protocol, channel: ResponseChannel<Body>, body: Body },
}

struct Task {
    swarm: Swarm<Behaviour>,
    asked: HashMap<(Protocol, OutboundRequestId), Asker>,
    inbound: mpsc::Sender<Inbound>,
    answers: mpsc::UnboundedSender<Command>,
    bound: watch::Sender<Option<Multiaddr>>,
}

/// Drives `swarm` until every handle is gone.
pub(super) async fn run(
    swarm: Swarm<Behaviour>,
    mut commands: mpsc::Receiver<Command>,
    inbound: mpsc::Sender<Inbound>,
    bound: watch::Sender<Option<Multiaddr>>,
) {
    // Answers outstanding are bounded by the streams that connections may hold open.
    let (answers, mut answered) = mpsc::unbounded_channel();
    let mut task = Task { swarm, asked: HashMap::new(), inbound, answers, bound };
    loop {
        tokio::select! {
            command = commands.recv() => match command {
                Some(command) => task.obey(command),
                None => return,
            },
            Some(command) = answered.recv() => task.obey(command),
            event = task.swarm.select_next_some() => task.hear(event),
        }
    }
}

impl Task {
    fn obey(&mut self, command: Command) {
        match command {
            Command::Ask { to, protocol, body, reply } => {
                // An exchange that never reports would otherwise stay for as long as the process lives.
                if self.asked.len() >= PURGE_AT {
                    self.asked.retain(|_, asker| !asker.is_closed());
                }
                let id = self.swarm.behaviour_mut().request(protocol, to, body);
                self.asked.insert((protocol, id), reply);
            }
            Command::Respond { protocol, channel, body } => {
                self.swarm.behaviour_mut().respond(protocol, channel, body);
            }
        }
    }

    fn hear(&mut self, event: SwarmEvent<BehaviourEvent>) {
        match event {
            SwarmEvent::Behaviour(event) => {
                let (protocol, exchange) = event.into_exchange();
                self.exchange(protocol, exchange);
            }
            SwarmEvent::NewListenAddr { address, .. } => {
                // With an unspecified address every interface reports; the first is enough to say "bound".
                self.bound.send_if_modified(|bound| bound.is_none() && bound.replace(address).is_none());
            }
            // Connections come and go; an exchange reports what matters to its asker.
            _ => {}
        }
    }

    fn exchange(&mut self, protocol: Protocol, exchange: Exchange) {
        match exchange {
            Exchange::Message { peer, message: Message::Request { request, channel, .. }, .. } => {
                self.requested(protocol, peer, request, channel);
            }
            Exchange::Message { message: Message::Response { request_id, response }, .. } => {
                self.settle(protocol, request_id, response.map_err(AskError::Fault));
            }
            Exchange::OutboundFailure { request_id, error, .. } => {
                self.settle(protocol, request_id, Err(ask_error(&error)));
            }
            Exchange::InboundFailure { error, .. } => {
                tracing::debug!(?protocol, %error, "an inbound exchange failed");
            }
            Exchange::ResponseSent { .. } => {}
        }
    }

    fn requested(&mut self, protocol: Protocol, peer: PeerId, body: Body, channel: ResponseChannel<Body>) {
        let responder = Responder::new(protocol, channel, self.answers.clone());
        let body = match body {
            Ok(body) => body,
            Err(fault) => return responder.send(Err(fault)),
        };
        if let Err(refused) = self.inbound.try_send(Inbound { peer, protocol, body, responder }) {
            refused.into_inner().responder.send(Err(Fault::Busy));
        }
    }

    fn settle(&mut self, protocol: Protocol, id: OutboundRequestId, answer: Result<Vec<u8>, AskError>) {
        if let Some(reply) = self.asked.remove(&(protocol, id)) {
            // The asker may have stopped waiting.
            let _ = reply.send(answer);
        }
    }
}

fn ask_error(failure: &OutboundFailure) -> AskError {
    match failure {
        OutboundFailure::DialFailure => AskError::Unreachable,
        OutboundFailure::Timeout => AskError::Silent,
        OutboundFailure::ConnectionClosed => AskError::Lost,
        OutboundFailure::UnsupportedProtocols => AskError::Unsupported,
        OutboundFailure::Io(e) if e.kind() == std::io::ErrorKind::InvalidData => AskError::BadReply,
        OutboundFailure::Io(_) => AskError::Silent,
    }
}
