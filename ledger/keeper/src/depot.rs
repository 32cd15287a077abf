//! `/salus/depot/1`: sealed octets by content hash, found by locator; sealed pointers by inbox. Codec only.
//!
//! A depot learns sizes (padded), equality of locators, and when something may be deleted. Nothing else.

mod padding;
mod put;
mod reply;
mod request;

pub use padding::padded_len;
pub use put::{DepotPow, InboxPut, Put, blob_hash, inbox_of};
pub use reply::{DepotRefused, DepotReply, DepotTerms};
pub use request::DepotRequest;

/// Largest blob: 4 MiB.
pub const MAX_BLOB_BYTES: usize = 4 << 20;
/// Largest pointer in an inbox.
pub const MAX_POINTER_BYTES: usize = 1024;
/// Pointers in one inbox at most.
pub const MAX_POINTERS: usize = 16;
/// Locators of one blob at most.
pub const MAX_LOCATORS: usize = 16;
/// Blobs under one locator, or asked about at once, at most.
pub const MAX_HASHES: usize = 256;
/// Hashes in one answer about many locators at most.
pub const MAX_FOUND: usize = 4096;
/// Largest request: a blob with its locators.
pub const MAX_REQUEST_BYTES: usize = MAX_BLOB_BYTES + 4096;
/// Largest reply: a blob, padded by at most an eighth.
pub const MAX_REPLY_BYTES: usize = MAX_BLOB_BYTES + MAX_BLOB_BYTES / 8 + 4096;
