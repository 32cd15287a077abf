//! This computer's keyring: on Linux the Secret Service of the desktop, over D-Bus and without a C library; on macOS the login keychain,
//! on Windows the Credential Manager (compiled for both, and never run there: there were no such computers).
//!
//! Two items for each record, of the user that is called as the record's number in hexadecimal: of the service `salus` the 32 random
//! octets that belong to the passphrase, of `salus-head` the sealed head of the record's log. On another platform, and where nobody
//! answers, there is none, and the passphrase stands alone.
//!
//! # Source
//! <https://specifications.freedesktop.org/secret-service/>; "Keychain items" of Apple's documentation; `CREDENTIALW` of Windows'.

mod store;
mod system;

use salus_vault::Key;
use salus_vault::keyring::Unavailable;
pub use salus_vault::{Keyring, NoKeyring};
use zeroize::Zeroizing;

/// Where a keyring keeps the sealed head of a record. Both calls may block, as those of [`Keyring`].
pub trait HeadKeyring: Send + Sync + 'static {
    /// What is kept; `None` when there is nothing.
    ///
    /// # Errors
    /// [`Unavailable`].
    fn head(&self, record: &[u8; 16]) -> Result<Option<Vec<u8>>, Unavailable>;

    /// Keeps it, replacing what was kept.
    ///
    /// # Errors
    /// [`Unavailable`].
    fn keep_head(&self, record: &[u8; 16], sealed: &[u8]) -> Result<(), Unavailable>;
}

/// The keyring of the person's desktop.
#[derive(Debug, Clone, Copy, Default)]
pub struct DesktopKeyring;

impl Keyring for DesktopKeyring {
    fn read(&self, record: &[u8; 16]) -> Result<Option<Key>, Unavailable> {
        let Some(secret) = store::read(store::SECRET, *record)? else { return Ok(None) };
        // Of another length it is not what was left there; nothing may ever depend on it.
        let octets = <[u8; 32]>::try_from(secret.as_slice()).map(Zeroizing::new).map_err(|_| Unavailable)?;
        Ok(Some(Key::new(*octets)))
    }

    fn write(&self, record: &[u8; 16], secret: &Key) -> Result<(), Unavailable> {
        store::write(store::SECRET, *record, Zeroizing::new(secret.expose().to_vec()))
    }
}

impl HeadKeyring for DesktopKeyring {
    fn head(&self, record: &[u8; 16]) -> Result<Option<Vec<u8>>, Unavailable> {
        let sealed = store::read(store::HEAD, *record)?;
        Ok(sealed.map(|sealed| sealed.to_vec()))
    }

    fn keep_head(&self, record: &[u8; 16], sealed: &[u8]) -> Result<(), Unavailable> {
        store::write(store::HEAD, *record, Zeroizing::new(sealed.to_vec()))
    }
}
