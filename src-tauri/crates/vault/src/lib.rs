//! The vault: one directory that keeps a record's readings, and the keys that open them.
//!
//! ```text
//!  passphrase --Argon2id, keyring--> slot A \
//!  recovery key --HKDF-------------> slot B  > master key -> row, name, cabinet and identity keys
//!  t of n guardians --Shamir, HPKE-> slot C /            \-> K_root per series -> GGM tree -> leaf per epoch
//!
//!  record -> journal rows (sealed, synced) -> one segment per epoch (columns, sealed) + signed manifest
//!  while locked -> inbox (HPKE to a key of the vault's, synced) -> journal, once it is unlocked
//!                                             -> minutes, hours, days (sealed under trees of their own)
//! ```
//!
//! Guarantees: a reading is on disk, sealed, before [`Vault::record`] returns; nothing readable is stored, names and
//! times included; a segment opens only under its own series, generation, epoch, writer, sequence and kind; a wrong
//! key is told from a damaged file before anything is decrypted; a kill or a power cut at any moment leaves every reading
//! whose recording returned, and each change of the keyslots and each deletion done or not done.
//!
//! A new generation of keys begins with an epoch: what was given before, also the whole tree of before, opens nothing of it.
//!
//! What is deleted for ever has no key any more, in the file and in memory, and nothing is stored in its place.
//!
//! Non-guarantees: row counts (also how many readings of an epoch have a time or a number of their device's), padded sizes,
//! insertion order and file times are visible; memory that the operating system swaps out is outside it; a roll-back of the
//! whole directory shows only against a [`Head`] that was kept elsewhere ([`Vault::compare`]).
//!
//! Crypto, each beside its standard: [`seal`] is C2SP chunked-encryption v1 (HKDF-Expand-SHA-512 RFC 5869,
//! ChaCha20-Poly1305 RFC 8439); [`tree`] is the Goldreich-Goldwasser-Micali construction over HMAC-SHA-256 (RFC 2104);
//! [`manifest`] is Ed25519 (RFC 8032, strict) over an RFC 6962 Merkle root; [`log`] is an RFC 6962 tree with a C2SP signed
//! checkpoint; [`keyslot`] is Argon2id (RFC 9106); [`backup`] is an age file (age-encryption.org/v1) around a tar archive;
//! [`inbox`] and [`keyslot::guardian`] are HPKE (RFC 9180), with Shamir's sharing over GF(256) in the second.

pub mod backup;
pub mod copy;
mod envelope;
pub mod error;
#[doc(hidden)]
pub mod fuzzing;
#[cfg(test)]
mod golden;
pub mod inbox;
pub mod keyring;
pub mod keyslot;
pub mod log;
pub mod manifest;
mod row;
pub mod seal;
pub mod secret;
pub mod segment;
pub mod shared;
pub mod summary;
pub mod tree;
pub mod vault;
#[cfg(test)]
mod vectors;

pub use backup::BackupError;
pub use error::VaultError;
pub use inbox::Inbox;
pub use keyring::{Keyring, NoKeyring};
pub use keyslot::{PassphraseCost, RecoveryKey, Unlock};
pub use log::Head;
pub use manifest::{Manifest, Writer, WriterId};
pub use secret::Key;
pub use shared::{Origin, SharedError};
pub use tree::{Epoch, Leaf, Locator, Node, Tree};
#[doc(hidden)]
pub use vault::Spoilt;
pub use vault::{
    Arrived, Cabinet, Compacted, Damage, Door, Doors, EpochHead, Fault, Generation, Identity, Recorded,
    Renewed, Report, SealedDay, SealedEpoch, Series, Shred, ShredOutcome, Shredded, Standing, Vault,
    Verification,
};
