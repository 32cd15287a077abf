//! The light client of the ledger: proves what members say, and carries an app's messages to them.
//!
//! ```text
//! list ────► verify (anchor, skipping, bisection) ─► head ─► proof (grant, credential, log, inclusion)
//!                     ▲                                ▲
//! TrustStore ◄────────┘          client ───────────────┘    one handle, many members
//!                                  │
//!                                 p2p      /salus/{light,tx,depot,keeper}/1 over QUIC, dials out only
//! ```
//!
//! Guarantees: nothing is reported as on the chain without a Merkle proof against a header that
//! `tendermint-light-client-verifier` accepted from the genesis, or from a newer anchor that a member handed over in person,
//! on; what nothing vouches for any more is refused after 30 days; two different hashes for one height freeze the client; a
//! head older than 60 s is out of date and unlocks nothing.
//! Not guaranteed: that members answer, or that they keep a query to themselves.

pub mod client;
pub mod clock;
pub mod p2p;
pub mod process;
pub mod proof;
pub mod store;
pub mod verify;

pub use client::{Head, Inclusion, LightClient, LightError, Proven};
pub use store::{MemoryStore, StoreError, TrustStore};
