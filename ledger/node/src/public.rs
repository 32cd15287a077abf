//! The public swarm of a member: proofs, transactions, key shares and sealed data, for anybody.
//!
//! Peers are anonymous. What protects the member is bounds: on frames, streams, connections, requests of a peer, and
//! requests in work; a request beyond them is answered `Busy`. Other members are not counted.

mod gossip;
mod light;
mod limit;
mod tx;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use salus_light::p2p::{self, Endpoint, Fault, Inbound, Multiaddr, Peer, PeerError, PeerId, Protocol};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::Instant;

use crate::NodeState;
use crate::depot::Depot;
use crate::keeper::Keeper;
use limit::Limit;

/// Requests in work at a time.
const IN_WORK: usize = 256;

/// How long a connection without streams is kept.
const IDLE: Duration = Duration::from_secs(60);

/// Why the public swarm does not start.
#[derive(Debug, thiserror::Error)]
pub enum PublicError {
    /// The member's network key is unusable.
    #[error("the network key cannot be used: restore keys.toml from a backup")]
    Key,
    /// `public.listen` is no address.
    #[error(
        "public.listen is not a multiaddress: in config.toml, write it as /ip4/0.0.0.0/udp/26657/quic-v1"
    )]
    Address,
    /// The address is in use or not this machine's.
    #[error("public.listen cannot be listened on; is another node running there?")]
    Listen(#[from] p2p::SpawnError),
    /// A member's peer id or address in the genesis is malformed.
    #[error(
        "a member's public address in genesis.json cannot be used: have that member correct its member.json, and make the genesis again"
    )]
    Member(#[from] PeerError),
}

/// The running public swarm.
pub struct Public {
    endpoint: Endpoint,
    requests: mpsc::Receiver<Inbound>,
    members: Vec<Peer>,
    service: Service,
}

#[derive(Clone)]
struct Service {
    state: NodeState,
    keeper: Keeper,
    depot: Depot,
}

impl Public {
    /// Starts listening; nothing is answered before [`Public::serve`].
    ///
    /// # Errors
    /// [`PublicError`].
    pub fn listen(state: NodeState, keeper: Keeper, depot: Depot) -> Result<Self, PublicError> {
        let keypair =
            p2p::Keypair::ed25519_from_bytes(*state.keys().network).map_err(|_| PublicError::Key)?;
        let listen = state.config().public.listen.parse().map_err(|_| PublicError::Address)?;
        let max_inbound = state.config().public.max_connections;
        let members = state
            .genesis()
            .members
            .iter()
            .map(|member| Peer::parse(&member.peer_id, &member.public_addr))
            .collect::<Result<Vec<_>, _>>()?;
        let (endpoint, requests) =
            p2p::spawn(p2p::Config { keypair, listen: Some(listen), idle: IDLE, max_inbound })?;
        let members = members.into_iter().filter(|member| member.id != endpoint.id()).collect();
        Ok(Self { endpoint, requests, members, service: Service { state, keeper, depot } })
    }

    /// The address that is listened on, once it is known.
    ///
    /// # Errors
    /// When the swarm ends first.
    pub async fn address(&self) -> Result<Multiaddr, p2p::AskError> {
        self.endpoint.listening().await
    }

    /// Answers, and passes transactions on, until the process ends or the future is dropped.
    pub async fn serve(mut self) {
        let mut gossip = tokio::task::JoinSet::new();
        for member in &self.members {
            let mempool = self.service.state.mempool().clone();
            gossip.spawn(gossip::pass_on(mempool, self.endpoint.clone(), member.clone()));
        }
        let known: HashSet<PeerId> = self.members.iter().map(|member| member.id).collect();
        let mut limit = Limit::new(self.service.state.config().public.requests_per_minute);
        let in_work = Arc::new(Semaphore::new(IN_WORK));
        while let Some(inbound) = self.requests.recv().await {
            let allowed = known.contains(&inbound.peer) || limit.allows(inbound.peer, Instant::now());
            let permit = in_work.clone().try_acquire_owned().ok().filter(|_| allowed);
            let Some(permit) = permit else {
                inbound.responder.send(Err(Fault::Busy));
                continue;
            };
            let service = self.service.clone();
            tokio::spawn(async move {
                let Inbound { peer, protocol, body, responder, .. } = inbound;
                responder.send(service.answer(peer, protocol, body).await);
                drop(permit);
            });
        }
    }
}

impl Service {
    async fn answer(&self, peer: PeerId, protocol: Protocol, body: Vec<u8>) -> Result<Vec<u8>, Fault> {
        match protocol {
            Protocol::Light => light::answer(&self.state, &body),
            Protocol::Tx => tx::answer(self.state.mempool(), &body),
            Protocol::Depot => self.depot.answer(&body).await,
            Protocol::Keeper => self.keeper.answer(&body, peer).await,
        }
    }
}
