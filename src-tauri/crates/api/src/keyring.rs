//! This computer's keyring: on Linux the Secret Service of the desktop, over D-Bus and without a C library.
//!
//! One item for each record, of 32 random octets, with the attributes `service = "salus"` and `username` = the record's
//! number in hexadecimal. On a platform without a store of ours, and where nobody answers, there is none, and the
//! passphrase stands alone.
//!
//! # Source
//! <https://specifications.freedesktop.org/secret-service/>

use salus_vault::Key;
use salus_vault::keyring::Unavailable;
pub use salus_vault::{Keyring, NoKeyring};

/// The keyring of the person's desktop.
#[derive(Debug, Clone, Copy, Default)]
pub struct DesktopKeyring;

impl Keyring for DesktopKeyring {
    fn read(&self, record: &[u8; 16]) -> Result<Option<Key>, Unavailable> {
        store::read(*record)
    }

    fn write(&self, record: &[u8; 16], secret: &Key) -> Result<(), Unavailable> {
        store::write(*record, secret.clone())
    }
}

#[cfg(target_os = "linux")]
mod store {
    use std::collections::HashMap;
    use std::sync::mpsc;
    use std::time::Duration;

    use keyring_core::api::CredentialStoreApi;
    use keyring_core::{Entry, Error};
    use salus_vault::Key;
    use salus_vault::keyring::Unavailable;
    use zbus_secret_service_keyring_store::Store;
    use zeroize::Zeroizing;

    const SERVICE: &str = "salus";
    const LABEL: &str = "Salus: a part of your passphrase on this computer";
    /// How long a person has to unlock the keyring when it asks.
    const PATIENCE: Duration = Duration::from_secs(60);

    pub(super) fn read(record: [u8; 16]) -> Result<Option<Key>, Unavailable> {
        within(move || match entry(record)?.get_secret() {
            Ok(secret) => {
                let secret = Zeroizing::new(secret);
                // Of another length it is not what was left there; nothing may ever depend on it.
                let octets = <[u8; 32]>::try_from(secret.as_slice()).map(Zeroizing::new);
                let octets = octets.map_err(|_| Error::Invalid("secret".into(), "not 32 octets".into()))?;
                Ok(Some(Key::new(*octets)))
            }
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    pub(super) fn write(record: [u8; 16], secret: Key) -> Result<(), Unavailable> {
        within(move || entry(record)?.set_secret(secret.expose()))
    }

    fn entry(record: [u8; 16]) -> Result<Entry, Error> {
        let label = HashMap::from([("label", LABEL)]);
        Store::new()?.build(SERVICE, &hex::encode(record), Some(&label))
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
    use salus_vault::Key;
    use salus_vault::keyring::Unavailable;

    pub(super) fn read(_: [u8; 16]) -> Result<Option<Key>, Unavailable> {
        Err(Unavailable)
    }

    pub(super) fn write(_: [u8; 16], _: Key) -> Result<(), Unavailable> {
        Err(Unavailable)
    }
}
