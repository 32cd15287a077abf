//! Which store of this computer keeps an item, each by its own crate of the keyring's family.

use keyring_core::{Entry, Error};

/// In the Secret Service. The label is what a person reads in the keyring's own list.
#[cfg(target_os = "linux")]
pub(super) fn entry(service: &str, user: &str, label: &str) -> Result<Entry, Error> {
    use std::collections::HashMap;

    use keyring_core::api::CredentialStoreApi;
    use zbus_secret_service_keyring_store::Store;

    Store::new()?.build(service, user, Some(&HashMap::from([("label", label)])))
}

/// In the login keychain, whose own list shows the service. A program that is neither signed nor the one that left the item is let in
/// when the person says so in the system's own window.
#[cfg(target_os = "macos")]
pub(super) fn entry(service: &str, user: &str, _label: &str) -> Result<Entry, Error> {
    use apple_native_keyring_store::keychain::Store;
    use keyring_core::api::CredentialStoreApi;

    Store::new()?.build(service, user, None)
}

/// In the Credential Manager, whose own list shows `user.service`. Of this computer only: by itself the store would let the item follow
/// the person to every computer of a domain, and the passphrase would open a copied record there.
#[cfg(windows)]
pub(super) fn entry(service: &str, user: &str, _label: &str) -> Result<Entry, Error> {
    use std::collections::HashMap;

    use keyring_core::api::CredentialStoreApi;
    use windows_native_keyring_store::Store;

    Store::new()?.build(service, user, Some(&HashMap::from([("persistence", "Local")])))
}

/// Nowhere.
#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
pub(super) fn entry(_service: &str, _user: &str, _label: &str) -> Result<Entry, Error> {
    Err(Error::NoDefaultStore)
}
