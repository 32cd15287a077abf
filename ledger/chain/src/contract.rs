//! Consent contracts: Cedar policies that say when a permission may be given, opened and released.
//!
//! ```text
//! text -> bounds -> Cedar's parser -> strict validation against the schema     once, when it is recorded (Compiled::check)
//! text -> bounds -> Cedar's parser -> evaluation with Facts -> permitted       at each giving, opening and release (permits)
//! ```
//!
//! A contract is named by [`contract_hash`] and never changes. It sees [`Facts`] and nothing else: no name, no reading, no
//! clock but the block's. Every way in which an evaluation can go wrong is a denial.
//!
//! Guarantees: text and facts alone decide, at every member alike; a contract ends. Cedar has no loop, no recursion and no
//! function of one's own, so an evaluation visits each part of a text at most once, and a text is bounded. What Cedar does
//! depend on, the stack that is left, is the same at every evaluation.
//! Not guaranteed: that a contract is wise. One that permits only "give" is recorded and lets nobody open anything.
//!
//! # Source
//! The Cedar policy language, <https://docs.cedarpolicy.com>; crate cedar-policy 4.14.1 (language version 4.6).

use crate::ids::{Hash32, sha256};

mod apart;
mod bounds;
mod compiled;
mod date;
mod evaluate;
mod facts;
mod library;
mod schema;

pub use bounds::{MAX_CONTRACT, MAX_DEPTH, MAX_POLICIES, MAX_TOKENS};
pub use compiled::{Compiled, ContractFault};
pub use evaluate::permits;
pub use facts::{Action, Facts};
pub use library::{APPOINTMENT_MARGIN_MS, OutOfRange, Ready};
pub use schema::SCHEMA;

/// Names a contract: SHA-256("hg/v1/contract" || text).
pub fn contract_hash(text: &str) -> Hash32 {
    Hash32(sha256(&[b"hg/v1/contract", text.as_bytes()]))
}
