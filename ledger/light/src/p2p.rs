//! The public network: four request-response protocols over QUIC, used by members and by apps alike.
//!
//! ```text
//! request   u32 length (big-endian) || body, then the stream's end
//! reply     u8 fault (0 = none)     || u32 length (big-endian) || body (empty after a fault)
//! ```
//!
//! Guarantees: a frame is never larger than its protocol's limit, memory grows only with bytes that arrived, a malformed
//! frame is answered with a typed [`Fault`] and costs the sender one stream. Not guaranteed: that a body means anything;
//! `salus_chain::query`, `salus_keeper::message` and `salus_keeper::depot` decode bodies, and proofs decide.

mod behaviour;
mod endpoint;
mod frame;
mod task;

pub use endpoint::{AskError, Config, Endpoint, Inbound, Peer, PeerError, Responder, SpawnError, spawn};
pub use frame::Fault;
pub use libp2p::identity::Keypair;
pub use libp2p::{Multiaddr, PeerId};

use std::time::Duration;

use salus_chain::codec::Record;
use salus_chain::query::{LightReply, LightRequest, TxReply, TxRequest};
use salus_keeper::depot::{DepotReply, DepotRequest};
use salus_keeper::message::{KeeperReply, KeeperRequest};

/// A protocol of the public network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// Heads, light blocks and state proofs: `/salus/light/1`.
    Light,
    /// Transactions, submitted by apps and passed on between members: `/salus/tx/1`.
    Tx,
    /// Sealed segments and capsules: `/salus/depot/1`.
    Depot,
    /// Dealing and release of key shares: `/salus/keeper/1`.
    Keeper,
}

/// What one protocol allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest request body in octets.
    pub request: u32,
    /// Largest reply body in octets.
    pub reply: u32,
    /// Time for one exchange, both ways.
    pub timeout: Duration,
    /// Streams of this protocol on one connection, both ways.
    pub streams: usize,
}

impl Protocol {
    /// Every protocol, in the order of their names on the wire.
    pub const ALL: [Self; 4] = [Self::Light, Self::Tx, Self::Depot, Self::Keeper];

    /// The name that is negotiated on a stream.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "/salus/light/1",
            Self::Tx => "/salus/tx/1",
            Self::Depot => "/salus/depot/1",
            Self::Keeper => "/salus/keeper/1",
        }
    }

    /// The limits that both sides hold.
    #[must_use]
    pub const fn limits(self) -> Limits {
        match self {
            // A query is a key and a height; the largest reply is a page of receipts.
            Self::Light => Limits {
                request: octets(LightRequest::MAX),
                reply: octets(LightReply::MAX),
                timeout: Duration::from_secs(5),
                streams: 64,
            },
            // One transaction; the reply is a code.
            Self::Tx => Limits {
                request: octets(TxRequest::MAX),
                reply: octets(TxReply::MAX),
                timeout: Duration::from_secs(5),
                streams: 64,
            },
            // A sealed segment or capsule with its locators; fetched in padded sizes.
            Self::Depot => Limits {
                request: octets(DepotRequest::MAX),
                reply: octets(DepotReply::MAX),
                timeout: Duration::from_secs(20),
                streams: 8,
            },
            // A dealing is t points and a sealed share; a release is 64 points and a proof.
            Self::Keeper => Limits {
                request: octets(KeeperRequest::MAX),
                reply: octets(KeeperReply::MAX),
                timeout: Duration::from_secs(10),
                streams: 16,
            },
        }
    }
}

/// A record's limit as a frame's.
const fn octets(limit: usize) -> u32 {
    assert!(limit <= 1 << 24, "a frame is at most 16 MiB");
    #[expect(clippy::cast_possible_truncation, reason = "at most 2^24, asserted above")]
    let limit = limit as u32;
    limit
}
