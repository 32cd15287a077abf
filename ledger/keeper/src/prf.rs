//! The slot PRF: RFC 9497 VOPRF over ristretto255 with SHA-512, blind = 1, the key shared by Shamir.
//!
//! # Source
//! RFC 9497: section 2.2 (DLEQ proofs), 3.3.2 (VOPRF), 4.1 (suite), Appendix A.1.2 (vectors). RFC 9380 section
//! 5.3.1 (expand_message_xmd).

mod combine;
mod dleq;
mod hash;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod vectors;

pub use combine::{CombineError, combine, finalize, lagrange_at_zero};
pub use dleq::{Evaluation, ProofRefused, evaluate, verify};
pub use hash::hash_to_group;

/// Output of the PRF for one slot: 64 octets, wiped on drop.
pub type SlotPrf = zeroize::Zeroizing<[u8; 64]>;
