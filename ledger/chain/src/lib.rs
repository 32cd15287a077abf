//! The ledger as pure functions: codec, transactions, state machine, proofs, headers. No input or output, no
//! runtime, no clock, no randomness of its own.
//!
//! ```text
//! genesis -> ChainContext ----------------------------+
//! octets  -> tx::Tx (codec::Record, sign, pow) -> state::execute_block(StateReader) -> BlockEffects
//!                              contract::permits <-----+ writes                          | results
//!                                                state_tree::apply -> app_hash           v
//!                                                      +-----------------> block::header -> LightBlock
//! query: what apps ask of members, with StateProof and TxInclusion as answers
//! duty: the staff on duty of a member, as whom a permission may be given to
//! circle: who may act for a person; judged alike by the state machine, by keepers and by apps
//! ```
//!
//! Guarantees: one encoding for each record and a limit on every length; the same state and block give the same
//! effects everywhere; a grant's receipts form a hash chain whose head is in the proven state.
//! Not guaranteed: agreement and availability (the engine's), secrecy of anything that is recorded here.
//! Specification: the project's HG/1 document; CometBFT 0.38 data structures for headers, commits and votes.

pub mod attestation;
pub mod block;
pub mod circle;
pub mod codec;
pub mod contract;
pub mod duty;
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
