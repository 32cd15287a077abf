//! This computer's keyring: on Linux the Secret Service of the desktop, over D-Bus and without a C library.
//!
//! Two items for each record, with the attribute `username` = the record's number in hexadecimal: `service = "salus"` holds
//! the 32 random octets that belong to the passphrase, `service = "salus-head"` the sealed head of the record's log. On a
//! platform without a store of ours, and where nobody answers, there is none, and the passphrase stands alone.
//!
//! # Source
//! <https://specifications.freedesktop.org/secret-service/>

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

#[cfg(target_os = "linux")]
mod store {
    use std::collections::HashMap;
    use std::sync::mpsc;
    use std::time::Duration;

    use keyring_core::api::CredentialStoreApi;
    use keyring_core::{Entry, Error};
    use salus_vault::keyring::Unavailable;
    use zbus_secret_service_keyring_store::Store;
    use zeroize::Zeroizing;

    /// What an item is: its service, and what a person reads in the keyring's own list.
    pub(super) type Item = (&'static str, &'static str);
    pub(super) const SECRET: Item = ("salus", "Salus: a part of your passphrase on this computer");
    pub(super) const HEAD: Item = ("salus-head", "Salus: how far your record had come");
    /// How long a person has to unlock the keyring when it asks.
    const PATIENCE: Duration = Duration::from_secs(60);

    pub(super) fn read(item: Item, record: [u8; 16]) -> Result<Option<Zeroizing<Vec<u8>>>, Unavailable> {
        within(move || match entry(item, record)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    pub(super) fn write(item: Item, record: [u8; 16], secret: Zeroizing<Vec<u8>>) -> Result<(), Unavailable> {
        within(move || entry(item, record)?.set_secret(&secret))
    }

    fn entry((service, label): Item, record: [u8; 16]) -> Result<Entry, Error> {
        let label = HashMap::from([("label", label)]);
        Store::new()?.build(service, &hex::encode(record), Some(&label))
    }

    /// On a thread of its own: the library waits for as long as the keyring's own window is open.
    fn within<T: Send + 'static>(
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Unavailable> {
        let (tell, told) = mpsc::sync_channel(1);
        let started = std::thread::Builder::new().name("keyring".into()).spawn(move || {
            // An error means that nobody waits any more.
            let _ = tell.send(work());
        });
        started.map_err(|_| Unavailable)?;
        match told.recv_timeout(PATIENCE) {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => {
                tracing::debug!(%error, "the keyring cannot be asked");
                Err(Unavailable)
            }
            Err(_) => Err(Unavailable),
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod store {
    use salus_vault::keyring::Unavailable;
    use zeroize::Zeroizing;

    pub(super) const SECRET: () = ();
    pub(super) const HEAD: () = ();

    pub(super) fn read(_: (), _: [u8; 16]) -> Result<Option<Zeroizing<Vec<u8>>>, Unavailable> {
        Err(Unavailable)
    }

    pub(super) fn write(_: (), _: [u8; 16], _: Zeroizing<Vec<u8>>) -> Result<(), Unavailable> {
        Err(Unavailable)
    }
}
