//! A member's daemon: the ordering engine, the chain's store, and the services that keep and release.
//!
//! ```text
//!   members' swarm (engine, libp2p 0.56)          public swarm (libp2p 0.57)
//!            |                                      |            |         |
//!        engine  <--- mempool <---- submit ---------+         keeper     depot
//!            |          ^                           |            |
//!        executor       | check                     | proofs     |
//!            |          |                           |            |
//!            +------> store (redb) <--- NodeState --+------------+
//! ```
//!
//! Guarantees: a block is on disk before any service sees it; two messages are never signed at one step; nothing from a
//! peer is kept unless it proves that it belongs to a block or passes the chain's rules.
//! Not guaranteed: progress with a third of the members or more away, nor secrecy of what is on the chain.

pub mod block;
pub mod cli;
pub mod config;
pub mod depot;
mod disk;
pub mod engine;
mod entropy;
pub mod executor;
pub mod home;
pub mod http;
pub mod keeper;
pub mod keys;
pub mod mempool;
pub mod present;
pub mod public;
pub mod roster;
pub mod run;
pub mod spool;
pub mod state;
pub mod store;

pub use state::{Head, NodeState};
