//! Reading and writing an item, whichever store keeps it, without waiting for ever.

use std::sync::mpsc;
use std::time::Duration;

use keyring_core::{Entry, Error};
use salus_vault::keyring::Unavailable;
use zeroize::Zeroizing;

use super::system;

/// What an item is: its service, and what a person reads in the keyring's own list where that has room for it.
pub(super) type Item = (&'static str, &'static str);
pub(super) const SECRET: Item = ("salus", "Salus: a part of your passphrase on this computer");
pub(super) const HEAD: Item = ("salus-head", "Salus: how far your record had come");
/// How long a person has to unlock the keyring when it asks.
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) fn read(item: Item, record: [u8; 16]) -> Result<Option<Zeroizing<Vec<u8>>>, Unavailable> {
    within(PATIENCE, move || kept(&entry(item, record)?))
}

pub(super) fn write(item: Item, record: [u8; 16], secret: Zeroizing<Vec<u8>>) -> Result<(), Unavailable> {
    within(PATIENCE, move || entry(item, record)?.set_secret(&secret))
}

fn entry((service, label): Item, record: [u8; 16]) -> Result<Entry, Error> {
    system::entry(service, &hex::encode(record), label)
}

/// What a store answers that has nothing is an answer; whatever else goes wrong is none.
fn kept(entry: &Entry) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
    match entry.get_secret() {
        Ok(secret) => Ok(Some(Zeroizing::new(secret))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    }
}

/// On a thread of its own: the library waits for as long as the keyring's own window is open.
fn within<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Unavailable> {
    let (tell, told) = mpsc::sync_channel(1);
    let started = std::thread::Builder::new().name("keyring".into()).spawn(move || {
        // An error means that nobody waits any more.
        let _ = tell.send(work());
    });
    started.map_err(|_| Unavailable)?;
    match told.recv_timeout(patience) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => {
            tracing::debug!(%error, "the keyring cannot be asked");
            Err(Unavailable)
        }
        Err(_) => Err(Unavailable),
    }
}

#[cfg(test)]
mod tests {
    use keyring_core::api::CredentialStoreApi;
    use keyring_core::mock;

    use super::*;

    #[test]
    fn nothing_kept_is_an_answer_and_a_locked_store_is_none() {
        let entry = mock::Store::new().unwrap().build("salus", "00", None).unwrap();
        assert!(kept(&entry).unwrap().is_none());
        entry.set_secret(&[7; 32]).unwrap();
        assert_eq!(kept(&entry).unwrap().map(|secret| secret.to_vec()), Some(vec![7; 32]));
        let locked = Error::NoStorageAccess("locked".into());
        entry.as_any().downcast_ref::<mock::Cred>().unwrap().set_error(locked);
        // Were this taken for nothing, a new secret would be written over the one that opens the record.
        assert!(matches!(kept(&entry), Err(Error::NoStorageAccess(_))));
    }

    #[test]
    fn a_window_that_nobody_answers_is_not_waited_for() {
        let (close, closed) = mpsc::channel::<()>();
        let asked = within(Duration::ZERO, move || {
            // Until the test is over.
            let _ = closed.recv();
            Ok(())
        });
        assert_eq!(asked, Err(Unavailable));
        drop(close);
    }

    #[test]
    fn what_was_answered_is_handed_on_and_an_error_is_no_answer() {
        assert_eq!(within(PATIENCE, || Ok(7)), Ok(7));
        assert_eq!(within(PATIENCE, || Err::<(), _>(Error::NoEntry)), Err(Unavailable));
    }
}
