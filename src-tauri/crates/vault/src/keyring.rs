//! The port to this computer's keyring, which keeps one secret for each record beside the passphrase.
//!
//! A slot that is wrapped with it opens on this computer only: who copies the record's folder, and learns the passphrase,
//! still lacks 32 octets that the folder never held. The shell injects the platform's store; without one there is
//! [`NoKeyring`], and the passphrase stands alone. The secret is never written to a file of ours.

use crate::Key;

/// The keyring cannot be asked: there is none, it is locked, or its prompt was put away. Not the same as an empty one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this computer's keyring cannot be asked")]
pub struct Unavailable;

/// Where this computer keeps a secret of each record. Both calls may block for as long as a person is asked to unlock the
/// keyring; the vault calls them on a thread of their own.
pub trait Keyring: Send + Sync + 'static {
    /// The secret of this record; `None` when the keyring has none.
    ///
    /// # Errors
    /// [`Unavailable`].
    fn read(&self, record: &[u8; 16]) -> Result<Option<Key>, Unavailable>;

    /// Keeps a secret of this record, replacing an earlier one.
    ///
    /// # Errors
    /// [`Unavailable`].
    fn write(&self, record: &[u8; 16], secret: &Key) -> Result<(), Unavailable>;
}

/// A computer without a keyring.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoKeyring;

impl Keyring for NoKeyring {
    fn read(&self, _: &[u8; 16]) -> Result<Option<Key>, Unavailable> {
        Err(Unavailable)
    }

    fn write(&self, _: &[u8; 16], _: &Key) -> Result<(), Unavailable> {
        Err(Unavailable)
    }
}
