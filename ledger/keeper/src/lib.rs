//! What a keeper and those that talk to it compute; pure: no input or output, no runtime, no clock.
//!
//! ```text
//! patient   deal::Dealing --- message::DealMessage ---> keeper   deal::accept -> held::HeldShare, GrantAck
//! reader    message::ReleaseRequest ------------------> keeper   release::decide -> Permit -> LoggedPermit
//! reader    reader::open <---- message::ReleaseReply --- keeper   answer::release (slot PRF with one proof)
//! reader    message::SecretRequest ---> the member's desk, for permissions to its staff on duty: desk::hand_on
//! reader    reader::Combiner: t verified replies -> one PRF output for each slot
//! ```
//!
//! Guarantees: a keeper multiplies no point that a requester chose; a share is accepted only when it lies on the
//! committed polynomial; a reply that does not verify is named; without a log entry there is no reply.
//! Not guaranteed: that fewer than t keepers collude; a security proof of the composition does not exist.
//! Specification: the project's HG/1 document; curve arithmetic and proofs are RFC 9497 (ristretto255-SHA512).

pub mod answer;
pub mod deal;
pub mod depot;
pub mod desk;
pub mod envelope;
#[cfg(test)]
mod fixture;
pub mod held;
pub mod message;
#[cfg(test)]
mod model;
pub mod prf;
pub mod reader;
pub mod release;
pub mod scope;
pub mod slot;

pub use scope::Scope;
pub use slot::Slot;
