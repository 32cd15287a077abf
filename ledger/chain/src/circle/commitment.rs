//! Leaves of the trees that a power of attorney commits to: only who holds a leaf's salt can tell what it is of.
//!
//! A leaf begins with the octet of 'h', an inner node with 0x01 ([`crate::merkle`]), so neither is taken for the other.

use crate::ids::{Hash32, VerifyingKey, sha256};

/// SHA-256("hg/v1/category" || salt || u8 category).
///
/// A circle uses one salt for each category, so that the leaf of a category is the same under every root of the circle.
pub fn category_leaf(salt: &[u8; 16], category: u8) -> Hash32 {
    Hash32(sha256(&[b"hg/v1/category", salt, &[category]]))
}

/// SHA-256("hg/v1/recipient" || salt || credential's key).
pub fn recipient_leaf(salt: &[u8; 16], credential_pk: &VerifyingKey) -> Hash32 {
    Hash32(sha256(&[b"hg/v1/recipient", salt, &credential_pk.0]))
}
