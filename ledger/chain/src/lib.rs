//! The ledger as pure functions: codec, transactions, state machine, proofs, headers.

pub mod attestation;
pub mod block;
pub mod codec;
#[cfg(test)]
mod fixture;
pub mod genesis;
pub mod ids;
pub mod merkle;
pub mod query;
pub mod sign;
pub mod state;
pub mod state_tree;
pub mod text;
pub mod time;
pub mod tx;

pub use tendermint;
